/* nn-recurrent-private.h: where the arrays of a recurrent block lie, shared by the two files that compute it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-recurrent.h"

G_BEGIN_DECLS

/* Private to nn-recurrent.c and nn-recurrent-walk.c. */

/* Steps that backward takes before their weights' slopes are summed: what it needs stays in the cache, and the slopes of a
 * whole sequence are never stored. */
#define NN_RECURRENT_CHUNK 8

/* Offsets and sizes in floats, for some number of windows. */
typedef struct
{
  gint64 n_x, n_h;           /* one step's inputs and outputs */
  gint64 n_states, n_gates;  /* [rows][full] and [rows][full / PANEL][slots][PANEL] */
  gint64 n_step;             /* all that is kept of one step */

  /* In the cache. Steps and outputs lie in the inputs' order. */
  gint64 n_cache;
  gint64 steps, outputs, x_masks, h_masks;

  /* In the workspace, forward. The step and the last two outputs only where nothing is kept. */
  gint64 n_forward;
  gint64 step, last[2], masked_x, masked_h, reset;

  /* In the workspace, backward. */
  gint64 n_backward;
  gint64 dz, carry, dh, chunk_x, chunk_h, chunk_reset, by_reset, spare;
} NnRecurrentLayout;

void nn_recurrent_lay_out (const NnRecurrent *self, gint64 rows, gboolean keep, NnRecurrentLayout *layout);

void nn_recurrent_forward  (const NnOp *op, const NnCall *call);
void nn_recurrent_backward (const NnOp *op, const NnCall *call);

G_END_DECLS
