/* test-synth.c: the demo is the same everywhere, and asks of a network what it claims to ask
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-synth.h"

#include <math.h>
#include <string.h>

#define N SIG_SYNTH_DEMO_STEPS

typedef struct
{
  SigRecording *recording;
  SigLabels    *labels;
} Demo;

static void
set_up (Demo         *self,
        gconstpointer unused)
{
  sig_synth_demo (N, SIG_SYNTH_DEMO_SEED, &self->recording, &self->labels);
}

static void
tear_down (Demo         *self,
           gconstpointer unused)
{
  sig_labels_unref (self->labels);
  sig_recording_unref (self->recording);
}

static char *
hash_bits (const SigRecording *recording,
           const SigLabels    *labels)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize n_spans = 0;
  const SigSpan *spans = sig_labels_get_spans (labels, &n_spans);

  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    for (gint64 t = 0; t < sig_recording_get_n_steps (recording); t++)
      {
        guint32 bits = 0;

        memcpy (&bits, sig_recording_peek_channel (recording, c) + t, 4);
        bits = GUINT32_TO_LE (bits);
        g_checksum_update (checksum, (const guchar *) &bits, 4);
      }
  for (gsize i = 0; i < n_spans; i++)
    {
      gint64 edge = GINT64_TO_LE (spans[i].start);

      g_checksum_update (checksum, (const guchar *) &edge, 8);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_bits (Demo         *self,
           gconstpointer unused)
{
  g_autofree char *hash = hash_bits (self->recording, self->labels);
  g_autoptr (SigRecording) other = NULL;
  g_autoptr (SigLabels) other_labels = NULL;
  g_autofree char *other_hash = NULL;

  g_test_summary ("The same bits with every compiler and on every processor");
  g_assert_cmpstr (hash, ==, "4782cfef87f4c360f65c9405ed83cbb71319a053fb01ffce6c80bc4358a35c0b");

  sig_synth_demo (N, SIG_SYNTH_DEMO_SEED + 1, &other, &other_labels);
  other_hash = hash_bits (other, other_labels);
  g_assert_cmpstr (hash, !=, other_hash);
}

static void
test_shape (Demo         *self,
            gconstpointer unused)
{
  gint64 counts[2];

  g_assert_cmpuint (sig_recording_get_n_channels (self->recording), ==, 16);
  g_assert_cmpint (sig_recording_get_n_steps (self->recording), ==, N);
  g_assert_cmpfloat (sig_recording_get_rate_hz (self->recording), ==, 250);
  g_assert_cmpstr (sig_recording_get_channel_unit (self->recording, 15), ==, "µV");
  g_assert_cmpstr (sig_labels_get_name (self->labels, 0), ==, "rest");
  g_assert_cmpstr (sig_labels_get_name (self->labels, 1), ==, "grasp");

  sig_labels_count (self->labels, counts);
  g_assert_cmpint (counts[0] + counts[1], ==, N);
  g_assert_cmpfloat (counts[0] / (double) N, >, 0.6);
  g_assert_cmpfloat (counts[0] / (double) N, <, 0.75);
}

/* The share of steps told right by the best threshold on `score`. */
static double
best_threshold (const SigLabels *labels,
                const double    *score)
{
  double low = G_MAXDOUBLE, high = -G_MAXDOUBLE, best = 0;

  for (gint64 t = 0; t < N; t++)
    {
      low = MIN (low, score[t]);
      high = MAX (high, score[t]);
    }
  for (int i = 0; i <= 200; i++)
    {
      double threshold = low + (high - low) * i / 200;
      gint64 n_right = 0;

      for (gint64 t = 0; t < N; t++)
        n_right += (score[t] > threshold) == sig_labels_get (labels, t);
      best = MAX (best, n_right / (double) N);
    }
  return best;
}

/* The power, over 48 steps, of what runs along the row at 2 steps an electrode, upwards or downwards. */
static void
measure_runs (const SigRecording *recording,
              gboolean            upwards,
              double             *power)
{
  g_autofree double *beam = g_new0 (double, N);

  for (gint64 t = 15; t < N - 15; t++)
    {
      for (int c = 0; c < 16; c++)
        {
          const float *samples = sig_recording_peek_channel (recording, upwards ? c : 15 - c);

          beam[t] += samples[t - 15 + 2 * c];
        }
      beam[t] = beam[t] * beam[t];
    }
  for (gint64 t = 0; t < N; t++)
    {
      power[t] = 0;
      for (gint64 s = MAX (t - 24, 0); s < MIN (t + 24, N); s++)
        power[t] += beam[s];
    }
}

static void
test_task (Demo         *self,
           gconstpointer unused)
{
  g_autofree double *score = g_new0 (double, N);
  g_autofree double *down = g_new0 (double, N);

  g_test_summary ("No single step tells the label; several channels over tens of steps do");

  for (gint64 t = 0; t < N; t++)
    for (int c = 0; c < 16; c++)
      score[t] += sig_recording_peek_channel (self->recording, c)[t] * sig_recording_peek_channel (self->recording, c)[t];
  g_assert_cmpfloat (best_threshold (self->labels, score), <, 0.72);

  measure_runs (self->recording, TRUE, score);
  measure_runs (self->recording, FALSE, down);
  for (gint64 t = 0; t < N; t++)
    score[t] -= down[t];
  g_assert_cmpfloat (best_threshold (self->labels, score), >, 0.85);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/synth/bits", Demo, NULL, set_up, test_bits, tear_down);
  g_test_add ("/synth/shape", Demo, NULL, set_up, test_shape, tear_down);
  g_test_add ("/synth/task", Demo, NULL, set_up, test_task, tear_down);
  return g_test_run ();
}
