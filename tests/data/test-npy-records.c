/* test-npy-records.c: NPY arrays of records: fields as channels, labels and time, and what is refused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "sig-npy.h"

#define RECORDS(fields, shape) "{'descr': [" fields "], 'fortran_order': False, 'shape': " shape ", }"

/* Appends to an array without data. */
static GByteArray *
start (const char *dictionary)
{
  return fixture_npy (dictionary, 0);
}

static void
put_word (GByteArray *bytes, const char *word, gsize n, gboolean wide)
{
  for (gsize i = 0; i < n; i++)
    fixture_put (bytes, i < strlen (word) ? (guchar) word[i] : 0, wide ? 4 : 1, FALSE);
}

static void
test_fields (void)
{
  GByteArray *bytes = start (RECORDS ("('left hand', '<f4'), ('', '|V2'), ('force', '>i2', (2,)), ('state', '<U4')", "(5,)"));
  static const char *const states[] = { "rest", "rest", "walk", "", "walk" };

  for (int t = 0; t < 5; t++)
    {
      fixture_put_f32 (bytes, 0.5f * (float) (t * t));
      fixture_put (bytes, 0xFFFF, 2, FALSE);
      fixture_put (bytes, (guint64) (-t * t), 2, TRUE);
      fixture_put (bytes, (guint64) (3 * t % 4), 2, TRUE);
      put_word (bytes, states[t], 4, TRUE);
    }

  g_auto (FixtureResult) result = fixture_open ("a.npy", bytes);
  g_autofree char *described = NULL;

  fixture_assert_loaded (&result, NULL);
  described = fixture_describe (&result);
  g_assert_cmpstr (described, ==, "3x5@- left hand,force 1,force 2 | rest,walk");
  g_assert_cmpfloat (fixture_sample (&result, 0, 3), ==, 4.5f);
  g_assert_cmpfloat (fixture_sample (&result, 1, 4), ==, -16);
  g_assert_cmpfloat (fixture_sample (&result, 2, 3), ==, 1);
  g_assert_cmpint (sig_labels_get (result.content.labels, 2), ==, 1);
  g_assert_cmpint (sig_labels_get (result.content.labels, 3), ==, SIG_UNLABELLED);
}

/* A time of seconds gives the rate; dates give the start as well; a label may be a number. */
static void
test_time (void)
{
  GByteArray *seconds = start (RECORDS ("('time', '<f8'), ('x', '<f8'), ('label', '|u1')", "(4,)"));
  GByteArray *dates = start (RECORDS ("('index', '<M8[ms]'), ('x', '<i4'), ('z', '<f4')", "(4, 1)"));

  for (int t = 0; t < 4; t++)
    {
      fixture_put_f64 (seconds, 10.0 + t * 0.004, FALSE);
      fixture_put_f64 (seconds, t * t, FALSE);
      fixture_put (seconds, (guint64) (t > 1), 1, FALSE);
      fixture_put (dates, (guint64) (G_GINT64_CONSTANT (1543834137000) + 10 * t), 8, FALSE);
      fixture_put (dates, (guint64) (t * t), 4, FALSE);
      fixture_put_f32 (dates, (float) (t * t * t));
    }

  g_auto (FixtureResult) timed = fixture_open ("a.npy", seconds);
  g_auto (FixtureResult) dated = fixture_open ("a.npy", dates);
  g_autofree char *timed_described = NULL, *dated_described = NULL;

  fixture_assert_loaded (&timed, "Not read as channels: time (time)");
  timed_described = fixture_describe (&timed);
  g_assert_cmpstr (timed_described, ==, "1x4@250 x | 0,1");
  fixture_assert_loaded (&dated, "Not read as channels: index (time)");
  dated_described = fixture_describe (&dated);
  g_assert_cmpstr (dated_described, ==, "2x4@100 x,z");
  g_assert_cmpint (sig_recording_get_start_us (dated.content.recording), ==, G_GINT64_CONSTANT (1543834137000000));
}

/* Records in a record, one of them three times, and what fills it up. */
static void
test_nested (void)
{
  GByteArray *bytes = start (RECORDS ("('hand', '<i2'), ('arm', [('x', '<f4'), ('', '|V1'), ('at', [('y', '|i1', (2,))])]), "
                                      "('leg', [('z', '|u1'), ('w', '|u1')], (3,))", "(4,)"));

  for (int t = 0; t < 4; t++)
    {
      fixture_put (bytes, (guint64) (t * t * t), 2, FALSE);
      fixture_put_f32 (bytes, 0.25f * (float) (t * t));
      fixture_put (bytes, 99, 1, FALSE);
      for (int i = 0; i < 2 + 6; i++)
        fixture_put (bytes, (guint64) ((t * t + i * t) % 7), 1, FALSE);
    }

  g_auto (FixtureResult) result = fixture_open ("a.npy", bytes);
  g_autofree char *described = NULL;

  fixture_assert_loaded (&result, NULL);
  described = fixture_describe (&result);
  g_assert_cmpstr (described, ==, "10x4@- hand,arm.x,arm.at.y 1,arm.at.y 2,leg.z 1,leg.w 1,leg.z 2,leg.w 2,leg.z 3,leg.w 3");
  for (int t = 0; t < 4; t++)
    {
      g_assert_cmpfloat (fixture_sample (&result, 1, t), ==, 0.25f * (float) (t * t));
      for (int i = 0; i < 8; i++)
        g_assert_cmpfloat (fixture_sample (&result, 2 + (guint) i, t), ==, (float) ((t * t + i * t) % 7));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *dictionary;
    gsize       n;
    const char *words;
  } rows[] = {
    { RECORDS ("('a', '<f4'), ('b', '|O')", "(4,)"), 64, "contains Python objects" },
    { RECORDS ("('a', '<c8')", "(4,)"), 64, "complex numbers" },
    { RECORDS ("('a', [('b', '<f4')]", "(4,)"), 64, "records whose fields are not read" },
    { RECORDS ("('a', [('b', [('c', [('d', [('e', [('f', [('g', [('h', [('i', '<f4')])])])])])])])])", "(4,)"), 64, "8 deep" },
    { RECORDS ("('a', [('b', '<f4', (100,))], (100,))", "(4,)"), 64, "at most 4096 in all" },
    { RECORDS ("('a', '<f4', (0,))", "(4,)"), 64, "records whose fields are not read" },
    { RECORDS ("('a', '<f4', (9999,))", "(4,)"), 64, "at most 4096 in all" },
    { RECORDS ("('a', '<f4'", "(4,)"), 64, "records whose fields are not read" },
    { RECORDS ("", "(4,)"), 64, "records whose fields are not read" },
    { RECORDS ("('a', '|V4')", "(4,)"), 64, "records whose fields are not read" },
    { RECORDS ("('a', '<f4'), ('b', '<i2')", "(4,)"), 23, "declares 4 records of 6 bytes, the file has 23 bytes of data" },
    { RECORDS ("('a', '<f4')", "(9223372036854775, 9223372036854775)"), 64, "along several axes" },
    { RECORDS ("('a', '<f4')", "(0,)"), 64, "has no samples (shape (0,))" },
    { RECORDS ("('a', '<f4')", "()"), 64, "has no samples" },
    { "{'descr': [('a', '<f4')", 64, "has a header that is not the dictionary" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = fixture_open ("a.npy", fixture_npy (rows[i].dictionary, rows[i].n));

      fixture_assert_refused (&result, "a.npy", rows[i].words);
    }
}

/* Where windows are wanted, records are none. */
static void
test_no_array (void)
{
  g_autoptr (GByteArray) content = fixture_npy (RECORDS ("('a', '<f4'), ('b', '<i4')", "(4,)"), 32);
  g_autoptr (GBytes) bytes = g_bytes_new (content->data, content->len);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.npy", bytes);
  g_auto (SigReading) reading = { 0 };
  g_autoptr (GError) error = NULL;
  SigNpy npy;

  sig_reading_init (&reading, NULL);
  g_assert_false (sig_npy_parse (file, &reading, &npy, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "holds structures"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npy-records/fields", test_fields);
  g_test_add_func ("/npy-records/time", test_time);
  g_test_add_func ("/npy-records/nested", test_nested);
  g_test_add_func ("/npy-records/refused", test_refused);
  g_test_add_func ("/npy-records/no-array", test_no_array);
  return g_test_run ();
}
