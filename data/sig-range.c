/* sig-range.c: robust ranges of a recording's channels, for drawing
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-range.h"

#include "sig-recording-private.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* The samples looked at: short runs spread evenly, since a file gives a run as cheaply as a sample. */
#define N_RUNS    64
#define N_RUN     256
#define N_SAMPLES (N_RUNS * N_RUN)

/* Where samples are worked out many at a time the runs lie at fewer places: as many as make so many steps, a few at least. */
#define MOST_STEPS   (1 << 21)
#define LEAST_PLACES 4

static int
compare_floats (const void *a,
                const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* Sorts `samples`. */
static void
measure_samples (float *samples,
                 int    n,
                 float *low,
                 float *high)
{
  double margin;

  *low = -1;
  *high = 1;
  if (n == 0)
    return;

  qsort (samples, n, sizeof (float), compare_floats);
  *low = samples[n / 200];
  *high = samples[n - 1 - n / 200];
  if (*low == *high)
    {
      /* Silent but for a few events: these are what one wants to see. */
      *low = samples[0];
      *high = samples[n - 1];
    }

  margin = *high > *low ? 0.05 * ((double) *high - *low) : fmax (1, 1e-3 * fabs (*low));
  *low = (float) fmax (*low - margin, -FLT_MAX);
  *high = (float) fmin (*high + margin, FLT_MAX);
}

/* Where run `r` of N_RUNS begins. */
static gint64
place_run (const SigRecording *recording,
           int                 r,
           gint64              n_run)
{
  gint64 n_steps = sig_recording_get_n_steps (recording), grain = sig_recording_get_grain (recording);
  gint64 n_grains = (n_steps + grain - 1) / grain;
  int n_places = (int) MIN (N_RUNS, MIN (n_grains, MAX (MOST_STEPS / grain, LEAST_PLACES)));
  int a_place = N_RUNS / n_places, place = MIN (r / a_place, n_places - 1);
  gint64 start, room;

  if (n_places == N_RUNS)
    return (gint64) ((double) (n_steps - n_run) * r / (N_RUNS - 1));
  start = n_places > 1 ? (n_grains - 1) * place / (n_places - 1) * grain : 0;
  room = MIN (grain, n_steps - start) - n_run;
  return MAX (start + MAX (room, 0) * (r % a_place) / a_place, 0);
}

float *
sig_range_measure (const SigRecording *recording)
{
  guint n_channels = sig_recording_get_n_channels (recording);
  gint64 n_steps = sig_recording_get_n_steps (recording);
  g_autofree float *samples = g_new (float, (gsize) n_channels * N_SAMPLES);
  g_autofree int *n_kept = g_new0 (int, n_channels);
  float *ranges = g_new (float, 2 * n_channels);
  int n_runs = n_steps <= N_SAMPLES ? 1 : N_RUNS;
  gint64 n_run = MIN (n_steps, N_SAMPLES) / n_runs;

  /* Runs outside, channels inside: readers of interleaved files read a place once. */
  for (int r = 0; r < n_runs; r++)
    {
      gint64 start = n_runs > 1 ? MIN (place_run (recording, r, n_run), n_steps - n_run) : 0;

      for (guint c = 0; c < n_channels; c++)
        {
          float *kept = samples + (gsize) c * N_SAMPLES;
          float *run = kept + n_kept[c];

          if (!sig_recording_read (recording, c, start, n_run, run, NULL))
            continue;
          for (gint64 i = 0; i < n_run; i++)
            if (isfinite (run[i]))
              kept[n_kept[c]++] = run[i];
        }
    }

  for (guint c = 0; c < n_channels; c++)
    measure_samples (samples + (gsize) c * N_SAMPLES, n_kept[c], &ranges[2 * c], &ranges[2 * c + 1]);

  return ranges;
}
