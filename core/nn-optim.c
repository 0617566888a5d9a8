/* nn-optim.c: Keras' optimizers over flat arrays
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-optim.h"

#include "nn-layer-args.h"
#include "nn-memory.h"

/* SGD's kernel always has a place for the momentum. */
static gint64
count_states (const NnSettings *settings)
{
  return MAX (nn_moments_count (settings), 1);
}

gboolean
nn_optim_init (NnOptim *self, const NnSettings *settings, gint64 n, GError **error)
{
  *self = (NnOptim) {
    .settings = settings,
    .adam = { 0.0, settings->beta_1, settings->beta_2, settings->epsilon, 0.0 },
    .sgd = { 0.0, settings->momentum, settings->nesterov },
    .rmsprop = { 0.0, settings->rho, settings->momentum, settings->epsilon },
    .n = n,
  };
  self->state = nn_floats_try_new (NN_PRODUCT (count_states (settings), n), "the optimiser's moments", error);
  for (gint64 i = 0; i < n && self->state != NULL && settings->optimizer == NN_OPTIMIZER_ADAGRAD; i++)
    self->state[i] = (float) settings->initial_accumulator_value;
  return self->state != NULL;
}

void
nn_optim_start (NnOptim *self, const NnPlan *plan, const NnMoments *from)
{
  self->adam.step = (double) from->n_steps;
  for (guint i = 0; i < from->n_arrays; i++)
    nn_plan_load (plan, from->arrays + i * from->n_params, self->state + i * self->n);
}

void
nn_optim_save (const NnOptim *self, const NnPlan *plan, NnMoments *to)
{
  for (guint i = 0; i < to->n_arrays; i++)
    nn_plan_save (plan, self->state + i * self->n, to->arrays + i * to->n_params);
}

void
nn_optim_clear (NnOptim *self)
{
  g_clear_pointer (&self->state, nn_floats_free);
}

void
nn_optim_begin (NnOptim *self, double rate)
{
  self->rate = self->adam.rate = self->sgd.rate = self->rmsprop.rate = rate;
  self->adam.step += 1.0;
}

static void
apply_rmsprop (NnOptim *self, const NnKernels *k, float *params, const float *grads, float scale, float *state, gint64 n)
{
  float *momentum = self->settings->momentum > 0.0 ? state + self->n : NULL;
  float *mean = momentum != NULL ? momentum + self->n : state + self->n;

  k->rmsprop (params, state, momentum, self->settings->centered ? mean : NULL, grads, scale, n, &self->rmsprop);
}

void
nn_optim_apply (NnOptim *self, const NnKernels *k, float *params, const float *grads, float scale, gint64 from, gint64 n)
{
  float *state = self->state + from;

  params += from;
  grads += from;
  if (self->settings->weight_decay > 0.0)
    k->decay (params, (float) (self->rate * self->settings->weight_decay), n);
  switch (self->settings->optimizer)
    {
    case NN_OPTIMIZER_SGD:
      k->sgd (params, state, grads, scale, n, &self->sgd);
      break;
    case NN_OPTIMIZER_RMSPROP:
      apply_rmsprop (self, k, params, grads, scale, state, n);
      break;
    case NN_OPTIMIZER_ADAGRAD:
      k->adagrad (params, state, grads, scale, n, (float) self->rate, (float) self->settings->epsilon);
      break;
    case NN_OPTIMIZER_ADAM:
    case NN_OPTIMIZER_ADAMW:
    default:
      k->adam (params, state, state + self->n, grads, scale, n, &self->adam);
    }
}
