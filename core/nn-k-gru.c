/* nn-k-gru.c: one step of a GRU after its products, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-gates.h"

/* The slots, and where they are, counted from the first. */
enum { CANDIDATE, UPDATE, RESET, ANSWER };
#define AT(slot) ((slot) * width)

/* --- forward -------------------------------------------------------------------------- */

/* `early`: z and r are bent already, and a has its r in it. */
INLINE void
bend_rows (float *h, float *gates, float *slopes, const float *h_before, const NnKRecurrent *size, const NnKActivation activation,
           const NnKActivation recurrent, const int early)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL, unit = r * size->units + u;
        size_t width = nn_k_slot_width (full, u), left = full - u;
        float *gate = gates + at, *slope = SHIFT (slopes, at);
        vec z = load (gate + AT (UPDATE)), answer = load (gate + AT (ANSWER)), candidate, out;

        if (!early)
          {
            vec reset = BEND_KEEP (load (gate + AT (RESET)), SHIFT (slope, AT (RESET)), left, recurrent, 1);

            z = BEND_KEEP (z, SHIFT (slope, AT (UPDATE)), left, recurrent, 1);
            store_units (gate + AT (UPDATE), z, left);
            store_units (gate + AT (RESET), reset, left);
            answer = reset * answer;
          }
        candidate = BEND_KEEP (load (gate + AT (CANDIDATE)) + answer, SHIFT (slope, AT (CANDIDATE)), left, activation, 0);
        store_units (gate + AT (CANDIDATE), candidate, left);
        out = (1.0f - z) * candidate;
        if (h_before != NULL)
          out += z * load (h_before + unit);
        store_some (h + unit, out, size->units - u);
      }
}

static void
gru (float *h, float *gates, float *slopes, const float *h_before, int reset_first, const NnKRecurrent *size)
{
  if (reset_first)
    bend_rows (h, gates, slopes, h_before, size, size->activation, size->recurrent, 1);
  else if (IS_USUAL (size))
    bend_rows (h, gates, NULL, h_before, size, NN_K_TANH, NN_K_SIGMOID, 0);
  else
    bend_rows (h, gates, slopes, h_before, size, size->activation, size->recurrent, 0);
}

static void
gru_reset (float *gates, float *reset, float *slopes, const float *h_in, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL, unit = r * size->units + u;
        size_t width = nn_k_slot_width (full, u), left = full - u;
        float *gate = gates + at, *slope = SHIFT (slopes, at);
        vec bent = BEND_KEEP (load (gate + AT (RESET)), SHIFT (slope, AT (RESET)), left, size->recurrent, 1);
        vec update = BEND_KEEP (load (gate + AT (UPDATE)), SHIFT (slope, AT (UPDATE)), left, size->recurrent, 1);

        store_units (gate + AT (UPDATE), update, left);
        store_units (gate + AT (RESET), bent, left);
        if (h_in != NULL)
          store_some (reset + unit, bent * load (h_in + unit), size->units - u);
      }
}

/* --- backward ------------------------------------------------------------------------- */

/* `n`: units from the register's first on, `left` when they are filled up, `width` of a slot. What lies beyond is nobody's and
 * leaves zeros. */
INLINE void
back_vec (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes,
          const float *h_before, const float *h_in, size_t n, size_t left, size_t width, const NnKActivation activation,
          const NnKActivation recurrent)
{
  vec z = load (gates + AT (UPDATE)), r = load (gates + AT (RESET)), candidate = load (gates + AT (CANDIDATE));
  vec before = { 0 }, by_h = load (dh), by_sum;

  if (dy != NULL)
    by_h += load (dy);
  if (h_before != NULL)
    before = load (h_before);
  by_h = mask_vec (by_h, n);
  before = mask_vec (before, n);
  by_sum = by_h * (1.0f - z) * SLOPE_OF (candidate, SHIFT (slopes, AT (CANDIDATE)), activation);
  store_units (dz + AT (CANDIDATE), by_sum, left);
  store_units (dz + AT (UPDATE), by_h * (before - candidate) * SLOPE_OF (z, SHIFT (slopes, AT (UPDATE)), recurrent), left);
  if (reset == NULL)
    {
      vec by_reset = by_sum * load (gates + AT (ANSWER)) * SLOPE_OF (r, SHIFT (slopes, AT (RESET)), recurrent);

      store_units (dz + AT (RESET), by_reset, left);
      store_units (dz + AT (ANSWER), by_sum * r, left);
    }
  else
    {
      store_units (dz + AT (RESET), (vec) { 0 }, left);
      store_units (dz + AT (ANSWER), by_sum, left);
      if (h_in != NULL)
        store_some (reset, r * load (h_in), n);
    }
  store_some (dh, by_h * z, n);
}

INLINE void
back_rows (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes, const float *h_before,
           const float *h_in, const NnKRecurrent *size, const NnKActivation activation, const NnKActivation recurrent)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL, unit = r * size->units + u;
        size_t width = nn_k_slot_width (full, u);

        if (u < size->units)
          back_vec (dz + at, dh + unit, SHIFT (reset, unit), SHIFT (dy, unit), gates + at, SHIFT (slopes, at),
                    SHIFT (h_before, unit), SHIFT (h_in, unit), size->units - u, full - u, width, activation, recurrent);
        else
          UNROLL for (size_t s = 0; s < SLOTS; s++)
            store_units (dz + at + s * width, (vec) { 0 }, full - u);
      }
}

static void
gru_back (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes, const float *h_before,
          const float *h_in, const NnKRecurrent *size)
{
  if (reset == NULL && IS_USUAL (size))
    back_rows (dz, dh, NULL, dy, gates, NULL, h_before, NULL, size, NN_K_TANH, NN_K_SIGMOID);
  else
    back_rows (dz, dh, reset, dy, gates, slopes, h_before, h_in, size, size->activation, size->recurrent);
}

static void
gru_reset_back (float *dz, float *by_reset, const float *gates, const float *slopes, const float *h_in, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u += VL)
      {
        size_t width = nn_k_slot_width (full, u), unit = r * size->units + u, n = size->units - u;
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL + AT (RESET);
        vec bent = load (gates + at), slope = load (by_reset + unit), in = load (h_in + unit);

        store_units (dz + at, mask_vec (slope * in * SLOPE_OF (bent, SHIFT (slopes, at), size->recurrent), n), full - u);
        store_some (by_reset + unit, slope * bent, n);
      }
}

void
NN_K_FILL (gru) (NnKernels *table)
{
  table->gru = gru;
  table->gru_back = gru_back;
  table->gru_reset = gru_reset;
  table->gru_reset_back = gru_reset_back;
}
