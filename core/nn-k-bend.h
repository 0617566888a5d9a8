/* nn-k-bend.h: activations on one vector register: values, and slopes from values or along with them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k-vec.h"

/* Not-a-number goes in and comes out of every function here. */

INLINE vec
abs_vec (vec x)
{
  return (vec) ((ivec) x & 0x7fffffff);
}

/* `a` where the mask's bits are set, else `b`. */
INLINE vec
pick_vec (ivec mask, vec a, vec b)
{
  return (vec) (((ivec) a & mask) | ((ivec) b & ~mask));
}

/* eˣ - 1 = 2ⁿ (eʳ - 1) + (2ⁿ - 1), with eʳ - 1 before its 1 is lost to rounding. For x <= 0, where the two terms do not cancel:
 * relative error about 2e-7. */
INLINE vec
expm1_vec (vec x)
{
  ivec n;
  vec part = exp_part_vec (x, &n), scale = (vec) ((ivec) splat (1.0f) + (n << 23));

  return part * scale + (scale - 1.0f);
}

/* ln (1 + u) = 2 artanh (u / (2 + u)) as a polynomial, for 0 <= u <= 1: relative error about 2e-7. */
INLINE vec
log1p_vec (vec u)
{
  vec s = u / (u + 2.0f), s2 = s * s, p;

  p = s2 * 0.281783402f + 0.279606111f;
  p = p * s2 + 0.400249094f;
  p = p * s2 + 0.666663155f;
  return s * (p * s2 + 2.0f);
}

/* The normal distribution's share Φ (x) and, in `*density`, its density φ (x). Beyond |x| the share is φ (x) t Q (t) with
 * t = 1 / (1 + 0.35 |x|) and a polynomial Q fitted to ∫φ / φ; relative error below 1e-6, in the left tail too: so that
 * e^(-x²/2) is as exact, x² is taken in two parts, of which the first has no rounding. */
INLINE vec
normal_vec (vec x, vec *density)
{
  vec size = abs_vec (x), t = 1.0f / (size * 0.35f + 1.0f);
  vec high = (vec) ((ivec) size & ~0xfff), low = (size - high) * (size + high) * 0.5f;
  vec bell = exp_vec (high * high * -0.5f) * (low * (low * 0.5f - 1.0f) + 1.0f);
  vec q, beyond;

  q = t * -0.0291258153f + 0.143872023f;
  q = q * t + -0.255504161f;
  q = q * t + 0.158928901f;
  q = q * t + -0.0229369178f;
  q = q * t + 0.105432861f;
  q = q * t + 0.119852453f;
  q = q * t + 0.13985908f;
  q = q * t + 0.139621571f;
  beyond = bell * (q * t);
  *density = bell * 0.398942280f;
  return pick_vec (x < 0.0f, beyond, 1.0f - beyond);
}

/* ln (1 + eˣ) = max (x, 0) + ln (1 + e^-|x|) */
INLINE vec
softplus_vec (vec x)
{
  return max_vec ((vec) { 0 }, x) + log1p_vec (exp_vec (-abs_vec (x)));
}

/* The square of a half's, so that it overflows where eˣ does. */
INLINE vec
exponential_vec (vec x)
{
  vec half = exp_vec (x * 0.5f);

  return half * half;
}

#define SELU_SCALE       1.05070099f
#define SELU_SCALE_ALPHA 1.75809934f

INLINE vec
bend_vec (vec x, NnKActivation activation)
{
  vec density;

  switch (activation)
    {
    case NN_K_RELU:
      return max_vec ((vec) { 0 }, x);
    case NN_K_TANH:
      return tanh_vec (x);
    case NN_K_SIGMOID:
      return sigmoid_vec (x);
    case NN_K_RELU6:
      return min_vec (splat (6.0f), max_vec ((vec) { 0 }, x));
    case NN_K_ELU:
      return pick_vec (x > 0.0f, x, expm1_vec (x));
    case NN_K_SELU:
      return pick_vec (x > 0.0f, x * SELU_SCALE, expm1_vec (x) * SELU_SCALE_ALPHA);
    case NN_K_SOFTPLUS:
      return softplus_vec (x);
    case NN_K_SOFTSIGN:
      return x / (abs_vec (x) + 1.0f);
    case NN_K_HARD_SIGMOID:
      return min_vec (splat (6.0f), max_vec ((vec) { 0 }, x + 3.0f)) / 6.0f;
    case NN_K_EXPONENTIAL:
      return exponential_vec (x);
    case NN_K_SILU:
      return x * sigmoid_vec (x);
    case NN_K_GELU:
      return x * normal_vec (x, &density);
    case NN_K_LINEAR:
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
    default:
      return x;
    }
}

/* The slope, from the value; not for silu and gelu. */
INLINE vec
slope_vec (vec y, NnKActivation activation)
{
  vec one = splat (1.0f);

  switch (activation)
    {
    case NN_K_RELU:
      return (vec) ((ivec) one & (y > 0.0f));
    case NN_K_TANH:
      return 1.0f - y * y;
    case NN_K_SIGMOID:
      return y - y * y;
    case NN_K_RELU6:
      return (vec) ((ivec) one & (y > 0.0f) & (y < 6.0f));
    case NN_K_ELU:
      return pick_vec (y > 0.0f, one, y + 1.0f);
    case NN_K_SELU:
      return pick_vec (y > 0.0f, splat (SELU_SCALE), y + SELU_SCALE_ALPHA);
    case NN_K_SOFTPLUS:
      return -expm1_vec (-y); /* the sigmoid of x, as y = -ln (1 - σ (x)) */
    case NN_K_SOFTSIGN:
      return (1.0f - abs_vec (y)) * (1.0f - abs_vec (y));
    case NN_K_HARD_SIGMOID:
      return (vec) ((ivec) splat (1.0f / 6.0f) & (y > 0.0f) & (y < 1.0f));
    case NN_K_EXPONENTIAL:
      return y;
    case NN_K_LINEAR:
    case NN_K_SILU:
    case NN_K_GELU:
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
    default:
      return one;
    }
}

/* Value and slope together, from what is bent; for all of them. */
INLINE vec
bend_slope_vec (vec x, vec *slope, NnKActivation activation)
{
  vec y, share, density;

  switch (activation)
    {
    case NN_K_SILU:
      share = sigmoid_vec (x);
      *slope = share + x * share * (1.0f - share);
      return x * share;
    case NN_K_GELU:
      share = normal_vec (x, &density);
      *slope = share + x * density;
      return x * share;
    default:
      y = bend_vec (x, activation);
      *slope = slope_vec (y, activation);
      return y;
    }
}
