/* test-conv-tile.c: a convolution by tiles gives what the one tap by tap gives
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-conv-tile.h"
#include "support/t-kernels.h"

#include <math.h>
#include <string.h>

/* --- random convolutions ---------------------------------------------------------------- */

typedef enum { SAME, VALID, CAUSAL, FULL, N_PADDINGS } Padding;

static NnConv
make_conv (guint round)
{
  gint64 kernel = pick (3, 18), steps = pick (kernel, 40), before[] = { (kernel - 1) / 2, 0, kernel - 1, kernel - 1 };
  gint64 out[] = { steps, steps - kernel + 1, steps, steps + kernel - 1 };
  Padding padding = round % N_PADDINGS;

  return (NnConv) {
    steps, round % 5 == 0 ? 2 : 1, pick (1, 40), out[padding], round % 5 == 0 ? 2 : 1, pick (1, 40),
    { kernel, 1 }, { 1, 1 }, { 1, 1 }, { before[padding], 0 }, 1,
  };
}

/* Weights that hold nothing where columns only fill up. */
static float *
make_weights (const NnConv *conv)
{
  return make_panels (conv->kernel[0] * conv->channels, conv->filters);
}

/* What was left in it must not count. */
static float *
make_scratch (const NnConv *conv, gint64 rows)
{
  gint64 n = nn_conv_scratch (conv, rows);
  float *scratch = make (n);

  memset (scratch, 0xff, n * sizeof *scratch);
  return scratch;
}

static void
check_scratch (const NnConv *conv, gint64 rows, const float *scratch)
{
  gint64 n = nn_conv_scratch (conv, rows);

  for (gint64 i = n; i < n + NN_K_SLACK; i++)
    g_assert_true (isnan (scratch[i]));
}

/* --- there and back ------------------------------------------------------------------------ */

static void
check_forward (const NnConv *conv, gint64 rows)
{
  gint64 n_x = conv->steps * rows * conv->width * conv->channels, n_y = conv->out_steps * rows * conv->width * conv->filters;
  g_autofree float *x = make (n_x), *w = make_weights (conv), *bias = make_panels (1, conv->filters);
  g_autofree float *scratch = make_scratch (conv, rows), *a = make (n_y), *b = copy (a, n_y);

  nn_conv_forward (conv, ref, NULL, rows, a, x, w, bias, scratch);
  nn_conv_forward (conv, fast, NULL, rows, b, x, w, bias, scratch);
  check_near (a, b, n_y, 1e-5);
  if (rows == 1)
    {
      g_autoptr (NnPool) pool = nn_pool_new (3);
      g_autofree float *c = copy (a, n_y);

      nn_conv_forward (conv, fast, pool, rows, c, x, w, bias, scratch);
      g_assert_cmpmem (b, n_y * sizeof *b, c, n_y * sizeof *c);
    }
  check_scratch (conv, rows, scratch);
}

static void
check_slopes (const NnConv *conv, gint64 rows)
{
  gint64 n_x = conv->steps * rows * conv->width * conv->channels, n_y = conv->out_steps * rows * conv->width * conv->filters;
  gint64 n_w = nn_conv_packed_size (conv);
  NnConv back = nn_conv_reverse (conv);
  g_autofree float *x = make (n_x), *dy = make (n_y), *turned = make_weights (&back);
  g_autofree float *scratch = make_scratch (conv, rows), *dw = make_weights (conv), *dw2 = copy (dw, n_w);
  g_autofree float *dx = make (n_x), *dx2 = copy (dx, n_x);

  nn_conv_weights (conv, ref, rows, dw, x, dy, scratch);
  nn_conv_weights (conv, fast, rows, dw2, x, dy, scratch);
  check_near (dw, dw2, n_w, 1e-5);
  nn_conv_input (conv, ref, rows, dx, dy, turned, NULL, scratch);
  nn_conv_input (conv, fast, rows, dx2, dy, turned, NULL, scratch);
  check_near (dx, dx2, n_x, 1e-5);
  check_scratch (conv, rows, scratch);
}

static void
test_tiles (void)
{
  guint n_tiled = 0;

  g_assert_true (fast->tiles && !ref->tiles);
  for (guint round = 0; round < ROUNDS; round++)
    {
      NnConv conv = make_conv (round);
      gint64 rows = pick (1, 8);

      check_forward (&conv, rows);
      check_slopes (&conv, rows);
      n_tiled += nn_conv_tile_pays (&conv);
    }
  g_assert_cmpuint (n_tiled, >, ROUNDS / 4);
  g_assert_cmpuint (n_tiled, <, ROUNDS);
}

/* --- where it can be -------------------------------------------------------------------------- */

static void
test_pays (void)
{
  const NnConv usual = { 400, 1, 16, 400, 1, 32, { 8, 1 }, { 1, 1 }, { 1, 1 }, { 3, 0 }, 1 };
  NnConv conv = usual;

  g_assert_true (nn_conv_tile_pays (&usual));
  conv.stride[0] = 2;
  conv.out_steps = 200;
  g_assert_false (nn_conv_tile_pays (&conv));
  conv = usual;
  conv.dilation[0] = 2;
  g_assert_false (nn_conv_tile_pays (&conv));
  conv = usual;
  conv.kernel[0] = 2;
  g_assert_false (nn_conv_tile_pays (&conv));
  conv = usual;
  conv.groups = 4;
  g_assert_false (nn_conv_tile_pays (&conv));
  conv = usual;
  conv.channels = 1;
  g_assert_false (nn_conv_tile_pays (&conv));
  conv = usual;
  conv.channels = conv.filters = 4096;
  g_assert_false (nn_conv_tile_pays (&conv));
  g_assert_cmpint (nn_conv_tile_scratch (&conv, 8), ==, 0);
}

static const KernelTest tests[] = { { "tiles", test_tiles } };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conv/tile/pays", test_pays);
  add_kernel_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
