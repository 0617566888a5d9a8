/* nn-recurrent-private.h: where the arrays of a recurrent block lie, shared by the two files that compute it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-recurrent.h"

G_BEGIN_DECLS

/* Private to nn-recurrent.c and nn-recurrent-walk.c. */

/* Steps whose inputs' products are one, and whose weights' slopes are summed at once: what that needs stays in the cache, and
 * the slopes of a whole sequence are never stored. */
#define NN_RECURRENT_CHUNK 8

/* Offsets and sizes in floats, for some number of windows. */
typedef struct
{
  gint64 n_x, n_h;           /* one step's inputs and outputs */
  gint64 n_states, n_gates;  /* [rows][full] and [rows][full / PANEL][slots][PANEL] */
  gint64 n_kept;             /* what else is kept of one step: states and slopes */

  /* In the cache, of each step, in the inputs' order. */
  gint64 n_cache;
  gint64 gates, kept, outputs, x_masks, h_masks;

  /* In the workspace, there and back: of a chunk, [masks][steps][n_x]; and two rows of units. */
  gint64 chunk_x, row[2];

  /* In the workspace, forward. The gates of a chunk, one step's states and the last two outputs only where nothing is kept. */
  gint64 n_forward;
  gint64 chunk_gates, step, last[2], masked_h, reset;

  /* In the workspace, backward. */
  gint64 n_backward;
  gint64 dz, carry, dh, chunk_h, chunk_reset, by_reset, spare;
} NnRecurrentLayout;

void nn_recurrent_lay_out (const NnRecurrent *self, gint64 rows, gboolean keep, NnRecurrentLayout *layout);

void nn_recurrent_forward  (const NnOp *op, const NnCall *call);
void nn_recurrent_backward (const NnOp *op, const NnCall *call);

G_END_DECLS
