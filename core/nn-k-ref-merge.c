/* nn-k-ref-merge.c: kernels that join arrays; as they wait for memory, all tables have these plain ones, but for copy_rows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#include <string.h>

static void
scale (float *y, const float *x, float by, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = by * x[i];
}

static void
greatest (float *y, const float *x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = x[i] <= y[i] ? y[i] : x[i]; /* not-a-number gets through */
}

static void
greatest_back (float *dy, float *dx, const float *a, const float *b, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      float share = a[i] > b[i] ? 0.0f : a[i] < b[i] ? 1.0f : 0.5f;

      dx[i] = dy[i] * share;
      dy[i] *= 1.0f - share;
    }
}

static void
copy_rows (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++)
    memcpy (y + (ptrdiff_t) r * ldy, x + (ptrdiff_t) r * ldx, n * sizeof *y);
}

static ptrdiff_t
find_row (const NnKSpread *size, size_t i, size_t j, size_t k, size_t l)
{
  return (ptrdiff_t) i * size->step[0] + (ptrdiff_t) j * size->step[1] + (ptrdiff_t) k * size->step[2] +
         (ptrdiff_t) l * size->step[3];
}

static void
spread (float *y, const float *x, const NnKSpread *size)
{
  for (size_t i = 0; i < size->n[0]; i++)
    for (size_t j = 0; j < size->n[1]; j++)
      for (size_t k = 0; k < size->n[2]; k++)
        for (size_t l = 0; l < size->n[3]; l++, y += size->n[4])
          {
            const float *row = x + find_row (size, i, j, k, l);

            for (size_t m = 0; m < size->n[4]; m++)
              y[m] = row[(ptrdiff_t) m * size->step[4]];
          }
}

static void
spread_back (float *dx, const float *dy, const NnKSpread *size)
{
  for (size_t i = 0; i < size->n[0]; i++)
    for (size_t j = 0; j < size->n[1]; j++)
      for (size_t k = 0; k < size->n[2]; k++)
        for (size_t l = 0; l < size->n[3]; l++, dy += size->n[4])
          {
            float *row = dx + find_row (size, i, j, k, l);

            for (size_t m = 0; m < size->n[4]; m++)
              row[(ptrdiff_t) m * size->step[4]] += dy[m];
          }
}

void
nn_k_fill_ref_merge (NnKernels *table)
{
  table->scale = scale;
  table->greatest = greatest;
  table->greatest_back = greatest_back;
  table->copy_rows = copy_rows;
  table->spread = spread;
  table->spread_back = spread_back;
}
