/* test-decoder.c: reading anywhere, around what is damaged, and from a file that is gone
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-decoder.h"

#include <glib/gstdio.h>
#include <sndfile.h>
#include <unistd.h>

#include "fixture-sound.h"
#include "fixture.h"

#define N_READ 100

static SigDecoder *
make_decoder (GByteArray *flac)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (flac);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.flac", bytes);

  return sig_decoder_new (file, &(SigDecoderView){ "FLAC", NULL, 0, sig_file_get_size (file) }, NULL);
}

static void
assert_tone (SigDecoder *decoder, gint64 start)
{
  float mixed[2 * N_READ];

  g_assert_cmpint (sig_decoder_read (decoder, start, N_READ, mixed, NULL), ==, N_READ);
  for (int t = 0; t < N_READ; t++)
    for (int c = 0; c < 2; c++)
      g_assert_cmpfloat_with_epsilon (mixed[2 * t + c], fixture_tone ((int) start + t, c), 4e-5f);
}

static void
test_places (void)
{
  g_autoptr (SigDecoder) decoder = make_decoder (fixture_sound (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, fixture_tone));
  const SigDecoderInfo *info = sig_decoder_get_info (decoder);
  float mixed[2 * N_READ];

  g_assert_cmpint (info->n_channels, ==, 2);
  g_assert_cmpint (info->rate_hz, ==, 16000);
  g_assert_cmpint (info->n_steps, ==, FIXTURE_SOUND_STEPS);
  g_assert_true (info->is_seekable);
  g_assert_null (info->loss);
  assert_tone (decoder, 0);
  assert_tone (decoder, N_READ);
  assert_tone (decoder, 20000);
  sig_decoder_forget_place (decoder);
  assert_tone (decoder, 20000 + N_READ);
  g_assert_cmpint (sig_decoder_read (decoder, FIXTURE_SOUND_STEPS - 10, N_READ, mixed, NULL), ==, 10);
  assert_tone (decoder, 77);
}

/* Reading fails in the damaged frame, and goes on behind it. */
static void
test_damage (void)
{
  GByteArray *flac = fixture_sound (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, fixture_tone);
  g_autofree float *mixed = g_new (float, 2 * FIXTURE_SOUND_STEPS);
  g_autoptr (SigDecoder) decoder = NULL;
  gint64 n;

  flac->data[flac->len / 2] ^= 1;
  decoder = make_decoder (flac);
  n = sig_decoder_read (decoder, 0, FIXTURE_SOUND_STEPS, mixed, NULL);
  g_assert_cmpint (n, >, FIXTURE_SOUND_STEPS / 4);
  g_assert_cmpint (n, <, FIXTURE_SOUND_STEPS * 3 / 4);
  g_assert_cmpint (sig_decoder_read (decoder, n, 1, mixed, NULL), ==, 0);
  assert_tone (decoder, FIXTURE_SOUND_STEPS - N_READ);
  assert_tone (decoder, 0);
}

/* A file that became short is an error of its own, and no damage. */
static void
test_gone (void)
{
  GByteArray *flac = fixture_sound (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, fixture_tone);
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.flac", flac->data, flac->len);
  g_autoptr (SigFile) file = sig_file_open (path, NULL);
  g_autoptr (SigDecoder) decoder
      = sig_decoder_new (file, &(SigDecoderView){ "FLAC", NULL, 0, sig_file_get_size (file) }, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree float *mixed = g_new (float, 2 * FIXTURE_SOUND_STEPS);

  g_byte_array_unref (flac);
  g_assert_cmpint (truncate (path, 100), ==, 0);
  g_assert_cmpint (sig_decoder_read (decoder, 20000, N_READ, mixed, &error), ==, -1);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoder/places", test_places);
  g_test_add_func ("/decoder/damage", test_damage);
  g_test_add_func ("/decoder/gone", test_gone);
  return g_test_run ();
}
