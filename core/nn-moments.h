/* nn-moments.h: where an optimizer is between two steps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-settings.h"

G_BEGIN_DECLS

/* What an optimizer keeps of the steps before: Adam's two moments; SGD's momentum; RMSprop's mean square, its momentum and its
 * mean as far as they are asked for; Adagrad's sum of squares. With the same weights and this, training goes on as if it had
 * not stopped. Owned by one; clear with nn_moments_clear(). All 0: no step was taken yet. */
typedef struct
{
  gint64 n_steps;
  guint  n_arrays;
  gint64 n_params; /* of the model */
  float *arrays;   /* [n_arrays][n_params], each in Keras' order of the weights; of frozen ones nothing counts */
} NnMoments;

/* How many arrays the optimizer of the settings keeps. */
guint nn_moments_count (const NnSettings *settings);

void  nn_moments_clear (NnMoments *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnMoments, nn_moments_clear)

G_END_DECLS
