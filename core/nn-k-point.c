/* nn-k-point.c: what is done point by point: sums, products, copies
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

static void
multiply (float *y, const float *a, const float *b, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = a[i] * b[i];
}

static void
add (float *restrict y, const float *restrict x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] += x[i];
}

static void
add_scaled (float *restrict y, const float *restrict x, float scale, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] += scale * x[i];
}

/* Short rows cost more in calls of memcpy() than they take to copy. */
#define SHORT (8 * VL)

static void
copy_rows (float *restrict y, ptrdiff_t ldy, const float *restrict x, ptrdiff_t ldx, size_t rows, size_t n)
{
  for (size_t r = 0; r < rows; r++, y += ldy, x += ldx)
    if (n > SHORT)
      memcpy (y, x, n * sizeof *y);
    else
      for (size_t k = 0; k < n; k += VL)
        store_some (y + k, load (x + k), n - k);
}

/* A float is finite where not all bits of its exponent are set. */
static int
is_finite (const float *x, size_t n)
{
  const int32_t exponent = 0x7f800000;
  ivec bad = { 0 };
  int any = 0;
  size_t i = 0;

  for (; i + VL <= n; i += VL)
    bad |= ((ivec) load (x + i) & exponent) == exponent;
  if (i < n)
    bad |= ((ivec) load_some (x + i, n - i) & exponent) == exponent;
  for (int lane = 0; lane < VL; lane++)
    any |= bad[lane];
  return !any;
}

void
NN_K_FILL (point) (NnKernels *table)
{
  table->multiply = multiply;
  table->add = add;
  table->add_scaled = add_scaled;
  table->copy_rows = copy_rows;
  table->is_finite = is_finite;
}
