/* test-track.c: classes and probabilities of a prediction
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-labels.h"
#include "sig-track.h"

#include <math.h>

static void
test_classes (void)
{
  const float given[] = { .2f, NAN, .4f, 0, .7f, NAN, .2f, 0, .1f, NAN, .4f, 1 };
  g_autoptr (SigTrack) track = sig_track_new_take (100, 4, 3, g_memdup2 (given, sizeof given));

  g_assert_cmpint (sig_track_get_start (track), ==, 100);
  g_assert_cmpint (sig_track_get_n_steps (track), ==, 4);
  g_assert_cmpint (sig_track_get_n_classes (track), ==, 3);

  g_assert_cmpint (sig_track_get (track, 99), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_track_get (track, 100), ==, 1);
  g_assert_cmpint (sig_track_get (track, 101), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_track_get (track, 102), ==, 0); /* a tie goes to the first */
  g_assert_cmpint (sig_track_get (track, 103), ==, 2);
  g_assert_cmpint (sig_track_get (track, 104), ==, SIG_UNLABELLED);

  g_assert_cmpfloat (sig_track_get_probability (track, 100, 1), ==, .7f);
  g_assert_true (isnan (sig_track_get_probability (track, 101, 0)));
  g_assert_true (isnan (sig_track_get_probability (track, 104, 2)));
}

/* Runs and columns say the same as the steps one by one. */
static void
test_summaries (void)
{
  const gint64 start = 30, n_steps = 5000;
  float *probabilities = g_new (float, n_steps * 2);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (SigTrack) track = NULL;
  SigColumn columns[40];

  for (gint64 i = 0; i < n_steps; i++)
    {
      probabilities[n_steps + i] = i % 700 < 40 ? NAN : (float) g_rand_double (rand);
      probabilities[i] = 1 - probabilities[n_steps + i];
    }
  track = sig_track_new_take (start, n_steps, 2, probabilities);
  g_assert_cmpint (sig_labels_get_n_steps (sig_track_get_labels (track)), ==, start + n_steps);
  for (gint64 step = 0; step < start + n_steps; step++)
    g_assert_cmpint (sig_labels_get (sig_track_get_labels (track), step), ==, sig_track_get (track, step));

  sig_track_get_columns (track, 1, 0, 400, G_N_ELEMENTS (columns), columns);
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    {
      SigColumn expected = { INFINITY, -INFINITY };

      for (gint64 step = c * 10; step < c * 10 + 10; step++)
        if (!isnan (sig_track_get_probability (track, step, 1)))
          {
            expected.min = MIN (expected.min, sig_track_get_probability (track, step, 1));
            expected.max = MAX (expected.max, sig_track_get_probability (track, step, 1));
          }
      g_assert_cmpfloat (columns[c].min, ==, expected.min);
      g_assert_cmpfloat (columns[c].max, ==, expected.max);
    }
}

static void
test_empty (void)
{
  g_autoptr (SigTrack) track = sig_track_new_take (5, 0, 2, NULL);
  SigColumn columns[3];
  gsize n_spans;

  sig_labels_get_spans (sig_track_get_labels (track), &n_spans);
  g_assert_cmpuint (n_spans, ==, 0);
  sig_track_get_columns (track, 1, 0, 10, G_N_ELEMENTS (columns), columns);
  g_assert_false (columns[1].min <= columns[1].max);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/track/classes", test_classes);
  g_test_add_func ("/track/summaries", test_summaries);
  g_test_add_func ("/track/empty", test_empty);
  return g_test_run ();
}
