/* nn-k-loss.c: the loss of many labels at once
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-bend.h"

#include <stdint.h>

/* Loss and slope of a register of labels; where there is no label both are 0. */
INLINE vec
logistic_vec (vec *dz, vec z, vec t, vec weight)
{
  ivec labelled = t == t;
  vec small = exp_vec (-abs_vec (z)), share = 1.0f / (1.0f + small);
  vec loss = max_vec ((vec) { 0 }, z) - z * t + log1p_vec (small);

  *dz = (vec) ((ivec) (weight * (pick_vec (z >= 0.0f, share, small * share) - t)) & labelled);
  return (vec) ((ivec) (weight * loss) & labelled);
}

static double
logistic (float *dz, const float *z, const float *t, const float *weight, size_t n)
{
  Wide sum = { { 0 }, { 0 } };

  for (size_t i = 0; i < n; i += VL)
    {
      size_t rest = n - i;
      vec slope, loss = logistic_vec (&slope, load_some (z + i, rest), load_some (t + i, rest), load_some (weight + i, rest));

      if (dz != NULL)
        store_some (dz + i, slope, rest);
      sum = add_wide (sum, widen (loss));
    }
  return sum_wide (&sum);
}

void
NN_K_FILL (loss) (NnKernels *table)
{
  table->logistic = logistic;
}
