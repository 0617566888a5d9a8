/* nn-k-ref.c: the plain twins of the kernels: the definition that the fast ones are tested against
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#include <math.h>
#include <string.h>

#define PANEL NN_K_PANEL

/* --- products ----------------------------------------------------------------------- */

static void
gemm (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps, size_t depth,
      const float *w, size_t w_rows, const float *bias, size_t m, size_t n, int add)
{
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        const float *column = w + j / PANEL * w_rows * PANEL + j % PANEL;
        float sum = bias != NULL ? bias[j] : 0.0f;

        for (size_t t = 0; t < n_taps; t++)
          for (size_t k = 0; k < depth; k++)
            sum += x[(ptrdiff_t) i * ldx + taps[t].x + (ptrdiff_t) k] * column[(taps[t].w + k) * PANEL];
        y[(ptrdiff_t) i * ldy + (ptrdiff_t) j] = add ? y[(ptrdiff_t) i * ldy + (ptrdiff_t) j] + sum : sum;
      }
}

static void
outer (float *dw, ptrdiff_t lddw, ptrdiff_t panel, const float *x, ptrdiff_t ldx, const float *dy, ptrdiff_t lddy,
       size_t rows, size_t m, size_t n)
{
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        float sum = 0.0f;

        for (size_t r = 0; r < rows; r++)
          sum += x[(ptrdiff_t) r * ldx + (ptrdiff_t) i] * dy[(ptrdiff_t) r * lddy + (ptrdiff_t) j];
        dw[(ptrdiff_t) (j / PANEL) * panel + (ptrdiff_t) i * lddw + (ptrdiff_t) (j % PANEL)] += sum;
      }
}

static void
depthwise (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps,
           const float *w, size_t w_rows, const float *bias, size_t m, size_t n, int add)
{
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        const float *column = w + j / PANEL * w_rows * PANEL + j % PANEL;
        float *out = y + (ptrdiff_t) i * ldy + (ptrdiff_t) j, sum = bias != NULL ? bias[j] : 0.0f;

        for (size_t t = 0; t < n_taps; t++)
          sum += x[(ptrdiff_t) i * ldx + taps[t].x + (ptrdiff_t) j] * column[taps[t].w * PANEL];
        *out = add ? *out + sum : sum;
      }
}

static void
depthwise_back (float *dw, size_t w_rows, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps,
                const float *dy, ptrdiff_t lddy, size_t rows, size_t n)
{
  for (size_t t = 0; t < n_taps; t++)
    for (size_t j = 0; j < n; j++)
      {
        float sum = 0.0f;

        for (size_t r = 0; r < rows; r++)
          sum += x[(ptrdiff_t) r * ldx + taps[t].x + (ptrdiff_t) j] * dy[(ptrdiff_t) r * lddy + (ptrdiff_t) j];
        dw[(j / PANEL * w_rows + taps[t].w) * PANEL + j % PANEL] += sum;
      }
}

static void
sum_rows (float *sum, const float *x, ptrdiff_t ldx, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < n; j++)
      sum[j] += x[(ptrdiff_t) r * ldx + (ptrdiff_t) j];
}

static void
to_points (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const float by[][NN_K_POINTS], size_t n_points, size_t n_in,
           size_t n)
{
  for (size_t p = 0; p < n_points; p++)
    for (size_t k = 0; k < n; k++)
      {
        float sum = 0.0f;

        for (size_t j = 0; j < n_in; j++)
          sum += by[p][j] * x[(ptrdiff_t) j * ldx + (ptrdiff_t) k];
        y[(ptrdiff_t) p * ldy + (ptrdiff_t) k] = sum;
      }
}

static void
from_points (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const float by[][NN_K_POINTS], size_t n_points, size_t n_out,
             size_t n, int add)
{
  for (size_t i = 0; i < n_out; i++)
    for (size_t k = 0; k < n; k++)
      {
        float *to = y + (ptrdiff_t) i * ldy + (ptrdiff_t) k, sum = add ? *to : 0.0f;

        for (size_t p = 0; p < n_points; p++)
          sum += by[p][i] * x[(ptrdiff_t) p * ldx + (ptrdiff_t) k];
        *to = sum;
      }
}

/* --- point by point ------------------------------------------------------------------ */

static void
multiply (float *y, const float *a, const float *b, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = a[i] * b[i];
}

static void
add (float *y, const float *x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] += x[i];
}

static void
add_scaled (float *y, const float *x, float scale, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] += scale * x[i];
}

static int
is_finite (const float *x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (!isfinite (x[i]))
      return 0;
  return 1;
}

void
nn_k_fill_ref (NnKernels *table)
{
  table->name = "ref";
  table->gemm = gemm;
  table->outer = outer;
  table->depthwise = depthwise;
  table->depthwise_back = depthwise_back;
  table->sum_rows = sum_rows;
  table->to_points = to_points;
  table->from_points = from_points;
  table->multiply = multiply;
  table->add = add;
  table->add_scaled = add_scaled;
  table->is_finite = is_finite;
  nn_k_fill_ref_bend (table);
  nn_k_fill_ref_gates (table);
  nn_k_fill_ref_loss (table);
  nn_k_fill_ref_merge (table);
  nn_k_fill_ref_norm (table);
  nn_k_fill_ref_optim (table);
  nn_k_fill_ref_pool (table);
}
