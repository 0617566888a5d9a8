/* nn-k-ref-bend.c: the plain twins of the activations
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#include <math.h>

#define SELU_SCALE 1.05070098735548049342f
#define SELU_ALPHA 1.67326324235437728482f
#define ROOT_HALF  0.70710678118654752440 /* 1 / √2 */
#define BELL_TOP   0.39894228040143267794 /* 1 / √(2π) */

/* The normal distribution's share up to x; in double, as the product of a tail's argument would lose it. */
static double
normal (double x)
{
  return 0.5 * erfc (-x * ROOT_HALF);
}

float
nn_k_ref_bend (float x, NnKActivation activation)
{
  switch (activation)
    {
    case NN_K_RELU:
      return x < 0.0f ? 0.0f : x; /* not-a-number stays what it is */
    case NN_K_TANH:
      return tanhf (x);
    case NN_K_SIGMOID:
      return 1.0f / (1.0f + expf (-x));
    case NN_K_RELU6:
      return x < 0.0f ? 0.0f : x > 6.0f ? 6.0f : x;
    case NN_K_ELU:
      return x > 0.0f ? x : expm1f (x);
    case NN_K_SELU:
      return SELU_SCALE * (x > 0.0f ? x : SELU_ALPHA * expm1f (x));
    case NN_K_SOFTPLUS:
      return (x < 0.0f ? 0.0f : x) + log1pf (expf (-fabsf (x)));
    case NN_K_SOFTSIGN:
      return x / (1.0f + fabsf (x));
    case NN_K_HARD_SIGMOID:
      return nn_k_ref_bend (x + 3.0f, NN_K_RELU6) / 6.0f;
    case NN_K_EXPONENTIAL:
      return expf (x);
    case NN_K_SILU:
      return x / (1.0f + expf (-x));
    case NN_K_GELU:
      return (float) ((double) x * normal ((double) x));
    case NN_K_LINEAR:
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
    default:
      return x;
    }
}

float
nn_k_ref_slope (float y, NnKActivation activation)
{
  switch (activation)
    {
    case NN_K_RELU:
      return y > 0.0f ? 1.0f : 0.0f;
    case NN_K_TANH:
      return 1.0f - y * y;
    case NN_K_SIGMOID:
      return y * (1.0f - y);
    case NN_K_RELU6:
      return y > 0.0f && y < 6.0f ? 1.0f : 0.0f;
    case NN_K_ELU:
      return y > 0.0f ? 1.0f : y + 1.0f;
    case NN_K_SELU:
      return y > 0.0f ? SELU_SCALE : y + SELU_SCALE * SELU_ALPHA;
    case NN_K_SOFTPLUS:
      return -expm1f (-y);
    case NN_K_SOFTSIGN:
      return (1.0f - fabsf (y)) * (1.0f - fabsf (y));
    case NN_K_HARD_SIGMOID:
      return y > 0.0f && y < 1.0f ? 1.0f / 6.0f : 0.0f;
    case NN_K_EXPONENTIAL:
      return y;
    case NN_K_LINEAR:
    case NN_K_SILU:
    case NN_K_GELU:
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
    default:
      return 1.0f;
    }
}

/* The slope of those that do not tell it by their value: x σ (x) and x Φ (x). */
static float
slope_from_input (float x, NnKActivation activation)
{
  double z = (double) x, share = activation == NN_K_SILU ? 1.0 / (1.0 + exp (-z)) : normal (z);

  return (float) (share + z * (activation == NN_K_SILU ? share * (1.0 - share) : BELL_TOP * exp (-0.5 * z * z)));
}

float
nn_k_ref_bend_slope (float x, float *slope, NnKActivation activation)
{
  float y = nn_k_ref_bend (x, activation);

  if (slope != NULL)
    *slope = nn_k_keeps_slope (activation) ? slope_from_input (x, activation) : nn_k_ref_slope (y, activation);
  return y;
}

static void
bend (float *y, size_t n, NnKActivation activation)
{
  for (size_t i = 0; i < n; i++)
    y[i] = nn_k_ref_bend (y[i], activation);
}

static void
bend_back (float *dy, const float *y, size_t n, NnKActivation activation)
{
  for (size_t i = 0; i < n; i++)
    dy[i] *= nn_k_ref_slope (y[i], activation);
}

static void
bend_slope (float *y, float *slope, size_t n, NnKActivation activation)
{
  for (size_t i = 0; i < n; i++)
    y[i] = nn_k_ref_bend_slope (y[i], &slope[i], activation);
}

static void
ramp (float *y, const float *x, size_t n, const NnKRamp *ramp)
{
  for (size_t i = 0; i < n; i++)
    y[i] = x[i] > ramp->threshold ? fminf (x[i], ramp->most) : ramp->slope * (x[i] - ramp->threshold);
}

static void
ramp_back (float *dx, const float *dy, const float *x, size_t n, const NnKRamp *ramp)
{
  for (size_t i = 0; i < n; i++)
    {
      float slope = x[i] < ramp->most ? 1.0f : x[i] == ramp->most ? ramp->at_most : 0.0f;

      if (x[i] <= ramp->threshold)
        slope = x[i] < ramp->threshold ? ramp->slope : ramp->at_threshold;
      dx[i] = dy[i] * slope;
    }
}

static void
elu (float *y, const float *x, size_t n, float alpha)
{
  for (size_t i = 0; i < n; i++)
    y[i] = x[i] > 0.0f ? x[i] : alpha * expm1f (x[i]);
}

static void
elu_back (float *dx, const float *dy, const float *x, size_t n, float alpha)
{
  for (size_t i = 0; i < n; i++)
    dx[i] = dy[i] * (x[i] > 0.0f ? 1.0f : alpha * expf (x[i]));
}

static void
leak (float *y, const float *x, const float *alpha, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = x[i] > 0.0f ? x[i] : alpha[i] * x[i];
}

static void
leak_back (float *dx, float *dalpha, const float *dy, const float *x, const float *alpha, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      dalpha[i] += x[i] > 0.0f ? 0.0f : dy[i] * x[i];
      dx[i] = dy[i] * (x[i] > 0.0f ? 1.0f : x[i] < 0.0f ? alpha[i] : 0.0f);
    }
}

/* The greatest of a row, and Σ exp (y_j - most). */
static float
sum_exp (const float *y, size_t n, float *most)
{
  float sum = 0.0f;

  *most = y[0];
  for (size_t j = 1; j < n; j++)
    *most = y[j] > *most ? y[j] : *most;
  for (size_t j = 0; j < n; j++)
    sum += expf (y[j] - *most);
  return sum;
}

static void
softmax (float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n)
    {
      float most, sum = sum_exp (y, n, &most);

      for (size_t j = 0; j < n; j++)
        y[j] = expf (y[j] - most) / sum;
    }
}

/* With y = softmax (z): dL/dz_j = y_j (dL/dy_j - Σ_k y_k dL/dy_k). */
static void
softmax_back (float *dy, const float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n, dy += n)
    {
      float sum = 0.0f;

      for (size_t j = 0; j < n; j++)
        sum += y[j] * dy[j];
      for (size_t j = 0; j < n; j++)
        dy[j] = y[j] * (dy[j] - sum);
    }
}

static void
log_softmax (float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n)
    {
      float most, sum = sum_exp (y, n, &most);

      for (size_t j = 0; j < n; j++)
        y[j] = y[j] - most - logf (sum);
    }
}

/* With y = log softmax (z): dL/dz_j = dL/dy_j - e^y_j Σ_k dL/dy_k. */
static void
log_softmax_back (float *dy, const float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n, dy += n)
    {
      float sum = 0.0f;

      for (size_t j = 0; j < n; j++)
        sum += dy[j];
      for (size_t j = 0; j < n; j++)
        dy[j] -= expf (y[j]) * sum;
    }
}

void
nn_k_fill_ref_bend (NnKernels *table)
{
  table->bend = bend;
  table->bend_back = bend_back;
  table->bend_slope = bend_slope;
  table->ramp = ramp;
  table->ramp_back = ramp_back;
  table->elu = elu;
  table->elu_back = elu_back;
  table->leak = leak;
  table->leak_back = leak_back;
  table->softmax = softmax;
  table->softmax_back = softmax_back;
  table->log_softmax = log_softmax;
  table->log_softmax_back = log_softmax_back;
}
