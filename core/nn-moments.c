/* nn-moments.c: where an optimizer is between two steps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-moments.h"

guint
nn_moments_count (const NnSettings *settings)
{
  g_return_val_if_fail (settings != NULL, 0);

  switch (settings->optimizer)
    {
    case NN_OPTIMIZER_ADAM:
    case NN_OPTIMIZER_ADAMW:
      return 2;
    case NN_OPTIMIZER_SGD:
      return settings->momentum > 0.0;
    case NN_OPTIMIZER_RMSPROP:
      return 1 + (settings->momentum > 0.0) + (settings->centered != 0);
    case NN_OPTIMIZER_ADAGRAD:
    default:
      return 1;
    }
}

void
nn_moments_clear (NnMoments *self)
{
  g_clear_pointer (&self->arrays, g_free);
  *self = (NnMoments) { 0 };
}
