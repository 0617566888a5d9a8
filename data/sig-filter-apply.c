/* sig-filter-apply.c: a recording whose samples are those of another one, filtered
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-filter-private.h"

#include "sig-blocks.h"
#include "sig-cache.h"
#include "sig-error.h"
#include "sig-recording-private.h"

#include <math.h>
#include <string.h>

#define CACHE_FLOATS (32 * 1024 * 1024) /* kept of what was computed: 128 MiB */

/* The source of a filtered recording. */
typedef struct
{
  SigFilterPlan plan;
  SigCache     *cache; /* (nullable): none while all is computed at once */
} Filter;

static void
filter_free (gpointer data)
{
  Filter *self = data;

  g_clear_pointer (&self->cache, sig_cache_free);
  g_free (self->plan.means);
  sig_recording_unref (self->plan.recording);
  g_free (self);
}

static gint64
get_key (const Filter *self,
         guint         channel,
         gint64        block)
{
  return (gint64) channel * self->plan.n_blocks + block;
}

/* Computes a block of all of a group (transfer full). */
static gboolean
make_blocks (const Filter   *self,
             SigFilterGroup           group,
             gint64          block,
             SigCacheBlock **blocks,
             GError        **error)
{
  float *outs[SIG_FILTER_LANES];
  gboolean fine = TRUE;
  SigFilterRoom room;

  for (guint lane = 0; fine && lane < group.n; lane++)
    {
      blocks[lane] = sig_cache_block_new (get_key (self, group.first + lane, block), (gsize) self->plan.n_block);
      fine = blocks[lane] != NULL;
      outs[lane] = fine ? blocks[lane]->samples : NULL;
    }
  if (!fine)
    g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "There is not enough memory for %" G_GINT64_FORMAT " filtered samples.",
                 self->plan.n_block);
  else if (sig_filter_room_init (&room, &self->plan, error))
    {
      fine = sig_filter_compute_block (&self->plan, group, block, &room, outs, error);
      sig_filter_room_clear (&room);
    }
  else
    fine = FALSE;
  for (guint lane = 0; !fine && lane < group.n; lane++)
    g_clear_pointer (&blocks[lane], sig_cache_block_unref);
  return fine;
}

/* What one channel is asked for the others of its group are likely to be asked for next. */
static SigCacheBlock *
get_block (const Filter *self,
           guint         channel,
           gint64        block,
           GError      **error)
{
  SigCacheBlock *found = sig_cache_find (self->cache, get_key (self, channel, block)), *blocks[SIG_FILTER_LANES] = { NULL };
  SigFilterGroup group = sig_filter_find_group (&self->plan, channel);

  if (found != NULL || !make_blocks (self, group, block, blocks, error))
    return found;
  for (guint lane = 0; lane < group.n; lane++)
    {
      sig_cache_insert (self->cache, blocks[lane]);
      if (group.first + lane != channel)
        sig_cache_block_unref (blocks[lane]);
    }
  return blocks[channel - group.first];
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
      gint64 block = start / self->plan.n_block, within = start % self->plan.n_block, take = MIN (n, self->plan.n_block - within);
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
  gint64 n_steps = sig_recording_get_n_steps (self->plan.recording), count = 0;
  double sum = 0;

  for (gint64 start = 0; start < n_steps; start += SIG_FILTER_LEAST_BLOCK)
    {
      gint64 n = MIN (SIG_FILTER_LEAST_BLOCK, n_steps - start);

      if (should_stop != NULL && should_stop (user_data))
        return FALSE;
      if (!sig_recording_read (self->plan.recording, channel, start, n, samples, error))
        return FALSE;
      for (gint64 t = 0; t < n; t++)
        if (isfinite (samples[t]))
          {
            sum += samples[t];
            count++;
          }
    }
  self->plan.means[channel] = count > 0 ? sum / (double) count : 0;
  return TRUE;
}

static gboolean
measure_means (Filter    *self,
               gboolean (*should_stop) (gpointer),
               gpointer   user_data,
               GError   **error)
{
  guint n_channels = sig_recording_get_n_channels (self->plan.recording);
  g_autofree float *samples = g_new (float, SIG_FILTER_LEAST_BLOCK);

  self->plan.means = g_new0 (double, n_channels);
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

  self->plan.recording = sig_recording_ref (recording);
  self->plan.zero_phase = spec->zero_phase;
  self->plan.n_sections = sig_filter_design (spec, sig_recording_get_rate_hz (recording), self->plan.sections);
  self->plan.warm_up = self->plan.n_sections > 0 ? sig_filter_get_warm_up (self->plan.sections, self->plan.n_sections) : 0;
  self->plan.n_block = SIG_FILTER_LEAST_BLOCK;
  while (self->plan.n_block < self->plan.warm_up)
    self->plan.n_block *= 2;
  self->plan.n_blocks = MAX ((n_steps + self->plan.n_block - 1) / self->plan.n_block, 1);
  return self;
}

/* (nullable): all of it, planar. */
static float *
compute_all (const Filter *self,
             gboolean    (*should_stop) (gpointer),
             gpointer      user_data,
             GError      **error)
{
  gint64 n_steps = sig_recording_get_n_steps (self->plan.recording);
  guint n_channels = sig_recording_get_n_channels (self->plan.recording);
  g_autofree float *samples = g_try_new (float, MAX ((gsize) n_channels * (gsize) n_steps, 1));
  gboolean fine = TRUE;
  SigFilterRoom room;

  if (samples == NULL)
    g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "There is not enough memory to filter “%s”.",
                 sig_recording_get_title (self->plan.recording));
  if (samples == NULL || !sig_filter_room_init (&room, &self->plan, error))
    return NULL;
  for (guint c = 0; fine && c < n_channels; c += SIG_FILTER_LANES)
    for (gint64 b = 0; fine && b < self->plan.n_blocks; b++)
      {
        float *outs[SIG_FILTER_LANES] = { NULL };
        SigFilterGroup group = sig_filter_find_group (&self->plan, c);

        for (guint lane = 0; lane < group.n; lane++)
          outs[lane] = samples + (gsize) (c + lane) * (gsize) n_steps + b * self->plan.n_block;
        fine = !(should_stop != NULL && should_stop (user_data))
               && sig_filter_compute_block (&self->plan, group, b, &room, outs, error);
      }
  sig_filter_room_clear (&room);
  return fine ? g_steal_pointer (&samples) : NULL;
}

static guint
choose_slots (const Filter *self)
{
  guint n_channels = sig_recording_get_n_channels (self->plan.recording);

  return (guint) MAX (CACHE_FLOATS / self->plan.n_block, (gint64) n_channels + SIG_FILTER_LANES);
}

/* Consumes `filter`. */
static SigRecording *
make_recording (Filter *filter,
                float  *samples)
{
  guint n_channels = sig_recording_get_n_channels (filter->plan.recording);
  SigRecording *made;

  if (samples == NULL)
    {
      filter->cache = sig_cache_new (choose_slots (filter));
      made = sig_recording_like_from_source (filter->plan.recording, NULL, n_channels, filter_read, filter, filter_free);
      sig_recording_set_grain (made, filter->plan.n_block);
      return made;
    }
  made = sig_recording_like_take_samples (filter->plan.recording, NULL, n_channels, samples);
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
