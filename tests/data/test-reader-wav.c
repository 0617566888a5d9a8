/* test-reader-wav.c: WAV in all its wrappings, good and bad; rows 24 to 49 of the catalogue of bad inputs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture.h"

/* One change to a correct WAV, and what must come of it: refused with these words, or loaded with these notes. */
static void
test_formats (void)
{
  static const struct
  {
    FixtureWav  wav;
    const char *refused; /* NULL: loaded */
    const char *notes;
  } rows[] = {
    { FIXTURE_WAV, NULL, NULL },
    { { 1, 2, 4, 16, 0, 10, 0 }, "sample rate is 0 Hz (allowed 0.001 Hz - 100 MHz)", NULL },
    { { 1, 2, 4, 16, 0xFFFFFFFF, 10, 0 }, "sample rate is 4.2949673e+09 Hz", NULL },
    { { 1, 2, 4, 16, 1, 10, 0 }, NULL, NULL },
    { { 1, 0, 0, 16, 1000, 0, 40 }, "has 0 channels", NULL },
    { { 1, 1024, 2048, 16, 1000, 3, 0 }, NULL, NULL },
    { { 1, 65535, 65535, 16, 1000, 1, 0 }, "65535 channels, at most 1024", NULL },
    { { 1, 2, 4, 0, 1000, 10, 0 }, "0-bit", NULL },
    { { 1, 2, 10, 33, 1000, 10, 0 }, "33-bit|(allowed 1 to 32)", NULL },
    { { 1, 2, 4, 12, 1000, 10, 0 }, NULL, "12 bits|16-bit numbers that hold them" },
    { { 1, 1, 7, 16, 1000, 10, 0 }, "block size is 7, expected 2", NULL },
    { { 3, 2, 4, 16, 1000, 10, 0 }, "16-bit float", NULL },
    { { 0x11, 2, 4, 16, 1000, 10, 0 }, "compressed WAV|0x0011, IMA ADPCM|convert it to PCM or FLAC", NULL },
    { { 0x55, 2, 4, 16, 1000, 10, 0 }, "compressed WAV|MP3", NULL },
    { { 0x4242, 2, 4, 16, 1000, 10, 0 }, "compressed WAV|0x4242, unknown", NULL },
    { { 1, 2, 4, 16, 1000, 10, 0xFFFFFFFF }, NULL, "does not say how long it is" },
    { { 1, 2, 4, 16, 1000, 10, 1000000 }, NULL, "Declares 1,000,000 bytes of samples, 40 are present" },
    { { 1, 2, 4, 16, 1000, 10, 39 }, NULL, "The last 3 bytes are less than one whole step" },
    { { 1, 2, 4, 16, 1000, 0, 0 }, "has no samples", NULL },
    { { 1, 2, 4, 16, 1000, 10, 3 }, "has no samples", NULL },
    { { 1, 2, 4, 16, 1000, 1, 0 }, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = fixture_open ("a.wav", fixture_wav (&rows[i].wav));

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (rows[i].refused != NULL)
        fixture_assert_refused (&result, "a.wav", rows[i].refused);
      else
        fixture_assert_loaded (&result, rows[i].notes);
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

/* Rows 2, 35, 37 to 42: what is around and between the chunks. */
static void
test_chunks (void)
{
  g_auto (FixtureResult) one = fixture_open_text ("a.wav", "R");

  fixture_assert_refused (&one, "a.wav", "");

  g_auto (FixtureResult) magic = fixture_open_text ("a.wav", "RIFF");

  fixture_assert_refused (&magic, "a.wav", "ends inside the header (4 bytes, need 12)");

  g_auto (FixtureResult) avi = fixture_open_text ("a.wav", "RIFF\x10\x10\x10\x10" "AVI LIST");

  fixture_assert_refused (&avi, "a.wav", "is a RIFF file but not WAV (it holds “AVI ”)");

  GByteArray *bytes = start_wav ("RIFF", 24);

  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);

  g_auto (FixtureResult) no_data = fixture_open ("a.wav", bytes);

  fixture_assert_refused (&no_data, "a.wav", "has no samples (no “data” chunk)");

  bytes = start_wav ("RIFF", 0);
  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (bytes, "data", 8, samples, 8);

  g_auto (FixtureResult) zero_size = fixture_open ("a.wav", bytes);

  fixture_assert_loaded (&zero_size, "The header says that 0 bytes follow it, 44 do");

  bytes = start_wav ("RIFF", 60);
  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (bytes, "data", 8, samples, 8);

  g_auto (FixtureResult) two_formats = fixture_open ("a.wav", bytes);

  fixture_assert_refused (&two_formats, "a.wav", "has two format blocks");

  bytes = start_wav ("RIFF", 100);
  fixture_put_chunk (bytes, "LIST", 0xFFFFFFF0, "INFO", 4);
  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (bytes, "data", 8, samples, 8);

  g_auto (FixtureResult) list = fixture_open ("a.wav", bytes);

  fixture_assert_refused (&list, "a.wav", "“LIST” chunk declares 4294967280 bytes and reaches past the end");

  bytes = start_wav ("RIFF", 52);
  fixture_put_chunk (bytes, "fmt ", 16, mono_fmt, 16);
  fixture_put_chunk (bytes, "data", 8, samples, 8);
  fixture_put_chunk (bytes, "LIST", 0xFFFFFFF0, "", 0);

  g_auto (FixtureResult) list_after = fixture_open ("a.wav", bytes);

  fixture_assert_loaded (&list_after, NULL);
  g_assert_cmpint (sig_recording_get_n_steps (list_after.content.recording), ==, 4);

  bytes = start_wav ("RIFF", 0);
  for (int i = 0; i < 5000; i++)
    fixture_put_chunk (bytes, "junk", 0, "", 0);

  g_auto (FixtureResult) flood = fixture_open ("a.wav", bytes);

  fixture_assert_refused (&flood, "a.wav", "more than 4096 chunks");

  bytes = start_wav ("RIFF", 20);
  fixture_put_chunk (bytes, "fmt ", 8, mono_fmt, 8);

  g_auto (FixtureResult) short_format = fixture_open ("a.wav", bytes);

  fixture_assert_refused (&short_format, "a.wav", "a format block of 8 bytes, at least 16");
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

/* Written by libsndfile in every wrapping and encoding, read by us: the samples must be those that libsndfile gives. */
static void
test_against_libsndfile (void)
{
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
  enum { N_STEPS = 777, N_CHANNELS = 3 };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "sound", NULL);
  g_autofree float *mixed = g_new (float, N_STEPS * N_CHANNELS);

  for (int i = 0; i < N_STEPS * N_CHANNELS; i++)
    mixed[i] = (float) ((i * 7919) % 2001 - 1000) / 1024.0f;
  for (gsize k = 0; k < G_N_ELEMENTS (formats); k++)
    {
      SF_INFO info = { .samplerate = 250, .channels = N_CHANNELS, .format = formats[k] };
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree float *expected = g_new (float, N_STEPS * N_CHANNELS);
      SNDFILE *sound = sf_open (path, SFM_WRITE, &info);

      g_test_message ("format %x", (guint) formats[k]);
      g_assert_nonnull (sound);
      g_assert_cmpint (sf_writef_float (sound, mixed, N_STEPS), ==, N_STEPS);
      sf_close (sound);
      info = (SF_INFO) { 0 };
      sound = sf_open (path, SFM_READ, &info);
      g_assert_cmpint (sf_readf_float (sound, expected, N_STEPS), ==, N_STEPS);
      sf_close (sound);

      g_assert_true (sig_reader_open (path, NULL, &content, &error));
      g_assert_no_error (error);
      g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, N_STEPS);
      g_assert_cmpfloat (sig_recording_get_rate_hz (content.recording), ==, 250);
      g_assert_cmpstr (sig_recording_get_notes (content.recording)[0], ==, NULL);
      for (guint c = 0; c < N_CHANNELS; c++)
        for (gint64 t = 0; t < N_STEPS; t++)
          g_assert_cmpfloat (sig_recording_peek_channel (content.recording, c)[t], ==, expected[t * N_CHANNELS + c]);
    }
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-wav/formats", test_formats);
  g_test_add_func ("/reader-wav/samples", test_samples);
  g_test_add_func ("/reader-wav/chunks", test_chunks);
  g_test_add_func ("/reader-wav/rf64", test_rf64);
  g_test_add_func ("/reader-wav/not-finite", test_not_finite);
  g_test_add_func ("/reader-wav/against-libsndfile", test_against_libsndfile);
  return g_test_run ();
}
