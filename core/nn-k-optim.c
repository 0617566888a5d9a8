/* nn-k-optim.c: the optimisers, and what is done to gradients before
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

#include <math.h>

/* The compiler makes vectors of these loops; sums it must not reorder are written in lanes. */
#define LANES 8

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

INLINE void
sgd_all (float *restrict w, float *restrict m, const float *restrict g, float scale, size_t n, float rate, float momentum,
         const int nesterov)
{
  for (size_t i = 0; i < n; i++)
    {
      float step = rate * (g[i] * scale);

      m[i] = momentum * m[i] - step;
      w[i] += nesterov ? momentum * m[i] - step : m[i];
    }
}

static void
sgd (float *w, float *m, const float *g, float scale, size_t n, const NnKSgd *how)
{
  if (how->nesterov)
    sgd_all (w, m, g, scale, n, (float) how->rate, (float) how->momentum, 1);
  else
    sgd_all (w, m, g, scale, n, (float) how->rate, (float) how->momentum, 0);
}

INLINE void
rmsprop_all (float *restrict w, float *restrict v, float *restrict m, float *restrict mean, const float *restrict g,
             float scale, size_t n, const NnKRmsprop *how, const int with_momentum, const int centered)
{
  float rate = (float) how->rate, rho = (float) how->rho, rest = (float) (1.0 - how->rho);
  float momentum = (float) how->momentum, epsilon = (float) how->epsilon;

  for (size_t i = 0; i < n; i++)
    {
      float slope = g[i] * scale, square, step;

      square = v[i] = rho * v[i] + rest * (slope * slope);
      if (centered)
        {
          mean[i] = rho * mean[i] + rest * slope;
          square -= mean[i] * mean[i];
        }
      step = rate * slope / sqrtf (square + epsilon);
      if (with_momentum)
        step = m[i] = momentum * m[i] + step;
      w[i] -= step;
    }
}

static void
rmsprop (float *w, float *v, float *m, float *mean, const float *g, float scale, size_t n, const NnKRmsprop *how)
{
  if (m == NULL && mean == NULL)
    rmsprop_all (w, v, m, mean, g, scale, n, how, 0, 0);
  else if (m == NULL)
    rmsprop_all (w, v, m, mean, g, scale, n, how, 0, 1);
  else if (mean == NULL)
    rmsprop_all (w, v, m, mean, g, scale, n, how, 1, 0);
  else
    rmsprop_all (w, v, m, mean, g, scale, n, how, 1, 1);
}

static void
adagrad (float *restrict w, float *restrict v, const float *restrict g, float scale, size_t n, float rate, float epsilon)
{
  for (size_t i = 0; i < n; i++)
    {
      float slope = g[i] * scale;

      v[i] += slope * slope;
      w[i] -= rate * slope / sqrtf (v[i] + epsilon);
    }
}

static void
decay (float *w, float share, size_t n)
{
  for (size_t i = 0; i < n; i++)
    w[i] -= w[i] * share;
}

static void
regularise (float *restrict g, const float *restrict w, float scale, float l1, float l2, size_t n)
{
  for (size_t i = 0; i < n; i++)
    g[i] = g[i] * scale + (w[i] > 0.0f ? l1 : 0.0f) - (w[i] < 0.0f ? l1 : 0.0f) + 2.0f * l2 * w[i];
}

static void
clip (float *g, float scale, float limit, size_t n)
{
  size_t i = 0;

  for (; i + VL <= n; i += VL)
    store (g + i, min_vec (max_vec (load (g + i) * scale, splat (-limit)), splat (limit)));
  if (i < n)
    store_some (g + i, min_vec (max_vec (load_some (g + i, n - i) * scale, splat (-limit)), splat (limit)), n - i);
}

static double
add_lanes (const double *lanes)
{
  double sum = 0.0;

  for (size_t j = 0; j < LANES; j++)
    sum += lanes[j];
  return sum;
}

static double
sum_squares (const float *x, size_t n)
{
  double lanes[LANES] = { 0.0 };
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    for (size_t j = 0; j < LANES; j++)
      lanes[j] += (double) x[i + j] * (double) x[i + j];
  for (; i < n; i++)
    lanes[i % LANES] += (double) x[i] * (double) x[i];
  return add_lanes (lanes);
}

static double
sum_sizes (const float *x, size_t n)
{
  double lanes[LANES] = { 0.0 };
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    for (size_t j = 0; j < LANES; j++)
      lanes[j] += (double) fabsf (x[i + j]);
  for (; i < n; i++)
    lanes[i % LANES] += (double) fabsf (x[i]);
  return add_lanes (lanes);
}

void
NN_K_FILL (optim) (NnKernels *table)
{
  table->adam = adam;
  table->sgd = sgd;
  table->rmsprop = rmsprop;
  table->adagrad = adagrad;
  table->decay = decay;
  table->regularise = regularise;
  table->clip = clip;
  table->sum_squares = sum_squares;
  table->sum_sizes = sum_sizes;
}
