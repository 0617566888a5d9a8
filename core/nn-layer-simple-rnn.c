/* nn-layer-simple-rnn.c: SimpleRNN
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent.h"

#include <string.h>

#define GATES 1

static const NnArg args[] = {
  NN_ARG_UNITS_ROW (32, "How many units answer and hear their last answers: the channels that come out."),
  NN_RECURRENT_ACTIVATION_ROW ("What is done to each number that comes out."),
  NN_RECURRENT_SEQUENCES_ROW,
  NN_ARG_USE_BIAS_ROW,
  NN_RECURRENT_COMMON_ROWS,
};

/* --- computing ---------------------------------------------------------------------- */

/* The one slot is the output, in a row that is filled up: what fills it is finite, as the weights there are 0. */
static void
step_forward (const NnRecurrent *self,
              const NnStep      *step)
{
  const NnCall *call = step->call;
  gint64 n = call->rows * self->full;

  nn_recurrent_push (self, step, step->h_in, step->h_apart, 0, GATES, TRUE);
  if (self->bends_units)
    nn_recurrent_bend_slot (self, step, 0, self->activation);
  else if (step->slopes != NULL)
    call->k->bend_slope (step->gates, step->slopes, n, self->activation);
  else
    call->k->bend (step->gates, n, self->activation);
  for (gint64 r = 0; r < call->rows; r++)
    memcpy (step->h + r * self->units, step->gates + r * self->full, self->units * sizeof *step->h);
}

static void
step_back (const NnRecurrent *self,
           const NnStep      *step)
{
  const NnCall *call = step->call;
  gint64 n = call->rows * self->full, units = self->units;

  if (step->dy != NULL)
    call->k->add (step->dh, step->dy, call->rows * units);
  for (gint64 r = 0; r < call->rows; r++)
    {
      memcpy (step->dz + r * self->full, step->dh + r * units, units * sizeof *step->dz);
      memset (step->dz + r * self->full + units, 0, (self->full - units) * sizeof *step->dz);
    }
  if (self->bends_units)
    nn_recurrent_bend_slot_back (self, step, 0, self->activation);
  else if (step->slopes != NULL)
    call->k->multiply (step->dz, step->dz, step->slopes, n);
  else
    call->k->bend_back (step->dz, step->gates, n, self->activation);
  if (step->h_before != NULL)
    nn_recurrent_pull (self, step, step->dh, 0, GATES, FALSE);
}

static const NnCell cell = {
  .gates = GATES, .slots = GATES, .n_slopes = GATES, .step = step_forward, .step_back = step_back,
};

/* --- the row ------------------------------------------------------------------------ */

const NnLayer nn_layer_simple_rnn = {
  .kind = { "SimpleRNN", "Recurrent", "Walks along the steps and hears its own last answer; forgets soon.",
            args, G_N_ELEMENTS (args) },
  .infer = nn_recurrent_infer,
  .tensors = nn_recurrent_tensors,
  .ops = &nn_recurrent_ops,
  .variant = &cell,
};
