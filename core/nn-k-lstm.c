/* nn-k-lstm.c: one step of an LSTM: all four gates of some units in one block of registers, bent where they are
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

#if VL == 16
#define ROWS 5
#elif VL == 8
#define ROWS 3
#else
#define ROWS 2
#endif

#define GATES (4 * PANEL)

typedef struct
{
  const NnKLstm *size;
  float         *h, *gates, *c, *bent;
  const float   *h_before, *c_before, *x, *w, *bias;
  size_t         full; /* units, filled up to whole blocks */
  size_t         n;    /* units from the register's first on */
} Step;

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
step_block (const Step *s, const size_t rows, const NnKActivation activation, const NnKActivation recurrent)
{
  vec sum[ROWS][4];
  const float *w = s->w;

  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t g = 0; g < 4; g++)
      sum[r][g] = load (s->bias + g * PANEL);

  w = accumulate (sum, s->x, s->size->inputs, w, rows);
  if (s->h_before != NULL)
    accumulate (sum, s->h_before, s->size->units, w, rows);

  UNROLL for (size_t r = 0; r < rows; r++)
    {
      vec i = bend_vec (sum[r][0], recurrent), f = bend_vec (sum[r][1], recurrent);
      vec g = bend_vec (sum[r][2], activation), o = bend_vec (sum[r][3], recurrent);
      float *gates = s->gates + r * 4 * s->full;
      vec c = i * g, bent;

      if (s->c_before != NULL)
        c += f * load (s->c_before + r * s->full);
      bent = bend_vec (c, activation);
      store (gates, i);
      store (gates + PANEL, f);
      store (gates + 2 * PANEL, g);
      store (gates + 3 * PANEL, o);
      store (s->c + r * s->full, c);
      store (s->bent + r * s->full, bent);
      store_some (s->h + r * s->size->units, o * bent, s->n);
    }
}

/* The usual pair of activations is compiled for itself. */
INLINE void
step_rows (const Step *s, const size_t rows)
{
  if (s->size->activation == NN_K_TANH && s->size->recurrent == NN_K_SIGMOID)
    step_block (s, rows, NN_K_TANH, NN_K_SIGMOID);
  else
    step_block (s, rows, s->size->activation, s->size->recurrent);
}

static void
run_block (const Step *s, size_t rows)
{
  switch (rows)
    {
    case 1:
      step_rows (s, 1);
      break;
    case 2:
      step_rows (s, 2);
      break;
#if ROWS > 2
    case 3:
      step_rows (s, 3);
      break;
#endif
#if ROWS > 3
    case 4:
      step_rows (s, 4);
      break;
    case 5:
      step_rows (s, 5);
      break;
#endif
    default:
      break;
    }
}

static void
lstm (float *h, float *gates, float *c, float *bent, const float *h_before, const float *c_before,
      const float *x, const float *w, const float *bias, const NnKLstm *size)
{
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL, depth = size->inputs + size->units;

  for (size_t u = 0; u < size->units; u += VL)
    {
      size_t block = u / PANEL, lane = u % PANEL, rows;

      for (size_t r = 0; r < size->rows; r += rows)
        {
          size_t state = r * full + u;
          Step s = {
            .size = size, .full = full, .n = size->units - u,
            .h = h + r * size->units + u, .gates = gates + r * 4 * full + block * GATES + lane,
            .c = c + state, .bent = bent + state,
            .h_before = h_before != NULL ? h_before + r * size->units : NULL,
            .c_before = c_before != NULL ? c_before + state : NULL,
            .x = x + r * size->inputs, .w = w + block * depth * GATES + lane, .bias = bias + block * GATES + lane,
          };

          rows = next_block (size->rows - r, ROWS);
          run_block (&s, rows);
        }
    }
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

/* `n`: units from the register's first on. What lies beyond them belongs to another row, or to nobody: masked, it leaves zeros. */
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
