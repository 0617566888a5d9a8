/* nn-layer-lstm.c: LSTM
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent.h"

#define GATES 4

static const NnArg args[] = {
  NN_ARG_UNITS_ROW (32, "How many cells remember: the channels that come out."),
  NN_RECURRENT_ACTIVATION_ROW ("What is done to a cell's input and state."),
  NN_RECURRENT_GATES_ROW,
  NN_RECURRENT_SEQUENCES_ROW,
  NN_ARG_USE_BIAS_ROW,
  { "unit_forget_bias", "Unit forget bias", "Start with gates that remember: the forget gate's bias begins at 1.",
    NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE, .advanced = TRUE },
  NN_RECURRENT_COMMON_ROWS,
};

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  return nn_recurrent_infer (block, in, GATES, out, why);
}

static guint
tensors (const NnBlock *block,
         const NnShape *in,
         NnTensor      *list)
{
  guint n = nn_recurrent_tensors (block, in, GATES, list);

  list[2].unit_forget = nn_block_get_whole (block, "unit_forget_bias") != 0;
  return n;
}

/* --- computing ---------------------------------------------------------------------- */

/* The slots are the gates i, f, c, o; the states are c and activation (c). */
static void
step_forward (const NnRecurrent *self,
              const NnStep      *step)
{
  NnKRecurrent size = nn_recurrent_size (self, step);
  gint64 n = (gint64) size.rows * self->full;

  step->call->k->lstm (step->h, step->gates, step->states, step->states + n, step->slopes, step->h_in, step->states_before,
                       step->x, step->call->params, step->call->params + self->bias_at, &size);
}

static void
step_back (const NnRecurrent *self,
           const NnStep      *step)
{
  NnKRecurrent size = nn_recurrent_size (self, step);
  gint64 n = (gint64) size.rows * self->full;

  step->call->k->lstm_back (step->dz, step->carry, step->dy, step->dh, step->gates, step->states + n, step->slopes,
                            step->states_before, &size);
  if (step->h_before != NULL)
    nn_recurrent_pull (self, step, step->dh, 0, GATES, FALSE);
}

static const NnCell cell = {
  .gates = GATES, .slots = GATES, .n_states = 2, .n_slopes = GATES + 1, .step = step_forward, .step_back = step_back,
};

static void
prepare (NnOp *op)
{
  nn_recurrent_prepare (op, &cell);
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = nn_recurrent_load, .save = nn_recurrent_save, .derive = nn_recurrent_derive,
  .forward = nn_recurrent_forward, .backward = nn_recurrent_backward,
};

/* --- the row ------------------------------------------------------------------------ */

const NnLayer nn_layer_lstm = {
  .kind = { "LSTM", "Recurrent", "Walks along the steps and remembers what came before.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
