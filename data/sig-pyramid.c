/* sig-pyramid.c: min/max of every channel at many zooms: what a plot asks for a span and a width
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-pyramid.h"

#include "sig-error.h"
#include "sig-extremes.h"
#include "sig-range.h"
#include "sig-run.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

#define FIRST_SIZE  16 /* steps in an entry of the lowest level, as in sig_extremes_scan_16() */
#define FACTOR      4  /* entries of one level in an entry of the next */
#define MAX_LEVELS  30 /* 16 * 4^29 is more than a gint64 of steps */
#define N_BLOCK     16384 /* steps built at a time: a megabyte of 16 channels stays in the cache */
#define PER_COLUMN  2  /* entries in a column, at least: an inner edge is off by half an entry, a quarter column */

typedef struct
{
  gint64     size;      /* steps in an entry */
  gint64     n_entries; /* of one channel; the last may be short */
  SigColumn *entries;   /* [n_channels][n_entries] */
} Level;

/* Who may touch what: the building thread writes entries of steps that lie beyond `n_built`, then raises
 * it (release); readers read it (acquire) and touch entries below it only. The level table itself is
 * fixed before `n_built` first leaves 0. */
struct _SigPyramid
{
  gatomicrefcount refs;
  SigRecording   *recording;
  Level           levels[MAX_LEVELS];
  guint           n_levels;
  _Atomic gint64  n_built; /* steps [0, n_built) are in the levels */

  pthread_mutex_t range_lock;
  float          *ranges;  /* [n_channels][2], NULL until measured; under range_lock */
};

SigPyramid *
sig_pyramid_new (const SigRecording *recording)
{
  SigPyramid *self = NULL;
  gint64 n_steps = 0;

  g_return_val_if_fail (recording != NULL, NULL);

  self = g_new0 (SigPyramid, 1);
  g_atomic_ref_count_init (&self->refs);
  self->recording = sig_recording_ref (recording);
  pthread_mutex_init (&self->range_lock, NULL);

  n_steps = sig_recording_get_n_steps (recording);
  for (gint64 size = FIRST_SIZE; size <= n_steps && self->n_levels < MAX_LEVELS; size *= FACTOR)
    {
      self->levels[self->n_levels++] = (Level) { size, (n_steps - 1) / size + 1, NULL };
      if (size > G_MAXINT64 / FACTOR)
        break;
    }

  return self;
}

SigPyramid *
sig_pyramid_ref (SigPyramid *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
sig_pyramid_unref (SigPyramid *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint l = 0; l < self->n_levels; l++)
    g_free (self->levels[l].entries);
  g_free (self->ranges);
  pthread_mutex_destroy (&self->range_lock);
  sig_recording_unref (self->recording);
  g_free (self);
}

const SigRecording *
sig_pyramid_get_recording (const SigPyramid *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->recording;
}

/* --- building ------------------------------------------------------------------- */

static gboolean
allocate_levels (SigPyramid *self,
                 GError    **error)
{
  gsize n_channels = sig_recording_get_n_channels (self->recording);

  for (guint l = 0; l < self->n_levels; l++)
    {
      Level *level = &self->levels[l];
      gsize n = 0;

      if (level->entries == NULL && g_size_checked_mul (&n, n_channels, level->n_entries))
        level->entries = g_try_new (SigColumn, n);
      if (level->entries == NULL)
        {
          g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
                       "There is not enough memory for an overview of “%s” (%" G_GINT64_FORMAT " steps of %u channels).",
                       sig_recording_get_title (self->recording),
                       sig_recording_get_n_steps (self->recording), (guint) n_channels);
          return FALSE;
        }
    }

  return TRUE;
}

/* The entries of `level` that are whole once `n_built` steps are in. */
static gint64
n_ready (const SigPyramid *self,
         const Level      *level,
         gint64            n_built)
{
  return n_built == sig_recording_get_n_steps (self->recording) ? level->n_entries : n_built / level->size;
}

static void
build_channel (SigPyramid  *self,
               guint        channel,
               const float *samples,
               gint64       start,
               gint64       end)
{
  SigColumn *children = self->levels[0].entries + (gsize) channel * self->levels[0].n_entries;
  gint64 n_children = 0, n_whole = (end - start) / FIRST_SIZE;
  gint64 rest = start + n_whole * FIRST_SIZE;

  sig_extremes_scan_16 (children + start / FIRST_SIZE, samples, n_whole);
  if (rest < end)
    {
      children[rest / FIRST_SIZE] = SIG_COLUMN_EMPTY;
      sig_extremes_scan (&children[rest / FIRST_SIZE], samples + (rest - start), end - rest);
    }

  n_children = self->levels[0].n_entries;
  for (guint l = 1; l < self->n_levels; l++)
    {
      const Level *level = &self->levels[l];
      SigColumn *entries = level->entries + (gsize) channel * level->n_entries;
      gint64 last = n_ready (self, level, end);

      for (gint64 i = n_ready (self, level, start); i < last; i++)
        {
          entries[i] = SIG_COLUMN_EMPTY;
          for (gint64 k = i * FACTOR; k < MIN ((i + 1) * FACTOR, n_children); k++)
            sig_extremes_join (&entries[i], &children[k]);
        }
      children = entries;
      n_children = level->n_entries;
    }
}

static gboolean
build_block (SigPyramid *self,
             gint64      start,
             gint64      end,
             float      *scratch,
             GError    **error)
{
  for (guint c = 0; c < sig_recording_get_n_channels (self->recording); c++)
    {
      const float *samples = sig_recording_peek_channel (self->recording, c);

      if (samples != NULL)
        samples += start;
      else if (sig_recording_read (self->recording, c, start, end - start, scratch, error))
        samples = scratch;
      else
        return FALSE;

      build_channel (self, c, samples, start, end);
    }

  return TRUE;
}

static void
measure_ranges (SigPyramid *self)
{
  pthread_mutex_lock (&self->range_lock);
  if (self->ranges == NULL)
    self->ranges = sig_range_measure (self->recording);
  pthread_mutex_unlock (&self->range_lock);
}

gboolean
sig_pyramid_build (SigPyramid *self,
                   gboolean  (*should_stop) (gpointer),
                   gpointer    user_data,
                   GError    **error)
{
  g_autofree float *scratch = NULL;
  gint64 n_steps = 0, n_built = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  measure_ranges (self);
  n_steps = sig_recording_get_n_steps (self->recording);
  n_built = atomic_load_explicit (&self->n_built, memory_order_relaxed);
  if (self->n_levels == 0)
    {
      atomic_store_explicit (&self->n_built, n_steps, memory_order_release);
      return TRUE;
    }
  if (n_built == 0 && !allocate_levels (self, error))
    return FALSE;

  scratch = g_new (float, N_BLOCK);
  while (n_built < n_steps)
    {
      gint64 end = MIN (n_built + N_BLOCK, n_steps);

      if (should_stop != NULL && should_stop (user_data))
        return FALSE;
      if (!build_block (self, n_built, end, scratch, error))
        return FALSE;

      n_built = end;
      atomic_store_explicit (&self->n_built, n_built, memory_order_release);
    }

  return TRUE;
}

double
sig_pyramid_get_progress (const SigPyramid *self)
{
  gint64 n_steps = 0;

  g_return_val_if_fail (self != NULL, 0);

  n_steps = sig_recording_get_n_steps (self->recording);
  if (n_steps == 0)
    return 1;
  return (double) atomic_load_explicit (&self->n_built, memory_order_acquire) / (double) n_steps;
}

/* --- columns -------------------------------------------------------------------- */

/* The entry of `size` steps where the left edge of column `k` falls, rounded; the outermost edges are
 * rounded outwards, so that what lies at the very edge of the view is drawn. Limited to [0, n]. */
static gint64
snap_edge (double start,
           double width,
           guint  k,
           guint  n_columns,
           double size,
           gint64 n)
{
  double edge = (start + width * k) / size;

  edge = k == 0 ? floor (edge) : k == n_columns ? ceil (edge) : floor (edge + 0.5);
  return (gint64) CLAMP (edge, 0.0, (double) n);
}

static void
columns_from_level (const SigPyramid *self,
                    const Level      *level,
                    guint             channel,
                    double            start,
                    double            width,
                    guint             n_columns,
                    SigColumn        *columns)
{
  gint64 n_built = atomic_load_explicit (&self->n_built, memory_order_acquire);
  gint64 n = n_built > 0 ? n_ready (self, level, n_built) : 0;
  const SigColumn *entries = n > 0 ? level->entries + (gsize) channel * level->n_entries : NULL;
  gint64 from = snap_edge (start, width, 0, n_columns, level->size, n);

  for (guint k = 0; k < n_columns; k++)
    {
      gint64 to = snap_edge (start, width, k + 1, n_columns, level->size, n);

      columns[k] = SIG_COLUMN_EMPTY;
      for (gint64 i = from; i < to; i++)
        sig_extremes_join (&columns[k], &entries[i]);
      from = to;
    }
}

static void
columns_from_samples (const SigPyramid *self,
                      guint             channel,
                      double            start,
                      double            width,
                      guint             n_columns,
                      SigColumn        *columns)
{
  gint64 n_steps = sig_recording_get_n_steps (self->recording);
  gint64 from = snap_edge (start, width, 0, n_columns, 1, n_steps);
  SigRun run;

  sig_run_init (&run, self->recording, channel);
  for (guint k = 0; k < n_columns; k++)
    {
      gint64 to = snap_edge (start, width, k + 1, n_columns, 1, n_steps);

      columns[k] = SIG_COLUMN_EMPTY;
      while (from < to)
        {
          gint64 n_run = 0;
          const float *samples = sig_run_get (&run, from, &n_run);

          n_run = MIN (n_run, to - from);
          if (samples != NULL)
            sig_extremes_scan (&columns[k], samples, n_run);
          from += n_run;
        }
    }
}

/* The sample of a step; NaN outside the recording. */
static float
sample_at (SigRun *run,
           gint64  step)
{
  const float *samples = NULL;
  gint64 n_run = 0;

  if (step < 0 || step >= sig_recording_get_n_steps (run->recording))
    return NAN;
  samples = sig_run_get (run, step, &n_run);
  return samples != NULL ? samples[0] : NAN;
}

/* The straight line through the steps' samples at `at`, in steps; NaN beside a sample that is missing. */
static float
line_at (SigRun *run,
         double  at)
{
  double step = floor (at);
  float left = sample_at (run, (gint64) step);

  if (at == step)
    return left;
  return (float) (left + (at - step) * ((double) sample_at (run, (gint64) step + 1) - left));
}

/* Columns narrower than a step hold the line's values at their two edges, and the sample of a step that lies in them: one
 * without neighbours is a dot. The last step is held for its whole length. */
static void
columns_from_line (const SigPyramid *self,
                   guint             channel,
                   double            start,
                   double            width,
                   guint             n_columns,
                   SigColumn        *columns)
{
  double last = (double) sig_recording_get_n_steps (self->recording) - 1;
  double left = start;
  float values[3];
  SigRun run;

  sig_run_init (&run, self->recording, channel);
  values[1] = line_at (&run, CLAMP (left, 0, last));
  for (guint k = 0; k < n_columns; k++)
    {
      double right = start + width * (k + 1);
      double step = floor (right);

      values[0] = values[1];
      values[1] = line_at (&run, CLAMP (right, 0, last));
      values[2] = step >= left && step <= last ? sample_at (&run, (gint64) step) : values[0];

      columns[k] = SIG_COLUMN_EMPTY;
      if (right > 0 && left < last + 1)
        sig_extremes_scan (&columns[k], values, G_N_ELEMENTS (values));
      left = right;
    }
}

void
sig_pyramid_get_columns (const SigPyramid *self,
                         guint             channel,
                         double            start,
                         double            end,
                         guint             n_columns,
                         SigColumn        *columns)
{
  double width = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (channel < sig_recording_get_n_channels (self->recording));
  g_return_if_fail (isfinite (start) && isfinite (end) && start < end);
  g_return_if_fail (n_columns > 0 && columns != NULL);

  width = (end - start) / n_columns;
  if (width < 1)
    {
      columns_from_line (self, channel, start, width, n_columns, columns);
    }
  else if (width < PER_COLUMN * FIRST_SIZE || self->n_levels == 0)
    {
      columns_from_samples (self, channel, start, width, n_columns, columns);
    }
  else
    {
      guint l = 0;

      while (l + 1 < self->n_levels && (double) self->levels[l + 1].size <= width / PER_COLUMN)
        l++;
      columns_from_level (self, &self->levels[l], channel, start, width, n_columns, columns);
    }
}

void
sig_pyramid_get_range (const SigPyramid *self,
                       guint             channel,
                       float            *low,
                       float            *high)
{
  SigPyramid *mutable_self = (SigPyramid *) self;

  g_return_if_fail (self != NULL);
  g_return_if_fail (channel < sig_recording_get_n_channels (self->recording));
  g_return_if_fail (low != NULL && high != NULL);

  measure_ranges (mutable_self);
  *low = mutable_self->ranges[2 * channel];
  *high = mutable_self->ranges[2 * channel + 1];
}
