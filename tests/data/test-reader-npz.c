/* test-reader-npz.c: recordings and labels in NPZ archives, and archives that must be refused; row 71 of the catalogue
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>
#include <zip.h>

#include "fixture.h"
#include "spans.h"

#define SHAPE(text) "{'descr': '<f4', 'fortran_order': False, 'shape': (" text "), }"

/* Steps of channels: value of step t and channel c: 100 t + c. */
static GByteArray *
make_x (void)
{
  GByteArray *bytes = fixture_npy (SHAPE ("10, 3"), 0);

  for (int t = 0; t < 10; t++)
    for (int c = 0; c < 3; c++)
      fixture_put_f32 (bytes, (float) (100 * t + c));
  return bytes;
}

static GByteArray *
make_y (void)
{
  GByteArray *bytes = fixture_npy ("{'descr': '|u1', 'fortran_order': False, 'shape': (10, 1), }", 0);

  g_byte_array_append (bytes, (const guint8 *) "\0\0\0\1\1\1\1\0\0\0", 10);
  return bytes;
}

static GByteArray *
make_rate (void)
{
  GByteArray *bytes = fixture_npy ("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 0);

  fixture_put_f64 (bytes, 250.0, FALSE);
  return bytes;
}

static void
test_pairs (void)
{
  static const char *const names[][2]
      = { { "X.npy", "y.npy" }, { "x_train.npy", "y_train.npy" }, { "data.npy", "labels.npy" }, { "whatever.npy", "Y.npy" } };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (int deflated = 0; deflated < 2; deflated++)
      {
        const FixtureMember members[] = { { names[i][0], make_x () }, { names[i][1], make_y () }, { "sfreq.npy", make_rate () } };
        g_auto (FixtureResult) result = fixture_open ("a.npz", fixture_zip (members, 3, deflated));

        fixture_assert_loaded (&result, NULL);

        g_autofree char *spans = spans_to_text (result.content.labels);

        g_assert_cmpstr (spans, ==, "0-3:0 3-7:1 7-10:0");
        g_assert_cmpfloat (fixture_sample (&result, 2, 9), ==, 902.0f);
        g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, 250.0);
      }
}

/* Words of an array, each filled up to `width` characters of `size` bytes. */
static GByteArray *
make_words (const char *descr, const char *const *words, gsize width, guint size)
{
  g_autofree char *dictionary = g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': (%u,), }", descr,
                                                 g_strv_length ((char **) words));
  GByteArray *bytes = fixture_npy (dictionary, 0);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *p = words[i];

      for (gsize k = 0; k < width; k++)
        {
          fixture_put (bytes, *p != '\0' ? g_utf8_get_char (p) : 0, size, *descr == '>');
          p = *p != '\0' ? g_utf8_next_char (p) : p;
        }
    }
  return bytes;
}

/* Names of the channels in a member of their own; too many or too few are none. */
static void
test_names (void)
{
  static const char *const three[] = { "Fz", "Öl", "Oz", NULL }, *const four[] = { "a", "b", "c", "d", NULL };
  static const struct
  {
    const char *descr;
    guint       size;
  } types[] = { { "<U4", 4 }, { ">U4", 4 }, { "|S4", 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const FixtureMember members[]
          = { { "data.npy", make_x () }, { "ch_names.npy", make_words (types[i].descr, three, 4, types[i].size) } };
      g_auto (FixtureResult) result = fixture_open ("a.npz", fixture_zip (members, 2, i == 1));

      g_test_message ("%s", types[i].descr);
      fixture_assert_loaded (&result, NULL);
      g_assert_cmpstr (sig_recording_get_channel_name (result.content.recording, 0), ==, "Fz");
      g_assert_cmpstr (sig_recording_get_channel_name (result.content.recording, 1), ==, "Öl");
      g_assert_cmpfloat (fixture_sample (&result, 2, 9), ==, 902.0f);
    }

  const FixtureMember others[]
      = { { "X.npy", make_x () }, { "names.npy", make_words ("<U1", four, 1, 4) }, { "sr.npy", make_y () } };
  GByteArray *cut = make_words ("<U300000000", four, 1, 4);
  const FixtureMember lying[] = { { "X.npy", make_x () }, { "names.npy", cut } };
  g_auto (FixtureResult) too_many = fixture_open ("a.npz", fixture_zip (others, 3, FALSE));
  g_auto (FixtureResult) lies = fixture_open ("a.npz", fixture_zip (lying, 2, FALSE));

  fixture_assert_loaded (&too_many, "Not read of the archive: names.npy.");
  g_assert_cmpstr (sig_recording_get_channel_name (too_many.content.recording, 0), ==, "Ch 1");
  fixture_assert_loaded (&lies, "Not read of the archive: names.npy.");
}

static void
test_choice (void)
{
  const FixtureMember both[] = { { "X.npy", make_x () }, { "x_test.npy", make_x () }, { "names.txt", make_y () } };
  const FixtureMember unclear[] = { { "a.npy", make_x () }, { "b.npy", make_x () } };
  const FixtureMember none[] = { { "a.csv", make_x () } };
  const FixtureMember office[]
      = { { "1", make_y () }, { "2", make_y () }, { "3", make_y () }, { "4", make_y () }, { "5", make_y () }, { "6", make_y () },
          { "[Content_Types].xml", make_y () } };
  const FixtureMember other_length[]
      = { { "X.npy", make_x () }, { "y.npy", fixture_npy ("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }", 4) } };
  g_auto (FixtureResult) taken = fixture_open ("a.npz", fixture_zip (both, 3, FALSE));
  g_auto (FixtureResult) ask = fixture_open ("a.npz", fixture_zip (unclear, 2, FALSE));
  g_auto (FixtureResult) plain = fixture_open ("a.zip", fixture_zip (none, 1, FALSE));
  g_auto (FixtureResult) sheet = fixture_open ("a.xlsx", fixture_zip (office, 7, FALSE));
  g_auto (FixtureResult) mismatch = fixture_open ("a.npz", fixture_zip (other_length, 2, TRUE));

  fixture_assert_loaded (&taken, "Not read of the archive: x_test.npy, names.txt.");
  fixture_assert_refused (&ask, "a.npz", "no array is called X, x_train or data|a.npy, b.npy");
  fixture_assert_refused (&plain, "a.zip", "is a zip without arrays; unpack it|it holds: a.csv");
  fixture_assert_refused (&sheet, "a.xlsx", "is a workbook or document of an office program; save its sheet as CSV");
  fixture_assert_refused (&mismatch, "a.npz: y.npy", "has the shape (4,), X has (10, 3)");
}

/* A stored member is streamed: its samples are not in memory, and are read from their place in the archive. */
static void
test_streamed (void)
{
  enum { STEPS = 3000000, CHANNELS = 6 };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *dictionary = g_strdup_printf (SHAPE ("%d, %d"), STEPS, CHANNELS);
  GByteArray *x = fixture_npy (dictionary, 0);
  guint start = x->len;
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  float values[2];

  g_byte_array_set_size (x, start + STEPS * CHANNELS * 4);
  for (int i = 0; i < STEPS * CHANNELS; i++)
    ((float *) (void *) (x->data + start))[i] = (float) i;

  const FixtureMember members[] = { { "X.npy", x } };
  g_autoptr (GByteArray) bytes = fixture_zip (members, 1, FALSE);
  g_autofree char *path = fixture_write (folder, "long.npz", bytes->data, bytes->len);

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_no_error (error);
  g_assert_null (sig_recording_peek_channel (content.recording, 0));
  g_assert_true (sig_recording_read (content.recording, 1, STEPS - 2, 2, values, &error));
  g_assert_cmpfloat (values[1], ==, (float) ((STEPS - 1) * CHANNELS + 1));
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-npz/pairs", test_pairs);
  g_test_add_func ("/reader-npz/names", test_names);
  g_test_add_func ("/reader-npz/choice", test_choice);
  g_test_add_func ("/reader-npz/streamed", test_streamed);
  return g_test_run ();
}
