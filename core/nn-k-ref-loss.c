/* nn-k-ref-loss.c: the plain twin of the loss of many labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#include <math.h>

static double
logistic (float *dz, const float *z, const float *t, const float *weight, size_t n)
{
  double sum = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      float small = expf (-fabsf (z[i])), share = z[i] >= 0.0f ? 1.0f / (1.0f + small) : small / (1.0f + small);
      int labelled = !isnan (t[i]);
      float positive = z[i] < 0.0f ? 0.0f : z[i];

      if (dz != NULL)
        dz[i] = labelled ? weight[i] * (share - t[i]) : 0.0f;
      if (labelled)
        sum += (double) (weight[i] * (positive - z[i] * t[i] + log1pf (small)));
    }
  return sum;
}

void
nn_k_fill_ref_loss (NnKernels *table)
{
  table->logistic = logistic;
}
