/* nn-init.c: Keras' initialisers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-init.h"

#include "nn-shape.h"

#include <math.h>

/* Keras' compute_fans(): the last two axes, each times the extents before them. */
static void
count_fans (const NnShape *shape, double *fan_in, double *fan_out)
{
  int rank = shape->rank;
  double field = 1.0;

  for (int i = 0; i < rank - 2; i++)
    field *= (double) shape->dim[i];
  *fan_in = rank > 1 ? field * (double) shape->dim[rank - 2] : (double) shape->dim[0];
  *fan_out = rank > 1 ? field * (double) shape->dim[rank - 1] : (double) shape->dim[0];
}

/* Keras' VarianceScaling, of the variance scale / n: uniform in ±√(3 · variance). */
static void
fill_uniform (double variance, NnRng *rng, float *values, gint64 n)
{
  double limit = sqrt (3.0 * variance);

  for (gint64 i = 0; i < n; i++)
    values[i] = (float) (limit * (2.0 * nn_rng_uniform (rng) - 1.0));
}

/* Normal, but never beyond two deviations: what is left has 0.8796… of the deviation, which is made up for. */
static void
fill_normal (double variance, NnRng *rng, float *values, gint64 n)
{
  double deviation = sqrt (variance) / 0.87962566103423978;

  for (gint64 i = 0; i < n; i++)
    {
      double x;

      do
        x = nn_rng_normal (rng);
      while (fabs (x) > 2.0);
      values[i] = (float) (deviation * x);
    }
}

static void
fill_constant (float value, float *values, gint64 n)
{
  for (gint64 i = 0; i < n; i++)
    values[i] = value;
}

/* Takes from row `i` of q what lies along the rows before it, and gives it length 1. */
static void
straighten (double *q, gint64 i, gint64 length)
{
  double *row = q + i * length, square = 0.0;

  /* Twice is enough for rounding to leave nothing along them. */
  for (guint pass = 0; pass < 2; pass++)
    for (gint64 j = 0; j < i; j++)
      {
        const double *other = q + j * length;
        double along = 0.0;

        for (gint64 k = 0; k < length; k++)
          along += row[k] * other[k];
        for (gint64 k = 0; k < length; k++)
          row[k] -= along * other[k];
      }
  for (gint64 k = 0; k < length; k++)
    square += row[k] * row[k];
  for (gint64 k = 0; k < length; k++)
    row[k] /= sqrt (square);
}

/* The shorter side's vectors are orthogonal and of length 1, drawn from all directions alike: normal numbers made straight by
 * Gram and Schmidt, which is the QR factorisation with a positive diagonal that Keras takes. */
static void
fill_orthogonal (const NnTensor *tensor, NnRng *rng, float *values, gint64 n)
{
  gint64 columns = tensor->shape.dim[tensor->shape.rank - 1], rows = n / columns;
  gint64 count = MIN (rows, columns), length = MAX (rows, columns);
  g_autofree double *q = g_new (double, n);

  for (gint64 i = 0; i < n; i++)
    q[i] = nn_rng_normal (rng);
  for (gint64 i = 0; i < count; i++)
    straighten (q, i, length);
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j < columns; j++)
      values[i * columns + j] = (float) (rows <= columns ? q[i * length + j] : q[j * length + i]);
}

void
nn_init_tensor (const NnTensor *tensor, NnRng *rng, float *values)
{
  gint64 n = nn_shape_size (&tensor->shape);
  double fan_in, fan_out;

  count_fans (&tensor->shape, &fan_in, &fan_out);
  switch (tensor->init)
    {
    case NN_INIT_GLOROT_UNIFORM:
      fill_uniform (2.0 / (fan_in + fan_out), rng, values, n);
      break;
    case NN_INIT_GLOROT_NORMAL:
      fill_normal (2.0 / (fan_in + fan_out), rng, values, n);
      break;
    case NN_INIT_HE_UNIFORM:
      fill_uniform (2.0 / fan_in, rng, values, n);
      break;
    case NN_INIT_HE_NORMAL:
      fill_normal (2.0 / fan_in, rng, values, n);
      break;
    case NN_INIT_LECUN_UNIFORM:
      fill_uniform (1.0 / fan_in, rng, values, n);
      break;
    case NN_INIT_LECUN_NORMAL:
      fill_normal (1.0 / fan_in, rng, values, n);
      break;
    case NN_INIT_ORTHOGONAL:
      fill_orthogonal (tensor, rng, values, n);
      break;
    case NN_INIT_ONES:
      fill_constant (1.0f, values, n);
      break;
    case NN_INIT_ZEROS:
    default:
      fill_constant (0.0f, values, n);
    }
  if (tensor->unit_forget)
    fill_constant (1.0f, values + n / 4, n / 4);
}
