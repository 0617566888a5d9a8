/* nn-k-ref-optim.c: the plain twins of the optimisers' kernels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#include <math.h>

static void
adam (float *w, float *m, float *v, const float *g, float scale, size_t n, const NnKAdam *how)
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
sgd (float *w, float *m, const float *g, float scale, size_t n, const NnKSgd *how)
{
  float rate = (float) how->rate, momentum = (float) how->momentum;

  for (size_t i = 0; i < n; i++)
    {
      float step = rate * (g[i] * scale);

      m[i] = momentum * m[i] - step;
      w[i] += how->nesterov ? momentum * m[i] - step : m[i];
    }
}

static void
rmsprop (float *w, float *v, float *m, float *mean, const float *g, float scale, size_t n, const NnKRmsprop *how)
{
  float rate = (float) how->rate, rho = (float) how->rho, rest = (float) (1.0 - how->rho), momentum = (float) how->momentum;

  for (size_t i = 0; i < n; i++)
    {
      float slope = g[i] * scale, square, step;

      square = v[i] = rho * v[i] + rest * (slope * slope);
      if (mean != NULL)
        {
          mean[i] = rho * mean[i] + rest * slope;
          square -= mean[i] * mean[i];
        }
      step = rate * slope / sqrtf (square + (float) how->epsilon);
      if (m != NULL)
        step = m[i] = momentum * m[i] + step;
      w[i] -= step;
    }
}

static void
adagrad (float *w, float *v, const float *g, float scale, size_t n, float rate, float epsilon)
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
regularise (float *g, const float *w, float scale, float l1, float l2, size_t n)
{
  for (size_t i = 0; i < n; i++)
    g[i] = g[i] * scale + l1 * (float) ((w[i] > 0.0f) - (w[i] < 0.0f)) + 2.0f * l2 * w[i];
}

static void
clip (float *g, float scale, float limit, size_t n)
{
  for (size_t i = 0; i < n; i++)
    g[i] = fminf (fmaxf (g[i] * scale, -limit), limit);
}

static double
sum_squares (const float *x, size_t n)
{
  double sum = 0.0;

  for (size_t i = 0; i < n; i++)
    sum += (double) x[i] * (double) x[i];
  return sum;
}

static double
sum_sizes (const float *x, size_t n)
{
  double sum = 0.0;

  for (size_t i = 0; i < n; i++)
    sum += (double) fabsf (x[i]);
  return sum;
}

void
nn_k_fill_ref_optim (NnKernels *table)
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
