/* test-snap.c: what attracts a pointer, and from how far
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-snap.h"

#include <math.h>
#include <string.h>

#define N_STEPS 100000

static const char *const NAMES[] = { "a" };

/* Crosses zero at 25, 50, 75 …; its samples are not in memory. */
static gboolean
read_square (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  for (gint64 i = 0; i < n; i++)
    out[i] = (start + i) / 25 % 2 == 0 ? 0.f : -1.f;
  return TRUE;
}

static void
test_table (void)
{
  SigSpan span = { 1000, 1060, 0 };
  g_autoptr (SigLabels) labels = sig_labels_new (N_STEPS, &span, 1, NAMES, 1);
  g_autoptr (SigRecording) recording
      = sig_recording_new_from_source ("square", 1, N_STEPS, 1, NULL, NULL, read_square, NULL, NULL);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (recording);
  const struct
  {
    SigSnap snap;
    double  step, tolerance;
    gint64  expected;
  } lines[] = {
    { { .n_steps = N_STEPS }, 12.4, 5, 12 },
    { { .n_steps = N_STEPS }, 12.6, 5, 13 },
    { { .n_steps = N_STEPS }, -3, 5, 0 },
    { { .n_steps = N_STEPS }, 1e9, 5, N_STEPS },
    { { .n_steps = N_STEPS, .labels = labels }, 1004, 5, 1000 },
    { { .n_steps = N_STEPS, .labels = labels }, 996, 5, 1000 },
    { { .n_steps = N_STEPS, .labels = labels }, 1005.5, 5, 1006 },
    { { .n_steps = N_STEPS, .labels = labels }, 1057, 5, 1060 },
    { { .n_steps = N_STEPS, .labels = labels }, 1063, 5, 1060 },
    { { .n_steps = N_STEPS, .window = 400 }, 803, 5, 800 },
    { { .n_steps = N_STEPS, .window = 400 }, 797, 5, 800 },
    { { .n_steps = N_STEPS, .window = 400 }, 790, 5, 790 },
    { { .n_steps = 950, .window = 400 }, 948, 5, 950 },
    { { .n_steps = N_STEPS, .pyramid = pyramid }, 52, 5, 50 },
    { { .n_steps = N_STEPS, .pyramid = pyramid }, 71, 5, 75 },
    { { .n_steps = N_STEPS, .pyramid = pyramid }, 62, 5, 62 },
    { { .n_steps = N_STEPS, .pyramid = pyramid }, 2, 5, 2 },
    { { .n_steps = N_STEPS, .pyramid = pyramid }, 63, 1e9, 75 },
    { { .n_steps = N_STEPS, .labels = labels, .window = 1001, .pyramid = pyramid }, 1001, 5, 1001 },
    { { .n_steps = N_STEPS, .labels = labels, .window = 1002 }, 1001, 5, 1000 }, /* a label's edge first */
  };

  /* Nothing is read: what is not at hand attracts nothing, and of a part that is, what lies in it. */
  g_assert_cmpint (sig_snap (&(SigSnap) { .n_steps = N_STEPS, .pyramid = pyramid }, 52, 5), ==, 52);
  g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_POINTER, 40, 70, 1, NULL, NULL, NULL));
  g_assert_cmpint (sig_snap (&(SigSnap) { .n_steps = N_STEPS, .pyramid = pyramid }, 52, 100), ==, 50);
  g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_POINTER, 0, N_STEPS, 1, NULL, NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("line %u", i);
      g_assert_cmpint (sig_snap (&lines[i].snap, lines[i].step, lines[i].tolerance), ==, lines[i].expected);
    }
}

/* Without values there is no crossing, and in memory they are found as in a file. */
static void
test_memory (void)
{
  float *samples = g_new (float, 8);
  const float values[] = { 1, -1, NAN, 1, 1, -2, 0, 3 };
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  SigSnap snap = { .n_steps = 8 };
  const gint64 expected[] = { 1, 1, 1, 1, 5, 5, 6, 6 };

  memcpy (samples, values, sizeof values);
  recording = sig_recording_new_take_samples ("few", 1, 8, 1, NULL, NULL, samples);
  pyramid = sig_pyramid_new (recording);
  snap.pyramid = pyramid;
  for (int i = 0; i < 8; i++)
    g_assert_cmpint (sig_snap (&snap, i, 2), ==, expected[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snap/table", test_table);
  g_test_add_func ("/snap/memory", test_memory);
  return g_test_run ();
}
