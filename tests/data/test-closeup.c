/* test-closeup.c: what is fetched ahead of being drawn, against a look at every sample
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-error.h"
#include "sig-pyramid-private.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

#define N_STEPS  70003
#define SPIKE    31234
#define N_LONG   (G_GINT64_CONSTANT (190) * 1000 * 1000) /* of one channel: too many for a pyramid from 16 steps on */

typedef struct
{
  gint64     n_readable; /* of every channel's steps */
  atomic_int n_reads;
} Source;

/* Channel c at step t, by a rule that has no period of a power of two. */
static float
sample_of (guint  channel,
           gint64 step)
{
  return step == SPIKE + (gint64) channel ? 50 : (float) (step * 7 % 101 + 1000 * (int) channel % 13) / 101;
}

static gboolean
read_rule (gpointer source,
           guint    channel,
           gint64   start,
           gint64   n,
           float   *out,
           GError **error)
{
  Source *self = source;

  atomic_fetch_add (&self->n_reads, 1);
  if (start + n > self->n_readable)
    {
      g_set_error_literal (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "The file shrank");
      return FALSE;
    }
  for (gint64 t = 0; t < n; t++)
    out[t] = sample_of (channel, start + t);
  return TRUE;
}

static float *
make_samples (guint  n_channels,
              gint64 n_steps)
{
  float *samples = g_new (float, n_channels * n_steps);

  for (guint c = 0; c < n_channels; c++)
    for (gint64 t = 0; t < n_steps; t++)
      samples[c * n_steps + t] = sample_of (c, t);
  return samples;
}

static SigPyramid *
make_pyramid (Source *source,
              guint   n_channels,
              gint64  n_steps)
{
  g_autoptr (SigRecording) recording
      = sig_recording_new_from_source ("rule", n_channels, n_steps, 100, NULL, NULL, read_rule, source, NULL);

  return sig_pyramid_new (recording);
}

static SigColumn
scan (guint  channel,
      gint64 from,
      gint64 to)
{
  SigColumn all = { INFINITY, -INFINITY };

  for (gint64 t = from; t < to; t++)
    {
      all.min = fminf (all.min, sample_of (channel, t));
      all.max = fmaxf (all.max, sample_of (channel, t));
    }
  return all;
}

/* Drawing never reads: what is not at hand is made of the lowest level, and no spike vanishes. */
static void
test_not_at_hand (void)
{
  Source source = { N_STEPS, 0 };
  g_autoptr (SigPyramid) pyramid = make_pyramid (&source, 2, N_STEPS);
  SigColumn columns[300];
  int n_reads;

  g_assert_false (sig_pyramid_get_grid_columns (pyramid, 0, 0, 5, 100, 300, columns));
  for (int k = 0; k < 300; k++)
    g_assert_cmpfloat (columns[k].min, >, columns[k].max); /* nothing is built */
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  n_reads = atomic_load (&source.n_reads);

  for (guint channel = 0; channel < 2; channel++)
    {
      float highest = 0;

      g_assert_false (sig_pyramid_get_grid_columns (pyramid, channel, 0, 5, SPIKE / 5 - 100, 300, columns));
      for (int k = 0; k < 300; k++)
        highest = fmaxf (highest, columns[k].max);
      g_assert_cmpfloat (highest, ==, 50);
    }
  g_assert_true (sig_pyramid_get_grid_columns (pyramid, 0, 0, 32, 100, 300, columns));
  g_assert_cmpint (atomic_load (&source.n_reads), ==, n_reads);
}

/* Once fetched, they are those of a recording in memory, bit by bit, and only where and as wide as they were fetched. */
static void
test_as_in_memory (void)
{
  Source source = { N_STEPS, 0 };
  g_autoptr (SigPyramid) pyramid = make_pyramid (&source, 3, N_STEPS), in_memory = NULL;
  g_autoptr (SigRecording) copy = NULL;

  copy = sig_recording_new_take_samples ("copy", 3, N_STEPS, 100, NULL, NULL, make_samples (3, N_STEPS));
  in_memory = sig_pyramid_new (copy);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  g_assert_true (sig_pyramid_build (in_memory, NULL, NULL, NULL));

  for (double width = .03; width < 40; width *= 1.7)
    for (gint64 first = -20; first * width < N_STEPS; first += (gint64) (N_STEPS / width / 4))
      {
        SigColumn columns[200], expected[200];
        double start = (double) first * width, end = start + 200 * width;

        g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, start, end, width, NULL, NULL, NULL));
        g_assert_true (sig_pyramid_is_at_hand (pyramid, start, end, width));
        g_assert_cmpint (sig_pyramid_is_at_hand (pyramid, start, end + 100, width), ==, width >= 32 || end >= N_STEPS);
        for (guint c = 0; c < 3; c++)
          {
            g_assert_true (sig_pyramid_get_grid_columns (pyramid, c, 0, width, first, 200, columns));
            g_assert_true (sig_pyramid_get_grid_columns (in_memory, c, 0, width, first, 200, expected));
            g_assert_cmpmem (columns, sizeof columns, expected, sizeof expected);
          }
      }
}

static void
test_samples (void)
{
  Source source = { N_STEPS, 0 };
  g_autoptr (SigPyramid) pyramid = make_pyramid (&source, 2, N_STEPS);
  float samples[20];

  g_assert_false (sig_pyramid_get_samples (pyramid, 1, 500, 20, samples));
  g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_POINTER, 500, 520, 1, NULL, NULL, NULL));
  g_assert_true (sig_pyramid_get_samples (pyramid, 1, 500, 20, samples));
  for (int i = 0; i < 20; i++)
    g_assert_cmpfloat (samples[i], ==, sample_of (1, 500 + i));
  g_assert_false (sig_pyramid_get_samples (pyramid, 1, 515, 20, samples));
  g_assert_false (sig_pyramid_is_at_hand (pyramid, 500, 520, 1)); /* what is seen is another place */
}

/* A part that cannot be read is told once, and is then empty, not asked for again. */
static void
test_unreadable (void)
{
  Source source = { 40000, 0 };
  g_autoptr (SigPyramid) pyramid = make_pyramid (&source, 1, N_STEPS);
  g_autoptr (GError) error = NULL;
  SigColumn columns[100];

  g_assert_false (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, 20000, 60000, 5, NULL, NULL, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_assert_true (sig_pyramid_is_at_hand (pyramid, 20000, 60000, 5));
  g_assert_true (sig_pyramid_get_grid_columns (pyramid, 0, 0, 5, 4100, 100, columns));
  g_assert_cmpfloat (columns[50].min, <, columns[50].max);
  g_assert_true (sig_pyramid_get_grid_columns (pyramid, 0, 0, 5, 11000, 100, columns));
  g_assert_cmpfloat (columns[50].min, >, columns[50].max);
}

static gboolean
stop_at_once (gpointer user_data)
{
  return TRUE;
}

static void
test_stop (void)
{
  Source source = { N_STEPS, 0 };
  g_autoptr (SigPyramid) pyramid = make_pyramid (&source, 1, N_STEPS);
  g_autoptr (GError) error = NULL;

  g_assert_false (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, 0, 5000, 5, stop_at_once, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (sig_pyramid_is_at_hand (pyramid, 0, 5000, 5));
}

/* The lowest level is coarser where all of them would not stay small; what is finer is fetched as extremes. */
static void
test_long (void)
{
  Source source = { N_LONG, 0 };
  g_autoptr (SigPyramid) pyramid = make_pyramid (&source, 1, N_LONG);
  const double width = 100;
  SigColumn columns[300];

  g_assert_false (sig_pyramid_is_at_hand (pyramid, 0, 300 * width, width));
  g_assert_true (sig_pyramid_is_at_hand (pyramid, 0, 300 * width, 128));
  g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, 200 * width, 500 * width, width, NULL, NULL, NULL));
  g_assert_true (sig_pyramid_is_at_hand (pyramid, 200 * width, 500 * width, width));
  g_assert_false (sig_pyramid_is_at_hand (pyramid, 200 * width, 500 * width, 20));
  g_assert_true (sig_pyramid_get_grid_columns (pyramid, 0, 0, width, 200, 300, columns));
  for (gint64 k = 0; k < 300; k++)
    {
      gint64 from = (200 + k) * (gint64) width;
      SigColumn inner = scan (0, from + 25, from + 75), outer = scan (0, from - 25, from + 125);

      g_assert_cmpfloat (columns[k].min, <=, inner.min);
      g_assert_cmpfloat (columns[k].max, >=, inner.max);
      g_assert_cmpfloat (columns[k].min, >=, outer.min);
      g_assert_cmpfloat (columns[k].max, <=, outer.max);
    }
}

typedef struct
{
  SigPyramid *pyramid;
  atomic_bool done;
} Race;

static void *
fetch_race (void *user_data)
{
  Race *race = user_data;

  for (int i = 0; i < 300; i++)
    g_assert_true (sig_pyramid_fetch (race->pyramid, SIG_PLACE_VIEW, i * 100, i * 100 + 2000, 5, NULL, NULL, NULL));
  atomic_store (&race->done, TRUE);
  return NULL;
}

/* Drawn while another thread fetches; ThreadSanitizer watches. */
static void
test_race (void)
{
  Source source = { N_STEPS, 0 };
  g_autoptr (SigPyramid) pyramid = make_pyramid (&source, 1, N_STEPS);
  Race race = { pyramid, FALSE };
  pthread_t thread;
  SigColumn columns[100];

  g_assert_cmpint (pthread_create (&thread, NULL, fetch_race, &race), ==, 0);
  for (gint64 first = 0; !atomic_load (&race.done); first = (first + 20) % 6000)
    if (sig_pyramid_get_grid_columns (pyramid, 0, 0, 5, first, 100, columns))
      {
        SigColumn inner = scan (0, first * 5 + 2, first * 5 + 3);

        g_assert_cmpfloat (columns[0].min, <=, inner.min);
        g_assert_cmpfloat (columns[0].max, >=, inner.max);
      }
  g_assert_cmpint (pthread_join (thread, NULL), ==, 0);
}

/* A pyramid of samples that still come, with few bytes for its levels: at every time it is that of a recording which ends there,
 * and reads nothing beyond. */
static void
test_growing (void)
{
  Source source = { 0, 0 };
  g_autoptr (SigRecording) recording
      = sig_recording_new_from_source ("rule", 2, N_STEPS, 100, NULL, NULL, read_rule, &source, NULL);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new_growing (recording, 9000);
  const gint64 stops[] = { 20000, 55000, N_STEPS };

  g_assert_cmpint (pyramid->first_size, ==, 256);
  g_assert_cmpint (sig_pyramid_grow (pyramid, 0, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      g_autoptr (SigRecording) there = NULL;
      g_autoptr (SigPyramid) in_memory = NULL;
      gint64 n;

      source.n_readable = stops[i];
      n = sig_pyramid_grow (pyramid, stops[i], NULL);
      g_assert_cmpint (n, ==, stops[i] == N_STEPS ? N_STEPS : stops[i] / SIG_PYRAMID_N_BLOCK * SIG_PYRAMID_N_BLOCK);
      there = sig_recording_new_take_samples ("there", 2, n, 100, NULL, NULL, make_samples (2, n));
      in_memory = sig_pyramid_new (there);
      g_assert_true (sig_pyramid_build (in_memory, NULL, NULL, NULL));
      for (double width = .3; width * 100 < (double) n + 300; width *= 1.6)
        for (double start = 11; start < (double) n; start += (double) n / 3)
          {
            SigColumn columns[100], expected[100];
            double end = start + 100 * width;

            g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, start, end, (end - start) / 100, NULL, NULL, NULL));
            g_assert_true (sig_pyramid_get_columns_at_hand (pyramid, 1, start, end, 100, columns));
            g_assert_true (sig_pyramid_get_columns_at_hand (in_memory, 1, start, end, 100, expected));
            g_assert_cmpmem (columns, sizeof columns, expected, sizeof expected);
          }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/closeup/not-at-hand", test_not_at_hand);
  g_test_add_func ("/closeup/as-in-memory", test_as_in_memory);
  g_test_add_func ("/closeup/samples", test_samples);
  g_test_add_func ("/closeup/unreadable", test_unreadable);
  g_test_add_func ("/closeup/stop", test_stop);
  g_test_add_func ("/closeup/long", test_long);
  g_test_add_func ("/closeup/race", test_race);
  g_test_add_func ("/closeup/growing", test_growing);
  return g_test_run ();
}
