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

/* --- computing ---------------------------------------------------------------------- */

/* The slots are the gates i, f, c, o; the states are c and activation (c). */
static void
step_forward (const NnRecurrent *self,
              const NnStep      *step)
{
  NnKRecurrent size = nn_recurrent_size (self, step);
  gint64 n = (gint64) size.rows * self->full;

  nn_recurrent_push (self, step, step->h_in, step->h_apart, 0, GATES, TRUE);
  step->call->k->lstm (step->h, step->gates, step->states, step->states + n, step->slopes, step->states_before, &size);
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

/* --- the row ------------------------------------------------------------------------ */

const NnLayer nn_layer_lstm = {
  .kind = { "LSTM", "Recurrent", "Walks along the steps and remembers what came before.",
            args, G_N_ELEMENTS (args) },
  .infer = nn_recurrent_infer,
  .tensors = nn_recurrent_tensors,
  .ops = &nn_recurrent_ops,
  .variant = &cell,
};
