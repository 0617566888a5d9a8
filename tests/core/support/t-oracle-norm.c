/* t-oracle-norm.c: BatchNormalization and LayerNormalization once more, in double precision and as plainly as can be
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-oracle.h"

#include <math.h>

/* (x[at] - mean) / √(variance + epsilon) of the numbers x[from + i stride], i < n. */
static void
find_moments (const double *x, gint64 n, gint64 stride, double *mean, double *variance)
{
  *mean = *variance = 0.0;
  for (gint64 i = 0; i < n; i++)
    *mean += x[i * stride] / (double) n;
  for (gint64 i = 0; i < n; i++)
    *variance += (x[i * stride] - *mean) * (x[i * stride] - *mean) / (double) n;
}

static double
bend (const NnBlock *block, double x, double mean, double variance, const double *params, gint64 at, gint64 n)
{
  gboolean scale = nn_block_get_whole (block, "scale") != 0, center = nn_block_get_whole (block, "center") != 0;
  double y = (x - mean) / sqrt (variance + nn_block_get_real (block, "epsilon"));

  return y * (scale ? params[at] : 1.0) + (center ? params[(scale ? n : 0) + at] : 0.0);
}

void
t_oracle_batch_norm (const NnBlock *block, const double *x, const NnShape *shape, gint64 n, const double *params,
                     gboolean training, double *y)
{
  gint64 channels = shape->dim[shape->rank - 1], rows = n;
  const double *moving = params;

  for (int i = 0; i + 1 < shape->rank; i++)
    rows *= shape->dim[i];
  moving += channels * ((nn_block_get_whole (block, "scale") != 0) + (nn_block_get_whole (block, "center") != 0));
  for (gint64 c = 0; c < channels; c++)
    {
      double mean = moving[c], variance = moving[channels + c];

      if (training)
        find_moments (x + c, rows, channels, &mean, &variance);
      for (gint64 r = 0; r < rows; r++)
        y[r * channels + c] = bend (block, x[r * channels + c], mean, variance, params, c, channels);
    }
}

void
t_oracle_layer_norm (const NnBlock *block, const double *x, const NnShape *shape, const double *params, double *y)
{
  int n_axes = nn_block_get_arg (block, nn_kind_find_arg (nn_block_get_kind (block), "axis"))->n;
  gint64 run = 1, rows = 1;

  for (int i = 0; i < shape->rank; i++)
    *(i < shape->rank - n_axes ? &rows : &run) *= shape->dim[i];
  for (gint64 r = 0; r < rows; r++)
    {
      double mean, variance;

      find_moments (x + r * run, run, 1, &mean, &variance);
      for (gint64 j = 0; j < run; j++)
        y[r * run + j] = bend (block, x[r * run + j], mean, variance, params, j, run);
    }
}
