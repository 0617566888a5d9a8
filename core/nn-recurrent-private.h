/* nn-recurrent-private.h: where the arrays of a recurrent block lie, shared by the two files that compute it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-recurrent.h"

G_BEGIN_DECLS

/* Private to nn-recurrent.c and nn-recurrent-….c. */

/* Steps whose inputs' products are one, and whose weights' slopes are summed at once: what that needs stays in the cache, and
 * the slopes of a whole sequence are never stored. */
#define NN_RECURRENT_CHUNK 8

/* Where nothing is kept and a single window walks alone, the other threads make the products of all its inputs ahead of it, in
 * pieces; up to so many steps, for which there is workspace. */
#define NN_RECURRENT_AHEAD 4096

/* Offsets and sizes in floats, for some number of windows. */
typedef struct
{
  gint64 chunk;              /* steps at once forward: more of fewer windows where nothing is kept */
  gint64 n_x, n_h;           /* one step's inputs and outputs */
  gint64 n_states, n_gates;  /* [rows][full] and [rows][slots · full] */
  gint64 n_kept;             /* what else is kept of one step: states and slopes */

  /* In the cache, of each step, in the inputs' order. */
  gint64 n_cache;
  gint64 gates, kept, outputs, x_masks, h_masks;

  /* In the workspace, there and back: of a chunk, [masks][steps][n_x]; and two rows of units. */
  gint64 chunk_x, row[2];

  /* In the workspace, forward. The gates of a chunk, or of all steps of a single window, one step's states and the last two
   * outputs only where nothing is kept. */
  gint64 n_forward;
  gint64 chunk_gates, step, last[2], masked_h, reset;

  /* In the workspace, backward. */
  gint64 n_backward;
  gint64 dz, carry, dh, chunk_h, chunk_reset, by_reset, spare;
} NnRecurrentLayout;

void nn_recurrent_lay_out (const NnRecurrent *self, gint64 rows, gboolean keep, NnRecurrentLayout *layout);

/* --- products ---------------------------------------------------------------------------- */

/* What is multiplied by the rows of weights from `w_row` on: [rows][width], or one such for each gate, `apart`. */
typedef struct
{
  const float *x; /* (nullable): there is the bias alone */
  gint64       apart, width, rows;
  size_t       w_row;
  const float *bias; /* (nullable) */
} NnFactor;

/* gates, in the slots from `slot` on, = (add: gates) + bias + the products with the gates `first` … `first` + `n` - 1. */
void nn_recurrent_push_factor (const NnRecurrent *self, const NnCall *call, float *gates, guint slot, const NnFactor *factor,
                               guint first, guint n, gboolean add);

/* to [rows][width] = (add: to) + what the gates `first` … `first` + `n` - 1 of dz's rows give back through transposed weights:
 * whole blocks of units, and then each gate's share of the last one, so that nothing is multiplied that only fills it up. */
void nn_recurrent_pull_rows   (const NnRecurrent *self, const NnKernels *k, float *to, gint64 width, const float *dz, guint slot,
                               gint64 rows, const float *transposed, guint first, guint n, gboolean add);

/* The same, masked as what came in was: [steps] times [rows][width], by masks of [rows][width]. */
void nn_recurrent_pull_masked (const NnRecurrent *self, const NnKernels *k, float *to, gint64 width, const float *dz, guint slot,
                               gint64 steps, gint64 rows, const float *transposed, guint first, guint n, gboolean add,
                               const float *masks, float *spare);

/* Adds up the slopes of the gates `first` … `first` + `n` - 1 of the rows of weights that begin at `grads`; the second by what
 * came in masked for each gate, `apart`. */
void nn_recurrent_add_outer   (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 width,
                               const float *dz, guint slot, gint64 rows, guint first, guint n);
void nn_recurrent_add_outers  (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 apart,
                               gint64 width, const float *dz, guint slot, gint64 rows, guint n);

/* Adds up those of a bias, of the gates whose slots begin at `slot`. */
void nn_recurrent_sum_bias    (const NnRecurrent *self, const NnKernels *k, float *sums, const float *dz, gint64 rows,
                               guint slot);

/* --- the walk ------------------------------------------------------------------------------- */

void nn_recurrent_forward  (const NnOp *op, const NnCall *call);
void nn_recurrent_backward (const NnOp *op, const NnCall *call);

G_END_DECLS
