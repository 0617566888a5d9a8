/* nn-optim.c: Adam and SGD with momentum over flat arrays
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-optim.h"

#include "nn-memory.h"

gboolean
nn_optim_init (NnOptim *self, const NnSettings *settings, gint64 n, GError **error)
{
  *self = (NnOptim) {
    .kind = settings->optimizer,
    .adam = { settings->learning_rate, settings->beta_1, settings->beta_2, settings->epsilon, 0.0 },
    .rate = (float) settings->learning_rate,
    .momentum = (float) settings->momentum,
    .n = n,
  };
  self->state = nn_floats_try_new (settings->optimizer == NN_OPTIMIZER_ADAM ? 2 * n : n, "the optimiser's moments", error);
  return self->state != NULL;
}

void
nn_optim_clear (NnOptim *self)
{
  g_clear_pointer (&self->state, nn_floats_free);
}

void
nn_optim_begin (NnOptim *self)
{
  self->adam.step += 1.0;
}

void
nn_optim_apply (NnOptim *self, const NnKernels *k, float *params, const float *grads, float scale, gint64 from, gint64 n)
{
  float *moment = self->state + from;

  if (self->kind == NN_OPTIMIZER_ADAM)
    k->adam (params + from, moment, moment + self->n, grads + from, scale, n, &self->adam);
  else
    k->sgd (params + from, moment, grads + from, scale, n, self->rate, self->momentum);
}
