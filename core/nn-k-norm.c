/* nn-k-norm.c: the kernels of normalisation: sums in double, all else in floats, a register at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

#include <math.h>

/* --- down the rows -------------------------------------------------------------------------- */

static void
sum_products (double *sum, double *product, const float *a, const float *b, size_t rows, size_t n)
{
  for (size_t j = 0; j < n; j += VL)
    {
      size_t bytes = (n - j < VL ? n - j : VL) * sizeof *sum;
      Wide sums = { { 0 }, { 0 } }, products = { { 0 }, { 0 } };

      memcpy (&sums, sum + j, bytes);
      memcpy (&products, product + j, bytes);
      for (size_t r = 0; r < rows; r++)
        {
          Wide x = widen (load (a + r * n + j)), y = widen (load (b + r * n + j));

          sums.low += x.low;
          sums.high += x.high;
          products.low += x.low * y.low;
          products.high += x.high * y.high;
        }
      memcpy (sum + j, &sums, bytes);
      memcpy (product + j, &products, bytes);
    }
}

static void
affine_rows (float *y, const float *x, const float *middle, const float *slope, const float *shift, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n, x += n)
    for (size_t j = 0; j < n; j += VL)
      store_some (y + j, (load (x + j) - load (middle + j)) * load (slope + j) + load (shift + j), n - j);
}

static void
affine_back (float *dx, const float *dy, const float *x, const float *by_dy, const float *middle, const float *by_x,
             const float *shift, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, dx += n, dy += n, x += n)
    for (size_t j = 0; j < n; j += VL)
      store_some (dx + j,
                  load (dy + j) * load (by_dy + j) + (load (x + j) - load (middle + j)) * load (by_x + j) + load (shift + j),
                  n - j);
}

/* --- along each row --------------------------------------------------------------------------- */

static float
find_mean (const float *x, size_t n)
{
  Wide sums = { { 0 }, { 0 } };

  for (size_t j = 0; j < n; j += VL)
    {
      Wide wide = widen (mask_vec (load (x + j), n - j));

      sums.low += wide.low;
      sums.high += wide.high;
    }
  return (float) (sum_wide (&sums) / (double) n);
}

static double
find_variance (const float *x, float mean, size_t n)
{
  Wide squares = { { 0 }, { 0 } };

  for (size_t j = 0; j < n; j += VL)
    {
      Wide wide = widen (mask_vec (load (x + j) - mean, n - j));

      squares.low += wide.low * wide.low;
      squares.high += wide.high * wide.high;
    }
  return sum_wide (&squares) / (double) n;
}

static void
norm_rows (float *y, float *kept, const float *x, const float *gamma, const float *beta, float epsilon, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n, x += n)
    {
      float mean = find_mean (x, n), inverse = (float) (1.0 / sqrt (find_variance (x, mean, n) + (double) epsilon));

      for (size_t j = 0; j < n; j += VL)
        {
          vec bent = (load (x + j) - mean) * inverse;

          if (gamma != NULL)
            bent *= load (gamma + j);
          if (beta != NULL)
            bent += load (beta + j);
          store_some (y + j, bent, n - j);
        }
      if (kept != NULL)
        {
          kept[2 * r] = mean;
          kept[2 * r + 1] = inverse;
        }
    }
}

/* One row, whose slopes are g = dy gamma and whose normalised numbers are x̂. */
typedef struct
{
  const float *dy, *x, *gamma;
  float        mean, inverse;
} Row;

INLINE vec
get_bent (const Row *row, size_t j)
{
  return (load (row->x + j) - row->mean) * row->inverse;
}

INLINE vec
get_slope (const Row *row, size_t j)
{
  return row->gamma != NULL ? load (row->dy + j) * load (row->gamma + j) : load (row->dy + j);
}

static void
add_weights (float *dgamma, float *dbeta, const Row *row, size_t n)
{
  for (size_t j = 0; dgamma != NULL && j < n; j += VL)
    store_some (dgamma + j, load (dgamma + j) + load (row->dy + j) * get_bent (row, j), n - j);
  for (size_t j = 0; dbeta != NULL && j < n; j += VL)
    store_some (dbeta + j, load (dbeta + j) + load (row->dy + j), n - j);
}

/* dx = i (g - mean (g) - x̂ mean (g x̂)). */
static void
write_slopes (float *dx, const Row *row, size_t n)
{
  Wide sums = { { 0 }, { 0 } }, products = { { 0 }, { 0 } };
  float mean, product;

  for (size_t j = 0; j < n; j += VL)
    {
      Wide slope = widen (mask_vec (get_slope (row, j), n - j)), bent = widen (mask_vec (get_bent (row, j), n - j));

      sums.low += slope.low;
      sums.high += slope.high;
      products.low += slope.low * bent.low;
      products.high += slope.high * bent.high;
    }
  mean = (float) (sum_wide (&sums) / (double) n);
  product = (float) (sum_wide (&products) / (double) n);
  for (size_t j = 0; j < n; j += VL)
    store_some (dx + j, row->inverse * (get_slope (row, j) - mean - get_bent (row, j) * product), n - j);
}

static void
norm_rows_back (float *dx, float *dgamma, float *dbeta, const float *dy, const float *x, const float *kept,
                const float *gamma, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++)
    {
      Row row = { dy + r * n, x + r * n, gamma, kept[2 * r], kept[2 * r + 1] };

      add_weights (dgamma, dbeta, &row, n);
      if (dx != NULL)
        write_slopes (dx + r * n, &row, n);
    }
}

void
NN_K_FILL (norm) (NnKernels *table)
{
  table->sum_products = sum_products;
  table->affine_rows = affine_rows;
  table->affine_back = affine_back;
  table->norm_rows = norm_rows;
  table->norm_rows_back = norm_rows_back;
}
