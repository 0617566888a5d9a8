/* nn-k-gru.c: one step of a GRU after its products, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-gates.h"

/* Where the slots of some units are, counted from the first. */
enum { CANDIDATE = 0, UPDATE = PANEL, RESET = 2 * PANEL, ANSWER = 3 * PANEL };

/* --- forward -------------------------------------------------------------------------- */

/* `early`: z and r are bent already, and a has its r in it. */
INLINE void
bend_rows (float *h, float *gates, float *slopes, const float *h_before, const NnKRecurrent *size, const NnKActivation activation,
           const NnKActivation recurrent, const int early)
{
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL;

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL, unit = r * size->units + u;
        float *gate = gates + at, *slope = SHIFT (slopes, at);
        vec z = load (gate + UPDATE), answer = load (gate + ANSWER), candidate, out;

        if (!early)
          {
            vec reset = BEND_KEEP (load (gate + RESET), SHIFT (slope, RESET), recurrent, 1);

            z = BEND_KEEP (z, SHIFT (slope, UPDATE), recurrent, 1);
            store (gate + UPDATE, z);
            store (gate + RESET, reset);
            answer = reset * answer;
          }
        candidate = BEND_KEEP (load (gate + CANDIDATE) + answer, SHIFT (slope, CANDIDATE), activation, 0);
        store (gate + CANDIDATE, candidate);
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
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL;

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL, unit = r * size->units + u;
        float *gate = gates + at, *slope = SHIFT (slopes, at);
        vec bent = BEND_KEEP (load (gate + RESET), SHIFT (slope, RESET), size->recurrent, 1);

        store (gate + UPDATE, BEND_KEEP (load (gate + UPDATE), SHIFT (slope, UPDATE), size->recurrent, 1));
        store (gate + RESET, bent);
        if (h_in != NULL)
          store_some (reset + unit, bent * load (h_in + unit), size->units - u);
      }
}

/* --- backward ------------------------------------------------------------------------- */

/* `n`: units from the register's first on; what lies beyond them is nobody's and leaves zeros. */
INLINE void
back_vec (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes,
          const float *h_before, const float *h_in, size_t n, const NnKActivation activation, const NnKActivation recurrent)
{
  vec z = load (gates + UPDATE), r = load (gates + RESET), candidate = load (gates + CANDIDATE);
  vec before = { 0 }, by_h = load (dh), by_sum;

  if (dy != NULL)
    by_h += load (dy);
  if (h_before != NULL)
    before = load (h_before);
  by_h = mask_vec (by_h, n);
  before = mask_vec (before, n);
  by_sum = by_h * (1.0f - z) * SLOPE_OF (candidate, SHIFT (slopes, CANDIDATE), activation);
  store (dz + CANDIDATE, by_sum);
  store (dz + UPDATE, by_h * (before - candidate) * SLOPE_OF (z, SHIFT (slopes, UPDATE), recurrent));
  if (reset == NULL)
    {
      store (dz + RESET, by_sum * load (gates + ANSWER) * SLOPE_OF (r, SHIFT (slopes, RESET), recurrent));
      store (dz + ANSWER, by_sum * r);
    }
  else
    {
      store (dz + RESET, (vec) { 0 });
      store (dz + ANSWER, by_sum);
      if (h_in != NULL)
        store_some (reset, r * load (h_in), n);
    }
  store_some (dh, by_h * z, n);
}

INLINE void
back_rows (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes, const float *h_before,
           const float *h_in, const NnKRecurrent *size, const NnKActivation activation, const NnKActivation recurrent)
{
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL;

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL, unit = r * size->units + u;

        if (u < size->units)
          back_vec (dz + at, dh + unit, SHIFT (reset, unit), SHIFT (dy, unit), gates + at, SHIFT (slopes, at),
                    SHIFT (h_before, unit), SHIFT (h_in, unit), size->units - u, activation, recurrent);
        else
          UNROLL for (size_t s = 0; s < SLOTS; s++)
            store (dz + at + s * PANEL, (vec) { 0 });
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
  size_t full = (size->units + PANEL - 1) / PANEL * PANEL;

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u += VL)
      {
        size_t at = r * SLOTS * full + u / PANEL * GATES + u % PANEL + RESET, unit = r * size->units + u, n = size->units - u;
        vec bent = load (gates + at), slope = load (by_reset + unit), in = load (h_in + unit);

        store (dz + at, mask_vec (slope * in * SLOPE_OF (bent, SHIFT (slopes, at), size->recurrent), n));
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
