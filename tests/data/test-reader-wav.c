/* test-reader-wav.c: WAV in all its wrappings, good and bad; rows 35 to 42 and 46 of the catalogue of bad inputs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture.h"

/* One change to a correct WAV beyond those that the catalogue has, and what must come of it. */
static void
test_formats (void)
{
  static const struct
  {
    FixtureWav  wav;
    const char *refused; /* NULL: loaded */
  } rows[] = {
    { FIXTURE_WAV, NULL },
    { { 1, 2, 4, 16, 1, 10, 0 }, NULL },
    { { 3, 2, 4, 16, 1000, 10, 0 }, "16-bit float" },
    { { 0x55, 2, 4, 16, 1000, 10, 0 }, "cannot be decoded as MP3" },
    { { 1, 2, 4, 16, 1000, 10, 3 }, "has no samples" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = fixture_open ("a.wav", fixture_wav (&rows[i].wav));

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (rows[i].refused != NULL)
        fixture_assert_refused (&result, "a.wav", rows[i].refused);
      else
        fixture_assert_loaded (&result, NULL);
    }
}

static void
test_samples (void)
{
  const FixtureWav wav = FIXTURE_WAV;
  g_auto (FixtureResult) result = fixture_open ("a.wav", fixture_wav (&wav));

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, 2);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 10);
  g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, 1000);
  g_assert_cmpfloat (fixture_sample (&result, 1, 7), ==, 701.0f / 32768);
}

/* The chunks of a WAV after its "WAVE". */
static GByteArray *
start_wav (const char *id, guint32 riff_size)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_text (bytes, id);
  fixture_put (bytes, riff_size, 4, FALSE);
  fixture_put_text (bytes, "WAVE");
  return bytes;
}

static const guint8 mono_fmt[16] = { 1, 0, 1, 0, 0xE8, 3, 0, 0, 0xD0, 7, 0, 0, 2, 0, 16, 0 };
static const guint8 float_fmt[16] = { 3, 0, 1, 0, 0xE8, 3, 0, 0, 0xA0, 0x0F, 0, 0, 4, 0, 32, 0 };
static const guint8 samples[8] = { 1, 0, 2, 0, 3, 0, 4, 0 };

/* A mono WAV of those chunks in front of and behind its format and its samples. */
static GByteArray *
surround (guint32 riff_size, const char *before, guint32 before_size, const char *after, guint32 after_size)
{
  GByteArray *bytes = start_wav ("RIFF", riff_size);

  if (before != NULL)
    fixture_put_chunk (bytes, before, before_size, "INFO", 4);
  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (bytes, "data", 8, samples, 8);
  if (after != NULL)
    fixture_put_chunk (bytes, after, after_size, "", 0);
  return bytes;
}

static void
assert_refused (GByteArray *bytes, const char *expected)
{
  g_auto (FixtureResult) result = fixture_open ("a.wav", bytes);

  fixture_assert_refused (&result, "a.wav", expected);
}

static void
assert_four_steps (GByteArray *bytes, const char *notes)
{
  g_auto (FixtureResult) result = fixture_open ("a.wav", bytes);

  fixture_assert_loaded (&result, notes);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 4);
}

/* Row 2: what ends before there is a chunk, or is another family of RIFF. */
static void
test_heads (void)
{
  assert_refused (g_bytes_unref_to_array (g_bytes_new ("R", 1)), "");
  assert_refused (g_bytes_unref_to_array (g_bytes_new ("RIFF", 4)), "ends inside the header (4 bytes, need 12)");
  assert_refused (g_bytes_unref_to_array (g_bytes_new ("RIFF\x10\x10\x10\x10" "AVI LIST", 16)),
                  "is a RIFF file but not WAV (it holds “AVI ”)");
}

/* Rows 37, 39: sizes that are wrong, of the whole and of a chunk before or behind the samples. */
static void
test_sizes (void)
{
  assert_four_steps (surround (44, NULL, 0, NULL, 0), NULL);
  assert_four_steps (surround (0, NULL, 0, NULL, 0), "The header says that 0 bytes follow it, 44 do");
  assert_four_steps (surround (52, NULL, 0, "LIST", 0xFFFFFFF0), NULL);
  assert_refused (surround (100, "LIST", 0xFFFFFFF0, NULL, 0),
                  "“LIST” chunk declares 4294967280 bytes and reaches past the end");
}

/* Rows 35, 38, 40: chunks that are missing, come twice, are too short or too many. */
static void
test_chunks (void)
{
  GByteArray *no_data = start_wav ("RIFF", 24), *flood = start_wav ("RIFF", 0), *short_format = start_wav ("RIFF", 20);

  fixture_put_chunk (no_data, "fmt ", 16, mono_fmt, 16);
  for (int i = 0; i < 5000; i++)
    fixture_put_chunk (flood, "junk", 0, "", 0);
  fixture_put_chunk (short_format, "fmt ", 8, mono_fmt, 8);

  assert_refused (no_data, "has no samples (no “data” chunk)");
  assert_refused (flood, "more than 4096 chunks");
  assert_refused (short_format, "a format block of 8 bytes, at least 16");

  GByteArray *two_formats = start_wav ("RIFF", 60);

  fixture_put_chunk (two_formats, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (two_formats, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (two_formats, "data", 8, samples, 8);
  assert_refused (two_formats, "has two format blocks");
}

static FixtureResult
open_rf64 (const char *second, guint32 ds64_size, guint64 data_size)
{
  GByteArray *bytes = start_wav ("RF64", 0xFFFFFFFF), *ds64 = g_byte_array_new ();

  fixture_put (ds64, 80, 8, FALSE);
  fixture_put (ds64, data_size, 8, FALSE);
  fixture_put (ds64, 4, 8, FALSE);
  fixture_put (ds64, 0, 4, FALSE);
  fixture_put_chunk (bytes, second, ds64_size, ds64->data, ds64->len);
  g_byte_array_unref (ds64);
  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (bytes, "data", 0xFFFFFFFF, samples, 8);
  return fixture_open ("a.wav", bytes);
}

static void
test_rf64 (void)
{
  g_auto (FixtureResult) good = open_rf64 ("ds64", 28, 8);

  fixture_assert_loaded (&good, NULL);
  g_assert_cmpint (sig_recording_get_n_steps (good.content.recording), ==, 4);
  g_assert_cmpfloat (fixture_sample (&good, 0, 3), ==, 4.0f / 32768);

  g_auto (FixtureResult) without = open_rf64 ("junk", 28, 8);

  fixture_assert_refused (&without, "a.wav", "RF64 file without its ds64 chunk");

  g_auto (FixtureResult) too_long = open_rf64 ("ds64", 1000, 8);

  fixture_assert_refused (&too_long, "a.wav", "a ds64 chunk of 1000 bytes; the file ends before that");

  g_auto (FixtureResult) wraps = open_rf64 ("ds64", 28, G_MAXUINT64);

  fixture_assert_refused (&wraps, "a.wav", "declares 18446744073709551615 bytes of samples");

  g_auto (FixtureResult) more = open_rf64 ("ds64", 28, 1000);

  fixture_assert_loaded (&more, "Declares 1,000 bytes of samples, 8 are present");
}

/* Row 46: samples that are not finite are counted, and the first is told. */
static void
test_not_finite (void)
{
  GByteArray *bytes = start_wav ("RIFF", 60), *data = g_byte_array_new ();

  for (int i = 0; i < 6; i++)
    fixture_put_f32 (data, i == 3 ? NAN : i == 5 ? INFINITY : i == 1 ? 1e38f : 1e-42f);
  fixture_put_chunk (bytes, "fmt ", 16, float_fmt, 16);
  fixture_put_chunk (bytes, "data", 24, data->data, 24);
  g_byte_array_unref (data);

  g_auto (FixtureResult) result = fixture_open ("a.wav", bytes);

  fixture_assert_loaded (&result, "2 samples are missing or not finite, the first in channel “Ch 1” at 0.003 s");
  g_assert_true (isnan (fixture_sample (&result, 0, 3)));
  g_assert_cmpfloat (fixture_sample (&result, 0, 1), ==, 1e38f);
  g_assert_cmpfloat (fixture_sample (&result, 0, 0), ==, 1e-42f);
}

enum { N_STEPS = 777, N_CHANNELS = 3 };

/* Every wrapping and encoding that both know. */
static const int formats[] = {
  SF_FORMAT_WAV | SF_FORMAT_PCM_U8,
  SF_FORMAT_WAV | SF_FORMAT_PCM_16,
  SF_FORMAT_WAV | SF_FORMAT_PCM_24,
  SF_FORMAT_WAV | SF_FORMAT_PCM_32,
  SF_FORMAT_WAV | SF_FORMAT_FLOAT,
  SF_FORMAT_WAV | SF_FORMAT_DOUBLE,
  SF_FORMAT_WAV | SF_FORMAT_PCM_24 | SF_ENDIAN_BIG,
  SF_FORMAT_WAVEX | SF_FORMAT_PCM_24,
  SF_FORMAT_WAVEX | SF_FORMAT_FLOAT,
  SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
  SF_FORMAT_RF64 | SF_FORMAT_DOUBLE,
  SF_FORMAT_W64 | SF_FORMAT_PCM_U8,
  SF_FORMAT_W64 | SF_FORMAT_PCM_24,
  SF_FORMAT_W64 | SF_FORMAT_FLOAT,
  SF_FORMAT_CAF | SF_FORMAT_PCM_S8,
  SF_FORMAT_CAF | SF_FORMAT_PCM_16,
  SF_FORMAT_CAF | SF_FORMAT_PCM_24 | SF_ENDIAN_LITTLE,
  SF_FORMAT_CAF | SF_FORMAT_PCM_32,
  SF_FORMAT_CAF | SF_FORMAT_FLOAT,
  SF_FORMAT_CAF | SF_FORMAT_DOUBLE | SF_ENDIAN_LITTLE,
  SF_FORMAT_AIFF | SF_FORMAT_PCM_S8,
  SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
  SF_FORMAT_AIFF | SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE,
  SF_FORMAT_AIFF | SF_FORMAT_PCM_U8,
  SF_FORMAT_AIFF | SF_FORMAT_PCM_24,
  SF_FORMAT_AIFF | SF_FORMAT_PCM_24 | SF_ENDIAN_LITTLE,
  SF_FORMAT_AIFF | SF_FORMAT_PCM_32 | SF_ENDIAN_LITTLE,
  SF_FORMAT_AIFF | SF_FORMAT_FLOAT,
  SF_FORMAT_AIFF | SF_FORMAT_DOUBLE,
};

static void
write_sound (const char *path, int format, const float *mixed)
{
  SF_INFO info = { .samplerate = 250, .channels = N_CHANNELS, .format = format };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);

  g_assert_nonnull (sound);
  g_assert_cmpint (sf_writef_float (sound, mixed, N_STEPS), ==, N_STEPS);
  sf_close (sound);
}

static void
read_sound (const char *path, float *mixed)
{
  SF_INFO info = { 0 };
  SNDFILE *sound = sf_open (path, SFM_READ, &info);

  g_assert_nonnull (sound);
  g_assert_cmpint (sf_readf_float (sound, mixed, N_STEPS), ==, N_STEPS);
  sf_close (sound);
}

static void
assert_samples (const char *path, const float *expected)
{
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, N_STEPS);
  g_assert_cmpfloat (sig_recording_get_rate_hz (content.recording), ==, 250);
  g_assert_cmpstr (sig_recording_get_notes (content.recording)[0], ==, NULL);
  for (guint c = 0; c < N_CHANNELS; c++)
    for (gint64 t = 0; t < N_STEPS; t++)
      g_assert_cmpfloat (sig_recording_peek_channel (content.recording, c)[t], ==, expected[t * N_CHANNELS + c]);
}

/* Written by libsndfile, read by us: the samples must be those that libsndfile gives. */
static void
test_against_libsndfile (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "sound", NULL);
  g_autofree float *mixed = g_new (float, N_STEPS * N_CHANNELS), *expected = g_new (float, N_STEPS * N_CHANNELS);

  for (int i = 0; i < N_STEPS * N_CHANNELS; i++)
    mixed[i] = (float) ((i * 7919) % 2001 - 1000) / 1024.0f;
  for (gsize k = 0; k < G_N_ELEMENTS (formats); k++)
    {
      g_test_message ("format %x", (guint) formats[k]);
      write_sound (path, formats[k], mixed);
      read_sound (path, expected);
      assert_samples (path, expected);
    }
  fixture_remove (folder);
}

/* A W64 of 16-bit samples at 1 kHz whose chunk of samples is said to have all bytes that follow. */
static FixtureResult
open_w64 (guint n_channels, const char *content, gsize n)
{
  static const guint8 rest[12] = { 0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A };
  static const guint8 riff[16] = { 'r', 'i', 'f', 'f', 0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 4, 0xC1, 0, 0 };
  const guint16 fields[] = { 1, (guint16) n_channels, 1000, 0, (guint16) (2000 * n_channels), 0, (guint16) (2 * n_channels), 16 };
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, riff, sizeof riff);
  fixture_put (bytes, 104 + n, 8, FALSE);
  fixture_put_text (bytes, "wave");
  g_byte_array_append (bytes, rest, sizeof rest);
  fixture_put_text (bytes, "fmt ");
  g_byte_array_append (bytes, rest, sizeof rest);
  fixture_put (bytes, 40, 8, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    fixture_put (bytes, fields[i], 2, FALSE);
  fixture_put_text (bytes, "data");
  g_byte_array_append (bytes, rest, sizeof rest);
  fixture_put (bytes, 24 + n, 8, FALSE);
  g_byte_array_append (bytes, (const guint8 *) content, (guint) n);
  return fixture_open ("a.w64", bytes);
}

/* ffmpeg fills the samples up to a multiple of 8 bytes and counts the zeros; other writers do not, and nobody can tell whole
 * steps of them from silence. What is no multiple, or no zero, is none of it. */
static void
test_w64_filling (void)
{
  g_auto (FixtureResult) filled = open_w64 (1, "\1\0\2\0\3\0\4\0\5\0\0\0\0\0\0\0", 16);
  g_auto (FixtureResult) three = open_w64 (3, "\1\0\2\0\3\0\0\0", 8);
  g_auto (FixtureResult) full = open_w64 (1, "\1\0\2\0\3\0\4\0", 8);
  g_auto (FixtureResult) other = open_w64 (1, "\1\0\2\0\3\0\0\0\0\0", 10);

  fixture_assert_loaded (&filled, "Zeros in the last 3 steps: they may be filling");
  g_assert_cmpint (sig_recording_get_n_steps (filled.content.recording), ==, 8);
  fixture_assert_loaded (&three, NULL);
  g_assert_cmpint (sig_recording_get_n_steps (three.content.recording), ==, 1);
  fixture_assert_loaded (&full, NULL);
  g_assert_cmpint (sig_recording_get_n_steps (full.content.recording), ==, 4);
  fixture_assert_loaded (&other, NULL);
  g_assert_cmpint (sig_recording_get_n_steps (other.content.recording), ==, 5);
}

/* As SciPy writes int64. */
static void
test_wide (void)
{
  static const guint8 wide_fmt[16] = { 1, 0, 1, 0, 0xE8, 3, 0, 0, 0x40, 0x1F, 0, 0, 8, 0, 64, 0 };
  GByteArray *bytes = start_wav ("RIFF", 52);

  fixture_put_chunk (bytes, "fmt ", 16, wide_fmt, 16);
  fixture_put_chunk (bytes, "data", 16, "\0\0\0\0\0\0\0\x40" "\0\0\0\0\0\0\0\xC0", 16);

  g_auto (FixtureResult) result = fixture_open ("a.wav", bytes);

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpfloat (fixture_sample (&result, 0, 0), ==, 0.5f);
  g_assert_cmpfloat (fixture_sample (&result, 0, 1), ==, -0.5f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-wav/formats", test_formats);
  g_test_add_func ("/reader-wav/samples", test_samples);
  g_test_add_func ("/reader-wav/heads", test_heads);
  g_test_add_func ("/reader-wav/sizes", test_sizes);
  g_test_add_func ("/reader-wav/chunks", test_chunks);
  g_test_add_func ("/reader-wav/rf64", test_rf64);
  g_test_add_func ("/reader-wav/not-finite", test_not_finite);
  g_test_add_func ("/reader-wav/against-libsndfile", test_against_libsndfile);
  g_test_add_func ("/reader-wav/w64-filling", test_w64_filling);
  g_test_add_func ("/reader-wav/wide", test_wide);
  return g_test_run ();
}
