/* sig-cache.c: the blocks of samples that were decoded or computed last
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-cache.h"

#include <pthread.h>
#include <string.h>

struct _SigCache
{
  pthread_mutex_t mutex;
  guint           n_slots;
  SigCacheBlock **slots; /* most recently used first; the empty ones are last */
};

SigCache *
sig_cache_new (guint n_slots)
{
  SigCache *self;

  g_return_val_if_fail (n_slots > 0, NULL);

  self = g_new0 (SigCache, 1);
  self->n_slots = n_slots;
  self->slots = g_new0 (SigCacheBlock *, n_slots);
  pthread_mutex_init (&self->mutex, NULL);
  return self;
}

void
sig_cache_free (SigCache *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    g_clear_pointer (&self->slots[i], sig_cache_block_unref);
  g_free (self->slots);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

SigCacheBlock *
sig_cache_block_new (gint64 key,
                     gsize  n_samples)
{
  SigCacheBlock *self = NULL;

  if (n_samples <= (G_MAXSIZE - sizeof *self) / sizeof (float))
    self = g_try_malloc (sizeof *self + n_samples * sizeof (float));

  if (self == NULL)
    return NULL;
  atomic_init (&self->refs, 1);
  self->key = key;
  return self;
}

void
sig_cache_block_unref (SigCacheBlock *self)
{
  if (atomic_fetch_sub_explicit (&self->refs, 1, memory_order_acq_rel) == 1)
    g_free (self);
}

static SigCacheBlock *
ref (SigCacheBlock *block)
{
  atomic_fetch_add_explicit (&block->refs, 1, memory_order_relaxed);
  return block;
}

SigCacheBlock *
sig_cache_find (SigCache *self,
                gint64    key)
{
  SigCacheBlock *found = NULL;

  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->n_slots && self->slots[i] != NULL; i++)
    if (self->slots[i]->key == key)
      {
        found = ref (self->slots[i]);
        memmove (self->slots + 1, self->slots, i * sizeof self->slots[0]);
        self->slots[0] = found;
        break;
      }
  pthread_mutex_unlock (&self->mutex);
  return found;
}

void
sig_cache_insert (SigCache      *self,
                  SigCacheBlock *block)
{
  SigCacheBlock *evicted;

  (void) ref (block);
  pthread_mutex_lock (&self->mutex);
  evicted = self->slots[self->n_slots - 1];
  memmove (self->slots + 1, self->slots, (self->n_slots - 1) * sizeof self->slots[0]);
  self->slots[0] = block;
  pthread_mutex_unlock (&self->mutex);
  g_clear_pointer (&evicted, sig_cache_block_unref);
}
