/* nn-k-ref-norm.c: plain twins of the kernels of normalisation
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#include <math.h>

static void
sum_products (double *sum, double *product, const float *a, const float *b, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, a += n, b += n)
    for (size_t j = 0; j < n; j++)
      {
        sum[j] += (double) a[j];
        product[j] += (double) a[j] * (double) b[j];
      }
}

static void
affine_rows (float *y, const float *x, const float *middle, const float *slope, const float *shift, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n, x += n)
    for (size_t j = 0; j < n; j++)
      y[j] = (x[j] - middle[j]) * slope[j] + shift[j];
}

static void
affine_back (float *dx, const float *dy, const float *x, const float *by_dy, const float *middle, const float *by_x,
             const float *shift, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, dx += n, dy += n, x += n)
    for (size_t j = 0; j < n; j++)
      dx[j] = dy[j] * by_dy[j] + (x[j] - middle[j]) * by_x[j] + shift[j];
}

static void
norm_rows (float *y, float *kept, const float *x, const float *gamma, const float *beta, float epsilon, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += n, x += n)
    {
      double sum = 0.0, squares = 0.0;
      float mean, inverse;

      for (size_t j = 0; j < n; j++)
        sum += (double) x[j];
      mean = (float) (sum / (double) n);
      for (size_t j = 0; j < n; j++)
        squares += ((double) x[j] - (double) mean) * ((double) x[j] - (double) mean);
      inverse = (float) (1.0 / sqrt (squares / (double) n + (double) epsilon));
      for (size_t j = 0; j < n; j++)
        y[j] = (x[j] - mean) * inverse * (gamma != NULL ? gamma[j] : 1.0f) + (beta != NULL ? beta[j] : 0.0f);
      if (kept != NULL)
        {
          kept[2 * r] = mean;
          kept[2 * r + 1] = inverse;
        }
    }
}

/* With x̂ = (x - m) i and g = dy gamma: dx = i (g - mean (g) - x̂ mean (g x̂)), dgamma = Σ dy x̂, dbeta = Σ dy. */
static void
norm_rows_back (float *dx, float *dgamma, float *dbeta, const float *dy, const float *x, const float *kept,
                const float *gamma, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, dy += n, x += n)
    {
      float mean = kept[2 * r], inverse = kept[2 * r + 1];
      double sum = 0.0, product = 0.0;

      for (size_t j = 0; j < n; j++)
        {
          float bent = (x[j] - mean) * inverse, slope = dy[j] * (gamma != NULL ? gamma[j] : 1.0f);

          sum += (double) slope;
          product += (double) slope * (double) bent;
          if (dgamma != NULL)
            dgamma[j] += dy[j] * bent;
          if (dbeta != NULL)
            dbeta[j] += dy[j];
        }
      for (size_t j = 0; dx != NULL && j < n; j++)
        {
          float bent = (x[j] - mean) * inverse, slope = dy[j] * (gamma != NULL ? gamma[j] : 1.0f);

          dx[r * n + j] = inverse * (slope - (float) (sum / (double) n) - bent * (float) (product / (double) n));
        }
    }
}

void
nn_k_fill_ref_norm (NnKernels *table)
{
  table->sum_products = sum_products;
  table->affine_rows = affine_rows;
  table->affine_back = affine_back;
  table->norm_rows = norm_rows;
  table->norm_rows_back = norm_rows_back;
}
