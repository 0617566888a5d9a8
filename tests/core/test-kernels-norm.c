/* test-kernels-norm.c: the kernels of normalisation against their plain twins
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-kernels.h"

#include <string.h>

/* Channels that are far from 0 too, where differences cancel. */
static float *
make_far (gsize n)
{
  float *x = make (n), middle = pick (0, 1) ? 0.0f : 30.0f;

  for (gsize i = 0; i < n; i++)
    x[i] += middle;
  return x;
}

static void
test_sum_products (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize rows = pick (1, 40), n = pick (1, 70);
      g_autofree float *a = make_far (rows * n), *b = make (rows * n);
      g_autofree double *sums = g_new (double, 2 * n), *sums2 = NULL;

      for (gsize j = 0; j < 2 * n; j++)
        sums[j] = (double) pick (0, 9);
      sums2 = g_memdup2 (sums, 2 * n * sizeof *sums);
      ref->sum_products (sums, sums + n, a, b, rows, n);
      fast->sum_products (sums2, sums2 + n, a, b, rows, n);
      for (gsize j = 0; j < 2 * n; j++)
        g_assert_cmpfloat_with_epsilon (sums[j], sums2[j], 1e-11);
    }
}

static void
test_affine (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize rows = pick (1, 20), n = pick (1, 70), size = rows * n;
      g_autofree float *x = make (size), *dy = make (size), *a = make (size), *b = make (size);
      g_autofree float *middle = make (n), *slope = make (n), *by_x = make (n), *shift = make (n);

      ref->affine_rows (a, x, middle, slope, shift, rows, n);
      fast->affine_rows (b, x, middle, slope, shift, rows, n);
      check_near (a, b, size, 3e-7);
      memcpy (b, x, size * sizeof *b); /* in place, too */
      fast->affine_rows (b, b, middle, slope, shift, rows, n);
      check_near (a, b, size, 3e-7);

      ref->affine_back (a, dy, x, slope, middle, by_x, shift, rows, n);
      fast->affine_back (b, dy, x, slope, middle, by_x, shift, rows, n);
      check_near (a, b, size, 3e-7);
      memcpy (b, dy, size * sizeof *b);
      fast->affine_back (b, b, x, slope, middle, by_x, shift, rows, n);
      check_near (a, b, size, 3e-7);
    }
}

static void
test_norm_rows (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize rows = pick (1, 20), n = pick (1, 70), size = rows * n;
      g_autofree float *x = make_far (size), *a = make (size), *b = make (size);
      g_autofree float *kept = make (2 * rows), *kept2 = make (2 * rows);
      g_autofree float *weights = make (n), *shifts = make (n);
      const float *gamma = pick (0, 3) > 0 ? weights : NULL, *beta = pick (0, 3) > 0 ? shifts : NULL;

      ref->norm_rows (a, kept, x, gamma, beta, 1e-3f, rows, n);
      fast->norm_rows (b, pick (0, 3) > 0 ? kept2 : NULL, x, gamma, beta, 1e-3f, rows, n);
      check_near (a, b, size, 1e-6);
      fast->norm_rows (b, kept2, x, gamma, beta, 1e-3f, rows, n);
      check_near (a, b, size, 1e-6);
      check_near (kept, kept2, 2 * rows, 3e-7);
    }
}

static void
test_norm_rows_back (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize rows = pick (1, 20), n = pick (1, 70), size = rows * n;
      g_autofree float *x = make_far (size), *dy = make (size), *y = make (size), *kept = make (2 * rows), *weights = make (n);
      g_autofree float *a = make (size), *b = make (size), *da = make (n), *db = copy (da, n), *ea = make (n), *eb = copy (ea, n);
      const float *gamma = pick (0, 3) > 0 ? weights : NULL;

      ref->norm_rows (y, kept, x, gamma, NULL, 1e-3f, rows, n);
      ref->norm_rows_back (a, gamma != NULL ? da : NULL, ea, dy, x, kept, gamma, rows, n);
      fast->norm_rows_back (b, gamma != NULL ? db : NULL, eb, dy, x, kept, gamma, rows, n);
      check_near (a, b, size, 1e-6);
      check_near (da, db, n, 1e-6);
      check_near (ea, eb, n, 1e-6);

      ref->norm_rows_back (NULL, da, NULL, dy, x, kept, gamma, rows, n);
      fast->norm_rows_back (NULL, db, NULL, dy, x, kept, gamma, rows, n);
      check_near (da, db, n, 1e-6);
    }
}

static const KernelTest tests[] = {
  { "sum-products", test_sum_products },
  { "affine", test_affine },
  { "norm-rows", test_norm_rows },
  { "norm-rows-back", test_norm_rows_back },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_kernel_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
