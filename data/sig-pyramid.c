/* sig-pyramid.c: min/max of every channel at many zooms: how it is built
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-pyramid-private.h"

#include "sig-error.h"
#include "sig-extremes.h"
#include "sig-range.h"

#define MAX_BYTES (112 << 20) /* of all levels of a recording that is not in memory */

/* Each level takes a quarter of the one below it: together a third more than the lowest. */
static gint64
choose_first_size (const SigRecording *recording,
                   gint64              max_bytes)
{
  double n_samples = (double) sig_recording_get_n_steps (recording) * sig_recording_get_n_channels (recording);
  gint64 size = SIG_PYRAMID_FIRST_SIZE;

  if (sig_recording_peek_channel (recording, 0) == NULL)
    while (n_samples / (double) size * sizeof (SigColumn) * 4 / 3 > (double) max_bytes)
      size *= SIG_PYRAMID_FACTOR;
  return size;
}

static SigPyramid *
pyramid_new (const SigRecording *recording,
             gint64              max_bytes)
{
  SigPyramid *self = g_new0 (SigPyramid, 1);
  gint64 n_steps = 0;

  atomic_init (&self->refs, 1);
  self->recording = sig_recording_ref (recording);
  pthread_mutex_init (&self->build_lock, NULL);
  pthread_mutex_init (&self->range_lock, NULL);
  pthread_mutex_init (&self->closeup_lock, NULL);
  self->first_size = choose_first_size (recording, max_bytes);

  n_steps = sig_recording_get_n_steps (recording);
  for (gint64 size = self->first_size; size <= n_steps && self->n_levels < SIG_PYRAMID_MAX_LEVELS; size *= SIG_PYRAMID_FACTOR)
    {
      self->levels[self->n_levels++] = (SigLevel) { size, (n_steps - 1) / size + 1, NULL };
      if (size > G_MAXINT64 / SIG_PYRAMID_FACTOR)
        break;
    }

  return self;
}

SigPyramid *
sig_pyramid_new (const SigRecording *recording)
{
  g_return_val_if_fail (recording != NULL, NULL);
  return pyramid_new (recording, MAX_BYTES);
}

SigPyramid *
sig_pyramid_new_growing (const SigRecording *recording,
                         gint64              max_bytes)
{
  SigPyramid *self;

  g_return_val_if_fail (recording != NULL, NULL);

  self = pyramid_new (recording, max_bytes);
  self->grows = TRUE;
  return self;
}

SigPyramid *
sig_pyramid_ref (SigPyramid *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  atomic_fetch_add_explicit (&self->refs, 1, memory_order_relaxed);
  return self;
}

void
sig_pyramid_unref (SigPyramid *self)
{
  g_return_if_fail (self != NULL);

  if (atomic_fetch_sub_explicit (&self->refs, 1, memory_order_acq_rel) != 1)
    return;

  for (guint l = 0; l < self->n_levels; l++)
    g_free (self->levels[l].entries);
  g_free (self->ranges);
  for (guint i = 0; i < SIG_N_PLACES; i++)
    g_clear_pointer (&self->closeups[i], sig_closeup_unref);
  pthread_mutex_destroy (&self->closeup_lock);
  pthread_mutex_destroy (&self->build_lock);
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

static gboolean
allocate_levels (SigPyramid *self,
                 GError    **error)
{
  gsize n_channels = sig_recording_get_n_channels (self->recording);

  for (guint l = 0; l < self->n_levels; l++)
    {
      SigLevel *level = &self->levels[l];
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

/* The lowest level's entries of steps [start, end), which begin with an entry. */
static void
build_lowest (SigPyramid  *self,
              SigColumn   *entries,
              const float *samples,
              gint64       start,
              gint64       end)
{
  gint64 size = self->first_size, n_whole = (end - start) / size;

  entries += start / size;
  if (size == SIG_PYRAMID_FIRST_SIZE)
    sig_extremes_scan_16 (entries, samples, n_whole);
  for (gint64 i = size == SIG_PYRAMID_FIRST_SIZE ? n_whole : 0; i * size < end - start; i++)
    {
      entries[i] = SIG_COLUMN_EMPTY;
      sig_extremes_scan (&entries[i], samples + i * size, MIN (size, end - start - i * size));
    }
}

static void
build_channel (SigPyramid  *self,
               guint        channel,
               const float *samples,
               gint64       start,
               gint64       end)
{
  SigColumn *children = self->levels[0].entries + (gsize) channel * self->levels[0].n_entries;
  gint64 n_children;

  build_lowest (self, children, samples, start, end);
  n_children = self->levels[0].n_entries;
  for (guint l = 1; l < self->n_levels; l++)
    {
      const SigLevel *level = &self->levels[l];
      SigColumn *entries = level->entries + (gsize) channel * level->n_entries;
      gint64 last = sig_pyramid_n_ready (self, level, end);

      for (gint64 i = sig_pyramid_n_ready (self, level, start); i < last; i++)
        {
          entries[i] = SIG_COLUMN_EMPTY;
          for (gint64 k = i * SIG_PYRAMID_FACTOR; k < MIN ((i + 1) * SIG_PYRAMID_FACTOR, n_children); k++)
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

/* The steps that are built together: whole entries of the lowest level. */
static gint64
get_block_size (const SigPyramid *self)
{
  return MAX (SIG_PYRAMID_N_BLOCK, self->first_size);
}

static void
measure_ranges (SigPyramid *self)
{
  pthread_mutex_lock (&self->range_lock);
  if (self->ranges == NULL)
    self->ranges = sig_range_measure (self->recording);
  pthread_mutex_unlock (&self->range_lock);
}

/* Goes on from where the last one stopped, up to step `end`: the last, or where a block ends. Called with the lock held, or by
 * the only thread that may. */
static gboolean
build_until (SigPyramid *self,
             gint64      end,
             gboolean  (*should_stop) (gpointer),
             gpointer    user_data,
             GError    **error)
{
  gint64 n_block = get_block_size (self), n_built = atomic_load_explicit (&self->n_built, memory_order_relaxed);
  g_autofree float *scratch = NULL;

  if (self->n_levels == 0)
    {
      atomic_store_explicit (&self->n_built, end, memory_order_release);
      return TRUE;
    }
  if (n_built == 0 && !allocate_levels (self, error))
    return FALSE;

  scratch = g_new (float, n_block);
  while (n_built < end)
    {
      gint64 block_end = MIN (n_built + n_block, end);

      if (should_stop != NULL && should_stop (user_data))
        return FALSE;
      if (!build_block (self, n_built, block_end, scratch, error))
        return FALSE;

      n_built = block_end;
      atomic_store_explicit (&self->n_built, n_built, memory_order_release);
    }

  return TRUE;
}

gboolean
sig_pyramid_build (SigPyramid *self,
                   gboolean  (*should_stop) (gpointer),
                   gpointer    user_data,
                   GError    **error)
{
  gboolean built = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  measure_ranges (self);
  pthread_mutex_lock (&self->build_lock);
  built = build_until (self, sig_recording_get_n_steps (self->recording), should_stop, user_data, error);
  pthread_mutex_unlock (&self->build_lock);
  return built;
}

gint64
sig_pyramid_grow (SigPyramid *self,
                  gint64      n_there,
                  GError    **error)
{
  gint64 end;

  g_return_val_if_fail (self != NULL && self->grows, -1);

  end = n_there == sig_recording_get_n_steps (self->recording) ? n_there : n_there - n_there % get_block_size (self);
  return build_until (self, end, NULL, NULL, error) ? end : -1;
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
