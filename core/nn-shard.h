/* nn-shard.h: up to NN_SHARD_ROWS windows on their way through the ops, there and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-pool.h"
#include "nn-target.h"

G_BEGIN_DECLS

/* What ops that look at the whole mini-batch make of this shard, and get from all. */
typedef struct
{
  double       *mine, *mine_back; /* [plan's n_meet] each */
  const double *sums, *back_sums;
  gint64        n_all;            /* windows of the mini-batch */
} NnShardMeeting;

/* The labels of the windows in a shard, one window after the other. */
typedef struct
{
  gint32 *classes; /* [rows][n_labels]; NULL where labels are values */
  float  *values;  /* [rows][n_labels][n_values]; NULL where they are classes */
  float  *weights; /* [rows][n_labels] */
} NnLabels;

/* Private to the core. One thread's workspace: an arena for the windows, all outputs and the way back. Made once, used for
 * many shards; nothing is allocated in between. */
typedef struct
{
  const NnPlan    *plan;
  const NnKernels *k;
  float           *arena;
  NnLabels         labels;   /* what the target of nn_shard_init() asks for; without one all NULL */
  guint           *n_passed; /* [n_ops]: backward: how many readers of an op's output have told their slope */
  guint            n_passed_to_windows;
  NnShardMeeting   meeting;
  gint64           rows;     /* windows in it now */
  gboolean         backward; /* made for backward: keeps what that needs */
} NnShard;

/* How a pass is done. */
typedef struct
{
  gboolean training; /* Dropout drops */
  gboolean logits;   /* the last block's activation is left to the loss */
  guint64  seed;     /* of the run */
  guint64  index;    /* of mini-batch and shard */
  NnPool  *pool;     /* (nullable): where this shard is the only one, those who may help */
} NnShardPass;

/* `target` (nullable): what labels there will be. */
gboolean     nn_shard_init     (NnShard *self, const NnPlan *plan, const NnKernels *k, gboolean backward,
                                const NnTarget *target, GError **error);
void         nn_shard_clear    (NnShard *self);

/* Reads `rows` windows, given by their numbers, and their labels if there is a `target` (nullable): that of nn_shard_init(). */
gboolean     nn_shard_fill     (NnShard *self, const NnBatchSource *source, const gint64 *windows, gint64 rows,
                                const NnTarget *target, GError **error);

/* Runs them through; the result is the last op's output, axis 0 first. */
const float *nn_shard_forward  (NnShard *self, const float *params, const NnShardPass *pass);

/* Where the loss puts its slope by that output, before backward. */
float       *nn_shard_get_slope (NnShard *self);

/* Adds the slopes by all weights to `grads`. */
void         nn_shard_backward (NnShard *self, const float *params, const float *derived, float *grads,
                                const NnShardPass *pass);

/* The same in pieces, for shards that wait for one another. Forward through the ops from `from` to before `to`, and what op `to`
 * makes for the meeting, if it has one; backward through those before `from` down to `to`, and what op `to` - 1 makes for its
 * meeting. In between nn_shard_meet() tells where the sums over all shards are. */
void         nn_shard_meet          (NnShard *self, const double *sums, const double *back_sums, gint64 n_all);
const float *nn_shard_forward_some  (NnShard *self, guint from, guint to, const float *params, const NnShardPass *pass);
void         nn_shard_backward_some (NnShard *self, guint from, guint to, const float *params, const float *derived, float *grads,
                                     const NnShardPass *pass);

/* The same, all the way down: the slope by the windows, axis 0 first. It stands until the next pass. */
const float *nn_shard_backward_to_input (NnShard *self, const float *params, const float *derived, float *grads,
                                         const NnShardPass *pass);

/* After forward in a shard made for backward: the first op with an output that is not finite; -1 for the windows
 * themselves, and n_ops where all are finite. */
int          nn_shard_find_bad (NnShard *self);

/* --- one shard a thread ---------------------------------------------------------------- */

/* So many shards that threads take and give back; what a shard is used for does not depend on which one it is. */
typedef struct _NnCrew NnCrew;

NnCrew      *nn_crew_new       (const NnPlan *plan, const NnKernels *k, guint n_threads, gboolean backward,
                                const NnTarget *target, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         nn_crew_free      (NnCrew *self);

/* Whether it serves so many threads with these kernels. */
gboolean     nn_crew_fits      (const NnCrew *self, const NnKernels *k, guint n_threads);

/* Never more takers at once than there are threads. */
NnShard     *nn_crew_take      (NnCrew *self);

/* Shard `i`, for who uses all of them at once. */
NnShard     *nn_crew_get_nth   (NnCrew *self, guint i);
void         nn_crew_give      (NnCrew *self, NnShard *shard);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCrew, nn_crew_free)

G_END_DECLS
