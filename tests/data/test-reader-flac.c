/* test-reader-flac.c: FLAC: whole, cut, damaged and lying about its length; rows 43 to 45
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture.h"
#include "sig-blocks.h"
#include "sig-missing.h"
#include "sig-origin.h"
#include "sig-sound.h"

#define N_CHANNELS 4
#define N_STEPS    20000

static short
stored_at (gint64 step, guint channel)
{
  return (short) ((step * 37 + channel * 991) % 60000 - 30000);
}

static float
value_at (gint64 step, guint channel)
{
  return stored_at (step, channel) / 32768.0f;
}

/* A FLAC of that many steps. */
static GByteArray *
make_flac (gint64 n_steps)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.flac", NULL);
  g_autofree short *mixed = g_new0 (short, N_CHANNELS * 4096);
  SF_INFO info = { .samplerate = 500, .channels = N_CHANNELS, .format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16 };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  char *content;
  gsize length;

  g_assert_nonnull (sound);
  for (gint64 start = 0; start < n_steps; start += 4096)
    {
      gint64 n = MIN (4096, n_steps - start);

      for (gint64 t = 0; t < n; t++)
        for (guint c = 0; c < N_CHANNELS; c++)
          mixed[t * N_CHANNELS + c] = stored_at (start + t, c);
      g_assert_cmpint (sf_writef_short (sound, mixed, n), ==, n);
    }
  sf_close (sound);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  fixture_remove (folder);
  return g_byte_array_new_take ((guint8 *) content, length);
}

static void
test_whole (void)
{
  g_auto (FixtureResult) result = fixture_open ("a.flac", make_flac (N_STEPS));

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, N_CHANNELS);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, N_STEPS);
  g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, 500);
  for (guint c = 0; c < N_CHANNELS; c++)
    for (gint64 t = 0; t < N_STEPS; t++)
      g_assert_cmpfloat (sig_recording_peek_channel (result.content.recording, c)[t], ==, value_at (t, c));
}

/* Row 43: what can be decoded is, and the note says how much is missing. */
static void
test_cut (void)
{
  GByteArray *bytes = make_flac (N_STEPS);

  g_byte_array_set_size (bytes, bytes->len / 2);

  g_auto (FixtureResult) result = fixture_open ("a.flac", bytes);

  fixture_assert_loaded (&result, "of 40.000 s are readable|the header declares 20000 steps");
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), >, 1000);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), <, N_STEPS);
  g_assert_cmpfloat (fixture_sample (&result, 2, 900), ==, value_at (900, 2));
}

/* Fails unless each sample is the one that was stored, or missing. */
static void
assert_stored_or_missing (const SigRecording *recording)
{
  for (guint c = 0; c < N_CHANNELS; c++)
    for (gint64 t = 0; t < sig_recording_get_n_steps (recording); t++)
      {
        float value = sig_recording_peek_channel (recording, c)[t];

        if (!isnan (value))
          g_assert_cmpfloat (value, ==, value_at (t, c));
      }
}

/* Row 44: a flipped bit never gives a recording that is silently short or wrong, and costs no more than what is near it. */
static void
test_flipped (void)
{
  for (guint i = 0; i < 40; i++)
    {
      GByteArray *bytes = make_flac (N_STEPS);

      bytes->data[60 + i * (bytes->len - 61) / 40] ^= 1;

      g_auto (FixtureResult) result = fixture_open ("a.flac", bytes);

      if (result.error != NULL)
        fixture_assert_refused (&result, "a.flac", "");
      else
        {
          SigMissing missing = { 0 };

          assert_stored_or_missing (result.content.recording);
          g_assert_true (sig_missing_count (result.content.recording, &missing, NULL));
          g_assert_cmpint (missing.count, <, N_CHANNELS * 2 * 4096);
          if (missing.count > 0)
            fixture_assert_loaded (&result, "could not be decoded: the file is damaged at");
          if (sig_recording_get_n_steps (result.content.recording) != N_STEPS)
            fixture_assert_loaded (&result, "are readable");
        }
    }
}

/* Row 45: rate 0, no length, a length that cannot be. */
static void
test_header (void)
{
  GByteArray *bytes = make_flac (N_STEPS);
  guint8 kept[8];

  memcpy (kept, bytes->data + 18, sizeof kept);
  memset (bytes->data + 21, 0, 1);
  bytes->data[21] = kept[3] & 0xF0;
  memset (bytes->data + 22, 0, 4);

  GByteArray *absurd = make_flac (N_STEPS), *no_rate = make_flac (N_STEPS), *no_info = make_flac (N_STEPS);

  absurd->data[21] |= 0x0F;
  memset (absurd->data + 22, 0xFF, 4);
  memset (no_rate->data + 18, 0, 2);
  no_rate->data[20] &= 0x0F;
  no_info->data[4] = 4;

  g_auto (FixtureResult) unknown = fixture_open ("a.flac", bytes);
  g_auto (FixtureResult) long_result = fixture_open ("a.flac", absurd);
  g_auto (FixtureResult) rate_result = fixture_open ("a.flac", no_rate);
  g_auto (FixtureResult) info_result = fixture_open ("a.flac", no_info);
  g_auto (FixtureResult) magic_only = fixture_open_text ("a.flac", "fLaC");

  fixture_assert_loaded (&long_result, "the header declares 68719476735 steps, 20000 were decoded");
  g_assert_cmpint (sig_recording_get_n_steps (long_result.content.recording), ==, N_STEPS);
  fixture_assert_refused (&rate_result, "a.flac", "sample rate is 0 Hz");
  fixture_assert_refused (&info_result, "a.flac", "does not begin with the stream information block");
  fixture_assert_refused (&magic_only, "a.flac", "ends inside the header (4 bytes, need 42)");
  fixture_assert_loaded (&unknown, "The FLAC header does not say how long it is; everything that can be decoded was read.");
  g_assert_cmpint (sig_recording_get_n_steps (unknown.content.recording), ==, N_STEPS);
}

/* A container declares more steps than can be counted: their end was searched for ever. */
static void
test_endless (void)
{
  GByteArray *flac = make_flac (N_STEPS);
  g_auto (SigReading) reading = { 0 };
  g_auto (SigContent) content = { 0 };

  flac->data[21] &= 0xF0;
  memset (flac->data + 22, 0, 4);

  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (flac);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.flac", bytes);

  sig_reading_init (&reading, NULL);
  g_assert_true (sig_reader_flac_open_inner (file, G_MAXUINT64, NULL, 0, &reading, &content, NULL));
  g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, N_STEPS);
}

/* A FLAC whose samples do not fit in memory is read in blocks, anywhere. */
static void
test_streamed (void)
{
  const gint64 n_steps = SIG_BLOCKS_IN_MEMORY / 4 / N_CHANNELS + 5000;
  g_auto (FixtureResult) result = fixture_open ("a.flac", make_flac (n_steps));
  static const gint64 places[] = { 0, 4095, 1000000, 70000, 2000000 };

  fixture_assert_loaded (&result, NULL);
  g_assert_null (sig_recording_peek_channel (result.content.recording, 0));
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, n_steps);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpfloat (fixture_sample (&result, 3, places[i]), ==, value_at (places[i], 3));
  g_assert_cmpfloat (fixture_sample (&result, 1, n_steps - 1), ==, value_at (n_steps - 1, 1));
}

/* Reports what a long one has lost once it is read, and not before. */
static void
test_streamed_damage (void)
{
  const gint64 n_steps = SIG_BLOCKS_IN_MEMORY / 4 / N_CHANNELS + 5000;
  GByteArray *bytes = make_flac (n_steps);
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = NULL, *before = NULL, *after = NULL;
  g_auto (SigContent) content = { 0 };
  SigMissing missing = { 0 };

  bytes->data[bytes->len / 2] ^= 1;
  path = fixture_write (folder, "a.flac", bytes->data, bytes->len);
  g_byte_array_unref (bytes);
  g_assert_true (sig_reader_open (path, NULL, &content, NULL));
  g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, n_steps);
  g_assert_null (sig_recording_get_notes (content.recording)[0]);
  before = sig_origin_dup_damage (sig_recording_get_origin (content.recording));
  g_assert_null (before);

  g_assert_true (sig_missing_count (content.recording, &missing, NULL));
  g_assert_cmpint (missing.count, >, 0);
  g_assert_cmpint (missing.count, <, N_CHANNELS * 3 * 4096);
  after = sig_origin_dup_damage (sig_recording_get_origin (content.recording));
  g_assert_nonnull (strstr (after, "a.flac: "));
  g_assert_nonnull (strstr (after, " steps could not be decoded: the file is damaged at "));
  fixture_remove (folder);
}

/* A table for seeking that leads astray. */
static void
test_seek_table (void)
{
  const gint64 n_steps = SIG_BLOCKS_IN_MEMORY / 4 / N_CHANNELS + 5000;
  GByteArray *bytes = make_flac (n_steps), *with_table = g_byte_array_new ();
  static const guint8 table[4 + 18] = { 3, 0, 0, 18, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0x70, 0, 0, 0x10, 0 };

  g_byte_array_append (with_table, bytes->data, 42);
  with_table->data[4] &= 127;
  g_byte_array_append (with_table, table, sizeof table);
  g_byte_array_append (with_table, bytes->data + 42, bytes->len - 42);
  if (bytes->data[4] > 127) /* no other block followed */
    with_table->data[42] |= 128;
  g_byte_array_unref (bytes);

  g_auto (FixtureResult) result = fixture_open ("a.flac", with_table);

  fixture_assert_loaded (&result, NULL);
  for (gint64 t = 100000; t < n_steps; t += 400000)
    g_assert_cmpfloat (fixture_sample (&result, 3, t), ==, value_at (t, 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-flac/whole", test_whole);
  g_test_add_func ("/reader-flac/cut", test_cut);
  g_test_add_func ("/reader-flac/flipped", test_flipped);
  g_test_add_func ("/reader-flac/header", test_header);
  g_test_add_func ("/reader-flac/endless", test_endless);
  g_test_add_func ("/reader-flac/streamed", test_streamed);
  g_test_add_func ("/reader-flac/streamed-damage", test_streamed_damage);
  g_test_add_func ("/reader-flac/seek-table", test_seek_table);
  return g_test_run ();
}
