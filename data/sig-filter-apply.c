/* sig-filter-apply.c: a recording whose samples are those of another one, filtered
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-filter-private.h"

#include "sig-blocks.h"
#include "sig-cache.h"
#include "sig-error.h"

#include <math.h>
#include <string.h>

#define LEAST_BLOCK  16384
#define CACHE_FLOATS (32 * 1024 * 1024) /* kept of what was computed: 128 MiB */

/* The source of a filtered recording. */
typedef struct
{
  SigRecording *recording;
  SigBiquad     sections[SIG_FILTER_MAX_SECTIONS];
  guint         n_sections;
  gboolean      zero_phase;
  double       *means;     /* (nullable): one a channel */
  gint64        warm_up;
  gint64        n_block;   /* steps in a block: at least a warm-up, so that no more than three times the work is done */
  gint64        n_blocks;
  SigCache     *cache;     /* (nullable): none while all is computed at once */
} Filter;

static void
filter_free (gpointer data)
{
  Filter *self = data;

  g_clear_pointer (&self->cache, sig_cache_free);
  g_free (self->means);
  sig_recording_unref (self->recording);
  g_free (self);
}

/* --- arithmetic --------------------------------------------------------------------- */

/* What a section remembers, in the transposed direct form II. */
typedef struct
{
  double first, second;
} Memory;

/* As after a signal that has been `x` for ever. */
static void
settle (const Filter *self,
        double        x,
        Memory       *memories)
{
  for (guint i = 0; i < self->n_sections; i++)
    {
      const SigBiquad *s = &self->sections[i];
      double y = x * (s->b0 + s->b1 + s->b2) / (1 + s->a1 + s->a2);

      memories[i] = (Memory) { y - s->b0 * x, s->b2 * x - s->a2 * y };
      x = y;
    }
}

/* From `x` on, `n` samples `stride` apart, in place. */
static void
run_sections (const Filter *self,
              double       *x,
              gint64        n,
              gint64        stride)
{
  Memory memories[SIG_FILTER_MAX_SECTIONS];
  guint n_sections = self->n_sections;

  if (n < 1)
    return;
  settle (self, *x, memories);
  for (gint64 t = 0; t < n; t++, x += stride)
    {
      double value = *x;

      for (guint i = 0; i < n_sections; i++)
        {
          const SigBiquad *s = &self->sections[i];
          double y = s->b0 * value + memories[i].first;

          memories[i].first = s->b1 * value - s->a1 * y + memories[i].second;
          memories[i].second = s->b2 * value - s->a2 * y;
          value = y;
        }
      *x = value;
    }
}

/* To doubles, less the mean; what is missing is as the last sample before it, or the first one after. */
static void
bridge (const float *samples,
        gint64       n,
        double       mean,
        double      *out)
{
  double last = 0;
  gint64 first = 0;

  while (first < n && !isfinite (samples[first]))
    first++;
  if (first < n)
    last = samples[first] - mean;
  for (gint64 t = 0; t < n; t++)
    {
      if (isfinite (samples[t]))
        last = samples[t] - mean;
      out[t] = last;
    }
}

/* --- runs and blocks ---------------------------------------------------------------- */

/* Room for a piece of a run. */
typedef struct
{
  float  *samples;
  double *values;
} Room;

/* The run of steps that `step` is in; the gap up to the next run where it is in none. */
static gboolean
find_run (const Filter *self,
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

/* Computes steps [start, end) of a run; see sig_filter_apply() for what they are. */
static gboolean
compute_piece (const Filter     *self,
               guint             channel,
               const SigSegment *run,
               gint64            start,
               gint64            end,
               const Room       *room,
               float            *out,
               GError          **error)
{
  gint64 from = MAX (run->start, start - self->warm_up), to = self->zero_phase ? MIN (run->end, end + self->warm_up) : end;
  gint64 n = to - from, more = self->zero_phase && to == run->end ? MIN (self->warm_up, run->end - run->start) : 0;

  if (!sig_recording_read (self->recording, channel, from, n, room->samples, error))
    return FALSE;
  bridge (room->samples, n, self->means != NULL ? self->means[channel] : 0, room->values);
  for (gint64 t = n; t < n + more; t++)
    room->values[t] = room->values[n - 1];
  run_sections (self, room->values, n + more, 1);
  if (self->zero_phase)
    run_sections (self, room->values + n + more - 1, n + more, -1);
  for (gint64 t = start; t < end; t++)
    out[t - start] = isfinite (room->samples[t - from]) ? (float) room->values[t - from] : NAN;
  return TRUE;
}

static gboolean
room_init (Room         *self,
           const Filter *filter,
           GError      **error)
{
  gsize n = (gsize) (filter->n_block + 3 * filter->warm_up);

  self->samples = g_try_new (float, n);
  self->values = g_try_new (double, n);
  if (self->samples != NULL && self->values != NULL)
    return TRUE;
  g_free (self->samples);
  g_free (self->values);
  g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "There is not enough memory to filter %" G_GSIZE_FORMAT " samples.", n);
  return FALSE;
}

static void
room_clear (Room *self)
{
  g_free (self->samples);
  g_free (self->values);
}

/* Computes a block, as long as the recording reaches, run by run. */
static gboolean
compute_block (const Filter *self,
               guint         channel,
               gint64        block,
               const Room   *room,
               float        *out,
               GError      **error)
{
  gint64 first = block * self->n_block, last = MIN (first + self->n_block, sig_recording_get_n_steps (self->recording));
  SigSegment run;

  for (gint64 start = first; start < last; start = run.end)
    {
      gboolean recorded = find_run (self, start, &run);
      gint64 end = MIN (run.end, last);

      if (recorded && !compute_piece (self, channel, &run, start, end, room, out + (start - first), error))
        return FALSE;
      for (gint64 t = start; !recorded && t < end; t++)
        out[t - first] = NAN;
    }
  return TRUE;
}

static SigCacheBlock *
get_block (const Filter *self,
           guint         channel,
           gint64        block,
           GError      **error)
{
  gint64 key = (gint64) channel * self->n_blocks + block;
  SigCacheBlock *found = sig_cache_find (self->cache, key);
  Room room;

  if (found != NULL || !room_init (&room, self, error))
    return found;
  found = sig_cache_block_new (key, (gsize) self->n_block);
  if (found == NULL)
    g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "There is not enough memory for %" G_GINT64_FORMAT " filtered samples.",
                 self->n_block);
  else if (compute_block (self, channel, block, &room, found->samples, error))
    sig_cache_insert (self->cache, found);
  else
    g_clear_pointer (&found, sig_cache_block_unref);
  room_clear (&room);
  return found;
}

static gboolean
filter_read (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  const Filter *self = source;

  while (n > 0)
    {
      gint64 block = start / self->n_block, within = start % self->n_block, take = MIN (n, self->n_block - within);
      SigCacheBlock *found = get_block (self, channel, block, error);

      if (found == NULL)
        return FALSE;
      memcpy (out, found->samples + within, (gsize) take * sizeof *out);
      sig_cache_block_unref (found);
      out += take;
      start += take;
      n -= take;
    }
  return TRUE;
}

/* --- means -------------------------------------------------------------------------- */

/* Of the finite samples of a channel; 0 where there are none. */
static gboolean
measure_mean (const Filter *self,
              guint         channel,
              float        *samples,
              gboolean    (*should_stop) (gpointer),
              gpointer      user_data,
              GError      **error)
{
  gint64 n_steps = sig_recording_get_n_steps (self->recording), count = 0;
  double sum = 0;

  for (gint64 start = 0; start < n_steps; start += LEAST_BLOCK)
    {
      gint64 n = MIN (LEAST_BLOCK, n_steps - start);

      if (should_stop != NULL && should_stop (user_data))
        return FALSE;
      if (!sig_recording_read (self->recording, channel, start, n, samples, error))
        return FALSE;
      for (gint64 t = 0; t < n; t++)
        if (isfinite (samples[t]))
          {
            sum += samples[t];
            count++;
          }
    }
  self->means[channel] = count > 0 ? sum / (double) count : 0;
  return TRUE;
}

static gboolean
measure_means (Filter    *self,
               gboolean (*should_stop) (gpointer),
               gpointer   user_data,
               GError   **error)
{
  guint n_channels = sig_recording_get_n_channels (self->recording);
  g_autofree float *samples = g_new (float, LEAST_BLOCK);

  self->means = g_new0 (double, n_channels);
  for (guint c = 0; c < n_channels; c++)
    if (!measure_mean (self, c, samples, should_stop, user_data, error))
      return FALSE;
  return TRUE;
}

/* --- putting it together ------------------------------------------------------------ */

static Filter *
filter_new (const SigRecording  *recording,
            const SigFilterSpec *spec)
{
  Filter *self = g_new0 (Filter, 1);
  gint64 n_steps = sig_recording_get_n_steps (recording);

  self->recording = sig_recording_ref (recording);
  self->zero_phase = spec->zero_phase;
  self->n_sections = sig_filter_design (spec, sig_recording_get_rate_hz (recording), self->sections);
  self->warm_up = self->n_sections > 0 ? sig_filter_get_warm_up (self->sections, self->n_sections) : 0;
  self->n_block = LEAST_BLOCK;
  while (self->n_block < self->warm_up)
    self->n_block *= 2;
  self->n_blocks = MAX ((n_steps + self->n_block - 1) / self->n_block, 1);
  return self;
}

/* (nullable): all of it, planar. */
static float *
compute_all (const Filter *self,
             gboolean    (*should_stop) (gpointer),
             gpointer      user_data,
             GError      **error)
{
  gint64 n_steps = sig_recording_get_n_steps (self->recording);
  guint n_channels = sig_recording_get_n_channels (self->recording);
  g_autofree float *samples = g_try_new (float, MAX ((gsize) n_channels * (gsize) n_steps, 1));
  gboolean fine = TRUE;
  Room room;

  if (samples == NULL)
    g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "There is not enough memory to filter “%s”.",
                 sig_recording_get_title (self->recording));
  if (samples == NULL || !room_init (&room, self, error))
    return NULL;
  for (guint c = 0; fine && c < n_channels; c++)
    for (gint64 b = 0; fine && b < self->n_blocks; b++)
      fine = !(should_stop != NULL && should_stop (user_data))
             && compute_block (self, c, b, &room, samples + (gsize) c * (gsize) n_steps + b * self->n_block, error);
  room_clear (&room);
  return fine ? g_steal_pointer (&samples) : NULL;
}

static guint
choose_slots (const Filter *self)
{
  guint n_channels = sig_recording_get_n_channels (self->recording);

  return (guint) MAX (CACHE_FLOATS / self->n_block, (gint64) n_channels + 2);
}

/* Consumes `filter`. */
static SigRecording *
make_recording (Filter *filter,
                float  *samples)
{
  guint n_channels = sig_recording_get_n_channels (filter->recording);
  SigRecording *made;

  if (samples == NULL)
    {
      filter->cache = sig_cache_new (choose_slots (filter));
      return sig_recording_like_from_source (filter->recording, NULL, n_channels, filter_read, filter, filter_free);
    }
  made = sig_recording_like_take_samples (filter->recording, NULL, n_channels, samples);
  filter_free (filter);
  return made;
}

SigRecording *
sig_filter_apply_within (const SigRecording  *recording,
                         const SigFilterSpec *spec,
                         gsize                in_memory_bytes,
                         gboolean           (*should_stop) (gpointer),
                         gpointer             user_data,
                         GError             **error)
{
  Filter *filter;
  float *samples = NULL;
  gsize n_bytes;

  g_return_val_if_fail (recording != NULL && spec != NULL, NULL);

  if (sig_filter_spec_is_off (spec))
    return sig_recording_ref (recording);
  if (!sig_filter_spec_check (spec, recording, error))
    return NULL;

  filter = filter_new (recording, spec);
  /* A high-pass lets no mean through. */
  if (spec->remove_mean && spec->high_pass_hz == 0 && !measure_means (filter, should_stop, user_data, error))
    {
      filter_free (filter);
      return NULL;
    }
  if (g_size_checked_mul (&n_bytes, (gsize) sig_recording_get_n_steps (recording),
                          sig_recording_get_n_channels (recording) * sizeof (float))
      && n_bytes <= in_memory_bytes)
    {
      samples = compute_all (filter, should_stop, user_data, error);
      if (samples == NULL)
        {
          filter_free (filter);
          return NULL;
        }
    }
  return make_recording (filter, samples);
}

SigRecording *
sig_filter_apply (const SigRecording  *recording,
                  const SigFilterSpec *spec,
                  gboolean           (*should_stop) (gpointer),
                  gpointer             user_data,
                  GError             **error)
{
  return sig_filter_apply_within (recording, spec, SIG_BLOCKS_IN_MEMORY, should_stop, user_data, error);
}
