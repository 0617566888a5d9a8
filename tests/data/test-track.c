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
  const float given[] = { .2f, .7f, .1f, NAN, NAN, NAN, .4f, .2f, .4f, 0, 0, 1 };
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/track/classes", test_classes);
  return g_test_run ();
}
