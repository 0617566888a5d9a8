/* test-kernels.c: every fast kernel gives what its plain twin gives, over random sizes with tails
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-kernels.h"

#include <math.h>
#include <string.h>

/* --- products -------------------------------------------------------------------------- */

static void
test_gemm (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize m = pick (1, round % 10 == 0 ? 230 : 30), n = round % 6 == 0 ? 1 : pick (1, 70);
      gsize depth = pick (1, 20), n_taps = round % 2 == 0 ? 1 : pick (1, 4);
      gsize ldx = pick (1, 40), ldy = n + pick (0, 5), w_rows = depth * n_taps + pick (0, 9), before = pick (0, 30);
      gsize n_x = before + (m - 1) * ldx + n_taps * 7 + depth, n_y = (m - 1) * ldy + n;
      g_autofree float *x = make (n_x), *w = make_panels (w_rows, n), *bias = make_panels (1, n);
      g_autofree float *a = make (n_y), *b = copy (a, n_y);
      NnKTap taps[4];
      int add = (int) pick (0, 1);

      for (gsize t = 0; t < n_taps; t++)
        taps[t] = (NnKTap) { (ptrdiff_t) pick (0, 7 * t) - (ptrdiff_t) (t == 0 ? before : 0), t * depth };
      if (round % 3 == 0)
        g_clear_pointer (&bias, g_free);
      if (round % 20 == 0)
        n_taps = 0;
      ref->gemm (a, ldy, x + before, ldx, taps, n_taps, depth, w, w_rows, bias, m, n, add);
      fast->gemm (b, ldy, x + before, ldx, taps, n_taps, depth, w, w_rows, bias, m, n, add);
      check_near (a, b, n_y, 1e-5);
    }
}

static void
test_depthwise (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize m = pick (1, round % 10 == 0 ? 230 : 30), n = pick (1, 70), n_taps = pick (0, 9), w_rows = n_taps + pick (1, 3);
      gsize ldx = n + pick (0, 9), ldy = n + pick (0, 5), before = pick (0, 30);
      gsize n_x = before + (m - 1) * ldx + 9 * 7 + n, n_y = (m - 1) * ldy + n, n_w = w_rows * fill_up (n);
      g_autofree float *x = make (n_x), *w = make_panels (w_rows, n), *bias = make_panels (1, n), *dy = make (n_y);
      g_autofree float *a = make (n_y), *b = copy (a, n_y), *da = make (n_w), *db = copy (da, n_w);
      NnKTap taps[9];
      int add = (int) pick (0, 1);

      for (gsize t = 0; t < n_taps; t++)
        taps[t] = (NnKTap) { (ptrdiff_t) pick (0, 7 * t) - (ptrdiff_t) (t == 0 ? before : 0), t + 1 };
      if (round % 3 == 0)
        g_clear_pointer (&bias, g_free);
      ref->depthwise (a, ldy, x + before, ldx, taps, n_taps, w, w_rows, bias, m, n, add);
      fast->depthwise (b, ldy, x + before, ldx, taps, n_taps, w, w_rows, bias, m, n, add);
      check_near (a, b, n_y, 1e-5);
      ref->depthwise_back (da, w_rows, x + before, ldx, taps, n_taps, dy, ldy, m, n);
      fast->depthwise_back (db, w_rows, x + before, ldx, taps, n_taps, dy, ldy, m, n);
      check_near (da, db, n_w, 1e-5);
    }
}

static void
test_outer (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize rows = pick (1, round % 10 == 0 ? 300 : 40), m = pick (1, 80), n = round % 6 == 0 ? 1 : pick (1, 70);
      gsize lddw = NN_K_PANEL * pick (1, 2);
      gsize ldx = m + pick (0, 5), lddy = n + pick (0, 5), panel = m * lddw, n_dw = panel * (fill_up (n) / NN_K_PANEL);
      g_autofree float *x = make ((rows - 1) * ldx + m), *dy = make ((rows - 1) * lddy + n);
      g_autofree float *a = make (n_dw), *b = copy (a, n_dw);

      ref->outer (a, lddw, panel, x, ldx, dy, lddy, rows, m, n);
      fast->outer (b, lddw, panel, x, ldx, dy, lddy, rows, m, n);
      check_near (a, b, n_dw, 1e-5);
    }
}

static void
test_sum_rows (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize rows = pick (1, 60), n = pick (1, 70), ldx = n + pick (0, 5);
      g_autofree float *x = make ((rows - 1) * ldx + n), *a = make (n), *b = copy (a, n);

      ref->sum_rows (a, x, ldx, rows, n);
      fast->sum_rows (b, x, ldx, rows, n);
      check_near (a, b, n, 1e-5);
    }
}

/* A polynomial's values at points that come in pairs, a and -a. */
static void
make_paired (float by[NN_K_POINTS][NN_K_POINTS], gsize n_points)
{
  g_autofree float *numbers = make (NN_K_POINTS * NN_K_POINTS);

  memcpy (by, numbers, NN_K_POINTS * NN_K_POINTS * sizeof *numbers);
  for (gsize p = 0; p + 2 < n_points; p += 2)
    for (gsize j = 0; j < NN_K_POINTS; j++)
      by[p + 1][j] = j % 2 == 0 ? by[p][j] : -by[p][j];
}

static void
test_points (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize n_points = pick (6, NN_K_POINTS), n_other = pick (1, NN_K_POINTS), n = pick (1, 70), ld = n + pick (0, 5);
      gsize most = NN_K_POINTS * ld;
      float by[NN_K_POINTS][NN_K_POINTS];
      g_autofree float *x = make (most), *a = make (most), *b = copy (a, most);
      int add = (int) pick (0, 1);

      make_paired (by, n_points);
      ref->to_points (a, ld, x, ld, by, n_points, n_other, n);
      fast->to_points (b, ld, x, ld, by, n_points, n_other, n);
      check_near (a, b, most, 1e-5);
      ref->from_points (a, ld, x, ld, by, n_points, n_other, n, add);
      fast->from_points (b, ld, x, ld, by, n_points, n_other, n, add);
      check_near (a, b, most, 1e-5);
    }
}

/* --- point by point ----------------------------------------------------------------------- */

static void
test_sums (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize n = pick (1, 100);
      g_autofree float *x = make (n), *z = make (n), *a = make (n), *b = copy (a, n);

      ref->add (a, x, n);
      fast->add (b, x, n);
      check_near (a, b, n, 0.0);
      ref->multiply (a, x, z, n);
      fast->multiply (b, x, z, n);
      check_near (a, b, n, 0.0);
      ref->add_scaled (a, x, 0.3f, n);
      fast->add_scaled (b, x, 0.3f, n);
      check_near (a, b, n, 1e-6);
      memcpy (b, a, n * sizeof *b);
      fast->multiply (b, b, b, n);
      ref->multiply (a, a, a, n);
      check_near (a, b, n, 0.0);
    }
}

/* --- pooling and moving ---------------------------------------------------------------------- */

/* Sizes that a pool can have: no pool lies wholly in the padding. */
static NnKPool
make_pool (void)
{
  NnKPool size = { pick (1, 9), pick (1, 3), pick (1, 5), pick (1, 20) };
  gsize extent[2] = { size.steps, size.width }, out[2];

  for (guint axis = 0; axis < 2; axis++)
    {
      size.pool[axis] = pick (1, 4);
      size.stride[axis] = pick (1, 4);
      size.before[axis] = (ptrdiff_t) pick (0, size.pool[axis] - 1);
      out[axis] = (extent[axis] + (gsize) size.before[axis] - 1) / size.stride[axis] + 1;
    }
  size.out_steps = out[0];
  size.out_width = out[1];
  return size;
}

static void
test_pools (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      NnKPool size = make_pool ();
      gsize n_x = size.steps * size.rows * size.width * size.channels;
      gsize n_y = size.out_steps * size.rows * size.out_width * size.channels;
      g_autofree float *x = make (n_x), *a = make (n_y), *b = make (n_y), *dy = make (n_y), *da = make (n_x), *db = make (n_x);
      g_autofree int32_t *which = g_new (int32_t, n_y), *which2 = g_new (int32_t, n_y);

      for (gsize i = 0; i < n_x && round % 2 == 0; i++)
        x[i] = roundf (x[i]); /* many are equal: the first counts */
      ref->max_pool (a, which, x, &size);
      fast->max_pool (b, which2, x, &size);
      check_near (a, b, n_y, 0.0);
      g_assert_cmpmem (which, n_y * sizeof *which, which2, n_y * sizeof *which2);
      fast->max_pool (b, NULL, x, &size);
      check_near (a, b, n_y, 0.0);
      ref->max_pool_back (da, dy, which, &size);
      fast->max_pool_back (db, dy, which, &size);
      check_near (da, db, n_x, 1e-6);
      ref->avg_pool (a, x, &size);
      fast->avg_pool (b, x, &size);
      check_near (a, b, n_y, 1e-6);
      ref->avg_pool_back (da, dy, &size);
      fast->avg_pool_back (db, dy, &size);
      check_near (da, db, n_x, 1e-6);
    }
}

static void
test_permute (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize extent[NN_K_AXES], stride[NN_K_AXES], n = 1;
      guint order[NN_K_AXES] = { 0, 1, 2, 3, 4 };
      g_autofree float *x = NULL, *a = NULL, *b = NULL;

      for (guint i = NN_K_AXES - 1; i > 0 && round % 4 > 0; i--)
        {
          guint j = (guint) pick (0, i), other = order[i];

          order[i] = order[j];
          order[j] = other;
        }
      for (guint i = 0; i < NN_K_AXES; i++)
        {
          extent[order[i]] = pick (1, 5);
          stride[order[i]] = n;
          n *= extent[order[i]];
        }
      x = make (n);
      a = make (n);
      b = make (n);
      ref->permute (a, x, extent, stride);
      fast->permute (b, x, extent, stride);
      check_near (a, b, n, 0.0);
    }
}

static void
test_moves (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize steps = pick (1, 7), times = pick (1, 5), run = round % 5 == 0 ? 1 : pick (1, 40), n = steps * times * run;
      g_autofree float *x = make (n), *a = make (n), *b = make (n), *da = make (steps * run), *db = make (steps * run);

      ref->repeat (a, x, steps, run, times);
      fast->repeat (b, x, steps, run, times);
      check_near (a, b, n, 0.0);
      ref->repeat_back (da, x, steps, run, times);
      fast->repeat_back (db, x, steps, run, times);
      check_near (da, db, steps * run, 1e-6);
      ref->swap (a, x, steps, times, run);
      fast->swap (b, x, steps, times, run);
      check_near (a, b, n, 0.0);
    }
}

/* --- tables ------------------------------------------------------------------------------------- */

static void
test_dispatch (void)
{
  guint n = 0;

  while (nn_k_nth (n) != NULL)
    n++;
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (nn_k_nth (0)->name, ==, "ref");
  g_unsetenv ("LAMINA_KERNELS");
  g_assert_true (nn_k_get () == nn_k_nth (n - 1));
  for (guint i = 0; i < n; i++)
    {
      g_setenv ("LAMINA_KERNELS", nn_k_nth (i)->name, TRUE);
      g_assert_true (nn_k_get () == nn_k_nth (i));
      g_assert_cmpstr (nn_k_get_name (), ==, nn_k_nth (i)->name);
    }
  g_setenv ("LAMINA_KERNELS", "v99", TRUE);
  g_assert_true (nn_k_get () == nn_k_nth (n - 1));
  g_assert_null (nn_k_find ("v99"));
  g_unsetenv ("LAMINA_KERNELS");
}

static void
test_logistic (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize n = pick (1, 70);
      g_autofree float *z = make (n), *t = make (n), *weight = make (n), *a = make (n), *b = make (n);
      double loss, loss2;

      for (gsize i = 0; i < n; i++)
        {
          z[i] *= (float) pick (1, 40);
          t[i] = pick (0, 4) == 0 ? NAN : (float) pick (0, 10) * 0.1f;
        }
      loss = ref->logistic (a, z, t, weight, n);
      loss2 = fast->logistic (b, z, t, weight, n);
      check_near (a, b, n, 3e-7);
      g_assert_cmpfloat_with_epsilon (loss, loss2, 1e-5 * fmax (1.0, fabs (loss)));
      g_assert_cmpfloat (fast->logistic (NULL, z, t, weight, n), ==, loss2);

      /* What goes wrong is seen, but only where there is a label. */
      z[n - 1] = NAN;
      t[n - 1] = NAN;
      g_assert_true (isfinite (fast->logistic (b, z, t, weight, n)) && b[n - 1] == 0.0f);
      t[n - 1] = 1.0f;
      g_assert_true (isnan (fast->logistic (b, z, t, weight, n)) && isnan (b[n - 1]));
    }
}

static const KernelTest tests[] = {
  { "logistic", test_logistic }, { "gemm", test_gemm }, { "depthwise", test_depthwise },
  { "outer", test_outer }, { "sum-rows", test_sum_rows }, { "points", test_points },
  { "sums", test_sums }, { "pools", test_pools }, { "permute", test_permute },
  { "moves", test_moves },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernels/dispatch", test_dispatch);
  add_kernel_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
