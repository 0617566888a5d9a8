/* sig-tiles.c: a small cache of samples for drawing recordings that are not in memory
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-tiles.h"

#include <pthread.h>

#define N_TILE  4096 /* steps in a tile */
#define N_SLOTS 64   /* tiles of a channel: a view of 262,144 steps never evicts itself */
#define MAX_TILES 4096 /* in all: 64 MiB; then the cache starts anew */

typedef struct
{
  gint64 tile; /* which tile the slot holds */
  float *samples; /* NULL: none */
} Slot;

struct _SigTiles
{
  SigRecording   *recording;
  gboolean        in_memory;
  pthread_mutex_t lock;  /* all below */
  Slot           *slots; /* [n_channels][N_SLOTS]; tile t can only be in slot t mod N_SLOTS */
  guint           n_tiles;
};

SigTiles *
sig_tiles_new (const SigRecording *recording)
{
  SigTiles *self = g_new0 (SigTiles, 1);

  self->recording = sig_recording_ref (recording);
  self->in_memory = sig_recording_peek_channel (recording, 0) != NULL;
  pthread_mutex_init (&self->lock, NULL);
  if (!self->in_memory)
    self->slots = g_new0 (Slot, (gsize) sig_recording_get_n_channels (recording) * N_SLOTS);
  return self;
}

static void
clear_slots (SigTiles *self)
{
  for (gsize i = 0; i < (gsize) sig_recording_get_n_channels (self->recording) * N_SLOTS; i++)
    g_clear_pointer (&self->slots[i].samples, g_free);
  self->n_tiles = 0;
}

void
sig_tiles_free (SigTiles *self)
{
  if (self->slots != NULL)
    clear_slots (self);
  g_free (self->slots);
  pthread_mutex_destroy (&self->lock);
  sig_recording_unref (self->recording);
  g_free (self);
}

void
sig_tiles_begin (SigTiles *self)
{
  if (!self->in_memory)
    pthread_mutex_lock (&self->lock);
}

void
sig_tiles_end (SigTiles *self)
{
  if (!self->in_memory)
    pthread_mutex_unlock (&self->lock);
}

/* Makes the slot hold the tile; its samples stay NULL where reading fails. */
static void
fill_slot (SigTiles *self,
           Slot     *slot,
           guint     channel,
           gint64    tile)
{
  gint64 start = tile * N_TILE;
  gint64 n = MIN (N_TILE, sig_recording_get_n_steps (self->recording) - start);

  if (slot->samples == NULL)
    {
      if (self->n_tiles == MAX_TILES)
        clear_slots (self);
      slot->samples = g_new (float, N_TILE);
      self->n_tiles++;
    }

  slot->tile = tile;
  if (!sig_recording_read (self->recording, channel, start, n, slot->samples, NULL))
    {
      g_clear_pointer (&slot->samples, g_free);
      self->n_tiles--;
    }
}

const float *
sig_tiles_get (SigTiles *self,
               guint     channel,
               gint64    step,
               gint64   *n_run)
{
  gint64 n_steps = sig_recording_get_n_steps (self->recording);
  gint64 tile = step / N_TILE;
  Slot *slot = NULL;

  if (self->in_memory)
    {
      *n_run = n_steps - step;
      return sig_recording_peek_channel (self->recording, channel) + step;
    }

  *n_run = MIN ((tile + 1) * N_TILE, n_steps) - step;
  slot = &self->slots[(gsize) channel * N_SLOTS + tile % N_SLOTS];
  if (slot->samples == NULL || slot->tile != tile)
    fill_slot (self, slot, channel, tile);
  return slot->samples != NULL ? slot->samples + step % N_TILE : NULL;
}
