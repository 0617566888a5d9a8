/* test-sound.c: what libsndfile writes in other encodings than plain numbers is read as libsndfile itself reads it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture.h"
#include "sig-sound.h"

#define N_STEPS 20011
#define RATE_HZ 8000

#define LOSS "It was compressed with loss (%s)"

typedef struct
{
  const char *name;
  int         format;
  int         n_channels;
  const char *loss; /* NULL: none */
} Row;

static const Row rows[] = {
  { "a.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 2, "µ-law" },
  { "a.wav", SF_FORMAT_WAV | SF_FORMAT_ALAW, 2, "A-law" },
  { "a.wav", SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, 1, "IMA ADPCM" },
  { "a.wav", SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, 2, "IMA ADPCM" },
  { "a.wav", SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM, 2, "MS ADPCM" },
  { "a.wav", SF_FORMAT_WAV | SF_FORMAT_GSM610, 1, "GSM 6.10" },
  { "a.wav", SF_FORMAT_WAVEX | SF_FORMAT_ULAW, 2, "µ-law" },
  { "a.rf64", SF_FORMAT_RF64 | SF_FORMAT_ALAW, 2, "A-law" },
  { "a.w64", SF_FORMAT_W64 | SF_FORMAT_ULAW, 2, "µ-law" },
  { "a.w64", SF_FORMAT_W64 | SF_FORMAT_IMA_ADPCM, 1, "IMA ADPCM" },
  { "a.caf", SF_FORMAT_CAF | SF_FORMAT_ALAC_16, 2, NULL },
  { "a.caf", SF_FORMAT_CAF | SF_FORMAT_ALAC_24, 2, NULL },
  { "a.caf", SF_FORMAT_CAF | SF_FORMAT_ULAW, 2, "µ-law" },
  { "a.aifc", SF_FORMAT_AIFF | SF_FORMAT_ULAW, 2, "µ-law" },
  { "a.aifc", SF_FORMAT_AIFF | SF_FORMAT_ALAW, 1, "A-law" },
  { "a.aifc", SF_FORMAT_AIFF | SF_FORMAT_IMA_ADPCM, 2, "IMA ADPCM" },
  { "a.aifc", SF_FORMAT_AIFF | SF_FORMAT_GSM610, 1, "GSM 6.10" },
  { "a.aifc", SF_FORMAT_AIFF | SF_FORMAT_DWVW_16, 1, NULL },
  { "a.au", SF_FORMAT_AU | SF_FORMAT_ULAW, 2, "µ-law" },
  { "a.au", SF_FORMAT_AU | SF_FORMAT_G721_32, 1, "G.721" },
};

static gboolean
write_sound (const Row *row, const char *path)
{
  g_autofree float *mixed = g_new (float, N_STEPS * (gsize) row->n_channels);
  SF_INFO info = { .samplerate = RATE_HZ, .channels = row->n_channels, .format = row->format };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  gboolean ok;

  for (int t = 0; t < N_STEPS; t++)
    for (int c = 0; c < row->n_channels; c++)
      mixed[t * row->n_channels + c] = 0.5f * sinf (0.02f * (float) (t * (c + 1)));
  ok = sound != NULL && sf_writef_float (sound, mixed, N_STEPS) == N_STEPS;
  return sound != NULL && sf_close (sound) == 0 && ok;
}

/* Fails unless each sample is the one that libsndfile reads from the file itself. */
static void
assert_same (const SigRecording *recording, const char *path)
{
  SF_INFO info = { 0 };
  SNDFILE *sound = sf_open (path, SFM_READ, &info);
  g_autofree float *mixed = g_new (float, N_STEPS * (gsize) info.channels);

  g_assert_nonnull (sound);
  g_assert_cmpint (sf_readf_float (sound, mixed, N_STEPS), ==, N_STEPS);
  sf_close (sound);
  g_assert_cmpuint (sig_recording_get_n_channels (recording), ==, (guint) info.channels);
  g_assert_cmpfloat (sig_recording_get_rate_hz (recording), ==, RATE_HZ);
  for (int c = 0; c < info.channels; c++)
    for (int t = 0; t < N_STEPS; t++)
      g_assert_cmpfloat (sig_recording_peek_channel (recording, (guint) c)[t], ==, mixed[t * info.channels + c]);
}

static void
test_encodings (void)
{
  g_autofree char *folder = fixture_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (folder, rows[i].name, NULL);
      g_autofree char *loss = g_strdup_printf (LOSS, rows[i].loss != NULL ? rows[i].loss : "");
      g_autoptr (GError) error = NULL;
      g_auto (SigContent) content = { 0 };

      g_test_message ("row %" G_GSIZE_FORMAT ", %s", i, rows[i].name);
      g_assert_true (write_sound (&rows[i], path));
      g_assert_true (sig_reader_open (path, NULL, &content, &error));
      g_assert_no_error (error);
      assert_same (content.recording, path);

      const char *note = sig_recording_get_notes (content.recording)[0];

      if (rows[i].loss == NULL)
        g_assert_null (note);
      else
        g_assert_true (g_str_has_prefix (note, loss));
    }
  fixture_remove (folder);
}

/* The last block of an encoding is filled up; what the container counts ends the recording, unless it counts nonsense. */
static void
test_filling (void)
{
  static const struct
  {
    Row    row;
    gint64 n_steps;
  } ends[] = {
    { { "a.wav", SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM, 2, NULL }, N_STEPS },
    { { "a.wav", SF_FORMAT_WAV | SF_FORMAT_GSM610, 1, NULL }, N_STEPS },
    { { "a.wav", SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, 2, NULL }, 20200 },
    { { "a.caf", SF_FORMAT_CAF | SF_FORMAT_ALAC_16, 2, NULL }, N_STEPS },
  };
  g_autofree char *folder = fixture_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_build_filename (folder, ends[i].row.name, NULL);
      g_auto (SigContent) content = { 0 };

      g_assert_true (write_sound (&ends[i].row, path));
      g_assert_true (sig_reader_open (path, NULL, &content, NULL));
      g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, ends[i].n_steps);
    }
  fixture_remove (folder);
}

/* libsndfile is shown a head of ours, and the bytes of the file from a place in it on. */
static void
test_head (void)
{
  static const guint8 head[24]
      = { '.', 's', 'n', 'd', 0, 0, 0, 24, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 3, 0, 0, 0x1F, 0x40, 0, 0, 0, 1 };
  static const guint8 samples[] = { 9, 9, 9, 0x40, 0, 0xC0, 0, 0x20, 0, 9, 9 };
  g_autoptr (GBytes) head_bytes = g_bytes_new_static (head, sizeof head), bytes = g_bytes_new_static (samples, sizeof samples);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.bin", bytes);
  SigSound sound = { .file = file, .view = { "AU", head_bytes, 3, 6 }, .rate_hz = 12.5, .n_channels = 1 };
  g_auto (SigReading) reading = { 0 };
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  sig_reading_init (&reading, NULL);
  g_assert_true (sig_sound_open (&sound, 1, &reading, &content, &error));
  g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, 3);
  g_assert_cmpfloat (sig_recording_get_rate_hz (content.recording), ==, 12.5);
  g_assert_cmpfloat (sig_recording_peek_channel (content.recording, 0)[0], ==, 0.5f);
  g_assert_cmpfloat (sig_recording_peek_channel (content.recording, 0)[1], ==, -0.5f);
  g_assert_cmpfloat (sig_recording_peek_channel (content.recording, 0)[2], ==, 0.25f);
  sig_content_clear (&content);

  sound.n_channels = 2;
  g_assert_false (sig_sound_open (&sound, 1, &reading, &content, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==, "a.bin: is damaged: its header declares 2 channels, its samples have 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound/encodings", test_encodings);
  g_test_add_func ("/sound/filling", test_filling);
  g_test_add_func ("/sound/head", test_head);
  return g_test_run ();
}
