/* nn-optim.h: Keras' optimizers over flat arrays
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"
#include "nn-moments.h"
#include "nn-plan.h"

G_BEGIN_DECLS

/* Private to the core. The state is one flat array of up to three arrays of n, those of NnMoments in their order. nn-k.h has the
 * formulas. As in Keras,
 * each weight first loses rate · weight_decay of itself, whatever the optimizer and whatever the weight is. */
typedef struct
{
  const NnSettings *settings;
  NnKAdam           adam;
  NnKSgd            sgd;
  NnKRmsprop        rmsprop;
  double            rate;
  gint64            n;
  float            *state;
} NnOptim;

/* Borrows the settings. */
gboolean nn_optim_init  (NnOptim *self, const NnSettings *settings, gint64 n, GError **error);
void     nn_optim_clear (NnOptim *self);

/* Takes up, or fills in, all but the number of steps, which whoever counts them knows; the arrays are as many as the settings ask
 * for. */
void     nn_optim_start (NnOptim *self, const NnPlan *plan, const NnMoments *from);
void     nn_optim_save  (const NnOptim *self, const NnPlan *plan, NnMoments *to);

/* Begins the next step, of this learning rate; then each weight is updated once, in pieces as one likes. Gradients are multiplied
 * by `scale`. */
void     nn_optim_begin (NnOptim *self, double rate);
void     nn_optim_apply (NnOptim *self, const NnKernels *k, float *params, const float *grads, float scale, gint64 from,
                         gint64 n);

G_END_DECLS
