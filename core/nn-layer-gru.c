/* nn-layer-gru.c: GRU
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent.h"

#define GATES 3 /* Keras' order: z (update), r (reset), h (candidate) */

static const NnArg args[] = {
  NN_ARG_UNITS_ROW (32, "How many units remember: the channels that come out."),
  NN_RECURRENT_ACTIVATION_ROW ("What is done to the candidate for the next state."),
  NN_RECURRENT_GATES_ROW,
  NN_RECURRENT_SEQUENCES_ROW,
  NN_ARG_USE_BIAS_ROW,
  { "reset_after", "Reset after", "Let the reset gate act after the product with the last outputs, not before it.",
    NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE, .advanced = TRUE },
  NN_RECURRENT_COMMON_ROWS,
};

/* --- computing ---------------------------------------------------------------------- */

/* What the candidate's gate sees of the last outputs; NULL at the first step. */
static const float *
get_candidate_input (const NnStep *step)
{
  return step->h_in != NULL ? step->h_in + 2 * step->h_apart : NULL;
}

enum { CANDIDATE, UPDATE, RESET, ANSWER };

/* Where all units are bent together the kernel left their sum for the candidate. */
static void
bend_candidate (const NnRecurrent *self,
                const NnStep      *step)
{
  float *candidate = step->row[0], *update = step->row[1];

  nn_recurrent_bend_slot (self, step, CANDIDATE, self->activation);
  for (gint64 r = 0; r < step->call->rows; r++)
    {
      nn_recurrent_gather (self, candidate, step->gates, r, CANDIDATE);
      nn_recurrent_gather (self, update, step->gates, r, UPDATE);
      for (gint64 u = 0, at = r * self->units; u < self->units; u++, at++)
        step->h[at] = (1.0f - update[u]) * candidate[u] + (step->h_before != NULL ? update[u] * step->h_before[at] : 0.0f);
    }
}

/* Then the slope by that sum is known only now, and with it those by what it was made of. */
static void
bend_candidate_back (const NnRecurrent *self,
                     const NnStep      *step)
{
  nn_recurrent_bend_slot_back (self, step, CANDIDATE, self->activation);
  for (gint64 r = 0; r < step->call->rows; r++)
    for (gint64 u = 0; u < self->units; u++)
      {
        gint64 reset = nn_recurrent_find (self, r, RESET, u), answer = nn_recurrent_find (self, r, ANSWER, u);
        float slope = step->dz[nn_recurrent_find (self, r, CANDIDATE, u)];

        step->dz[answer] = self->reset_after ? slope * step->gates[reset] : slope;
        if (self->reset_after)
          step->dz[reset] = slope * step->gates[answer] * step->slopes[reset];
      }
}

/* The slots are the candidate, z, r and what the units answer to the candidate: the inputs' gates go to the first three, the
 * units' to the last three. */
static void
step_forward (const NnRecurrent *self,
              const NnStep      *step)
{
  NnKRecurrent size = nn_recurrent_size (self, step);
  const float *h_in = get_candidate_input (step);

  nn_recurrent_push (self, step, step->h_in, step->h_apart, 0, 2, TRUE);
  nn_recurrent_bend_slot (self, step, UPDATE, self->recurrent);
  nn_recurrent_bend_slot (self, step, RESET, self->recurrent);
  if (self->reset_after)
    {
      nn_recurrent_push (self, step, step->h_in, step->h_apart, 2, 1, FALSE);
    }
  else
    {
      step->call->k->gru_reset (step->gates, step->reset, step->slopes, h_in, &size);
      nn_recurrent_push (self, step, h_in != NULL ? step->reset : NULL, 0, 2, 1, FALSE);
    }
  step->call->k->gru (step->h, step->gates, step->slopes, step->h_before, !self->reset_after, &size);
  if (nn_recurrent_bends_units (self->activation))
    bend_candidate (self, step);
}

/* The reset gate stands between the units' weights for the candidate and the last outputs. */
static void
pull_through_reset (const NnRecurrent  *self,
                    const NnStep       *step,
                    const NnKRecurrent *size)
{
  const NnKernels *k = step->call->k;
  gint64 n = (gint64) size->rows * self->units;
  NnStep plain = *step; /* what was multiplied had been masked before */

  plain.masks = NULL;
  nn_recurrent_pull (self, &plain, step->by_reset, 2, 1, FALSE);
  k->gru_reset_back (step->dz, step->by_reset, step->gates, step->slopes, get_candidate_input (step), size);
  nn_recurrent_bend_slot_back (self, step, RESET, self->recurrent);
  if (step->masks != NULL)
    k->multiply (step->by_reset, step->by_reset, step->masks + 2 * n, n);
  k->add (step->dh, step->by_reset, n);
  nn_recurrent_pull (self, step, step->dh, 0, 2, TRUE);
}

static void
step_back (const NnRecurrent *self,
           const NnStep      *step)
{
  NnKRecurrent size = nn_recurrent_size (self, step);

  step->call->k->gru_back (step->dz, step->dh, self->reset_after ? NULL : step->reset, step->dy, step->gates, step->slopes,
                           step->h_before, get_candidate_input (step), &size);
  if (nn_recurrent_bends_units (self->activation))
    bend_candidate_back (self, step);
  nn_recurrent_bend_slot_back (self, step, UPDATE, self->recurrent);
  if (self->reset_after)
    nn_recurrent_bend_slot_back (self, step, RESET, self->recurrent);
  if (step->h_before == NULL)
    return;
  if (self->reset_after)
    nn_recurrent_pull (self, step, step->dh, 0, GATES, TRUE);
  else
    pull_through_reset (self, step, &size);
}

static const NnCell cell = {
  .gates = GATES, .slots = GATES + 1, .unit_slot = 1, .input_turn = 1, .n_slopes = GATES + 1,
  .step = step_forward, .step_back = step_back,
};

/* --- the row ------------------------------------------------------------------------ */

const NnLayer nn_layer_gru = {
  .kind = { "GRU", "Recurrent", "Walks along the steps and remembers, with fewer weights than an LSTM.",
            args, G_N_ELEMENTS (args) },
  .infer = nn_recurrent_infer,
  .tensors = nn_recurrent_tensors,
  .ops = &nn_recurrent_ops,
  .variant = &cell,
};
