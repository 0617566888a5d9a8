/* nn-minibatch.h: some windows through the network on all threads: their loss, and if asked its slopes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-loss.h"
#include "nn-pool.h"
#include "nn-shard.h"

G_BEGIN_DECLS

/* Private to the core. Made once for a training or an evaluation; nothing is allocated afterwards. */
typedef struct _NnMinibatch NnMinibatch;

/* Which windows: source window order[first + i], or first + i where order is NULL, for i < n. */
typedef struct
{
  const NnBatchSource *source;
  const gint64        *order;
  gint64               first, n;
} NnWindows;

/* Borrows all it is given. `learning`: it will be asked for slopes, of mini-batches of at most `most` windows. */
NnMinibatch *nn_minibatch_new   (const NnPlan *plan, const NnKernels *k, const NnLoss *loss, NnPool *pool,
                                 gboolean learning, gint64 most, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         nn_minibatch_free  (NnMinibatch *self);

/* Adds the windows' loss to the tally. FALSE with the source's error. */
gboolean     nn_minibatch_score (NnMinibatch *self, const float *params, const NnWindows *windows, NnTally *tally,
                                 GError **error);

/* The same with Dropout, and gets the slopes of the summed loss by the weights, in the kernels' order; parts are added up in
 * their order, whatever thread did them. `seed` and `step` give Dropout its masks. */
gboolean     nn_minibatch_learn (NnMinibatch *self, const float *params, const NnWindows *windows, guint64 seed,
                                 guint64 step, NnTally *tally, GError **error);
float       *nn_minibatch_get_slopes (NnMinibatch *self);

/* After nn_minibatch_learn(): takes what it found of the whole mini-batch, such as means, into weights that are frozen. */
void         nn_minibatch_settle (NnMinibatch *self, float *params);

/* After a mini-batch of nn_minibatch_learn() whose loss is not finite: the first op whose output is not, as
   nn_shard_find_bad(). */
int          nn_minibatch_get_bad (NnMinibatch *self);

/* Calls `func` for pieces of the weights, on all threads: from, a multiple of NN_PIECE, and how many. */
void         nn_minibatch_each_piece (NnMinibatch *self, void (*func) (gpointer data, gint64 from, gint64 n), gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnMinibatch, nn_minibatch_free)

G_END_DECLS
