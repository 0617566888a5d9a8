/* sig-filter-block.c: filtered samples of some steps of some channels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-filter-private.h"

#include "sig-error.h"

#include <math.h>

SigFilterGroup
sig_filter_find_group (const SigFilterPlan *self,
            guint         channel)
{
  guint first = channel - channel % SIG_FILTER_LANES;

  return (SigFilterGroup) { first, MIN (SIG_FILTER_LANES, sig_recording_get_n_channels (self->recording) - first) };
}

/* The run of steps that `step` is in; the gap up to the next run where it is in none. */
static gboolean
find_run (const SigFilterPlan *self,
          gint64        step,
          SigSegment   *run)
{
  gint64 page = sig_recording_get_page (self->recording), n_steps = sig_recording_get_n_steps (self->recording);
  gsize n_segments, i = sig_recording_find_segment (self->recording, step);
  const SigSegment *segments = sig_recording_get_segments (self->recording, &n_segments);

  if (i == n_segments || step < segments[i].start)
    {
      *run = (SigSegment) { step, i < n_segments ? segments[i].start : n_steps };
      return FALSE;
    }
  *run = segments[i];
  if (page > 0)
    {
      run->start = MAX (run->start, step / page * page);
      run->end = MIN (run->end, (step / page + 1) * page);
    }
  return TRUE;
}

/* The first finite sample of steps [from, to) less `mean`; 0 where there is none. */
static gboolean
find_first (const SigFilterPlan *self,
            guint         channel,
            gint64        from,
            gint64        to,
            double        mean,
            float        *samples,
            double       *first,
            GError      **error)
{
  *first = 0;
  for (gint64 start = from; start < to; start += SIG_FILTER_LEAST_BLOCK)
    {
      gint64 n = MIN (SIG_FILTER_LEAST_BLOCK, to - start);

      if (!sig_recording_read (self->recording, channel, start, n, samples, error))
        return FALSE;
      for (gint64 t = 0; t < n; t++)
        if (isfinite (samples[t]))
          {
            *first = samples[t] - mean;
            return TRUE;
          }
    }
  return TRUE;
}

/* A piece of a run, steps [start, end), on the way: which steps are looked at, and where each lane's samples go. */
typedef struct
{
  const SigFilterPlan *filter;
  SigFilterGroup         group;
  gint64        from, start, end, to;
  const SigFilterRoom   *room;
  float *const *outs;                    /* a lane's, from `start` on */
  double        means[SIG_FILTER_LANES];
  double        last[SIG_FILTER_LANES];  /* that is not missing */
} Piece;

static gboolean
piece_init (Piece   *self,
            GError **error)
{
  for (guint lane = 0; lane < self->group.n; lane++)
    {
      self->means[lane] = self->filter->means != NULL ? self->filter->means[self->group.first + lane] : 0;
      if (!find_first (self->filter, self->group.first + lane, self->from, self->to, self->means[lane], self->room->samples,
                       &self->last[lane], error))
        return FALSE;
    }
  return TRUE;
}

/* One lane's steps from `at` on, at most a chunk, to doubles, less the mean; what is missing is as the last sample before it, or
 * the first one after. What is missing in the piece is NaN in the output, the rest 0. */
static gboolean
bridge (Piece   *self,
        guint    lane,
        gint64   at,
        gint64   n,
        double  *values,
        GError **error)
{
  const float *samples = self->room->samples;
  double last = self->last[lane], mean = self->means[lane];

  if (!sig_recording_read (self->filter->recording, self->group.first + lane, at, n, self->room->samples, error))
    return FALSE;
  for (gint64 t = 0; t < n; t++)
    {
      if (isfinite (samples[t]))
        last = samples[t] - mean;
      values[t * SIG_FILTER_LANES + lane] = last;
    }
  self->last[lane] = last;
  for (gint64 t = MAX (self->start - at, 0); t < MIN (self->end - at, n); t++)
    self->outs[lane][at + t - self->start] = isfinite (samples[t]) ? 0 : NAN;
  return TRUE;
}

/* Chunk by chunk; no chunk lies on both sides of the piece's first step, from which on the values are kept. */
static gboolean
run_forwards (Piece        *self,
              SigFilterRun *run,
              GError      **error)
{
  const SigFilterPlan *filter = self->filter;

  sig_filter_settle (run, filter->sections, filter->n_sections, self->last);
  for (gint64 at = self->from, n; at < self->to; at += n)
    {
      gboolean before = at < self->start;
      double *values = before ? self->room->chunk : self->room->values + (at - self->start) * SIG_FILTER_LANES;

      n = MIN (SIG_FILTER_LEAST_BLOCK, (before ? self->start : self->to) - at);
      for (guint lane = 0; lane < self->group.n; lane++)
        if (!bridge (self, lane, at, n, values, error))
          return FALSE;
      for (guint lane = self->group.n; lane < SIG_FILTER_LANES; lane++)
        for (gint64 t = 0; t < n; t++)
          values[t * SIG_FILTER_LANES + lane] = 0;
      sig_filter_run (run, values, n, 1);
    }
  return TRUE;
}

/* With the last sample going on for `more` steps. */
static void
run_backwards (Piece        *self,
               SigFilterRun *run,
               gint64        more)
{
  gint64 n = self->to - self->start;
  double *values = self->room->values, *last = values + (n + more - 1) * SIG_FILTER_LANES;

  for (gint64 t = n; t < n + more; t++)
    for (guint lane = 0; lane < SIG_FILTER_LANES; lane++)
      values[t * SIG_FILTER_LANES + lane] = self->last[lane];
  sig_filter_run (run, values + n * SIG_FILTER_LANES, more, 1);
  sig_filter_settle (run, self->filter->sections, self->filter->n_sections, last);
  sig_filter_run (run, last, n + more, -1);
}

/* Computes steps [start, end) of a run; see sig_filter_apply() for what they are. */
static gboolean
compute_piece (const SigFilterPlan     *self,
               SigFilterGroup             group,
               const SigSegment *run,
               gint64            start,
               gint64            end,
               const SigFilterRoom       *room,
               float *const     *outs,
               GError          **error)
{
  Piece piece = { self, group, MAX (run->start, start - self->warm_up), start, end,
                  self->zero_phase ? MIN (run->end, end + self->warm_up) : end, room, outs, { 0 }, { 0 } };
  SigFilterRun sections;

  if (!piece_init (&piece, error) || !run_forwards (&piece, &sections, error))
    return FALSE;
  if (self->zero_phase)
    run_backwards (&piece, &sections, piece.to == run->end ? MIN (self->warm_up, run->end - run->start) : 0);
  for (guint lane = 0; lane < group.n; lane++)
    for (gint64 t = 0; t < end - start; t++)
      if (!isnan (outs[lane][t]))
        outs[lane][t] = (float) room->values[t * SIG_FILTER_LANES + lane];
  return TRUE;
}

void
sig_filter_room_clear (SigFilterRoom *self)
{
  g_free (self->samples);
  g_free (self->chunk);
  g_free (self->values);
}

gboolean
sig_filter_room_init (SigFilterRoom       *self,
                      const SigFilterPlan *filter,
                      GError             **error)
{
  gsize n = (gsize) (filter->n_block + 2 * filter->warm_up) * SIG_FILTER_LANES;

  self->samples = g_try_new (float, SIG_FILTER_LEAST_BLOCK);
  self->chunk = g_try_new (double, SIG_FILTER_LEAST_BLOCK * SIG_FILTER_LANES);
  self->values = g_try_new (double, n);
  if (self->samples != NULL && self->chunk != NULL && self->values != NULL)
    return TRUE;
  sig_filter_room_clear (self);
  g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "There is not enough memory to filter %" G_GSIZE_FORMAT " samples.", n);
  return FALSE;
}

gboolean
sig_filter_compute_block (const SigFilterPlan *self,
                          SigFilterGroup       group,
                          gint64               block,
                          const SigFilterRoom *room,
                          float *const        *outs,
                          GError             **error)
{
  gint64 first = block * self->n_block, last = MIN (first + self->n_block, sig_recording_get_n_steps (self->recording));
  SigSegment run;

  for (gint64 start = first; start < last; start = run.end)
    {
      gboolean recorded = find_run (self, start, &run);
      gint64 end = MIN (run.end, last);
      float *rest[SIG_FILTER_LANES];

      for (guint lane = 0; lane < group.n; lane++)
        rest[lane] = outs[lane] + (start - first);
      if (recorded && !compute_piece (self, group, &run, start, end, room, rest, error))
        return FALSE;
      for (guint lane = 0; !recorded && lane < group.n; lane++)
        for (gint64 t = 0; t < end - start; t++)
          rest[lane][t] = NAN;
    }
  return TRUE;
}
