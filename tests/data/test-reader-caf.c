/* test-reader-caf.c: CAF headers that lie; samples are compared with libsndfile's in test-reader-wav.c
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture.h"

/* A CAF of one 16-bit channel and 4 steps, with what the rows change. */
typedef struct
{
  double      rate;
  const char *first;      /* chunk */
  gint64      desc_size;
  const char *format;
  guint32     flags, packet_bytes, packet_steps, channels, bits;
  const char *between;    /* another chunk before the data (nullable) */
  gint64      between_size;
  gint64      data_size;
  const char *refused;    /* NULL: loaded */
  const char *notes;
} Row;

#define GOOD 1000, "desc", 32, "lpcm", 0, 2, 1, 1, 16, NULL, 0

static FixtureResult
open_row (const Row *row)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_text (bytes, "caff");
  fixture_put (bytes, 0x00010000, 4, TRUE);
  fixture_put_text (bytes, row->first);
  fixture_put (bytes, (guint64) row->desc_size, 8, TRUE);
  fixture_put_f64 (bytes, row->rate, TRUE);
  fixture_put_text (bytes, row->format);
  fixture_put (bytes, row->flags, 4, TRUE);
  fixture_put (bytes, row->packet_bytes, 4, TRUE);
  fixture_put (bytes, row->packet_steps, 4, TRUE);
  fixture_put (bytes, row->channels, 4, TRUE);
  fixture_put (bytes, row->bits, 4, TRUE);
  if (row->between != NULL)
    {
      fixture_put_text (bytes, row->between);
      fixture_put (bytes, (guint64) row->between_size, 8, TRUE);
    }
  fixture_put_text (bytes, "data");
  fixture_put (bytes, (guint64) row->data_size, 8, TRUE);
  fixture_put (bytes, 0, 4, TRUE);
  for (int t = 0; t < 4; t++)
    fixture_put (bytes, (guint64) (t * 256 - 1), 2, TRUE);
  return fixture_open ("a.caf", bytes);
}

/* Rows 25 and 50. */
static void
test_rows (void)
{
  const Row rows[] = {
    { GOOD, 12, NULL, NULL },
    { GOOD, -1, NULL, "does not say how long it is" },
    { GOOD, 1012, NULL, "Declares 1,008 bytes of samples, 8 are present" },
    { GOOD, 4, "has no samples", NULL },
    { NAN, "desc", 32, "lpcm", 0, 2, 1, 1, 16, NULL, 0, 12, "sample rate is nan Hz (allowed", NULL },
    { 1e300, "desc", 32, "lpcm", 0, 2, 1, 1, 16, NULL, 0, 12, "sample rate is 1e+300 Hz", NULL },
    { -8000, "desc", 32, "lpcm", 0, 2, 1, 1, 16, NULL, 0, 12, "sample rate is -8000 Hz", NULL },
    { 1000, "free", 32, "lpcm", 0, 2, 1, 1, 16, NULL, 0, 12, "does not begin with a “desc” chunk", NULL },
    { 1000, "desc", 31, "lpcm", 0, 2, 1, 1, 16, NULL, 0, 12, "a “desc” chunk of 31 bytes, expected 32",
      NULL },
    { 1000, "desc", -1, "lpcm", 0, 2, 1, 1, 16, NULL, 0, 12, "a “desc” chunk of 18446744073709551615 bytes",
      NULL },
    { 1000, "desc", 32, "aac ", 0, 0, 1024, 2, 16, NULL, 0, 12, "CAF of the encoding “aac ”", NULL },
    { 1000, "desc", 32, "lpcm", 0, 2, 1, 5000, 16, NULL, 0, 12, "5000 channels, at most 1024", NULL },
    { 1000, "desc", 32, "lpcm", 0, 3, 1, 1, 16, NULL, 0, 12, "block size is 3, expected 2", NULL },
    { 1000, "desc", 32, "lpcm", 0, 2, 1, 1, 16, "pakt", G_MAXINT64, 12,
      "“pakt” chunk declares 9223372036854775807 bytes", NULL },
    { 1000, "desc", 32, "lpcm", 0, 2, 1, 1, 16, "free", 0, 12, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = open_row (&rows[i]);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (rows[i].refused != NULL)
        {
          fixture_assert_refused (&result, "a.caf", rows[i].refused);
          continue;
        }
      fixture_assert_loaded (&result, rows[i].notes);
      g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 4);
      g_assert_cmpfloat (fixture_sample (&result, 0, 2), ==, 511.0f / 32768);
    }
}

/* ffmpeg leaves the flags of an ALAC empty, which say how many bits a sample has; they are in the table as well. */
static void
test_alac_without_flags (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.caf", NULL);
  SF_INFO info = { .samplerate = 500, .channels = 1, .format = SF_FORMAT_CAF | SF_FORMAT_ALAC_24 };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  int samples[10000];
  char *content;
  gsize length;

  for (int t = 0; t < 10000; t++)
    samples[t] = (t * 7919 % 65536 - 32768) * 65536;
  g_assert_cmpint (sf_writef_int (sound, samples, 10000), ==, 10000);
  sf_close (sound);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpint (content[35], ==, 3);
  content[35] = 0;

  GByteArray *no_table = g_byte_array_append (g_byte_array_new (), (guint8 *) content, (guint) length);
  char *table = memmem (no_table->data, length, "pakt", 4);

  memcpy (table, "free", 4);

  g_auto (FixtureResult) open_ended = fixture_open ("a.caf", no_table);

  fixture_assert_refused (&open_ended, "a.caf", "has no table of its packets (“pakt”)");

  g_auto (FixtureResult) result = fixture_open ("a.caf", g_byte_array_new_take ((guint8 *) content, length));

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 10000);
  for (gint64 t = 0; t < 10000; t += 7)
    g_assert_cmpfloat (fixture_sample (&result, 0, t), ==, (float) ((t * 7919 % 65536 - 32768) / 32768.0));
  fixture_remove (folder);
}

/* A packet that does not begin as a packet does is missing, and the others are where they were. */
static void
test_alac_damaged (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.caf", NULL);
  SF_INFO info = { .samplerate = 500, .channels = 2, .format = SF_FORMAT_CAF | SF_FORMAT_ALAC_16 };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  g_autofree short *mixed = g_new (short, 2 * 20000);
  gint64 n_missing = 0;
  char *content;
  gsize length;

  for (int i = 0; i < 2 * 20000; i++)
    mixed[i] = (short) (i * 7919 % 65536 - 32768);
  g_assert_cmpint (sf_writef_short (sound, mixed, 20000), ==, 20000);
  sf_close (sound);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  fixture_remove (folder);
  memset (content + length * 9 / 16, 0xA5, length / 4); /* where the fourth of five packets begins */

  g_auto (FixtureResult) result = fixture_open ("a.caf", g_byte_array_new_take ((guint8 *) content, length));

  fixture_assert_loaded (&result, "of 20,000 steps could not be decoded: the file is damaged at");
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 20000);
  for (gint64 t = 0; t < 20000; t++)
    n_missing += isnan (fixture_sample (&result, 1, t));
  g_assert_cmpint (n_missing, ==, 4096);
  for (gint64 t = 0; t < 4096; t++)
    g_assert_cmpfloat (fixture_sample (&result, 1, t), ==, (float) mixed[2 * t + 1] / 32768.0f);
  for (gint64 t = 4 * 4096; t < 20000; t++)
    g_assert_cmpfloat (fixture_sample (&result, 1, t), ==, (float) mixed[2 * t + 1] / 32768.0f);
}

static void
test_cut_description (void)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_text (bytes, "caff");
  fixture_put (bytes, 0x00010000, 4, TRUE);
  fixture_put_text (bytes, "desc");
  fixture_put (bytes, 32, 8, TRUE);
  fixture_put_f64 (bytes, 1000, TRUE);

  g_auto (FixtureResult) result = fixture_open ("a.caf", bytes);

  fixture_assert_refused (&result, "a.caf", "ends inside its “desc” chunk");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-caf/rows", test_rows);
  g_test_add_func ("/reader-caf/cut-description", test_cut_description);
  g_test_add_func ("/reader-caf/alac-damaged", test_alac_damaged);
  g_test_add_func ("/reader-caf/alac-without-flags", test_alac_without_flags);
  return g_test_run ();
}
