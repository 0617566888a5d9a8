/* test-range.c: the range that a channel is shown in
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-pyramid.h"
#include "sig-recording-private.h"

#include <math.h>

static void
test_range (void)
{
  const gint64 n = 100000;
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  float *samples = g_new (float, 5 * n);
  float low = 0, high = 0;

  for (gint64 i = 0; i < n; i++)
    {
      samples[i] = i % 1000 == 7 ? 1e6f : (float) (i % 101) - 50; /* spikes are left out */
      samples[n + i] = NAN;
      samples[2 * n + i] = 3;
      samples[3 * n + i] = i == 40 ? 8 : 0; /* rare events are kept */
      samples[4 * n + i] = i % 200 < 100 ? 3e38f : -3e38f; /* a range that no float holds */
    }
  recording = sig_recording_new_take_samples ("range", 5, n, 1, NULL, NULL, samples);
  pyramid = sig_pyramid_new (recording);

  sig_pyramid_get_range (pyramid, 0, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, -55, 1.5);
  g_assert_cmpfloat_with_epsilon (high, 55, 1.5);
  sig_pyramid_get_range (pyramid, 1, &low, &high);
  g_assert_cmpfloat (low, ==, -1);
  g_assert_cmpfloat (high, ==, 1);
  sig_pyramid_get_range (pyramid, 2, &low, &high);
  g_assert_cmpfloat (low, ==, 2);
  g_assert_cmpfloat (high, ==, 4);
  sig_pyramid_get_range (pyramid, 3, &low, &high);
  g_assert_cmpfloat (low, <, 0);
  g_assert_cmpfloat (high, >, 8);
  sig_pyramid_get_range (pyramid, 4, &low, &high);
  g_assert_cmpfloat (low, >, -INFINITY);
  g_assert_cmpfloat (low, <, -3e38f);
  g_assert_cmpfloat (high, >, 3e38f);
  g_assert_cmpfloat (high, <, INFINITY);
}

/* Counts the grains that are looked at. */
typedef struct
{
  gint64   grain;
  gboolean seen[1024];
} Coarse;

static gboolean
read_coarse (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  Coarse *self = source;

  for (gint64 i = 0; i < n; i++)
    {
      self->seen[(start + i) / self->grain] = TRUE;
      out[i] = (float) ((start + i) % 100) / 100;
    }
  return TRUE;
}

static void
test_coarse_range (void)
{
  const struct
  {
    gint64 n_steps, grain;
    guint  most;
  } cases[] = { { 10000000, 1 << 20, 4 }, { 10000000, 1 << 18, 8 }, { 3000000, 1 << 20, 3 }, { 1000, 1 << 20, 1 },
                { 40000, 16384, 3 },      { 16000000, 16384, 64 } };

  g_test_summary ("Where samples are worked out many at a time, the range is that of a few places, the ends among them.");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Coarse source = { cases[i].grain, { FALSE } };
      gint64 n_grains = (cases[i].n_steps - 1) / cases[i].grain + 1;
      g_autoptr (SigRecording) recording
          = sig_recording_new_from_source ("coarse", 1, cases[i].n_steps, 1, NULL, NULL, read_coarse, &source, NULL);
      g_autoptr (SigPyramid) pyramid = NULL;
      guint n = 0;
      float low, high;

      sig_recording_set_grain (recording, cases[i].grain);
      pyramid = sig_pyramid_new (recording);
      sig_pyramid_get_range (pyramid, 0, &low, &high);
      for (guint k = 0; k < G_N_ELEMENTS (source.seen); k++)
        n += source.seen[k];
      g_assert_cmpuint (n, <=, cases[i].most);
      g_assert_true (source.seen[0] && source.seen[n_grains - 1]);
      g_assert_cmpfloat_with_epsilon (low, -.05, .02);
      g_assert_cmpfloat_with_epsilon (high, 1.04, .02);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/range/range", test_range);
  g_test_add_func ("/range/coarse", test_coarse_range);
  return g_test_run ();
}
