/* test-pyramid.c: columns against a look at every sample
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-error.h"
#include "sig-pyramid.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

/* Noise with gaps and infinities; the first sample of each channel says which it is. */
static float *
make_samples (guint   n_channels,
              gint64  n_steps,
              guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  float *samples = g_new (float, n_channels * n_steps);

  for (gint64 i = 0; i < (gint64) n_channels * n_steps; i++)
    {
      int what = g_rand_int_range (rand, 0, 1000);

      samples[i] = what == 0 ? NAN : what == 1 ? INFINITY : what == 2 ? -INFINITY : g_rand_double_range (rand, -1, 1);
    }
  for (gint64 i = n_steps / 3; i < n_steps / 2; i++)
    samples[i] = NAN;
  return samples;
}

typedef struct
{
  const float *samples; /* borrowed */
  gint64 n_steps;
  gint64 n_readable;
} Source;

static gboolean
read_source (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  Source *self = source;

  if (start + n > self->n_readable)
    {
      g_set_error_literal (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "The file shrank");
      return FALSE;
    }
  for (gint64 i = 0; i < n; i++)
    out[i] = self->samples[channel * self->n_steps + start + i];
  return TRUE;
}

static SigColumn
scan_all (const float *samples,
          gint64       n_steps,
          double       from,
          double       to)
{
  SigColumn out = { INFINITY, -INFINITY };

  for (gint64 i = (gint64) fmax (0, ceil (from)); i < n_steps && i < to; i++)
    if (isfinite (samples[i]))
      {
        out.min = fminf (out.min, samples[i]);
        out.max = fmaxf (out.max, samples[i]);
      }
  return out;
}

/* A column must hold everything well inside it and nothing that lies more than a quarter column outside;
 * all columns together must hold the extremes of the whole span. */
static void
check_columns (const SigPyramid *pyramid,
               const float      *samples,
               gint64            n_steps,
               guint             channel,
               double            start,
               double            end,
               guint             n_columns)
{
  g_autofree SigColumn *columns = g_new (SigColumn, n_columns);
  double width = (end - start) / n_columns;
  double slack = fmax (0.25 * width, 0.5) + 1e-6;
  SigColumn all = { INFINITY, -INFINITY };
  SigColumn whole = scan_all (samples, n_steps, start, end);

  sig_pyramid_get_columns (pyramid, channel, start, end, n_columns, columns);
  for (guint k = 0; k < n_columns; k++)
    {
      double left = start + k * width;
      SigColumn inner = scan_all (samples, n_steps, left + slack, left + width - slack);
      SigColumn outer = scan_all (samples, n_steps, left - slack - (k == 0 ? slack : 0), left + width + slack * 2);

      g_assert_cmpfloat (columns[k].min, <=, inner.min);
      g_assert_cmpfloat (columns[k].max, >=, inner.max);
      g_assert_cmpfloat (columns[k].min, >=, outer.min);
      g_assert_cmpfloat (columns[k].max, <=, outer.max);
      all.min = fminf (all.min, columns[k].min);
      all.max = fmaxf (all.max, columns[k].max);
    }
  g_assert_cmpfloat (all.min, <=, whole.min);
  g_assert_cmpfloat (all.max, >=, whole.max);
}

static void
test_columns (gconstpointer data)
{
  gboolean in_file = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  const gint64 sizes[] = { 1, 15, 16, 17, 63, 1000, 16384, 16385, 150001 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      gint64 n = sizes[s];
      g_autofree float *samples = make_samples (2, n, 11 + s);
      Source source = { samples, n, n };
      g_autoptr (SigRecording) recording = NULL;
      g_autoptr (SigPyramid) pyramid = NULL;
      g_autoptr (GError) error = NULL;

      recording = in_file ? sig_recording_new_from_source ("x", 2, n, 1, NULL, NULL, read_source, &source, NULL)
                          : sig_recording_new_take_samples ("x", 2, n, 1, NULL, NULL,
                                                            g_memdup2 (samples, 2 * n * sizeof (float)));
      pyramid = sig_pyramid_new (recording);
      g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat (sig_pyramid_get_progress (pyramid), ==, 1);

      for (int round = 0; round < 40; round++)
        {
          guint channel = round % 2;
          double span = n * pow (2, -g_rand_double_range (rand, -0.5, 8));
          double start = g_rand_double_range (rand, -0.2, 1) * n;
          guint n_columns = g_rand_int_range (rand, 1, 300);

          if (span / n_columns >= 1)
            check_columns (pyramid, samples + channel * n, n, channel, start, start + span, n_columns);
        }
    }
}

/* One sample in a million stands out: it shows at every zoom that holds it. */
static void
test_spike (void)
{
  const gint64 n = 1000003;
  float *samples = g_new0 (float, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  gint64 spike = 777777;
  SigColumn columns[700];

  samples[spike] = 5;
  recording = sig_recording_new_take_samples ("spike", 1, n, 1, NULL, NULL, samples);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));

  for (int round = 0; round < 500; round++)
    {
      double span = pow (2, g_rand_double_range (rand, 1, 20.5));
      double start = spike - span * g_rand_double (rand);
      guint n_columns = g_rand_int_range (rand, 1, 700);
      double where = (spike - start) / span * n_columns;
      float max = -1;
      guint at = 0;

      sig_pyramid_get_columns (pyramid, 0, start, start + span, n_columns, columns);
      for (guint k = 0; k < n_columns; k++)
        if (columns[k].max > max)
          {
            max = columns[k].max;
            at = k;
          }
      g_assert_cmpfloat (max, >, span < n_columns ? 0 : 4.9);
      /* Within a pixel, or within a step where a step is wider than that. */
      g_assert_cmpfloat (fabs (at + 0.5 - where), <=, 1.0 + fmax (1, n_columns / span));
    }
}

/* A column of a grid is the same whichever is the first, holds what lies well inside it and nothing from further out
 * than a quarter column, and the recording's last step is in the column where it lies. */
static void
test_grid (gconstpointer data)
{
  const gint64 n = 70003;
  float *samples = make_samples (1, n, 3);
  g_autofree float *in_file = GPOINTER_TO_INT (data) ? samples : NULL;
  Source source = { samples, n, n };
  g_autoptr (SigRecording) recording
      = in_file != NULL ? sig_recording_new_from_source ("x", 1, n, 1, NULL, NULL, read_source, &source, NULL)
                        : sig_recording_new_take_samples ("x", 1, n, 1, NULL, NULL, samples);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (recording);
  SigColumn columns[200], single;

  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  for (double width = .07; width < n; width *= 1.9)
    for (gint64 first = -3; first < (gint64) (n / width) + 3; first += 1 + (gint64) (n / width / 5))
      {
        double slack = fmax (0.25 * width, 0.5) + 1e-6;

        g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, (double) first * width,
                                          (double) (first + G_N_ELEMENTS (columns)) * width, width, NULL, NULL, NULL));
        g_assert_true (sig_pyramid_get_grid_columns (pyramid, 0, 0, width, first, G_N_ELEMENTS (columns), columns));
        for (guint k = 0; k < G_N_ELEMENTS (columns); k++)
          {
            double left = (double) (first + k) * width;
            SigColumn inner = scan_all (samples, n, left + slack, left + width - slack);
            SigColumn outer = scan_all (samples, n, left - slack - 1, left + width + slack * 2);

            g_assert_true (sig_pyramid_get_grid_columns (pyramid, 0, 0, width, first + k, 1, &single));
            g_assert_cmpmem (&single, sizeof single, &columns[k], sizeof single);
            g_assert_cmpfloat (columns[k].min, <=, inner.min);
            g_assert_cmpfloat (columns[k].max, >=, inner.max);
            if (left < n - 1 && columns[k].min <= columns[k].max)
              {
                g_assert_cmpfloat (columns[k].min, >=, outer.min);
                g_assert_cmpfloat (columns[k].max, <=, outer.max);
              }
          }
      }
  for (double width = 1; width < n; width *= 1.3)
    {
      double whole = n / ceil (n / width);

      g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, n - 2 * whole, n + whole, whole, NULL, NULL, NULL));
      sig_pyramid_get_grid_columns (pyramid, 0, 0, whole, (gint64) (n / whole + .5) - 1, 1, &single);
      g_assert_cmpfloat (single.min, <=, samples[n - 1]);
      g_assert_cmpfloat (single.max, >=, samples[n - 1]);
    }
}

/* Narrower than a step: a straight line, whose columns meet. */
static void
test_line (void)
{
  const float given[] = { 0, 10, NAN, 4, NAN, 2 };
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  SigColumn columns[80];

  recording = sig_recording_new_take_samples ("line", 1, 6, 1, NULL, NULL, g_memdup2 (given, sizeof given));
  pyramid = sig_pyramid_new (recording);
  sig_pyramid_get_columns (pyramid, 0, -1, 7, 80, columns);

  for (int k = 0; k < 10; k++)
    g_assert_cmpfloat (columns[k].min, >, columns[k].max);
  for (int k = 10; k < 20; k++)
    {
      g_assert_cmpfloat_with_epsilon (columns[k].min, k - 10, 1e-4);
      g_assert_cmpfloat_with_epsilon (columns[k].max, k - 9, 1e-4);
    }
  for (int k = 21; k < 39; k++) /* no line to and from what is missing */
    g_assert_cmpfloat (columns[k].min, >, columns[k].max);
  g_assert_cmpfloat (columns[40].max, ==, 4); /* a dot */
  for (int k = 60; k < 70; k++)
    g_assert_cmpfloat (columns[k].max, ==, 2);
  for (int k = 70; k < 80; k++)
    g_assert_cmpfloat (columns[k].min, >, columns[k].max);
}

/* Columns that lie before a break, or behind it, with a view that holds the break and without one. */
static void
test_unbroken (void)
{
  const gint64 n_steps = 6000, border = 4000;
  const SigSegment segments[] = { { 0, border }, { border, n_steps } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  float *samples = make_samples (1, n_steps, 5);
  g_autoptr (SigRecording) whole = sig_recording_new_take_samples ("whole", 1, n_steps, 1, NULL, NULL, samples);
  g_autoptr (SigRecording) broken = sig_recording_with_segments (whole, segments, G_N_ELEMENTS (segments));
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (whole), other = sig_pyramid_new (broken);

  g_test_summary ("What is drawn beside a break is bit for bit what is drawn without one.");
  for (int round = 0; round < 400; round++)
    {
      enum { N = 300 };
      SigColumn columns[N], others[N];
      double width = round % 4 == 0 ? .25 : g_rand_double_range (rand, .01, 2.99);
      gint64 first = (gint64) (border / width) - g_rand_int_range (rand, 0, N);

      sig_pyramid_get_grid_columns (pyramid, 0, 0, width, first, N, columns);
      sig_pyramid_get_grid_columns (other, 0, 0, width, first, N, others);
      for (int k = 0; k < N; k++)
        if (width * (double) (first + k + 2) < border - 2 || width * (double) (first + k) > border + 2)
          g_assert_cmpmem (&columns[k], sizeof *columns, &others[k], sizeof *others);
    }
}

static void
test_failing_file (void)
{
  g_autofree float *samples = make_samples (2, 50000, 1);
  Source source = { samples, 50000, 30000 };
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  g_autoptr (GError) error = NULL;

  recording = sig_recording_new_from_source ("x", 2, 50000, 1, NULL, NULL, read_source, &source, NULL);
  pyramid = sig_pyramid_new (recording);
  g_assert_false (sig_pyramid_build (pyramid, NULL, NULL, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_assert_cmpfloat (sig_pyramid_get_progress (pyramid), >, 0);
  g_assert_cmpfloat (sig_pyramid_get_progress (pyramid), <, 1);
  check_columns (pyramid, samples, 50000, 0, 0, 16000, 50);
}

static gboolean
stop_at_third (gpointer user_data)
{
  return ++*(int *) user_data == 3;
}

static void
test_stop (void)
{
  float *samples = make_samples (1, 100000, 1);
  g_autoptr (SigRecording) recording = sig_recording_new_take_samples ("x", 1, 100000, 1, NULL, NULL, samples);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (recording);
  g_autoptr (GError) error = NULL;
  SigColumn columns[100];
  int n_asked = 0;

  g_assert_false (sig_pyramid_build (pyramid, stop_at_third, &n_asked, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_asked, ==, 3);
  sig_pyramid_get_columns (pyramid, 0, 0, 100000, 100, columns);
  g_assert_cmpfloat (columns[5].min, <, columns[5].max);
  g_assert_cmpfloat (columns[90].min, >, columns[90].max);
  g_assert_true (sig_pyramid_is_built (pyramid, 5000, 1000));
  g_assert_false (sig_pyramid_is_built (pyramid, 90000, 1000));
  g_assert_true (sig_pyramid_is_built (pyramid, 90000, 3)); /* of samples */

  g_assert_true (sig_pyramid_build (pyramid, stop_at_third, &n_asked, &error));
  check_columns (pyramid, samples, 100000, 0, 0, 100000, 100);
  g_assert_true (sig_pyramid_is_built (pyramid, 1e9, 1000));
}

typedef struct
{
  SigPyramid *pyramid;
  atomic_bool done;
} Race;

static void *
build_race (void *user_data)
{
  Race *race = user_data;

  g_assert_true (sig_pyramid_build (race->pyramid, NULL, NULL, NULL));
  atomic_store (&race->done, TRUE);
  return NULL;
}

/* Reading while it grows: what is there is right; ThreadSanitizer watches the rest. */
static void
test_race (gconstpointer data)
{
  const gint64 n = 2000000;
  float *samples = make_samples (1, n, 9);
  g_autofree float *in_file = GPOINTER_TO_INT (data) ? samples : NULL;
  Source source = { samples, n, n };
  g_autoptr (SigRecording) recording
      = in_file != NULL ? sig_recording_new_from_source ("x", 1, n, 1, NULL, NULL, read_source, &source, NULL)
                        : sig_recording_new_take_samples ("x", 1, n, 1, NULL, NULL, samples);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (recording);
  Race race = { pyramid, FALSE };
  pthread_t thread;
  SigColumn columns[50];

  g_assert_cmpint (pthread_create (&thread, NULL, build_race, &race), ==, 0);
  while (!atomic_load (&race.done))
    {
      sig_pyramid_get_columns (pyramid, 0, 0, n, 50, columns);
      for (int k = 0; k < 50; k++)
        g_assert_true (columns[k].min > columns[k].max || (columns[k].min >= -1 && columns[k].max <= 1));
      check_columns (pyramid, samples, n, 0, 4000, 4500, 50);
    }
  g_assert_cmpint (pthread_join (thread, NULL), ==, 0);
  check_columns (pyramid, samples, n, 0, 0, n, 50);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/pyramid/columns/memory", GINT_TO_POINTER (FALSE), test_columns);
  g_test_add_data_func ("/pyramid/columns/file", GINT_TO_POINTER (TRUE), test_columns);
  g_test_add_data_func ("/pyramid/grid/memory", GINT_TO_POINTER (FALSE), test_grid);
  g_test_add_data_func ("/pyramid/grid/file", GINT_TO_POINTER (TRUE), test_grid);
  g_test_add_func ("/pyramid/spike", test_spike);
  g_test_add_func ("/pyramid/line", test_line);
  g_test_add_func ("/pyramid/unbroken", test_unbroken);
  g_test_add_func ("/pyramid/failing-file", test_failing_file);
  g_test_add_func ("/pyramid/stop", test_stop);
  g_test_add_data_func ("/pyramid/race/memory", GINT_TO_POINTER (FALSE), test_race);
  g_test_add_data_func ("/pyramid/race/file", GINT_TO_POINTER (TRUE), test_race);
  return g_test_run ();
}
