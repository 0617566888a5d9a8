/* sig-cache.h: the blocks of samples that were decoded or computed last
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>
#include <stdatomic.h>

G_BEGIN_DECLS

/* One block. Immutable once it is in a cache; whoever copies out of it holds a reference. */
typedef struct
{
  atomic_uint refs; /* C11, which ThreadSanitizer understands */
  gint64      key;
  float       samples[];
} SigCacheBlock;

/* Thread-safe. The mutex inside guards the slots only: making a block happens outside of it, so that threads which want different
 * blocks do not wait for each other. */
typedef struct _SigCache SigCache;

SigCache      *sig_cache_new         (guint n_slots) G_GNUC_WARN_UNUSED_RESULT;
void           sig_cache_free        (SigCache *self);

/* An empty block (one ref); NULL where there is no memory. */
SigCacheBlock *sig_cache_block_new   (gint64 key, gsize n_samples) G_GNUC_WARN_UNUSED_RESULT;
void           sig_cache_block_unref (SigCacheBlock *self);

/* (transfer full) (nullable): the block of that key, which counts as the one used last. */
SigCacheBlock *sig_cache_find        (SigCache *self, gint64 key);

/* Takes a ref; the block that was not used for longest goes. */
void           sig_cache_insert      (SigCache *self, SigCacheBlock *block);

G_END_DECLS
