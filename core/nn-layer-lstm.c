/* nn-layer-lstm.c: LSTM
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent.h"

#include <string.h>

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

enum { CELL = 2, OUT = 3 };

static NnKActivation
get_activation (const NnRecurrent *self,
                guint              gate)
{
  return gate == CELL ? self->activation : self->recurrent;
}

/* Where all units are bent together the kernel left c for activation (c), and the slopes of that would be a matrix: they are kept
 * as 0, and bend_states_back() adds to the carry what they give. */
static void
bend_states (const NnRecurrent *self,
             const NnStep      *step,
             float             *bent)
{
  const NnCall *call = step->call;

  for (gint64 r = 0; r < call->rows; r++)
    {
      nn_bend_rows (call->k, bent + r * self->full, 1, self->units, self->activation);
      nn_recurrent_gather (self, step->row[0], step->gates, r, OUT);
      call->k->multiply (step->h + r * self->units, step->row[0], bent + r * self->full, self->units);
    }
  memset (step->slopes + GATES * call->rows * self->full, 0, call->rows * self->full * sizeof *step->slopes);
}

static void
bend_states_back (const NnRecurrent *self,
                  const NnStep      *step,
                  const float       *bent)
{
  const NnCall *call = step->call;
  float *slope = step->row[0], *out = step->row[1];

  for (gint64 r = 0; r < call->rows; r++)
    {
      memcpy (slope, step->dh + r * self->units, self->units * sizeof *slope);
      if (step->dy != NULL)
        call->k->add (slope, step->dy + r * self->units, self->units);
      nn_recurrent_gather (self, out, step->gates, r, OUT);
      call->k->multiply (slope, slope, out, self->units);
      nn_bend_rows_back (call->k, slope, bent + r * self->full, 1, self->units, self->activation);
      call->k->add (step->carry + r * self->full, slope, self->units);
    }
}

/* The slots are the gates i, f, c, o; the states are c and activation (c). */
static void
step_forward (const NnRecurrent *self,
              const NnStep      *step)
{
  NnKRecurrent size = nn_recurrent_size (self, step);
  gint64 n = (gint64) size.rows * self->full;

  nn_recurrent_push (self, step, step->h_in, step->h_apart, 0, GATES, TRUE);
  for (guint gate = 0; self->bends_units && gate < GATES; gate++)
    nn_recurrent_bend_slot (self, step, gate, get_activation (self, gate));
  step->call->k->lstm (step->h, step->gates, step->states, step->states + n, step->slopes, step->states_before, &size);
  if (nn_recurrent_bends_units (self->activation))
    bend_states (self, step, step->states + n);
}

static void
step_back (const NnRecurrent *self,
           const NnStep      *step)
{
  NnKRecurrent size = nn_recurrent_size (self, step);
  gint64 n = (gint64) size.rows * self->full;

  if (nn_recurrent_bends_units (self->activation))
    bend_states_back (self, step, step->states + n);
  step->call->k->lstm_back (step->dz, step->carry, step->dy, step->dh, step->gates, step->states + n, step->slopes,
                            step->states_before, &size);
  for (guint gate = 0; self->bends_units && gate < GATES; gate++)
    nn_recurrent_bend_slot_back (self, step, gate, get_activation (self, gate));
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
