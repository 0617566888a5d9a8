/* nn-k-lstm.c: one step of an LSTM: all four gates of some units in one block of registers, then what bends them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-bend.h"

#if VL == 16
#define ROWS 5
#elif VL == 8
#define ROWS 3
#else
#define ROWS 2
#endif

#define GATES (4 * PANEL)

/* --- forward -------------------------------------------------------------------------- */

typedef struct
{
  const float *h_before, *x, *w, *bias;
  float       *z;
  size_t       inputs, units, row; /* row: floats of a row of gates */
} Product;

/* sum[r][gate] += Σ_k a[r][k] w[k][gate] */
INLINE const float *
accumulate (vec sum[ROWS][4], const float *a, size_t depth, const float *w, const size_t rows)
{
  for (size_t k = 0; k < depth; k++, w += GATES)
    {
      vec gate[4];

      UNROLL for (size_t g = 0; g < 4; g++)
        gate[g] = load (w + g * PANEL);
      UNROLL for (size_t r = 0; r < rows; r++)
        UNROLL for (size_t g = 0; g < 4; g++)
          sum[r][g] += a[r * depth + k] * gate[g];
    }
  return w;
}

INLINE void
multiply_block (const Product *p, const size_t rows)
{
  vec sum[ROWS][4];
  const float *w = p->w;

  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t g = 0; g < 4; g++)
      sum[r][g] = load (p->bias + g * PANEL);

  w = accumulate (sum, p->x, p->inputs, w, rows);
  if (p->h_before != NULL)
    accumulate (sum, p->h_before, p->units, w, rows);

  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t g = 0; g < 4; g++)
      store (p->z + r * p->row + g * PANEL, sum[r][g]);
}

static void
multiply (const Product *p, size_t rows)
{
  switch (rows)
    {
    case 1:
      multiply_block (p, 1);
      break;
    case 2:
      multiply_block (p, 2);
      break;
#if ROWS > 2
    case 3:
      multiply_block (p, 3);
      break;
#endif
#if ROWS > 3
    case 4:
      multiply_block (p, 4);
      break;
    case 5:
      multiply_block (p, 5);
      break;
#endif
    default:
      break;
    }
}

/* For a gate only the absolute error counts, and so σ (x) = (1 + tanh (x / 2)) / 2 is good enough: it costs less than an
 * exponential. The loss, where the tail counts, never comes here. */
INLINE vec
bend_gate (vec x, const NnKActivation activation)
{
  return activation == NN_K_SIGMOID ? 0.5f + 0.5f * tanh_vec (0.5f * x) : bend_vec (x, activation);
}

/* From the sums in `gates` to gates, states and outputs. A pass of its own over one step's rows, which are still in the first
 * cache: long chains of operations that do not wait for each other, where the products would leave no register free. */
INLINE void
bend_rows (float *h, float *gates, float *c, float *bent, const float *c_before, const NnKLstm *size,
           const NnKActivation activation, const NnKActivation recurrent)
{
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL;

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u += VL)
      {
        float *gate = gates + r * 4 * full + u / PANEL * GATES + u % PANEL;
        size_t state = r * full + u;
        vec i = bend_gate (load (gate), recurrent), f = bend_gate (load (gate + PANEL), recurrent);
        vec g = bend_vec (load (gate + 2 * PANEL), activation), o = bend_gate (load (gate + 3 * PANEL), recurrent);
        vec next = i * g, out;

        if (c_before != NULL)
          next += f * load (c_before + state);
        out = bend_vec (next, activation);
        store (gate, i);
        store (gate + PANEL, f);
        store (gate + 2 * PANEL, g);
        store (gate + 3 * PANEL, o);
        store (c + state, next);
        store (bent + state, out);
        store_some (h + r * size->units + u, o * out, size->units - u);
      }
}

static void
lstm (float *h, float *gates, float *c, float *bent, const float *h_before, const float *c_before,
      const float *x, const float *w, const float *bias, const NnKLstm *size)
{
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL, depth = size->inputs + size->units;
  Product p = { .inputs = size->inputs, .units = size->units, .row = 4 * full };

  for (size_t u = 0; u < size->units; u += VL)
    {
      size_t block = u / PANEL, lane = u % PANEL, rows;

      p.w = w + block * depth * GATES + lane;
      p.bias = bias + block * GATES + lane;
      for (size_t r = 0; r < size->rows; r += rows)
        {
          rows = next_block (size->rows - r, ROWS);
          p.x = x + r * size->inputs;
          p.h_before = h_before != NULL ? h_before + r * size->units : NULL;
          p.z = gates + r * 4 * full + block * GATES + lane;
          multiply (&p, rows);
        }
    }

  /* The usual pair of activations is compiled for itself. */
  if (size->activation == NN_K_TANH && size->recurrent == NN_K_SIGMOID)
    bend_rows (h, gates, c, bent, c_before, size, NN_K_TANH, NN_K_SIGMOID);
  else
    bend_rows (h, gates, c, bent, c_before, size, size->activation, size->recurrent);
}

/* --- backward ------------------------------------------------------------------------- */

/* Ones in the bits of the first `n` lanes. */
INLINE ivec
keep_first (size_t n)
{
  ivec lane;

  UNROLL for (int i = 0; i < VL; i++)
    lane[i] = i;
  return lane < (ivec) { 0 } + (int) (n < VL ? n : VL);
}

/* `n`: units from the register's first on. What lies beyond them belongs to another row, or to nobody: masked, it
   leaves zeros. */
INLINE void
back_vec (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent, const float *c_before,
          size_t n, const NnKActivation activation, const NnKActivation recurrent)
{
  vec i = load (gates), f = load (gates + PANEL), g = load (gates + 2 * PANEL), o = load (gates + 3 * PANEL), bend = load (bent);
  vec by_h = { 0 }, by_c;

  if (dy != NULL)
    by_h = load (dy);
  if (dh != NULL)
    by_h += load (dh);
  by_c = load (dc);
  if (n < VL)
    {
      by_h = (vec) ((ivec) by_h & keep_first (n));
      by_c = (vec) ((ivec) by_c & keep_first (n));
    }

  by_c += by_h * o * slope_vec (bend, activation);
  store (dz, by_c * g * slope_vec (i, recurrent));
  store (dz + PANEL, c_before != NULL ? by_c * load (c_before) * slope_vec (f, recurrent) : (vec) { 0 });
  store (dz + 2 * PANEL, by_c * i * slope_vec (g, activation));
  store (dz + 3 * PANEL, by_h * bend * slope_vec (o, recurrent));
  store (dc, by_c * f);
}

INLINE void
back_rows (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent, const float *c_before,
           const NnKLstm *size, const NnKActivation activation, const NnKActivation recurrent)
{
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL;

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u += VL)
      {
        size_t at = r * 4 * full + u / PANEL * GATES + u % PANEL, state = r * full + u, unit = r * size->units + u;

        if (u < size->units)
          back_vec (dz + at, dc + state, dy != NULL ? dy + unit : NULL, dh != NULL ? dh + unit : NULL, gates + at, bent + state,
                    c_before != NULL ? c_before + state : NULL, size->units - u, activation, recurrent);
        else
          UNROLL for (size_t g = 0; g < 4; g++)
            store (dz + at + g * PANEL, (vec) { 0 });
      }
}

static void
lstm_back (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent,
           const float *c_before, const NnKLstm *size)
{
  if (size->activation == NN_K_TANH && size->recurrent == NN_K_SIGMOID)
    back_rows (dz, dc, dy, dh, gates, bent, c_before, size, NN_K_TANH, NN_K_SIGMOID);
  else
    back_rows (dz, dc, dy, dh, gates, bent, c_before, size, size->activation, size->recurrent);
}

void
NN_K_FILL (lstm) (NnKernels *table)
{
  table->lstm = lstm;
  table->lstm_back = lstm_back;
}
