/* nn-k-bend.c: activations over whole arrays
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-bend.h"

#include <math.h>

/* Calls `func` with the activation as a constant, so that each is compiled for itself. */
#define CASE(name, func, ...) \
  case NN_K_##name: \
    func (__VA_ARGS__, NN_K_##name); \
    break;
#define SWITCH_FROM_VALUE(func, ...) \
  CASE (RELU, func, __VA_ARGS__) \
  CASE (TANH, func, __VA_ARGS__) \
  CASE (SIGMOID, func, __VA_ARGS__) \
  CASE (RELU6, func, __VA_ARGS__) \
  CASE (ELU, func, __VA_ARGS__) \
  CASE (SELU, func, __VA_ARGS__) \
  CASE (SOFTPLUS, func, __VA_ARGS__) \
  CASE (SOFTSIGN, func, __VA_ARGS__) \
  CASE (HARD_SIGMOID, func, __VA_ARGS__) \
  CASE (EXPONENTIAL, func, __VA_ARGS__)
#define SWITCH_FROM_INPUT(func, ...) \
  CASE (SILU, func, __VA_ARGS__) \
  CASE (GELU, func, __VA_ARGS__)

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
    SWITCH_FROM_VALUE (bend_all, y, n)
    SWITCH_FROM_INPUT (bend_all, y, n)
    case NN_K_LINEAR:
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
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
    SWITCH_FROM_VALUE (bend_back_all, dy, y, n)
    case NN_K_LINEAR:
    case NN_K_SILU:
    case NN_K_GELU:
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
    default:
      break;
    }
}

INLINE void
bend_slope_all (float *y, float *slope, size_t n, const NnKActivation activation)
{
  vec slopes;
  size_t i = 0;

  for (; i + VL <= n; i += VL)
    {
      store (y + i, bend_slope_vec (load (y + i), &slopes, activation));
      store (slope + i, slopes);
    }
  if (i < n)
    {
      store_some (y + i, bend_slope_vec (load_some (y + i, n - i), &slopes, activation), n - i);
      store_some (slope + i, slopes, n - i);
    }
}

static void
bend_slope (float *y, float *slope, size_t n, NnKActivation activation)
{
  switch (activation)
    {
    CASE (LINEAR, bend_slope_all, y, slope, n)
    SWITCH_FROM_VALUE (bend_slope_all, y, slope, n)
    SWITCH_FROM_INPUT (bend_slope_all, y, slope, n)
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
    default:
      break;
    }
}

/* --- those with a shape of their own -------------------------------------------------------- */

/* Calls the body, which works on `n_here` floats from `i` on, register by register. */
#define FOR_EACH_VEC(n) \
  for (size_t i = 0, n_here; i < (n) && (n_here = (n) - i < VL ? (n) - i : VL); i += VL)

static void
ramp (float *y, const float *x, size_t n, const NnKRamp *ramp)
{
  FOR_EACH_VEC (n)
    {
      vec v = load (x + i), high = min_vec (splat (ramp->most), v);

      store_some (y + i, pick_vec (v > ramp->threshold, high, (v - ramp->threshold) * ramp->slope), n_here);
    }
}

static void
ramp_back (float *dx, const float *dy, const float *x, size_t n, const NnKRamp *ramp)
{
  FOR_EACH_VEC (n)
    {
      vec v = load (x + i), low = pick_vec (v < ramp->threshold, splat (ramp->slope), splat (ramp->at_threshold));
      vec end = (vec) ((ivec) splat (ramp->at_most) & (v == ramp->most)), high = pick_vec (v < ramp->most, splat (1.0f), end);

      store_some (dx + i, load (dy + i) * pick_vec (v <= ramp->threshold, low, high), n_here);
    }
}

static void
elu (float *y, const float *x, size_t n, float alpha)
{
  FOR_EACH_VEC (n)
    {
      vec v = load (x + i);

      store_some (y + i, pick_vec (v > 0.0f, v, expm1_vec (v) * alpha), n_here);
    }
}

static void
elu_back (float *dx, const float *dy, const float *x, size_t n, float alpha)
{
  FOR_EACH_VEC (n)
    {
      vec v = load (x + i);

      store_some (dx + i, load (dy + i) * pick_vec (v > 0.0f, splat (1.0f), exp_vec (v) * alpha), n_here);
    }
}

static void
leak (float *y, const float *x, const float *alpha, size_t n)
{
  FOR_EACH_VEC (n)
    {
      vec v = load (x + i);

      store_some (y + i, pick_vec (v > 0.0f, v, load (alpha + i) * v), n_here);
    }
}

static void
leak_back (float *dx, float *dalpha, const float *dy, const float *x, const float *alpha, size_t n)
{
  FOR_EACH_VEC (n)
    {
      vec v = load (x + i), slope = load (dy + i), low = (vec) ((ivec) load (alpha + i) & (v < 0.0f));

      store_some (dalpha + i, load (dalpha + i) + pick_vec (v > 0.0f, (vec) { 0 }, slope * v), n_here);
      store_some (dx + i, slope * pick_vec (v > 0.0f, splat (1.0f), low), n_here);
    }
}

/* --- over whole rows ------------------------------------------------------------------------ */

static float
find_most (const float *y, size_t n)
{
  float most = y[0];

  for (size_t j = 1; j < n; j++)
    most = y[j] > most ? y[j] : most;
  return most;
}

static void
softmax (float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n)
    {
      float most = find_most (y, n), sum = 0.0f;

      for (size_t j = 0; j < n; j += VL)
        store_some (y + j, exp_vec (load_some (y + j, n - j) - most), n - j);
      for (size_t j = 0; j < n; j++)
        sum += y[j];
      for (size_t j = 0; j < n; j++)
        y[j] /= sum;
    }
}

/* Σ exp (y_j + shift) */
INLINE float
sum_exp (const float *y, size_t n, float shift)
{
  vec sum = { 0 };
  size_t j = 0;
  float rest = 0.0f;

  for (; j + VL <= n; j += VL)
    sum += exp_vec (load (y + j) + shift);
  if (j < n)
    {
      vec last = exp_vec (load_some (y + j, n - j) + shift);

      for (size_t lane = 0; lane < n - j; lane++)
        rest += last[lane];
    }
  return sum_lanes (sum) + rest;
}

static void
log_softmax (float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n)
    {
      float most = find_most (y, n), log_sum = logf (sum_exp (y, n, -most));

      for (size_t j = 0; j < n; j++)
        y[j] = y[j] - most - log_sum;
    }
}

static void
log_softmax_back (float *dy, const float *y, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n, dy += n)
    {
      float sum = 0.0f;

      for (size_t j = 0; j < n; j++)
        sum += dy[j];
      for (size_t j = 0; j < n; j += VL)
        store_some (dy + j, load_some (dy + j, n - j) - sum * exp_vec (load_some (y + j, n - j)), n - j);
    }
}

void
NN_K_FILL (bend) (NnKernels *table)
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
  table->log_softmax = log_softmax;
  table->log_softmax_back = log_softmax_back;
}
