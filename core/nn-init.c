/* nn-init.c: Keras' initialisers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-init.h"

#include "nn-shape.h"

#include <math.h>

/* Uniform in ±√(6 / (fan_in + fan_out)). */
static void
fill_glorot_uniform (const NnTensor *tensor, NnRng *rng, float *values, gint64 n)
{
  double limit = sqrt (6.0 / (double) (tensor->fan_in + tensor->fan_out));

  for (gint64 i = 0; i < n; i++)
    values[i] = (float) (limit * (2.0 * nn_rng_uniform (rng) - 1.0));
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

  switch (tensor->init)
    {
    case NN_INIT_GLOROT_UNIFORM:
      fill_glorot_uniform (tensor, rng, values, n);
      break;
    case NN_INIT_ORTHOGONAL:
      fill_orthogonal (tensor, rng, values, n);
      break;
    case NN_INIT_ONES:
      for (gint64 i = 0; i < n; i++)
        values[i] = 1.0f;
      break;
    case NN_INIT_UNIT_FORGET: /* of an LSTM's gates i, f, c, o only the second begins at 1 */
      for (gint64 i = 0; i < n; i++)
        values[i] = i / (n / 4) == 1 ? 1.0f : 0.0f;
      break;
    case NN_INIT_ZEROS:
    default:
      for (gint64 i = 0; i < n; i++)
        values[i] = 0.0f;
    }
}
