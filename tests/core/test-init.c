/* test-init.c: Keras' initialisers by their statistics: mean, variance, limits, orthogonality
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-init.h"

#include "nn-shape.h"

#include <math.h>

static float *
draw (NnInit init, NnShape shape, guint64 seed)
{
  NnTensor tensor = { .name = "kernel", .shape = shape, .init = init };
  float *values = g_new (float, nn_shape_size (&shape));
  NnRng rng;

  nn_rng_init (&rng, seed, NN_RNG_INIT, 0);
  nn_init_tensor (&tensor, &rng, values);
  return values;
}

/* What Keras' VarianceScaling promises of a kernel: mean 0, this variance, nothing beyond the limit and nearly something
 * at it. */
static void
check_spread (NnInit init, NnShape shape, double variance, double limit)
{
  gint64 n = nn_shape_size (&shape);
  g_autofree float *values = draw (init, shape, 7);
  double sum = 0.0, squares = 0.0, most = 0.0;

  for (gint64 i = 0; i < n; i++)
    {
      sum += (double) values[i];
      squares += (double) values[i] * (double) values[i];
      most = fmax (most, fabs ((double) values[i]));
    }
  /* Five deviations of what a mean of n numbers and of n squares may be off. */
  g_assert_cmpfloat (fabs (sum / (double) n), <, 5.0 * sqrt (variance / (double) n));
  g_assert_cmpfloat (fabs (squares / (double) n / variance - 1.0), <, 5.0 * sqrt (2.0 / (double) n));
  g_assert_cmpfloat (most, <=, limit * (1.0 + 1e-6));
  g_assert_cmpfloat (most, >, 0.99 * limit);
}

/* Fans of Dense (300 → 200), Conv1D (9 taps, 40 → 50) and Conv2D (3 × 5 taps, 20 → 30). */
static void
test_variance_scaling (void)
{
  const struct { NnShape shape; double in, out; } kernels[] = {
    { { 2, { 300, 200 } }, 300, 200 },
    { { 3, { 9, 40, 50 } }, 9 * 40, 9 * 50 },
    { { 4, { 3, 5, 20, 30 } }, 15 * 20, 15 * 30 },
    { { 1, { 40000 } }, 40000, 40000 },
  };
  const struct { NnInit uniform, normal; double scale, by_in, by_out; } kinds[] = {
    { NN_INIT_GLOROT_UNIFORM, NN_INIT_GLOROT_NORMAL, 1.0, 0.5, 0.5 },
    { NN_INIT_HE_UNIFORM, NN_INIT_HE_NORMAL, 2.0, 1.0, 0.0 },
    { NN_INIT_LECUN_UNIFORM, NN_INIT_LECUN_NORMAL, 1.0, 1.0, 0.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kernels); i++)
    for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
      {
        double variance = kinds[j].scale / (kinds[j].by_in * kernels[i].in + kinds[j].by_out * kernels[i].out);

        check_spread (kinds[j].uniform, kernels[i].shape, variance, sqrt (3.0 * variance));
        /* Normal numbers are cut off at two deviations, of what they have before the cut. */
        check_spread (kinds[j].normal, kernels[i].shape, variance, 2.0 * sqrt (variance) / 0.87962566103423978);
      }
}

static double
multiply (const float *w, gint64 i, gint64 j, gint64 n, gint64 step, gint64 next)
{
  double sum = 0.0;

  for (gint64 k = 0; k < n; k++)
    sum += (double) w[i * step + k * next] * (double) w[j * step + k * next];
  return sum;
}

/* The rows of a wide matrix, or the columns of a tall one, are orthogonal and of length 1; all axes but the last count
 * as rows. */
static void
test_orthogonal (void)
{
  const NnShape shapes[] = { { 2, { 32, 128 } }, { 2, { 60, 60 } }, { 2, { 90, 20 } }, { 3, { 3, 7, 40 } }, { 2, { 1, 5 } } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autofree float *w = draw (NN_INIT_ORTHOGONAL, shapes[s], 3);
      gint64 columns = shapes[s].dim[shapes[s].rank - 1], rows = nn_shape_size (&shapes[s]) / columns;
      gboolean wide = rows <= columns;
      gint64 count = MIN (rows, columns), length = MAX (rows, columns);

      for (gint64 i = 0; i < count; i++)
        for (gint64 j = 0; j <= i; j++)
          g_assert_cmpfloat_with_epsilon (multiply (w, i, j, length, wide ? columns : 1, wide ? 1 : columns), i == j, 1e-6);
    }
}

/* Every direction is as likely as any other: the first entry of an orthogonal 2 × 2 matrix is the cosine of an even angle, whose
 * square has the mean 1/2 and the variance 1/8. */
static void
test_orthogonal_directions (void)
{
  double sum = 0.0, squares = 0.0;
  guint n = 4000, n_mirrored = 0;

  for (guint seed = 0; seed < n; seed++)
    {
      g_autofree float *w = draw (NN_INIT_ORTHOGONAL, (NnShape) { 2, { 2, 2 } }, seed);

      sum += (double) w[0];
      squares += (double) w[0] * (double) w[0];
      n_mirrored += w[0] * w[3] - w[1] * w[2] < 0.0f;
    }
  g_assert_cmpfloat (fabs (sum / n), <, 5.0 * sqrt (0.5 / n));
  g_assert_cmpfloat (fabs (squares / n - 0.5), <, 5.0 * sqrt (0.125 / n));
  g_assert_cmpfloat (fabs ((double) n_mirrored / n - 0.5), <, 5.0 * 0.5 / sqrt (n));
}

static void
test_constants (void)
{
  g_autofree float *zeros = draw (NN_INIT_ZEROS, (NnShape) { 1, { 8 } }, 1);
  g_autofree float *ones = draw (NN_INIT_ONES, (NnShape) { 1, { 8 } }, 1);
  NnTensor bias = { .name = "bias", .shape = { 1, { 8 } }, .unit_forget = TRUE };
  float values[8];
  NnRng rng;

  nn_rng_init (&rng, 1, NN_RNG_INIT, 0);
  nn_init_tensor (&bias, &rng, values);
  for (guint i = 0; i < 8; i++)
    {
      g_assert_cmpfloat (zeros[i], ==, 0.0f);
      g_assert_cmpfloat (ones[i], ==, 1.0f);
      g_assert_cmpfloat (values[i], ==, i / 2 == 1 ? 1.0f : 0.0f);
    }
}

static void
test_seeds (void)
{
  g_autofree float *a = draw (NN_INIT_HE_NORMAL, (NnShape) { 2, { 5, 5 } }, 1);
  g_autofree float *b = draw (NN_INIT_HE_NORMAL, (NnShape) { 2, { 5, 5 } }, 1);
  g_autofree float *c = draw (NN_INIT_HE_NORMAL, (NnShape) { 2, { 5, 5 } }, 2);

  g_assert_cmpmem (a, 25 * sizeof *a, b, 25 * sizeof *b);
  g_assert_cmpfloat (a[0], !=, c[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/init/variance-scaling", test_variance_scaling);
  g_test_add_func ("/init/orthogonal", test_orthogonal);
  g_test_add_func ("/init/orthogonal-directions", test_orthogonal_directions);
  g_test_add_func ("/init/constants", test_constants);
  g_test_add_func ("/init/seeds", test_seeds);
  return g_test_run ();
}
