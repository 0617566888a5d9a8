/* sig-pyramid-columns.c: what a plot asks a pyramid: extremes of a span or a grid, column by column
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-pyramid-private.h"

#include "sig-extremes.h"
#include "sig-run.h"

#include <math.h>

#define GRID_LINE  3.0         /* steps in a column of a grid up to which the lines between them show */
#define END_SLACK  (1. / 1024) /* of a column: how far before the recording's end an edge is taken to be there */

/* The columns asked for: column k covers steps [origin + (first + k) · width, origin + (first + k + 1) · width). */
typedef struct
{
  double   origin, width;
  gint64   first;
  guint    n;
  gboolean widens; /* the outermost edges are rounded outwards, so that what lies at the very edge is drawn */
  gint64   n_steps; /* that there are */
} Cut;

/* Written so that an edge has the same bits whichever column of a grid is the first. */
static inline double
edge_at (const Cut *cut,
         guint      k)
{
  return cut->origin + cut->width * (double) (cut->first + k);
}

/* Of numbers that are not negative: much faster than what holds for all. */
static inline gint64
floor_of (double value)
{
  return (gint64) value;
}

static inline gint64
ceil_of (double value)
{
  gint64 whole = (gint64) value;

  return whole + ((double) whole < value);
}

/* The entry where the left edge of column `k` falls, rounded, limited to [0, n]; `per_step`: entries a step. An edge
 * from `last` on, the recording's end, lies behind the last entry, however short that is. */
static inline gint64
snap_edge (const Cut *cut,
           guint      k,
           double     last,
           double     per_step,
           gint64     n)
{
  double at = edge_at (cut, k), edge = CLAMP (at * per_step, 0.0, (double) n);

  if (cut->widens && k == 0)
    return floor_of (edge);
  if ((cut->widens && k == cut->n) || at >= last)
    return MIN (ceil_of (edge), n);
  return MIN (floor_of (edge + 0.5), n);
}

/* From which step on an edge counts as the end of the recording. */
static double
get_last_edge (const Cut *cut)
{
  return (double) cut->n_steps - cut->width * END_SLACK;
}

/* A channel's entries [start, end) of `size` steps each, counted from step 0 on: entry i is at[i - start]. */
typedef struct
{
  const SigColumn *at;
  gint64           size, start, end;
} Entries;

static void
columns_from_entries (const Entries *entries,
                      const Cut     *cut,
                      SigColumn     *columns)
{
  double last = get_last_edge (cut), per_step = 1.0 / (double) entries->size; /* exact: a power of two */
  gint64 from = snap_edge (cut, 0, last, per_step, entries->end);

  for (guint k = 0; k < cut->n; k++)
    {
      gint64 to = snap_edge (cut, k + 1, last, per_step, entries->end);

      columns[k] = SIG_COLUMN_EMPTY;
      for (gint64 i = MAX (from, entries->start); i < to; i++)
        sig_extremes_join (&columns[k], &entries->at[i - entries->start]);
      from = to;
    }
}

static void
columns_from_level (const SigPyramid *self,
                    guint             l,
                    guint             channel,
                    const Cut        *cut,
                    SigColumn        *columns)
{
  const SigLevel *level = &self->levels[l];
  gint64 n_built = MIN (atomic_load_explicit (&self->n_built, memory_order_acquire), cut->n_steps);
  gint64 n = n_built > 0 ? sig_pyramid_n_ready (self, level, n_built) : 0;

  columns_from_entries (&(Entries) { n > 0 ? level->entries + (gsize) channel * level->n_entries : NULL, level->size, 0, n },
                        cut, columns);
}

/* Widens a column by the samples of steps [from, to). */
static void
scan_run (SigRun    *run,
          gint64     from,
          gint64     to,
          SigColumn *column)
{
  while (from < to)
    {
      gint64 n_run = 0;
      const float *samples = sig_run_get (run, from, &n_run);

      n_run = MIN (n_run, to - from);
      if (samples != NULL)
        sig_extremes_scan (column, samples, n_run);
      from += n_run;
    }
}

static void
columns_from_samples (SigRun    *run,
                      const Cut *cut,
                      SigColumn *columns)
{
  gint64 n_steps = cut->n_steps;
  double last = get_last_edge (cut);
  gint64 from = snap_edge (cut, 0, last, 1, n_steps);

  for (guint k = 0; k < cut->n; k++)
    {
      gint64 to = snap_edge (cut, k + 1, last, 1, n_steps);

      columns[k] = SIG_COLUMN_EMPTY;
      scan_run (run, from, to, &columns[k]);
      from = to;
    }
}

/* The sample of a step; NaN outside the recording. */
static inline float
sample_at (SigRun *run,
           gint64  step)
{
  const float *samples = NULL;
  gint64 n_run = 0;

  if (step >= run->start && step < run->end && run->samples != NULL)
    return run->samples[step - run->start];
  if (step < 0 || step >= sig_recording_get_n_steps (run->recording))
    return NAN;
  samples = sig_run_get (run, step, &n_run);
  return samples != NULL ? samples[0] : NAN;
}

/* The straight line through the steps' samples at `at`, in steps and not negative; NaN beside a sample that is missing, and where
 * the next step does not go on from this one. `next_break`: of the recording, from an earlier step on. */
static inline float
line_at (SigRun *run,
         gint64 *next_break,
         double  at)
{
  gint64 step = floor_of (at);
  float left = sample_at (run, step);

  if (step >= *next_break)
    *next_break = sig_recording_find_break (run->recording, step);
  if (at == (double) step)
    return left;
  if (step + 1 == *next_break)
    return NAN;
  return (float) (left + (at - (double) step) * ((double) sample_at (run, step + 1) - left));
}

static inline void
widen (SigColumn *column,
       float      value)
{
  if (isfinite (value))
    sig_extremes_join (column, &(SigColumn) { value, value });
}

/* Whether `cut` looks at nothing but samples that are at hand and go on from each other. */
static gboolean
is_unbroken (const SigRun *run,
             const Cut    *cut)
{
  double left = edge_at (cut, 0), right = edge_at (cut, cut->n);
  gint64 from = floor_of (MAX (left, 0)), to;

  if (left < 0 || run->samples == NULL || right >= (double) MIN (run->end, cut->n_steps) - 1 || from < run->start)
    return FALSE;
  to = floor_of (right) + 1;
  return sig_recording_find_break (run->recording, from) > to;
}

/* The same as below, of such. */
static void
columns_from_unbroken_line (const SigRun *run,
                            const Cut    *cut,
                            SigColumn    *columns)
{
  const float *samples = run->samples - run->start;
  gint64 next = ceil_of (edge_at (cut, 0));
  float at_left, at_right = NAN;

  for (guint k = 0; k <= cut->n; k++)
    {
      double edge = edge_at (cut, k), from;
      gint64 step = floor_of (edge);
      SigColumn column = SIG_COLUMN_EMPTY;

      from = samples[step];
      at_left = at_right;
      at_right = (float) (edge == (double) step ? from : from + (edge - (double) step) * ((double) samples[step + 1] - from));
      if (k == 0)
        continue;
      widen (&column, at_left);
      widen (&column, at_right);
      for (gint64 i = next; i <= step; i++)
        widen (&column, samples[i]);
      next = step + ((double) step < edge);
      columns[k - 1] = column;
    }
}

/* A column holds the line's values at its two edges, and the samples of the steps that lie in it: one without neighbours is a
 * dot. A step at its right edge that does not go on from the one before belongs to the next column alone. The last step is held
 * for its whole length. */
static void
columns_from_line (SigRun    *run,
                   const Cut *cut,
                   SigColumn *columns)
{
  gint64 n_steps = cut->n_steps, next_break = 0;
  double last = (double) n_steps - 1, left = edge_at (cut, 0);
  float at_left, at_right;

  at_right = line_at (run, &next_break, CLAMP (left, 0, last));
  for (guint k = 0; k < cut->n; k++)
    {
      double right = edge_at (cut, k + 1);
      gboolean breaks = right == (double) next_break;

      at_left = at_right;
      at_right = line_at (run, &next_break, CLAMP (right, 0, last));

      columns[k] = SIG_COLUMN_EMPTY;
      if (right > 0 && left < last + 1)
        {
          gint64 to = MIN (floor_of (right) + !breaks, n_steps);

          widen (&columns[k], at_left);
          if (!breaks)
            widen (&columns[k], at_right);
          for (gint64 i = ceil_of (MAX (left, 0)); i < to; i++)
            widen (&columns[k], sample_at (run, i));
        }
      left = right;
    }
}

/* The coarsest level with enough entries in a column; FALSE where the lowest one has too few. */
static gboolean
find_level (const SigPyramid *self,
            const Cut        *cut,
            guint            *found)
{
  guint l = 0;

  if (self->n_levels == 0 || cut->width < SIG_PYRAMID_PER_COLUMN * (double) self->first_size)
    return FALSE;
  while (l + 1 < self->n_levels && (double) self->levels[l + 1].size <= cut->width / SIG_PYRAMID_PER_COLUMN)
    l++;
  *found = l;
  return TRUE;
}

gboolean
sig_pyramid_is_built (const SigPyramid *self,
                      double            end,
                      double            width)
{
  Cut cut = { 0, width, 0, 1, FALSE, 0 };
  guint level;

  g_return_val_if_fail (self != NULL && width > 0, FALSE);

  if (!find_level (self, &cut, &level) && sig_pyramid_choose_size (self, width) < self->first_size)
    return TRUE;
  return MIN (end, (double) sig_recording_get_n_steps (self->recording))
         <= (double) atomic_load_explicit (&self->n_built, memory_order_acquire);
}

static void
columns_from_run (SigRun    *run,
                  const Cut *cut,
                  double     line_width,
                  SigColumn *columns)
{
  if (cut->width < line_width && is_unbroken (run, cut))
    columns_from_unbroken_line (run, cut, columns);
  else if (cut->width < line_width)
    columns_from_line (run, cut, columns);
  else
    columns_from_samples (run, cut, columns);
}

static void
columns_from_closeup (const SigPyramid *self,
                      const SigCloseup *closeup,
                      guint             channel,
                      const Cut        *cut,
                      double            line_width,
                      SigColumn        *columns)
{
  gint64 first = closeup->start / closeup->size, offset = (gint64) channel * closeup->n;
  SigRun run;

  if (closeup->size > 1)
    {
      columns_from_entries (&(Entries) { closeup->entries + offset, closeup->size, first, first + closeup->n }, cut, columns);
      return;
    }
  sig_run_init_at_hand (&run, self->recording, channel, closeup->samples + offset, closeup->start, closeup->end);
  columns_from_run (&run, cut, line_width, columns);
}

void
sig_pyramid_get_columns (const SigPyramid *self,
                         guint             channel,
                         double            start,
                         double            end,
                         guint             n_columns,
                         SigColumn        *columns)
{
  Cut cut;
  guint level;
  SigRun run;

  g_return_if_fail (self != NULL);
  g_return_if_fail (channel < sig_recording_get_n_channels (self->recording));
  g_return_if_fail (isfinite (start) && isfinite (end) && start < end);
  g_return_if_fail (n_columns > 0 && columns != NULL);

  cut = (Cut) { start, (end - start) / n_columns, 0, n_columns, TRUE, sig_pyramid_n_there (self) };
  if (find_level (self, &cut, &level))
    {
      columns_from_level (self, level, channel, &cut, columns);
      return;
    }
  sig_run_init (&run, self->recording, channel);
  columns_from_run (&run, &cut, 1, columns);
}

/* Of what is at hand, but no line where columns are `line_width` steps or more; FALSE where that is the lowest level instead of
 * what is finer. */
static gboolean
columns_at_hand (const SigPyramid *self,
                 guint             channel,
                 const Cut        *cut,
                 double            line_width,
                 SigColumn        *columns)
{
  g_autoptr (SigCloseup) closeup = NULL;
  guint level = 0;
  SigRun run;

  if (find_level (self, cut, &level) || sig_pyramid_choose_size (self, cut->width) == self->first_size)
    {
      columns_from_level (self, level, channel, cut, columns);
      return TRUE;
    }
  if (sig_recording_peek_channel (self->recording, channel) != NULL)
    {
      sig_run_init (&run, self->recording, channel);
      columns_from_run (&run, cut, line_width, columns);
      return TRUE;
    }
  closeup = sig_pyramid_get_closeup (self, SIG_PLACE_VIEW);
  if (sig_pyramid_covers (self, closeup, edge_at (cut, 0), edge_at (cut, cut->n), cut->width))
    {
      columns_from_closeup (self, closeup, channel, cut, line_width, columns);
      return TRUE;
    }
  if (self->n_levels > 0)
    columns_from_level (self, 0, channel, cut, columns);
  for (guint k = 0; self->n_levels == 0 && k < cut->n; k++)
    columns[k] = SIG_COLUMN_EMPTY;
  return FALSE;
}

gboolean
sig_pyramid_get_columns_at_hand (const SigPyramid *self,
                                 guint             channel,
                                 double            start,
                                 double            end,
                                 guint             n_columns,
                                 SigColumn        *columns)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (channel < sig_recording_get_n_channels (self->recording), FALSE);
  g_return_val_if_fail (isfinite (start) && isfinite (end) && start < end, FALSE);
  g_return_val_if_fail (n_columns > 0 && columns != NULL, FALSE);

  return columns_at_hand (self, channel,
                          &(Cut) { start, (end - start) / n_columns, 0, n_columns, TRUE, sig_pyramid_n_there (self) }, 1,
                          columns);
}

gboolean
sig_pyramid_get_grid_columns (const SigPyramid *self,
                              guint             channel,
                              double            origin,
                              double            width,
                              gint64            first,
                              guint             n_columns,
                              SigColumn        *columns)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (channel < sig_recording_get_n_channels (self->recording), FALSE);
  g_return_val_if_fail (isfinite (origin) && isfinite (width) && width > 0, FALSE);
  g_return_val_if_fail (n_columns > 0 && columns != NULL, FALSE);

  return columns_at_hand (self, channel, &(Cut) { origin, width, first, n_columns, FALSE, sig_pyramid_n_there (self) },
                          GRID_LINE, columns);
}
