/* sig-blocks.c: turns something that decodes blocks of all channels into a recording
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-blocks.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define BLOCK_FLOATS (64 * 1024) /* of one decoded block, all channels together: 256 KiB */
#define MIN_SLOTS    128         /* 32 MiB: more than a screen of traces looks at, channel after channel */
#define SPAN_STEPS   16384       /* channels read one after another over this many steps are decoded once */

/* One decoded block. Immutable once made; whoever copies out of it holds a reference. */
typedef struct
{
  atomic_uint refs; /* C11, which ThreadSanitizer understands */
  gint64      index;
  float       samples[];
} Block;

/* The source of a recording that stays in its file. The mutex guards the slots only: decoding
 * happens outside it, so that threads which want different blocks do not wait for each other. */
typedef struct
{
  SigFillFunc     fill;
  gpointer        source;
  GDestroyNotify  free_source;
  guint           n_channels;
  gint64          n_steps;
  gint64          block_steps;
  pthread_mutex_t mutex;
  guint           n_slots;
  Block         **slots;       /* most recently used first; the empty ones are last */
} Cache;

static void
block_ref (Block *self)
{
  atomic_fetch_add_explicit (&self->refs, 1, memory_order_relaxed);
}

static void
block_unref (Block *self)
{
  if (atomic_fetch_sub_explicit (&self->refs, 1, memory_order_acq_rel) == 1)
    g_free (self);
}

static void
cache_free (gpointer data)
{
  Cache *self = data;

  for (guint i = 0; i < self->n_slots; i++)
    g_clear_pointer (&self->slots[i], block_unref);
  g_free (self->slots);
  pthread_mutex_destroy (&self->mutex);
  if (self->free_source != NULL)
    self->free_source (self->source);
  g_free (self);
}

/* Moves slot `i` to the front. Called with the mutex held. */
static Block *
promote (Cache *self,
         guint  i)
{
  Block *block = self->slots[i];

  memmove (self->slots + 1, self->slots, i * sizeof self->slots[0]);
  self->slots[0] = block;
  return block;
}

/* The block of that index with a reference, NULL when no slot has it. */
static Block *
cache_find (Cache *self,
            gint64 index)
{
  Block *found = NULL;

  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->n_slots && self->slots[i] != NULL; i++)
    if (self->slots[i]->index == index)
      {
        found = promote (self, i);
        block_ref (found);
        break;
      }
  pthread_mutex_unlock (&self->mutex);
  return found;
}

static void
cache_insert (Cache *self,
              Block *block)
{
  Block *evicted = NULL;

  block_ref (block);
  pthread_mutex_lock (&self->mutex);
  evicted = self->slots[self->n_slots - 1];
  memmove (self->slots + 1, self->slots, (self->n_slots - 1) * sizeof self->slots[0]);
  self->slots[0] = block;
  pthread_mutex_unlock (&self->mutex);
  g_clear_pointer (&evicted, block_unref);
}

static Block *
cache_get (Cache   *self,
           gint64   index,
           GError **error)
{
  Block *block = cache_find (self, index);

  if (block != NULL)
    return block;

  gint64 start = index * self->block_steps, n = MIN (self->block_steps, self->n_steps - start);
  gsize n_floats = (gsize) self->n_channels * (gsize) self->block_steps;

  block = g_try_malloc (sizeof (Block) + n_floats * sizeof (float));
  if (block == NULL)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
                   "There is not enough memory to decode %" G_GSIZE_FORMAT " samples", n_floats);
      return NULL;
    }
  atomic_init (&block->refs, 1);
  block->index = index;
  if (!self->fill (self->source, start, n, block->samples, (gsize) self->block_steps, error))
    {
      block_unref (block);
      return NULL;
    }
  cache_insert (self, block);
  return block;
}

static gboolean
cache_read (gpointer source,
            guint    channel,
            gint64   start,
            gint64   n,
            float   *out,
            GError **error)
{
  Cache *self = source;

  while (n > 0)
    {
      gint64 index = start / self->block_steps, within = start % self->block_steps;
      gint64 take = MIN (n, self->block_steps - within);
      Block *block = cache_get (self, index, error);

      if (block == NULL)
        return FALSE;
      memcpy (out, block->samples + (gsize) channel * (gsize) self->block_steps + within,
              (gsize) take * sizeof (float));
      block_unref (block);
      out += take;
      start += take;
      n -= take;
    }
  return TRUE;
}

static gint64
block_steps_for (guint n_channels)
{
  return MAX (BLOCK_FLOATS / n_channels, 64);
}

static SigRecording *
open_streamed (const SigBlocksSpec *spec,
               const SigFile       *file)
{
  Cache *cache = g_new0 (Cache, 1);

  cache->fill = spec->fill;
  cache->source = spec->source;
  cache->free_source = spec->free_source;
  cache->n_channels = spec->n_channels;
  cache->n_steps = spec->n_steps;
  cache->block_steps = block_steps_for (spec->n_channels);
  cache->n_slots = (guint) MAX (MIN_SLOTS, SPAN_STEPS / cache->block_steps + 2);
  cache->slots = g_new0 (Block *, cache->n_slots);
  pthread_mutex_init (&cache->mutex, NULL);
  return sig_recording_new_from_source (sig_file_get_name (file), spec->n_channels, spec->n_steps, spec->rate_hz,
                                        spec->names, spec->units, cache_read, cache, cache_free);
}

/* The recording with the segments, where the format has any. */
static SigRecording *
with_segments (SigRecording        *self,
               const SigBlocksSpec *spec)
{
  g_autoptr (SigRecording) plain = self;

  if (spec->segments == NULL)
    return g_steal_pointer (&plain);
  return sig_recording_with_segments (plain, spec->segments, spec->n_segments);
}

static SigRecording *
open_in_memory (const SigBlocksSpec *spec,
                const SigFile       *file,
                SigReading          *reading,
                GError             **error)
{
  gsize n_steps = (gsize) spec->n_steps;
  g_autofree float *samples = g_try_new (float, (gsize) spec->n_channels * n_steps);
  gint64 block_steps = block_steps_for (spec->n_channels);

  if (samples == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE,
                     "there is not enough memory for %u channels of %" G_GINT64_FORMAT " steps",
                     spec->n_channels, spec->n_steps);
      return NULL;
    }
  for (gint64 start = 0; start < spec->n_steps; start += block_steps)
    {
      gint64 n = MIN (block_steps, spec->n_steps - start);

      if (!sig_reading_advance (reading, file, (double) start / (double) spec->n_steps, error)
          || !spec->fill (spec->source, start, n, samples + start, n_steps, error))
        return NULL;
    }
  return sig_recording_new_take_samples (sig_file_get_name (file), spec->n_channels, spec->n_steps, spec->rate_hz,
                                         spec->names, spec->units, g_steal_pointer (&samples));
}

SigRecording *
sig_blocks_open (const SigBlocksSpec *spec,
                 const SigFile       *file,
                 SigReading          *reading,
                 GError             **error)
{
  gsize n_floats;

  if (!g_size_checked_mul (&n_floats, spec->n_channels, (gsize) spec->n_steps)
      || n_floats > SIG_BLOCKS_IN_MEMORY / sizeof (float))
    return with_segments (open_streamed (spec, file), spec);

  SigRecording *recording = open_in_memory (spec, file, reading, error);

  if (spec->free_source != NULL)
    spec->free_source (spec->source);
  if (recording == NULL)
    return NULL;
  recording = with_segments (recording, spec);
  sig_reading_note_missing (reading, recording);
  return recording;
}
