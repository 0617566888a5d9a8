/* nn-update.h: from the slopes of a mini-batch to new weights: regularisers, clipping, schedule, optimizer
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-minibatch.h"
#include "nn-optim.h"
#include "nn-schedule.h"
#include "nn-weight-map.h"

G_BEGIN_DECLS

/* Private to the core. As Keras: the gradient is that of the mean loss plus l1 sign (w) + 2 l2 w; then one of
 *
 *   clipnorm         the gradient of each tensor times clipnorm / max (its norm, clipnorm)
 *   global_clipnorm  all gradients times global_clipnorm / max (norm of all, global_clipnorm)
 *   clipvalue        each number to -clipvalue .. clipvalue
 *
 * then weight decay, then the optimizer. Frozen tensors are left alone and count in no norm. Norms are summed piece by piece, and
 * the pieces in their order, whatever thread did them. Nothing is allocated after nn_update_init(). */
typedef struct
{
  const NnPlan     *plan;
  const NnKernels  *k;
  const NnSettings *settings;
  NnWeightMap       map;
  NnOptim           optim;
  NnSchedule        schedule;
  gint64            step;    /* the optimizer's, so far */
  double           *sums;    /* [chunks] squares of the gradient; those of frozen tensors stay 0 */
  double           *squares; /* [tensors] the same for each */
  float            *factors; /* [tensors] what the slopes are to be multiplied by */

  /* The step in hand. */
  float            *params, *good, *slopes;
} NnUpdate;

/* Borrows all it is given. */
gboolean nn_update_init  (NnUpdate *self, const NnPlan *plan, const NnKernels *k, const NnSettings *settings,
                          gint64 steps_per_epoch, GError **error);
void     nn_update_clear (NnUpdate *self);

/* Takes one step of `params` down the slopes that the mini-batch learnt, of the loss summed over `n_labelled` labels; `good`
 * gets the weights from before. */
void     nn_update_step  (NnUpdate *self, NnMinibatch *minibatch, float *params, float *good, gint64 n_labelled);

/* The learning rate of the next step. */
double   nn_update_get_rate (const NnUpdate *self);

G_END_DECLS
