/* nn-k-ref-gates.c: the plain twins of the steps of LSTM and GRU
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#define PANEL NN_K_PANEL
#define SLOTS 4

static size_t
fill_up (size_t units)
{
  return (units + PANEL - 1) / PANEL * PANEL;
}

/* Where slot 0 of a unit is in the rows of gates, of `full` units filled up. */
static size_t
find (size_t r, size_t u, size_t full)
{
  return (r * full + u / PANEL * PANEL) * SLOTS + u % PANEL;
}

/* Σ_k a[k] w[k], along one gate of a unit; `row`: from one k to the next. */
static float
along (const float *a, const float *w, size_t row, size_t depth)
{
  float sum = 0.0f;

  for (size_t k = 0; k < depth && a != NULL; k++)
    sum += a[k] * w[k * row];
  return sum;
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
lstm (float *h, float *gates, float *c, float *bent, float *slopes, const float *h_in, const float *c_before,
      const float *x, const float *w, const float *bias, const NnKRecurrent *size)
{
  size_t depth = size->inputs + size->units, full = fill_up (size->units), row = SLOTS * PANEL;

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u++)
      {
        size_t at = find (r, u, full), state = r * full + u;
        const float *column = w + u / PANEL * depth * row + u % PANEL;
        float z[SLOTS];

        for (size_t g = 0; g < SLOTS; g++)
          {
            z[g] = bias[find (0, u, full) + g * PANEL]
                   + along (x + g * size->x_apart + r * size->inputs, column + g * PANEL, row, size->inputs)
                   + along (SHIFT (h_in, g * size->h_apart + r * size->units), column + size->inputs * row + g * PANEL, row,
                            size->units);
            z[g] = nn_k_ref_bend_slope (z[g], SHIFT (slopes, at + g * PANEL), g == 2 ? size->activation : size->recurrent);
            gates[at + g * PANEL] = z[g];
          }
        c[state] = z[0] * z[2] + (c_before != NULL ? z[1] * c_before[state] : 0.0f);
        bent[state] = nn_k_ref_bend_slope (c[state], SHIFT (slopes, size->rows * SLOTS * full + state), size->activation);
        h[r * size->units + u] = z[3] * bent[state];
      }
}

static void
lstm_back (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent, const float *slopes,
           const float *c_before, const NnKRecurrent *size)
{
  size_t full = fill_up (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u++)
      {
        size_t at = find (r, u, full), state = r * full + u, unit = r * size->units + u;
        float i = gates[at], f = gates[at + PANEL], g = gates[at + 2 * PANEL], o = gates[at + 3 * PANEL], by_h, by_c;
        float *by = dz + at;

        if (u >= size->units)
          {
            by[0] = by[PANEL] = by[2 * PANEL] = by[3 * PANEL] = 0.0f;
            continue;
          }
        by_h = (dy != NULL ? dy[unit] : 0.0f) + (dh != NULL ? dh[unit] : 0.0f);
        by_c = dc[state] + by_h * o * slope_of (bent[state], slopes, size->rows * SLOTS * full + state, size->activation);
        by[0] = by_c * g * slope_of (i, slopes, at, size->recurrent);
        by[PANEL] = c_before != NULL ? by_c * c_before[state] * slope_of (f, slopes, at + PANEL, size->recurrent) : 0.0f;
        by[2 * PANEL] = by_c * i * slope_of (g, slopes, at + 2 * PANEL, size->activation);
        by[3 * PANEL] = by_h * bent[state] * slope_of (o, slopes, at + 3 * PANEL, size->recurrent);
        dc[state] = by_c * f;
      }
}

/* --- GRU ------------------------------------------------------------------------------- */

enum { CANDIDATE = 0, UPDATE = PANEL, RESET = 2 * PANEL, ANSWER = 3 * PANEL };

/* What the units' outputs add to the slots z, r and a of unit `u`: gate 0 … 2 of their weights. */
static float
answer (const float *w, const float *bias, const float *h, size_t u, size_t gate, const NnKRecurrent *size)
{
  size_t row = 3 * PANEL, full = fill_up (size->units);
  const float *column = w + (u / PANEL * (size->inputs + size->units) + size->inputs) * row + gate * PANEL + u % PANEL;

  return bias[3 * full + u / PANEL * row + gate * PANEL + u % PANEL] + along (h, column, row, size->units);
}

static void
gru_gates (float *gates, float *slopes, const float *h_in, const float *x, const float *w, const float *bias,
           const NnKRecurrent *size, size_t r, size_t u)
{
  size_t row = 3 * PANEL, full = fill_up (size->units), at = find (r, u, full);
  const float *column = w + u / PANEL * (size->inputs + size->units) * row + u % PANEL;

  for (size_t s = 0; s < 3; s++)
    {
      float sum = bias[u / PANEL * row + s * PANEL + u % PANEL]
                  + along (x + s * size->x_apart + r * size->inputs, column + s * PANEL, row, size->inputs);

      if (s > 0)
        {
          sum += answer (w, bias, SHIFT (h_in, (s - 1) * size->h_apart + r * size->units), u, s - 1, size);
          sum = nn_k_ref_bend_slope (sum, SHIFT (slopes, at + s * PANEL), size->recurrent);
        }
      gates[at + s * PANEL] = sum;
    }
}

static void
gru (float *h, float *gates, float *reset, float *slopes, const float *h_before, const float *h_in, const float *x,
     const float *w, const float *bias, const NnKRecurrent *size)
{
  size_t full = fill_up (size->units);
  const float *h_reset = SHIFT (h_in, 2 * size->h_apart);

  for (size_t r = 0; r < size->rows; r++)
    {
      for (size_t u = 0; u < size->units; u++)
        {
          gru_gates (gates, slopes, h_in, x, w, bias, size, r, u);
          if (reset != NULL && h_reset != NULL)
            reset[r * size->units + u] = gates[find (r, u, full) + RESET] * h_reset[r * size->units + u];
        }
      for (size_t u = 0; u < size->units; u++)
        {
          size_t unit = r * size->units + u, at = find (r, u, full);
          const float *in = h_reset == NULL ? NULL : (reset != NULL ? reset : h_reset) + r * size->units;
          float z = gates[at + UPDATE], sum = answer (w, bias, in, u, 2, size), candidate;

          gates[at + ANSWER] = sum;
          candidate = gates[at] + (reset != NULL ? sum : gates[at + RESET] * sum);
          gates[at] = candidate = nn_k_ref_bend_slope (candidate, SHIFT (slopes, at), size->activation);
          h[unit] = (1.0f - z) * candidate + (h_before != NULL ? z * h_before[unit] : 0.0f);
        }
    }
}

static void
gru_back (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes, const float *h_before,
          const float *h_in, const NnKRecurrent *size)
{
  size_t full = fill_up (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < full; u++)
      {
        size_t at = find (r, u, full), unit = r * size->units + u;
        float candidate = gates[at], z = gates[at + UPDATE], bent = gates[at + RESET], by_h, by_sum;
        float *by = dz + at;

        if (u >= size->units)
          {
            by[CANDIDATE] = by[UPDATE] = by[RESET] = by[ANSWER] = 0.0f;
            continue;
          }
        by_h = dh[unit] + (dy != NULL ? dy[unit] : 0.0f);
        by_sum = by_h * (1.0f - z) * slope_of (candidate, slopes, at, size->activation);
        by[CANDIDATE] = by_sum;
        by[UPDATE] = by_h * ((h_before != NULL ? h_before[unit] : 0.0f) - candidate)
                     * slope_of (z, slopes, at + UPDATE, size->recurrent);
        by[RESET] = reset != NULL ? 0.0f
                                  : by_sum * gates[at + ANSWER] * slope_of (bent, slopes, at + RESET, size->recurrent);
        by[ANSWER] = reset != NULL ? by_sum : by_sum * bent;
        if (reset != NULL && h_in != NULL)
          reset[unit] = bent * h_in[2 * size->h_apart + unit];
        dh[unit] = by_h * z;
      }
}

static void
gru_reset_back (float *dz, float *by_reset, const float *gates, const float *slopes, const float *h_in, const NnKRecurrent *size)
{
  size_t full = fill_up (size->units);

  for (size_t r = 0; r < size->rows; r++)
    for (size_t u = 0; u < size->units; u++)
      {
        size_t at = find (r, u, full) + RESET, unit = r * size->units + u;

        dz[at] = by_reset[unit] * h_in[2 * size->h_apart + unit] * slope_of (gates[at], slopes, at, size->recurrent);
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
  table->gru_reset_back = gru_reset_back;
}
