/* nn-k-lstm.c: one step of an LSTM after its products, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-gates.h"

/* --- forward -------------------------------------------------------------------------- */

/* Two passes over one step's rows, which are still in the first cache. An activation is a chain of operations that wait for one
 * another: what keeps the processor busy is that it sees many such chains at once, and of shorter ones it sees more. Blocks of
 * either width are compiled for themselves. */
INLINE void
bend_gates_vec (float *gates, float *slopes, const size_t width, size_t left, const NnKActivation activation,
                const NnKActivation recurrent)
{
  UNROLL for (size_t s = 0; s < SLOTS; s++)
    {
      float *gate = gates + s * width, *slope = SHIFT (slopes, s * width);
      vec bent = load (gate);

      bent = s == 2 ? BEND_KEEP (bent, slope, left, activation, 0) : BEND_KEEP (bent, slope, left, recurrent, 1);
      store_units (gate, bent, left);
    }
}

/* Units in blocks of a whole panel: all, but those of a half block. */
INLINE size_t
count_whole (size_t units)
{
  size_t whole = nn_k_fill_units (units) / PANEL * PANEL;

  return whole < units ? whole : units;
}

INLINE void
bend_gates (float *gates, float *slopes, const NnKRecurrent *size, const NnKActivation activation, const NnKActivation recurrent)
{
  size_t full = nn_k_fill_units (size->units), whole = count_whole (size->units);

  for (size_t r = 0; r < size->rows; r++)
    {
      size_t u = 0, at;

      for (; u < whole; u += VL)
        {
          at = r * SLOTS * full + u / PANEL * GATES + u % PANEL;
          bend_gates_vec (gates + at, SHIFT (slopes, at), PANEL, PANEL, activation, recurrent);
        }
      for (; u < size->units; u += VL)
        {
          at = r * SLOTS * full + u / PANEL * GATES + u % PANEL;
          bend_gates_vec (gates + at, SHIFT (slopes, at), NN_K_UNITS, full - u, activation, recurrent);
        }
    }
}

/* Of `n` units, `left` when they are filled up. */
INLINE void
bend_states_vec (float *h, const float *gates, float *c, float *bent, float *slopes, const float *c_before, const size_t width,
                 size_t left, size_t n, const NnKActivation activation)
{
  vec next = load (gates) * load (gates + 2 * width), out;

  if (c_before != NULL)
    next += load (gates + width) * load (c_before);
  out = BEND_KEEP (next, slopes, left, activation, 0);
  store_units (c, next, left);
  store_units (bent, out, left);
  store_some (h, load (gates + 3 * width) * out, n);
}

#define BEND_STATES_VEC(width, left) \
  bend_states_vec (h + r * size->units + u, gates + r * SLOTS * full + u / PANEL * GATES + u % PANEL, c + r * full + u, \
                   bent + r * full + u, SHIFT (slopes, r * full + u), SHIFT (c_before, r * full + u), width, left, \
                   size->units - u, activation)

INLINE void
bend_states (float *h, const float *gates, float *c, float *bent, float *slopes, const float *c_before, const NnKRecurrent *size,
             const NnKActivation activation)
{
  size_t full = nn_k_fill_units (size->units), whole = count_whole (size->units);

  for (size_t r = 0; r < size->rows; r++)
    {
      size_t u = 0;

      for (; u < whole; u += VL)
        BEND_STATES_VEC (PANEL, PANEL);
      for (; u < size->units; u += VL)
        BEND_STATES_VEC (NN_K_UNITS, full - u);
    }
}

static void
lstm (float *h, float *gates, float *c, float *bent, float *slopes, const float *c_before, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  if (IS_USUAL (size))
    {
      bend_gates (gates, NULL, size, NN_K_TANH, NN_K_SIGMOID);
      bend_states (h, gates, c, bent, NULL, c_before, size, NN_K_TANH);
    }
  else
    {
      bend_gates (gates, slopes, size, size->activation, size->recurrent);
      bend_states (h, gates, c, bent, SHIFT (slopes, size->rows * SLOTS * full), c_before, size, size->activation);
    }
}

/* --- backward ------------------------------------------------------------------------- */

/* `n`: units from the register's first on, `left` when they are filled up, `width` of a slot. What lies beyond them belongs to
 * another row, or to nobody: masked, it leaves zeros. `bent_slope` (nullable) goes with `slopes`. */
INLINE void
back_vec (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent, const float *slopes,
          const float *bent_slope, const float *c_before, size_t n, size_t left, const size_t width,
          const NnKActivation activation, const NnKActivation recurrent)
{
  vec i = load (gates), f = load (gates + width), g = load (gates + 2 * width), o = load (gates + 3 * width), bend = load (bent);
  vec by_h = { 0 }, by_f = { 0 }, by_c;

  if (dy != NULL)
    by_h = load (dy);
  if (dh != NULL)
    by_h += load (dh);
  by_h = mask_vec (by_h, n);
  by_c = mask_vec (load (dc), n) + by_h * o * SLOPE_OF (bend, bent_slope, activation);
  if (c_before != NULL)
    by_f = by_c * load (c_before) * SLOPE_OF (f, SHIFT (slopes, width), recurrent);
  store_units (dz, by_c * g * SLOPE_OF (i, slopes, recurrent), left);
  store_units (dz + width, by_f, left);
  store_units (dz + 2 * width, by_c * i * SLOPE_OF (g, SHIFT (slopes, 2 * width), activation), left);
  store_units (dz + 3 * width, by_h * bend * SLOPE_OF (o, SHIFT (slopes, 3 * width), recurrent), left);
  store_units (dc, by_c * f, left);
}

/* Inline once for whole registers of whole blocks, where nothing is masked. */
#define BACK_VEC(n, left, width) \
  back_vec (dz + at, dc + state, SHIFT (dy, unit), SHIFT (dh, unit), gates + at, bent + state, SHIFT (slopes, at), \
            SHIFT (slopes, size->rows * SLOTS * full + state), SHIFT (c_before, state), n, left, width, activation, recurrent)

INLINE void
back_rows (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent, const float *slopes,
           const float *c_before, const NnKRecurrent *size, const NnKActivation activation, const NnKActivation recurrent)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL, state = r * full + u, unit = r * size->units + u;
        size_t width = nn_k_slot_width (full, u);

        if (u + VL <= size->units && width == PANEL)
          BACK_VEC (VL, PANEL, PANEL);
        else if (u < size->units)
          BACK_VEC (size->units - u, full - u, width);
        else
          UNROLL for (size_t s = 0; s < SLOTS; s++)
            store_units (dz + at + s * width, (vec) { 0 }, full - u);
      }
}

static void
lstm_back (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent, const float *slopes,
           const float *c_before, const NnKRecurrent *size)
{
  if (IS_USUAL (size))
    back_rows (dz, dc, dy, dh, gates, bent, NULL, c_before, size, NN_K_TANH, NN_K_SIGMOID);
  else
    back_rows (dz, dc, dy, dh, gates, bent, slopes, c_before, size, size->activation, size->recurrent);
}

void
NN_K_FILL (lstm) (NnKernels *table)
{
  table->lstm = lstm;
  table->lstm_back = lstm_back;
}
