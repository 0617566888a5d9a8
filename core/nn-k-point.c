/* nn-k-point.c: what is done point by point: activations, softmax, sums, optimisers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

#include <math.h>

INLINE void
bend_all (float *y, size_t n, const NnKActivation activation)
{
  size_t i = 0;

  for (; i + VL <= n; i += VL)
    store (y + i, bend_vec (load (y + i), activation));
  if (i < n)
    store_some (y + i, bend_vec (load_some (y + i, n - i), activation), n - i);
}

static void
bend (float *y, size_t n, NnKActivation activation)
{
  switch (activation)
    {
    case NN_K_RELU:
      bend_all (y, n, NN_K_RELU);
      break;
    case NN_K_TANH:
      bend_all (y, n, NN_K_TANH);
      break;
    case NN_K_SIGMOID:
      bend_all (y, n, NN_K_SIGMOID);
      break;
    case NN_K_LINEAR:
    case NN_K_SOFTMAX:
    default:
      break;
    }
}

INLINE void
bend_back_all (float *dy, const float *y, size_t n, const NnKActivation activation)
{
  size_t i = 0;

  for (; i + VL <= n; i += VL)
    store (dy + i, load (dy + i) * slope_vec (load (y + i), activation));
  if (i < n)
    store_some (dy + i, load_some (dy + i, n - i) * slope_vec (load_some (y + i, n - i), activation), n - i);
}

static void
bend_back (float *dy, const float *y, size_t n, NnKActivation activation)
{
  switch (activation)
    {
    case NN_K_RELU:
      bend_back_all (dy, y, n, NN_K_RELU);
      break;
    case NN_K_TANH:
      bend_back_all (dy, y, n, NN_K_TANH);
      break;
    case NN_K_SIGMOID:
      bend_back_all (dy, y, n, NN_K_SIGMOID);
      break;
    case NN_K_LINEAR:
    case NN_K_SOFTMAX:
    default:
      break;
    }
}

static void
softmax (float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n)
    {
      float most = y[0], sum = 0.0f;

      for (size_t j = 1; j < n; j++)
        most = y[j] > most ? y[j] : most;
      for (size_t j = 0; j < n; j += VL)
        store_some (y + j, exp_vec (load_some (y + j, n - j) - most), n - j);
      for (size_t j = 0; j < n; j++)
        sum += y[j];
      for (size_t j = 0; j < n; j++)
        y[j] /= sum;
    }
}

static void
multiply (float *y, const float *a, const float *b, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = a[i] * b[i];
}

static void
add (float *restrict y, const float *restrict x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] += x[i];
}

/* A float is finite where not all bits of its exponent are set. */
static int
is_finite (const float *x, size_t n)
{
  const int32_t exponent = 0x7f800000;
  ivec bad = { 0 };
  int any = 0;
  size_t i = 0;

  for (; i + VL <= n; i += VL)
    bad |= ((ivec) load (x + i) & exponent) == exponent;
  if (i < n)
    bad |= ((ivec) load_some (x + i, n - i) & exponent) == exponent;
  for (int lane = 0; lane < VL; lane++)
    any |= bad[lane];
  return !any;
}

static void
adam (float *restrict w, float *restrict m, float *restrict v, const float *restrict g, float scale, size_t n,
      const NnKAdam *how)
{
  float rate = (float) (how->rate * sqrt (1.0 - pow (how->beta_2, how->step)) / (1.0 - pow (how->beta_1, how->step)));
  float one = (float) (1.0 - how->beta_1), two = (float) (1.0 - how->beta_2), epsilon = (float) how->epsilon;

  for (size_t i = 0; i < n; i++)
    {
      float slope = g[i] * scale;

      m[i] += (slope - m[i]) * one;
      v[i] += (slope * slope - v[i]) * two;
      w[i] -= rate * m[i] / (sqrtf (v[i]) + epsilon);
    }
}

static void
sgd (float *restrict w, float *restrict m, const float *restrict g, float scale, size_t n, float rate, float momentum)
{
  for (size_t i = 0; i < n; i++)
    {
      m[i] = momentum * m[i] - rate * (g[i] * scale);
      w[i] += m[i];
    }
}

void
NN_K_FILL (point) (NnKernels *table)
{
  table->bend = bend;
  table->bend_back = bend_back;
  table->softmax = softmax;
  table->multiply = multiply;
  table->add = add;
  table->is_finite = is_finite;
  table->adam = adam;
  table->sgd = sgd;
}
