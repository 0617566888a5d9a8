/* test-reader-aiff.c: AIFF headers that lie; samples are compared with libsndfile's in test-reader-wav.c
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"

/* 1000 Hz as an 80-bit number: 1000 = 2^9 · 1.953125. */
static const guint8 khz[10] = { 0x40, 0x08, 0xFA, 0, 0, 0, 0, 0, 0, 0 };

static void
put_head (GByteArray *bytes, const char *id, guint32 size)
{
  fixture_put_text (bytes, id);
  fixture_put (bytes, size, 4, TRUE);
}

typedef struct
{
  const char *form;
  guint16     channels, bits;
  guint32     n_steps;
  guint8      exponent;   /* the second byte of the rate */
  const char *encoding;   /* of AIFC (nullable) */
  guint32     comm_size;
  guint32     offset;
  guint32     ssnd_size;
  const char *refused;    /* NULL: loaded */
  const char *notes;
} Row;

static FixtureResult
open_row (const Row *row)
{
  GByteArray *bytes = g_byte_array_new ();

  put_head (bytes, "FORM", 100);
  fixture_put_text (bytes, row->form);
  put_head (bytes, "COMM", row->comm_size);
  fixture_put (bytes, row->channels, 2, TRUE);
  fixture_put (bytes, row->n_steps, 4, TRUE);
  fixture_put (bytes, row->bits, 2, TRUE);
  fixture_put (bytes, khz[0], 1, TRUE);
  fixture_put (bytes, row->exponent, 1, TRUE);
  g_byte_array_append (bytes, khz + 2, 8);
  if (row->encoding != NULL)
    {
      fixture_put_text (bytes, row->encoding);
      fixture_put (bytes, 0, 2, TRUE);
    }
  put_head (bytes, "SSND", row->ssnd_size);
  fixture_put (bytes, row->offset, 4, TRUE);
  fixture_put (bytes, 0, 4, TRUE);
  for (int t = 0; t < 4; t++)
    fixture_put (bytes, (guint64) (t * 256 - 1), 2, TRUE);
  return fixture_open ("a.aiff", bytes);
}

static void
test_rows (void)
{
  const Row rows[] = {
    { "AIFF", 1, 16, 4, 8, NULL, 18, 0, 16, NULL, NULL },
    { "AIFC", 1, 16, 4, 8, "NONE", 24, 0, 16, NULL, NULL },
    { "AIFF", 1, 16, 9, 8, NULL, 18, 0, 16, NULL, "The header counts 9 steps, 4 were read" },
    { "AIFF", 1, 16, 4, 8, NULL, 18, 0, 1000, NULL, "Declares 992 bytes of samples, 8 are present" },
    { "AIFC", 1, 16, 4, 8, "MAC3", 24, 0, 16, "AIFF of the encoding “MAC3”", NULL },
    { "AIFF", 0, 16, 4, 8, NULL, 18, 0, 16, "has 0 channels", NULL },
    { "AIFF", 1, 0, 4, 8, NULL, 18, 0, 16, "0-bit", NULL },
    { "AIFF", 1, 16, 4, 0xFF, NULL, 18, 0, 16, "Hz (allowed", NULL },
    { "AIFF", 1, 16, 4, 8, NULL, 17, 0, 16, "a “COMM” chunk of 17 bytes", NULL },
    { "AIFF", 1, 16, 4, 8, NULL, 18, 9, 16, "samples start 9 bytes into 8", NULL },
    { "AIFF", 1, 16, 4, 8, NULL, 18, 8, 16, "has no samples", NULL },
    { "AIFF", 1, 16, 4, 8, NULL, 18, 0, 7, "has no samples (its “SSND” chunk has 7 bytes)", NULL },
    { "AIFF", 1, 16, 4, 8, NULL, 0xFFFFFFF0, 0, 16, "a “COMM” chunk of 4294967280 bytes", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = open_row (&rows[i]);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (rows[i].refused != NULL)
        {
          fixture_assert_refused (&result, "a.aiff", rows[i].refused);
          continue;
        }
      fixture_assert_loaded (&result, rows[i].notes);
      g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, 1000);
      g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 4);
      g_assert_cmpfloat (fixture_sample (&result, 0, 2), ==, 511.0f / 32768);
    }
}

/* As SoX writes it with -L: every number in the other order, but the rate. */
static void
test_little_endian (void)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_text (bytes, "FORM");
  fixture_put (bytes, 4 + 8 + 18 + 8 + 16, 4, FALSE);
  fixture_put_text (bytes, "AIFFCOMM");
  fixture_put (bytes, 18, 4, FALSE);
  fixture_put (bytes, 1, 2, FALSE);
  fixture_put (bytes, 4, 4, FALSE);
  fixture_put (bytes, 16, 2, FALSE);
  g_byte_array_append (bytes, khz, sizeof khz);
  fixture_put_text (bytes, "SSND");
  fixture_put (bytes, 16, 4, FALSE);
  fixture_put (bytes, 0, 8, FALSE);
  for (int t = 0; t < 4; t++)
    fixture_put (bytes, (guint64) (t * 256 - 1), 2, FALSE);

  g_auto (FixtureResult) result = fixture_open ("a.aiff", bytes);

  fixture_assert_loaded (&result, "All its numbers are in little-endian order");
  g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, 1000);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 4);
  g_assert_cmpfloat (fixture_sample (&result, 0, 2), ==, 511.0f / 32768);
}

static void
test_missing (void)
{
  g_auto (FixtureResult) cut = fixture_open_text ("a.aiff", "FORM\x10");
  g_auto (FixtureResult) none = fixture_open_text ("a.aiff", "FORM\x10\x10\x10\x10" "AIFFxxxx");

  fixture_assert_refused (&cut, "a.aiff", "ends inside the header (5 bytes, need 12)");
  fixture_assert_refused (&none, "a.aiff", "has no “COMM” chunk");
}

static void
test_other_forms (void)
{
  g_auto (FixtureResult) result
      = fixture_open ("a.aiff", g_bytes_unref_to_array (g_bytes_new ("FORM\0\0\0\x10" "8SVXVHDR\0\0\0\4....", 24)));

  fixture_assert_refused (&result, "a.aiff", "is an IFF file but not AIFF (it holds “8SVX”); convert it to FLAC or WAV");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-aiff/rows", test_rows);
  g_test_add_func ("/reader-aiff/little-endian", test_little_endian);
  g_test_add_func ("/reader-aiff/missing", test_missing);
  g_test_add_func ("/reader-aiff/other-forms", test_other_forms);
  return g_test_run ();
}
