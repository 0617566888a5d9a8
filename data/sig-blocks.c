/* sig-blocks.c: turns something that decodes blocks of all channels into a recording
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-blocks.h"

#include "sig-cache.h"

#include <string.h>

#define BLOCK_FLOATS (64 * 1024) /* of one decoded block, all channels together: 256 KiB */
#define MIN_SLOTS    128         /* 32 MiB: more than a screen of traces looks at, channel after channel */
#define SPAN_STEPS   16384       /* channels read one after another over this many steps are decoded once */

/* The source of a recording that stays in its file. */
typedef struct
{
  SigFillFunc    fill;
  gpointer       source;
  GDestroyNotify free_source;
  guint          n_channels;
  gint64         n_steps;
  gint64         block_steps;
  SigCache      *cache;
} Stream;

static void
stream_free (gpointer data)
{
  Stream *self = data;

  sig_cache_free (self->cache);
  if (self->free_source != NULL)
    self->free_source (self->source);
  g_free (self);
}

static SigCacheBlock *
stream_get (Stream  *self,
            gint64   index,
            GError **error)
{
  SigCacheBlock *block = sig_cache_find (self->cache, index);

  if (block != NULL)
    return block;

  gint64 start = index * self->block_steps, n = MIN (self->block_steps, self->n_steps - start);
  gsize n_floats = (gsize) self->n_channels * (gsize) self->block_steps;

  block = sig_cache_block_new (index, n_floats);
  if (block == NULL)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
                   "There is not enough memory to decode %" G_GSIZE_FORMAT " samples", n_floats);
      return NULL;
    }
  if (!self->fill (self->source, start, n, block->samples, (gsize) self->block_steps, error))
    {
      sig_cache_block_unref (block);
      return NULL;
    }
  sig_cache_insert (self->cache, block);
  return block;
}

static gboolean
stream_read (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  Stream *self = source;

  while (n > 0)
    {
      gint64 index = start / self->block_steps, within = start % self->block_steps;
      gint64 take = MIN (n, self->block_steps - within);
      SigCacheBlock *block = stream_get (self, index, error);

      if (block == NULL)
        return FALSE;
      memcpy (out, block->samples + (gsize) channel * (gsize) self->block_steps + within,
              (gsize) take * sizeof (float));
      sig_cache_block_unref (block);
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
  Stream *stream = g_new0 (Stream, 1);

  stream->fill = spec->fill;
  stream->source = spec->source;
  stream->free_source = spec->free_source;
  stream->n_channels = spec->n_channels;
  stream->n_steps = spec->n_steps;
  stream->block_steps = block_steps_for (spec->n_channels);
  stream->cache = sig_cache_new ((guint) MAX (MIN_SLOTS, SPAN_STEPS / stream->block_steps + 2));
  return sig_recording_new_from_source (sig_file_get_name (file), spec->n_channels, spec->n_steps, spec->rate_hz,
                                        spec->names, spec->units, stream_read, stream, stream_free);
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
