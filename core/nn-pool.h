/* nn-pool.h: the worker pool: run a function over shards and wait
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

/* pthreads and C11 atomics only, so that ThreadSanitizer sees everything. The threads are
 * named "nn-0", "nn-1" …; they spin briefly, then sleep. Owned by one caller at a time. */

typedef void (*NnPoolFunc) (gpointer user_data, guint shard);

/* A pool that computes on `n_threads` threads, the caller's among them; 0: one per
 * processor this process may use. Fewer where the system refuses more. */
NnPool *nn_pool_new           (guint n_threads) G_GNUC_WARN_UNUSED_RESULT;
void    nn_pool_free          (NnPool *self);
guint   nn_pool_get_n_threads (const NnPool *self);

/* Between two runs: of the threads only `n_active` take part from now on, at least the caller's and at most all; the others
 * sleep. One that was just about to look for work may still run a shard of the next run. */
void    nn_pool_set_n_active  (NnPool *self, guint n_active);

/* Calls `func` once for each shard 0 .. n_shards - 1, in any order and on any thread, and
 * returns when all are done. Not re-entrant. */
void    nn_pool_run           (NnPool *self, guint n_shards, NnPoolFunc func, gpointer user_data);

/* Calls `use` for pieces 0 .. n - 1, one after the other, on one thread, each after `make` was called for it; meanwhile the other
 * threads make the pieces that come next. At most NN_POOL_AHEAD pieces. Not re-entrant either. */
#define NN_POOL_AHEAD 64
void    nn_pool_run_ahead     (NnPool *self, guint n, NnPoolFunc make, NnPoolFunc use, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPool, nn_pool_free)

G_END_DECLS
