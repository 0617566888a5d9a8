/* nn-plan.h: a checked design as a list of ops with a place in memory for everything they need
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-batch.h"
#include "nn-check.h"
#include "nn-ops.h"

G_BEGIN_DECLS

/* Private to the core. One tensor of weights, in the order of Keras' get_weights(). */
typedef struct
{
  guint    op;
  NnTensor tensor;
  gint64   offset; /* of its first element in Keras' flat order */
} NnPlanTensor;

/* The floats of one shard's arena. */
typedef struct
{
  gint64 window;  /* one window, as the batch source writes it */
  gint64 x;       /* the shard's windows, axis 0 first */
  gint64 dx;      /* training: the slope by x, where somebody asks for it */
  gint64 spare;   /* training: a slope that is to be added to another */
  gint64 scratch;
  gint64 total;
} NnArena;

/* Immutable and atomically ref-counted; the ops read their input by its index, so their order is the order of execution. */
typedef struct
{
  gatomicrefcount n_refs;
  NnCheck        *check;
  NnShape         in, out;

  NnOp           *ops;
  guint           n_ops;
  guint           n_readers; /* ops that read the windows */
  NnPlanTensor   *tensors;
  guint           n_tensors;

  gint64          n_params;  /* weights, as Keras counts them */
  gint64          n_floats;  /* the same in the kernels' order, filled up to whole panels */
  gint64          n_derived;
  gint64          n_meet;    /* doubles that ops make of the whole mini-batch while training; 0 where no op does */
  NnArena         training, inference;
} NnPlan;

/* NULL with NN_ERROR_DESIGN where the check is not runnable, NN_ERROR_TOO_LARGE where sizes do not fit. */
NnPlan  *nn_plan_new          (const NnCheck *check, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnPlan  *nn_plan_ref          (NnPlan *self);
void     nn_plan_unref        (NnPlan *self);

/* What goes with the weights, one number each: from the kernels' order, n_floats, to Keras', n_params, and back. What load does
 * not write must be 0. */
void     nn_plan_save         (const NnPlan *self, const float *floats, float *params);
void     nn_plan_load         (const NnPlan *self, const float *params, float *floats);

/* How many labels the output gives per window and how many numbers for each: (T, 1) and (T) are T × 1, (T, K) is T × K; (K) is
 * 1 × K where the check was made against one label a window. */
void     nn_plan_get_labels   (const NnPlan *self, gint64 *n_labels, int *n_outputs);

/* Whether the source's windows fit; NN_ERROR_DATA says what does not. */
gboolean nn_plan_check_source (const NnPlan *self, const NnBatchSource *source, GError **error);

/* A mini-batch is split into shards of NN_SHARD_ROWS windows, and the shards into at most NN_MAX_PARTS parts with gradients of
 * their own. Both depend on the mini-batch alone, never on the threads. */
#define NN_MAX_PARTS 16
guint    nn_plan_count_parts  (gint64 n_windows);

/* The first op from `from` on that looks at the whole mini-batch; n_ops where there is none. All shards must have come to it
 * before one goes on. */
guint    nn_plan_next_meeting (const NnPlan *self, guint from);

/* The same from below: of the ops before `to`, the index after the last such op; 0 where there is none. */
guint    nn_plan_last_meeting (const NnPlan *self, guint to);

/* How many arenas training takes: one for each thread, or for each shard where shards wait for one another. */
gint64   nn_plan_count_arenas (const NnPlan *self, gint64 n_windows, guint n_threads);

/* Bytes that training takes beyond the data; 0 where the check is not runnable, G_MAXINT64 where they do not fit. */
gint64   nn_plan_count_bytes  (const NnCheck *check, int batch_size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPlan, nn_plan_unref)

G_END_DECLS
