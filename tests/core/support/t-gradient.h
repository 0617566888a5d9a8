/* t-gradient.h: a model's output against the oracle's, and its gradient from one mini-batch
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "t-design.h"

#include "nn-pool.h"

G_BEGIN_DECLS

/* The weights in Keras' order, as the oracle takes them. */
double *t_params_new   (const NnModel *model) G_GNUC_WARN_UNUSED_RESULT;

/* How far the outputs of all windows are from the oracle's at most, as a share of the largest of them. */
double  t_output_error (const NnModel *model, const double *params, const TWindows *windows, NnPool *pool);

/* The gradient of the mean loss, in Keras' order, from all windows as one mini-batch. `*mean` gets that loss. */
float  *t_gradient_new (const NnModel *model, const TWindows *windows, NnPool *pool, double *mean) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
