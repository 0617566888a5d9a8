/* test-reader-au.c: AU in every plain encoding, in both orders, and what its header may lie about
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture.h"

/* A header and the bytes that follow it. */
static FixtureResult
open_au (const char *magic, guint32 offset, guint32 size, guint32 code, guint32 rate, guint32 channels, const char *samples,
         gsize n)
{
  GByteArray *bytes = g_byte_array_new ();
  const guint32 fields[] = { offset, size, code, rate, channels };

  fixture_put_text (bytes, magic);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    fixture_put (bytes, fields[i], 4, *magic == '.');
  g_byte_array_append (bytes, (const guint8 *) samples, (guint) n);
  return fixture_open ("a.au", bytes);
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *magic;
    guint32     code;
    const char *samples; /* 0.5, -0.5 */
    gsize       n;
  } rows[] = {
    { ".snd", 2, "\x40\xC0", 2 },
    { ".snd", 3, "\x40\0\xC0\0", 4 },
    { ".snd", 4, "\x40\0\0\xC0\0\0", 6 },
    { ".snd", 5, "\x40\0\0\0\xC0\0\0\0", 8 },
    { ".snd", 6, "\x3F\0\0\0\xBF\0\0\0", 8 },
    { ".snd", 7, "\x3F\xE0\0\0\0\0\0\0\xBF\xE0\0\0\0\0\0\0", 16 },
    { "dns.", 3, "\0\x40\0\xC0", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result
          = open_au (rows[i].magic, 24, (guint32) rows[i].n, rows[i].code, 250, 2, rows[i].samples, rows[i].n);

      fixture_assert_loaded (&result, NULL);
      g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, 250);
      g_assert_cmpfloat (fixture_sample (&result, 0, 0), ==, 0.5f);
      g_assert_cmpfloat (fixture_sample (&result, 1, 0), ==, -0.5f);
    }
}

static void
test_header (void)
{
  g_auto (FixtureResult) streamed = open_au (".snd", 24, 0xFFFFFFFF, 3, 250, 1, "\0\1\0\2\0\3", 6);
  g_auto (FixtureResult) commented = open_au (".snd", 28, 4, 3, 250, 1, "abc\0\0\1\0\2", 8);
  g_auto (FixtureResult) cut = open_au (".snd", 24, 400, 3, 250, 1, "\0\1\0\2", 4);
  g_auto (FixtureResult) inside = open_au (".snd", 23, 4, 3, 250, 1, "\0\1\0\2", 4);
  g_auto (FixtureResult) beyond = open_au (".snd", 29, 4, 3, 250, 1, "\0\1\0\2", 4);
  g_auto (FixtureResult) unknown = open_au (".snd", 24, 4, 99, 250, 1, "\0\1\0\2", 4);
  g_auto (FixtureResult) no_rate = open_au (".snd", 24, 4, 1, 0, 1, "\0\1\0\2", 4);
  g_auto (FixtureResult) short_head = fixture_open_text ("a.au", ".snd12345");

  fixture_assert_loaded (&streamed, "The AU header does not say how long it is");
  g_assert_cmpint (sig_recording_get_n_steps (streamed.content.recording), ==, 3);
  fixture_assert_loaded (&commented, NULL);
  g_assert_cmpfloat (fixture_sample (&commented, 0, 1), ==, 2.0f / 32768);
  fixture_assert_loaded (&cut, "Declares 400 bytes of samples, 4 are present");
  fixture_assert_refused (&inside, "a.au", "samples start at byte 23 (allowed 24 to 28");
  fixture_assert_refused (&beyond, "a.au", "samples start at byte 29");
  fixture_assert_refused (&unknown, "a.au", "AU of the encoding 99 is not read; convert it to PCM or FLAC");
  fixture_assert_refused (&no_rate, "a.au", "sample rate is 0 Hz");
  fixture_assert_refused (&short_head, "a.au", "ends inside the header (9 bytes, need 24)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-au/encodings", test_encodings);
  g_test_add_func ("/reader-au/header", test_header);
  return g_test_run ();
}
