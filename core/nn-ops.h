/* nn-ops.h: the compute half of a layer's row: sizes, weights, forward and backward of one block in a plan
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"
#include "nn-layer.h"
#include "nn-pool.h"

G_BEGIN_DECLS

/* Private to the core. Windows go through the network in shards of at most NN_SHARD_ROWS. Inside, a shard of B windows of
 * shape (T, C, F) is stored [T][B][C][F], of shape (F) as [B][F]: axis 0 first, then the windows. So one step of all windows
 * is one contiguous block, and a product along the last axis has T · B rows. */
#define NN_SHARD_ROWS 8

typedef struct _NnOp NnOp;

/* Where an op's arrays are in a shard's arena, in floats. */
typedef struct
{
  gint64 y, cache, dy;
} NnPlace;

/* One block made concrete. Filled by nn-plan.c and the row's `prepare`; constant afterwards. All sizes are in floats and
 * stick at G_MAXINT64 when they overflow. */
struct _NnOp
{
  const NnBlock    *block;
  const NnLayerOps *ops;
  NnShape           in, out;
  gboolean          turned; /* a recurrent block walks from the end, and its outputs are turned round again */
  guint             serial; /* its position in the plan; a block in TimeDistributed has that of its holder */
  int               inputs[NN_MAX_INPUTS]; /* the ops whose outputs are read, in Keras' order; -1: the windows */
  NnShape           ins[NN_MAX_INPUTS];    /* their shapes; `in` is the first */
  guint             n_inputs;
  guint             n_readers; /* how often the output is read: more than once where a merge further down does too */
  gboolean          learns;  /* it has weights that learn, or something above it that it reads has: slopes come back to it */
  const NnOp       *holder;  /* (nullable): of a block in TimeDistributed, the op that runs it */
  gint64            n_turns; /* 1; of a block in TimeDistributed, how often it is run, once for each step: the windows of a call
                              * are those of all turns, one turn's after the other's */
  gint64            rows;  /* windows at most: NN_SHARD_ROWS, times the steps outside for a block in TimeDistributed */

  /* What `prepare` tells. */
  gint64            n_params;   /* weights in the kernels' order */
  gint64            n_derived;  /* what `derive` makes of them once a mini-batch */
  gint64            n_cache;    /* what forward leaves for backward, for `rows` windows */
  gint64            n_meet;     /* sums over the whole mini-batch that training needs, in doubles; see `meet` below */
  gint64            n_scratch;  /* workspace within one call, for `rows` windows */
  gboolean          in_place;   /* y may be x and dx may be dy: nothing is left to do then */
  NnKActivation     activation; /* what is done to each output last; left to the loss where the plan says so */
  gint64            slopes_at;  /* where nn_op_bend() keeps the activation's slopes in the cache, if it does */
  gpointer          detail;     /* what else the row wants to remember; freed with g_free() */
  NnOp             *inner;      /* the op of the block that a wrapper holds */
  NnOp             *backward;   /* and of Bidirectional's copy of it, which is `turned` */

  gint64            params_at, derived_at; /* in the model's arrays */
  gint64            meet_at;               /* in the mini-batch's sums */
  NnPlace           training, inference;
};

/* One call of an op on a shard. */
typedef struct
{
  const NnKernels *k;
  NnPool          *pool;     /* (nullable): threads with nothing else to do meanwhile; the results are the same bits */
  gint64           rows;     /* windows in this call, at most op->rows */
  gboolean         training; /* Dropout drops */
  gboolean         logits;   /* the last activation is left to the loss: neither applied nor differentiated */
  guint64          seed;     /* of the run */
  guint64          index;    /* of mini-batch and shard, for whatever is random */

  const float     *params;
  const float     *derived;  /* backward only */
  float           *grads;    /* as params; backward adds to them */

  const float     *x;        /* the first input */
  const float     *xs[NN_MAX_INPUTS]; /* all of them, as op->inputs lists them */
  float           *y;        /* forward writes all of it; for backward it is as forward left it */
  float           *dy;       /* backward only: the loss's slope by y; may be written over */
  float           *dx;       /* backward only (nullable): gets the slope by x; of a merge, by xs[which] */
  guint            which;    /* merges have a call of backward for each input that wants its slope; dy must outlast all but
                               * the last */

  /* While training, for ops with n_meet: what meet() and meet_back() make of this shard, and their sums over all shards. */
  double          *mine, *mine_back;
  const double    *sums, *back_sums;
  gint64           n_all;    /* windows of the whole mini-batch */

  float           *cache;    /* (nullable): NULL when no backward will follow */
  float           *scratch;
} NnCall;

struct _NnLayerOps
{
  /* NULL: needs nothing. */
  void (*prepare)  (NnOp *op);

  /* From Keras' tensors, as the row lists them, to the kernels' order (which is all 0 before), and back. NULL: no weights. */
  void (*load)     (const NnOp *op, const float *const *tensors, float *params);
  void (*save)     (const NnOp *op, const float *params, float *const *tensors);

  /* Makes op->n_derived floats of the weights, such as transposed copies. NULL where that is 0. */
  void (*derive)   (const NnOp *op, const float *params, float *derived);

  /* For ops that look at the whole mini-batch while training. Before forward, each shard fills call->mine from x; before
   * backward, call->mine_back from x and dy, where forward's sums are still there. When the weights are updated, settle() takes
   * forward's sums over `windows` windows into weights that are frozen. NULL where n_meet is 0. */
  void (*meet)      (const NnOp *op, const NnCall *call);
  void (*meet_back) (const NnOp *op, const NnCall *call);
  void (*settle)    (const NnOp *op, const double *sums, gint64 windows, float *params);

  void (*forward)  (const NnOp *op, const NnCall *call);
  void (*backward) (const NnOp *op, const NnCall *call);
};

/* Frees all that `prepare` made. */
void   nn_op_clear       (NnOp *op);

/* Which turn is the i-th in Keras' order: in TimeDistributed within TimeDistributed the outer steps come one after the other, but
 * the windows of the inner step 0 of all outer steps lie first. */
gint64 nn_op_find_turn   (const NnOp *op, gint64 i);

/* --- sizes -------------------------------------------------------------------------- */

/* The sum; sticks at G_MAXINT64. */
gint64 nn_size_add       (gint64 a, gint64 b);

/* n rounded up to whole panels, which are whole cache lines too; sticks. */
gint64 nn_size_fill_up   (gint64 n);

/* How many blocks of contiguous memory a shard of such windows has per window: dim[0], 1 for rank 1. */
gint64 nn_shape_outer    (const NnShape *self);
gint64 nn_shape_last     (const NnShape *self);

/* --- weights ------------------------------------------------------------------------ */

/* Row-major [rows][columns] into panels, and back. */
void   nn_pack           (float *packed, const float *plain, gint64 rows, gint64 columns);
void   nn_unpack         (float *plain, const float *packed, gint64 rows, gint64 columns);
gint64 nn_packed_size    (gint64 rows, gint64 columns);

/* The same for some columns of a wider matrix, whose rows are `ld` numbers apart. */
void   nn_pack_columns   (float *packed, const float *plain, gint64 ld, gint64 rows, gint64 columns);
void   nn_unpack_columns (float *plain, gint64 ld, const float *packed, gint64 rows, gint64 columns);

/* The panels of the transposed matrix: from panels of [rows][columns] to panels of [columns][rows]. `from` is the first row
 * of the source, whose panels have `from_rows` rows; likewise `to` of the target. */
void   nn_pack_transposed (float *target, gint64 to, gint64 to_rows, const float *source, gint64 from, gint64 from_rows,
                           gint64 rows, gint64 columns);

/* --- activations ----------------------------------------------------------------------- */

/* For a row that ends with an activation: call nn_op_set_activation() in `prepare`, after op->n_cache is told but for this: it
 * reserves room for the slopes of an activation whose slope does not follow from the value (nn_k_keeps_slope()).
 * nn_op_bend() as the last of `forward` applies it to all of call->y, and nn_op_bend_back() as the first of `backward` turns
 * call->dy into the slope by what was bent. Both do nothing where the activation is left to the loss. Softmax and log-softmax go
 * over the last axis.
 *
 * A row that bends at other places too, as a recurrent one does at each step, calls the kernels itself: bend() and bend_back(),
 * or for nn_k_keeps_slope() bend_slope(), and multiply() by the slopes, in a cache of its own. */
void   nn_op_set_activation (NnOp *op, NnKActivation activation);
void   nn_op_bend           (const NnOp *op, const NnCall *call);
void   nn_op_bend_back      (const NnOp *op, const NnCall *call);

/* Softmax or log-softmax over each row of [rows][n]; back by the values that came out. */
void   nn_bend_rows         (const NnKernels *k, float *y, gint64 rows, gint64 n, NnKActivation activation);
void   nn_bend_rows_back    (const NnKernels *k, float *dy, const float *y, gint64 rows, gint64 n, NnKActivation activation);

G_END_DECLS
