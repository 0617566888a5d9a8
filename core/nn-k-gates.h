/* nn-k-gates.h: the products of one step of a gated layer, all slots of some units in one block of registers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k-bend.h"

#if VL == 16
#define ROWS 5
#elif VL == 8
#define ROWS 3
#else
#define ROWS 2
#endif

/* The pair of activations that is compiled for itself. */
#define IS_USUAL(size) ((size)->activation == NN_K_TANH && (size)->recurrent == NN_K_SIGMOID)

#define SLOTS 4
#define GATES (SLOTS * PANEL)

/* What is multiplied: `gates` columns a unit in the weights. The inputs' sums go to the slots from 0 on, those of the first
 * `unit_gates` gates by the units to the slots from `unit_slot` on. Known when the program is compiled. */
typedef struct
{
  size_t gates, unit_gates, unit_slot;
  int    masked; /* x and h_in differ by gate */
} Form;

typedef struct
{
  const float *h_in, *x, *w, *bias, *unit_bias;
  float       *z;
  size_t       inputs, units, row, x_apart, h_apart; /* row: floats of a row of gates */
} Product;

/* sum[r][slot + g] += Σ_k a[r][k] w[k][g] */
INLINE const float *
accumulate (vec sum[ROWS][SLOTS], const float *a, size_t apart, size_t depth, const float *w, const size_t rows,
            const size_t slot, const size_t n, const Form form)
{
  for (size_t k = 0; k < depth; k++, w += form.gates * PANEL)
    {
      vec gate[SLOTS];

      UNROLL for (size_t g = 0; g < n; g++)
        gate[g] = load (w + g * PANEL);
      UNROLL for (size_t r = 0; r < rows; r++)
        UNROLL for (size_t g = 0; g < n; g++)
          sum[r][slot + g] += a[r * depth + k + (form.masked ? g * apart : 0)] * gate[g];
    }
  return w;
}

INLINE void
multiply_block (const Product *p, const size_t rows, const Form form)
{
  vec sum[ROWS][SLOTS];
  const float *w = p->w;

  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t s = 0; s < SLOTS; s++)
      {
        sum[r][s] = s < form.gates ? load (p->bias + s * PANEL) : (vec) { 0 };
        if (form.unit_slot > 0 && s >= form.unit_slot)
          sum[r][s] += load (p->unit_bias + (s - form.unit_slot) * PANEL);
      }

  w = accumulate (sum, p->x, p->x_apart, p->inputs, w, rows, 0, form.gates, form);
  if (p->h_in != NULL)
    accumulate (sum, p->h_in, p->h_apart, p->units, w, rows, form.unit_slot, form.unit_gates, form);

  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t s = 0; s < SLOTS; s++)
      store (p->z + r * p->row + s * PANEL, sum[r][s]);
}

INLINE void
multiply_rows (const Product *p, size_t rows, const Form form)
{
  switch (rows)
    {
    case 1:
      multiply_block (p, 1, form);
      break;
    case 2:
      multiply_block (p, 2, form);
      break;
#if ROWS > 2
    case 3:
      multiply_block (p, 3, form);
      break;
#endif
#if ROWS > 3
    case 4:
      multiply_block (p, 4, form);
      break;
    case 5:
      multiply_block (p, 5, form);
      break;
#endif
    default:
      break;
    }
}

/* The sums of all rows and units. Masked gate by gate is rare and goes row by row. */
INLINE void
multiply_gates (float *gates, const float *h_in, const float *x, const float *w, const float *bias, const NnKRecurrent *size,
                const Form form)
{
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL, depth = size->inputs + size->units;
  Product p = {
    .inputs = size->inputs, .units = size->units, .row = SLOTS * full, .x_apart = size->x_apart, .h_apart = size->h_apart,
  };

  for (size_t u = 0; u < size->units; u += VL)
    {
      size_t block = u / PANEL, lane = u % PANEL, rows;

      p.w = w + block * depth * form.gates * PANEL + lane;
      p.bias = bias + block * form.gates * PANEL + lane;
      p.unit_bias = p.bias + form.gates * full;
      for (size_t r = 0; r < size->rows; r += rows)
        {
          rows = form.masked ? 1 : next_block (size->rows - r, ROWS);
          p.x = x + r * size->inputs;
          p.h_in = h_in != NULL ? h_in + r * size->units : NULL;
          p.z = gates + r * p.row + block * GATES + lane;
          if (form.masked)
            multiply_block (&p, 1, form);
          else
            multiply_rows (&p, rows, form);
        }
    }
}

/* For a gate only the absolute error counts, and so σ (x) = (1 + tanh (x / 2)) / 2 is good enough: it costs less than an
 * exponential. The loss, where the tail counts, never comes here. */
INLINE vec
bend_gate (vec x, const NnKActivation activation)
{
  return activation == NN_K_SIGMOID ? 0.5f + 0.5f * tanh_vec (0.5f * x) : bend_vec (x, activation);
}

/* For activations that do not tell their slope by their value it is kept: `slope` is NULL where they do. */
INLINE vec
bend_inline (vec x, float *slope, const NnKActivation activation, const int gate)
{
  vec y, kept;

  if (slope == NULL)
    return gate ? bend_gate (x, activation) : bend_vec (x, activation);
  y = bend_slope_vec (x, &kept, activation);
  store (slope, kept);
  return y;
}

INLINE vec
slope_inline (vec y, const float *slope, const NnKActivation activation)
{
  return slope != NULL ? load (slope) : slope_vec (y, activation);
}

/* All activations in one place, as there are too many to have them inline at each. */
static __attribute__ ((noinline)) vec
bend_any (vec x, float *slope, NnKActivation activation, int gate)
{
  return bend_inline (x, slope, activation, gate);
}

static __attribute__ ((noinline)) vec
slope_any (vec y, const float *slope, NnKActivation activation)
{
  return slope_inline (y, slope, activation);
}

/* Inline only where the activation is known when the program is compiled. */
#define BEND_KEEP(x, slope, activation, gate) \
  (__builtin_constant_p (activation) ? bend_inline (x, slope, activation, gate) : bend_any (x, slope, activation, gate))
#define SLOPE_OF(y, slope, activation) \
  (__builtin_constant_p (activation) ? slope_inline (y, slope, activation) : slope_any (y, slope, activation))

/* `p` on by `n`; NULL stays. */
#define SHIFT(p, n) ((p) != NULL ? (p) + (n) : NULL)

/* Ones in the bits of the first `n` lanes. */
INLINE ivec
keep_first (size_t n)
{
  ivec lane;

  UNROLL for (int i = 0; i < VL; i++)
    lane[i] = i;
  return lane < (ivec) { 0 } + (int) (n < VL ? n : VL);
}

INLINE vec
mask_vec (vec x, size_t n)
{
  return n < VL ? (vec) ((ivec) x & keep_first (n)) : x;
}
