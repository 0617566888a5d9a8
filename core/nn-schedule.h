/* nn-schedule.h: the learning rate of each step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-settings.h"

G_BEGIN_DECLS

/* Private to the core. With r the learning rate of the settings, i the optimiser's steps so far, e the whole epochs so far (i
 * over the mini-batches of an epoch, rounded down) and N the steps of the whole training:
 *
 *   step          r factor^⌊e / step_epochs⌋, as a step-wise Keras LearningRateScheduler; or values[k], k being how many
 *                 boundaries are below i: Keras' PiecewiseConstantDecay
 *   exponential   r decay_rate^(i / D), i / D rounded down with staircase: Keras' ExponentialDecay
 *   cosine        r ((1 - α) (1 + cos (π i / D)) / 2 + α) until i = D, r α from there; with a warm-up target R, first W
 *                 warmup_steps in a straight line from r to R, then the same of R and i - W: Keras' CosineDecay
 *   plateau       times `factor`, but no lower than min_lr, after `patience` epochs whose loss is no more than min_delta better
 *                 than the best one; `cooldown` epochs are then left out: Keras' ReduceLROnPlateau
 *   one cycle     rises in half a cosine from r / 25 to r over the first M = pct_start N - 1 steps, then falls in another to
 *                 r / 250000 at the last one: the policy of L. N. Smith and N. Topin (Super-convergence, 2018), with the numbers
 *                 that PyTorch's OneCycleLR takes
 *
 * D is decay_steps, or where that is 0 what N leaves after the warm-up. */
typedef struct
{
  const NnSettings *settings;
  double            n_steps, per_epoch, decay_steps;
  double            reduced;  /* plateau: the rate now */
  double            best;     /* its lowest loss; infinite before the first */
  int               wait, cooldown;
} NnSchedule;

/* Borrows the settings. */
void   nn_schedule_init      (NnSchedule *self, const NnSettings *settings, gint64 steps_per_epoch);

/* The rate of the step after `step` ones. */
double nn_schedule_get_rate  (const NnSchedule *self, gint64 step);

/* Takes note of an epoch's loss: of the validation part where there is one. */
void   nn_schedule_end_epoch (NnSchedule *self, double loss);

G_END_DECLS
