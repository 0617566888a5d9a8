/* nn-optim.h: Adam and SGD with momentum over flat arrays
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"
#include "nn-settings.h"

G_BEGIN_DECLS

/* Private to the core. The state is one flat array: Adam's two moments one after the other, SGD's one. */
typedef struct
{
  NnOptimizerKind kind;
  NnKAdam         adam;
  float           rate, momentum;
  gint64          n;
  float          *state;
} NnOptim;

gboolean nn_optim_init  (NnOptim *self, const NnSettings *settings, gint64 n, GError **error);
void     nn_optim_clear (NnOptim *self);

/* Begins the next step; then each weight is updated once, in pieces as one likes. Gradients are multiplied by `scale`. */
void     nn_optim_begin (NnOptim *self);
void     nn_optim_apply (NnOptim *self, const NnKernels *k, float *params, const float *grads, float scale, gint64 from,
                         gint64 n);

G_END_DECLS
