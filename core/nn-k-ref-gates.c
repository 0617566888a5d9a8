/* nn-k-ref-gates.c: the plain twins of the steps of LSTM and GRU
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#define PANEL NN_K_PANEL
#define SLOTS 4

/* Where slot 0 of a unit is in the rows of gates, of `full` units filled up. */
static size_t
find (size_t r, size_t u, size_t full)
{
  return (r * full + u / PANEL * PANEL) * SLOTS + u % PANEL;
}

static float
slope_of (float y, const float *slopes, size_t at, NnKActivation activation)
{
  return slopes != NULL ? slopes[at] : nn_k_ref_slope (y, activation);
}

/* `p` on by `n`; NULL stays. */
#define SHIFT(p, n) ((p) != NULL ? (p) + (n) : NULL)

/* --- LSTM ------------------------------------------------------------------------------ */

static void
lstm (float *h, float *gates, float *c, float *bent, float *slopes, const float *c_before, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u++)
      {
        size_t at = find (r, u, full), state = r * full + u, width = nn_k_slot_width (full, u);
        float *z = gates + at;

        for (size_t g = 0; g < SLOTS; g++)
          z[g * width] = nn_k_ref_bend_slope (z[g * width], SHIFT (slopes, at + g * width),
                                              g == 2 ? size->activation : size->recurrent);
        c[state] = z[0] * z[2 * width] + (c_before != NULL ? z[width] * c_before[state] : 0.0f);
        bent[state] = nn_k_ref_bend_slope (c[state], SHIFT (slopes, size->rows * SLOTS * full + state), size->activation);
        h[r * size->units + u] = z[3 * width] * bent[state];
      }
}

static void
lstm_back (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent, const float *slopes,
           const float *c_before, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u++)
      {
        size_t at = find (r, u, full), state = r * full + u, unit = r * size->units + u, width = nn_k_slot_width (full, u);
        float i = gates[at], f = gates[at + width], g = gates[at + 2 * width], o = gates[at + 3 * width], by_h, by_c;
        float *by = dz + at;

        if (u >= size->units)
          {
            by[0] = by[width] = by[2 * width] = by[3 * width] = 0.0f;
            continue;
          }
        by_h = (dy != NULL ? dy[unit] : 0.0f) + (dh != NULL ? dh[unit] : 0.0f);
        by_c = dc[state] + by_h * o * slope_of (bent[state], slopes, size->rows * SLOTS * full + state, size->activation);
        by[0] = by_c * g * slope_of (i, slopes, at, size->recurrent);
        by[width] = c_before != NULL ? by_c * c_before[state] * slope_of (f, slopes, at + width, size->recurrent) : 0.0f;
        by[2 * width] = by_c * i * slope_of (g, slopes, at + 2 * width, size->activation);
        by[3 * width] = by_h * bent[state] * slope_of (o, slopes, at + 3 * width, size->recurrent);
        dc[state] = by_c * f;
      }
}

/* --- GRU ------------------------------------------------------------------------------- */

enum { CANDIDATE, UPDATE, RESET, ANSWER };

static void
gru_reset (float *gates, float *reset, float *slopes, const float *h_in, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u++)
      {
        size_t at = find (r, u, full), unit = r * size->units + u, width = nn_k_slot_width (full, u);

        for (size_t slot = UPDATE; slot <= RESET; slot++)
          gates[at + slot * width] = nn_k_ref_bend_slope (gates[at + slot * width], SHIFT (slopes, at + slot * width),
                                                          size->recurrent);
        if (h_in != NULL)
          reset[unit] = gates[at + RESET * width] * h_in[unit];
      }
}

static void
gru (float *h, float *gates, float *slopes, const float *h_before, int reset_first, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  if (!reset_first)
    gru_reset (gates, NULL, slopes, NULL, size);
  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u++)
      {
        size_t unit = r * size->units + u, at = find (r, u, full), width = nn_k_slot_width (full, u);
        float z = gates[at + UPDATE * width], answer = gates[at + ANSWER * width], candidate;

        candidate = gates[at] + (reset_first ? 1.0f : gates[at + RESET * width]) * answer;

        gates[at] = candidate = nn_k_ref_bend_slope (candidate, SHIFT (slopes, at), size->activation);
        h[unit] = (1.0f - z) * candidate + (h_before != NULL ? z * h_before[unit] : 0.0f);
      }
}

static void
gru_back (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes, const float *h_before,
          const float *h_in, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u++)
      {
        size_t at = find (r, u, full), unit = r * size->units + u, width = nn_k_slot_width (full, u);
        float candidate = gates[at], z = gates[at + UPDATE * width], bent = gates[at + RESET * width], by_h, by_sum;
        float *by = dz + at;

        if (u >= size->units)
          {
            by[CANDIDATE] = by[UPDATE * width] = by[RESET * width] = by[ANSWER * width] = 0.0f;
            continue;
          }
        by_h = dh[unit] + (dy != NULL ? dy[unit] : 0.0f);
        by_sum = by_h * (1.0f - z) * slope_of (candidate, slopes, at, size->activation);
        by[CANDIDATE] = by_sum;
        by[UPDATE * width] = by_h * ((h_before != NULL ? h_before[unit] : 0.0f) - candidate)
                     * slope_of (z, slopes, at + UPDATE * width, size->recurrent);
        by[RESET * width] = 0.0f;
        if (reset == NULL)
          by[RESET * width] = by_sum * gates[at + ANSWER * width] * slope_of (bent, slopes, at + RESET * width, size->recurrent);
        by[ANSWER * width] = reset != NULL ? by_sum : by_sum * bent;
        if (reset != NULL && h_in != NULL)
          reset[unit] = bent * h_in[unit];
        dh[unit] = by_h * z;
      }
}

static void
gru_reset_back (float *dz, float *by_reset, const float *gates, const float *slopes, const float *h_in, const NnKRecurrent *size)
{
  size_t full = nn_k_fill_units (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u++)
      {
        size_t at = find (r, u, full) + RESET * nn_k_slot_width (full, u), unit = r * size->units + u;

        dz[at] = by_reset[unit] * h_in[unit] * slope_of (gates[at], slopes, at, size->recurrent);
        by_reset[unit] *= gates[at];
      }
}

void
nn_k_fill_ref_gates (NnKernels *table)
{
  table->lstm = lstm;
  table->lstm_back = lstm_back;
  table->gru = gru;
  table->gru_back = gru_back;
  table->gru_reset = gru_reset;
  table->gru_reset_back = gru_reset_back;
}
