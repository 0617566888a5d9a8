/* test-norm.c: means and deviations of the training part, and nothing else
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-norm.h"

#include <math.h>

#define N 50000

/* Channel 0: noise on a large offset; 1: constant; 2: nothing finite; 3: noise with gaps. The validation part is
 * spoilt: were it looked at, every figure would be far off. */
static SigRecording *
make_recording (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  const char *const names[] = { "big", "flat", "gone", "holes" };
  float *samples = g_new (float, 4 * N);

  for (gint64 i = 0; i < N; i++)
    {
      gboolean validation = i >= N * 8 / 10;

      samples[i] = validation ? 9e9 : 1e5 + g_rand_double_range (rand, -1, 1);
      samples[N + i] = validation ? i : 0.1f;
      samples[2 * N + i] = i % 2 ? NAN : INFINITY;
      samples[3 * N + i] = i % 5 == 0 ? NAN : validation ? -9e9 : i % 2;
    }
  return sig_recording_new_take_samples ("n", 4, N, 1, names, NULL, samples);
}

static void
test_fit (void)
{
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigSplit) split = sig_split_new (recording, 100, 0.2, 1, 0, NULL);
  g_autofree char *notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SigNorm) norm = sig_norm_fit (recording, split, NULL, &notes, &error);
  const float *samples = sig_recording_peek_channel (recording, 0);
  double mean = 0, squares = 0;

  g_assert_no_error (error);
  for (gint64 i = 0; i < N * 8 / 10; i++)
    mean += samples[i] / (N * 0.8);
  for (gint64 i = 0; i < N * 8 / 10; i++)
    squares += (samples[i] - mean) * (samples[i] - mean);

  g_assert_cmpuint (sig_norm_get_n_channels (norm), ==, 4);
  g_assert_cmpfloat_with_epsilon (sig_norm_get_mean (norm, 0), mean, 1e-6);
  g_assert_cmpfloat_with_epsilon (sig_norm_get_deviation (norm, 0), sqrt (squares / (N * 0.8)), 1e-9);
  g_assert_cmpfloat (sig_norm_get_deviation (norm, 1), ==, 1);
  g_assert_cmpfloat_with_epsilon (sig_norm_get_mean (norm, 1), 0.1f, 1e-9);
  g_assert_cmpfloat (sig_norm_get_deviation (norm, 2), ==, 1);
  g_assert_cmpfloat (sig_norm_get_mean (norm, 2), ==, 0);
  g_assert_cmpfloat_with_epsilon (sig_norm_get_mean (norm, 3), 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (sig_norm_get_deviation (norm, 3), 0.5, 1e-9);

  g_assert_nonnull (strstr (notes, "flat, gone."));
  g_assert_null (strstr (notes, "holes"));
}

/* The same pass counts what is missing, in all parts but not in gaps, and gives the same norm. */
static void
test_missing (void)
{
  const SigSegment segments[] = { { 3, 20000 }, { 20000, 30001 }, { 31000, N - 7 } };
  g_autoptr (SigRecording) whole = make_recording ();
  g_autoptr (SigRecording) recording = sig_recording_with_segments (whole, segments, G_N_ELEMENTS (segments));
  g_autoptr (SigSplit) split = sig_split_new (recording, 100, 0.2, 3, 25, NULL);
  g_autoptr (SigNorm) plain = sig_norm_fit (recording, split, NULL, NULL, NULL), norm = NULL;
  SigMissing expected, found = { .count = 7 };

  norm = sig_norm_fit (recording, split, &found, NULL, NULL);
  g_assert_true (sig_missing_count (recording, &expected, NULL));
  g_assert_cmpint (found.count, ==, expected.count);
  g_assert_cmpuint (found.channel, ==, expected.channel);
  g_assert_cmpint (found.step, ==, expected.step);
  g_assert_cmpint (found.step, ==, 3);
  g_assert_cmpuint (found.channel, ==, 2);
  for (guint c = 0; c < 4; c++)
    {
      g_assert_cmpfloat (sig_norm_get_mean (norm, c), ==, sig_norm_get_mean (plain, c));
      g_assert_cmpfloat (sig_norm_get_deviation (norm, c), ==, sig_norm_get_deviation (plain, c));
    }
}

static void
test_apply (void)
{
  const double means[] = { 0, 10 }, deviations[] = { 1, 4 };
  const float in[] = { 10, 18, NAN, INFINITY, 2 };
  float out[10] = { 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 };
  g_autoptr (SigNorm) norm = sig_norm_new (2, means, deviations);

  sig_norm_apply (norm, 1, in, 5, out + 1, 2);
  for (int i = 0; i < 5; i++)
    g_assert_cmpfloat (out[2 * i], ==, 7);
  g_assert_cmpfloat (out[1], ==, 0);
  g_assert_cmpfloat (out[3], ==, 2);
  g_assert_cmpfloat (out[5], ==, 0);
  g_assert_cmpfloat (out[7], ==, 0);
  g_assert_cmpfloat (out[9], ==, -2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/norm/fit", test_fit);
  g_test_add_func ("/norm/missing", test_missing);
  g_test_add_func ("/norm/apply", test_apply);
  return g_test_run ();
}
