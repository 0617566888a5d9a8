/* nn-k-gates.h: what the steps of the gated layers share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k-bend.h"

/* The pair of activations that is compiled for itself. */
#define IS_USUAL(size) ((size)->activation == NN_K_TANH && (size)->recurrent == NN_K_SIGMOID)

#define SLOTS 4
#define GATES (SLOTS * PANEL)

/* For a gate only the absolute error counts, and so σ (x) = (1 + tanh (x / 2)) / 2 is good enough: it costs less than an
 * exponential. The loss, where the tail counts, never comes here. */
INLINE vec
bend_gate (vec x, const NnKActivation activation)
{
  return activation == NN_K_SIGMOID ? 0.5f + scaled_tanh_vec (x, 0.5f) : bend_vec (x, activation);
}

/* `left` units are there from the register's first on, filled up: a register may be wider than a block. */
INLINE void
store_units (float *p, vec v, size_t left)
{
  if (VL > NN_K_UNITS)
    store_some (p, v, left);
  else
    store (p, v);
}

/* For activations that do not tell their slope by their value it is kept: `slope` is NULL where they do. */
INLINE vec
bend_inline (vec x, float *slope, size_t left, const NnKActivation activation, const int gate)
{
  vec y, kept;

  if (slope == NULL)
    return gate ? bend_gate (x, activation) : bend_vec (x, activation);
  y = bend_slope_vec (x, &kept, activation);
  store_units (slope, kept, left);
  return y;
}

INLINE vec
slope_inline (vec y, const float *slope, const NnKActivation activation)
{
  return slope != NULL ? load (slope) : slope_vec (y, activation);
}

/* All activations in one place, as there are too many to have them inline at each. */
static __attribute__ ((noinline)) vec
bend_any (vec x, float *slope, size_t left, NnKActivation activation, int gate)
{
  return bend_inline (x, slope, left, activation, gate);
}

static __attribute__ ((noinline)) vec
slope_any (vec y, const float *slope, NnKActivation activation)
{
  return slope_inline (y, slope, activation);
}

/* Inline only where the activation is known when the program is compiled. */
#define BEND_KEEP(x, slope, left, activation, gate) \
  (__builtin_constant_p (activation) ? bend_inline (x, slope, left, activation, gate) \
                                     : bend_any (x, slope, left, activation, gate))
#define SLOPE_OF(y, slope, activation) \
  (__builtin_constant_p (activation) ? slope_inline (y, slope, activation) : slope_any (y, slope, activation))

/* `p` on by `n`; NULL stays. */
#define SHIFT(p, n) ((p) != NULL ? (p) + (n) : NULL)
