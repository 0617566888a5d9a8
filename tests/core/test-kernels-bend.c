/* test-kernels-bend.c: the activations' kernels against their plain twins, and against double precision
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-kernels.h"

#include <math.h>
#include <string.h>

static void
test_bend (void)
{
  for (NnKActivation activation = NN_K_LINEAR; nn_k_is_pointwise (activation); activation++)
    for (guint round = 0; round < ROUNDS; round++)
      {
        gsize n = pick (1, 100);
        g_autofree float *a = make (n), *b = NULL, *c = NULL, *da = make (n), *db = copy (da, n);
        g_autofree float *slope = make (n), *slope2 = make (n);

        for (gsize i = 0; i < n; i++)
          a[i] *= round % 2 == 0 ? 1.0f : activation == NN_K_EXPONENTIAL ? 4.0f : 30.0f;
        b = copy (a, n);
        c = copy (a, n);
        ref->bend_slope (a, slope, n, activation);
        fast->bend_slope (b, slope2, n, activation);
        check_near (a, b, n, 5e-7);
        check_near (slope, slope2, n, 1e-6);
        fast->bend (c, n, activation);
        check_near (a, c, n, 5e-7);
        if (nn_k_keeps_slope (activation))
          continue;
        ref->bend_back (da, a, n, activation);
        fast->bend_back (db, a, n, activation);
        check_near (da, db, n, 1e-6);
      }
}

/* Keras' activations and their slopes once more, in double precision. */
static double
bend_exactly (double x, NnKActivation activation, double *slope)
{
  double sigmoid = 1.0 / (1.0 + exp (-x)), share = 0.5 * erfc (-x / G_SQRT2);

  switch (activation)
    {
    case NN_K_RELU:
      *slope = x > 0.0;
      return fmax (x, 0.0);
    case NN_K_TANH:
      *slope = 1.0 - tanh (x) * tanh (x);
      return tanh (x);
    case NN_K_SIGMOID:
      *slope = sigmoid * (1.0 - sigmoid);
      return sigmoid;
    case NN_K_RELU6:
      *slope = x > 0.0 && x < 6.0;
      return CLAMP (x, 0.0, 6.0);
    case NN_K_ELU:
      *slope = x > 0.0 ? 1.0 : exp (x);
      return x > 0.0 ? x : expm1 (x);
    case NN_K_SELU:
      *slope = 1.0507009873554805 * (x > 0.0 ? 1.0 : 1.6732632423543772 * exp (x));
      return 1.0507009873554805 * (x > 0.0 ? x : 1.6732632423543772 * expm1 (x));
    case NN_K_SOFTPLUS:
      *slope = sigmoid;
      return fmax (x, 0.0) + log1p (exp (-fabs (x)));
    case NN_K_SOFTSIGN:
      *slope = 1.0 / ((1.0 + fabs (x)) * (1.0 + fabs (x)));
      return x / (1.0 + fabs (x));
    case NN_K_HARD_SIGMOID:
      *slope = x > -3.0 && x < 3.0 ? 1.0 / 6.0 : 0.0;
      return CLAMP (x + 3.0, 0.0, 6.0) / 6.0;
    case NN_K_EXPONENTIAL:
      return *slope = exp (x);
    case NN_K_SILU:
      *slope = sigmoid + x * sigmoid * (1.0 - sigmoid);
      return x * sigmoid;
    case NN_K_GELU:
      *slope = share + x * exp (-0.5 * x * x) / sqrt (2.0 * G_PI);
      return x * share;
    case NN_K_LINEAR:
    case NN_K_SOFTMAX:
    case NN_K_LOG_SOFTMAX:
    default:
      *slope = 1.0;
      return x;
    }
}

/* Their errors over all that a network meets: relative ones of the values, tails too; of the slopes, which cross 0 or come from
 * values near 1, as much of what is added up to them. */
static void
test_activations (void)
{
  for (NnKActivation activation = NN_K_LINEAR; nn_k_is_pointwise (activation); activation++)
    {
      double reach = activation == NN_K_GELU ? 12.0 : 80.0;

      for (double x = -reach; x < reach; x += 0.003)
        {
          float y = (float) x, slope;
          double expected_slope, expected = bend_exactly ((double) y, activation, &expected_slope);

          fast->bend_slope (&y, &slope, 1, activation);
          if (fabs ((double) y - expected) > 1e-6 * fabs (expected) + 1e-12)
            g_error ("%s: activation %d at %g gives %.9g, not %.9g", fast->name, activation, x, (double) y, expected);
          if (fabs ((double) slope - expected_slope) > 1e-6 * fmax (fabs (expected_slope), 1.0))
            g_error ("%s: activation %d at %g has slope %.9g, not %.9g", fast->name, activation, x, (double) slope,
                     expected_slope);
        }
    }
}

/* Not-a-number must come through, or a network that diverges would look well. */
static void
test_not_a_number (void)
{
  for (NnKActivation activation = NN_K_LINEAR; nn_k_is_pointwise (activation); activation++)
    for (gsize at = 0; at < 40; at++)
      {
        float y[40] = { 0.0f };

        y[at] = NAN;
        g_assert_false (fast->is_finite (y, 40));
        fast->bend (y, 40, activation);
        g_assert_true (isnan (y[at]));
        y[at] = INFINITY;
        g_assert_false (fast->is_finite (y, 40));
        y[at] = -3e38f;
        g_assert_true (fast->is_finite (y, 40));
      }
}

/* Every other value comes to lie exactly on a corner. */
static void
put_on_corners (float *x, gsize n, const NnKRamp *ramp)
{
  const float corners[] = { 0.0f, ramp->threshold, isinf (ramp->most) ? -0.0f : ramp->most };

  for (gsize i = 0; i < n; i += 2)
    x[i] = corners[i / 2 % G_N_ELEMENTS (corners)];
}

/* Those with a shape of their own, over values on both sides of each corner and on it. */
static void
test_shaped (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize n = pick (1, 100);
      NnKRamp ramp = {
        round % 3 == 0 ? 1.5f : INFINITY, round % 2 == 0 ? 0.3f : 0.0f, round % 5 == 0 ? 0.5f : 0.0f, 0.25f, 0.75f,
      };
      float alpha = round % 2 == 0 ? 1.0f : 0.4f;
      g_autofree float *x = make (n), *dy = make (n), *a = make (n), *b = make (n), *da = make (n), *db = make (n);
      g_autofree float *factors = make (n), *slopes = make (n), *slopes2 = copy (slopes, n);

      put_on_corners (x, n, &ramp);
      ref->ramp (a, x, n, &ramp);
      fast->ramp (b, x, n, &ramp);
      check_near (a, b, n, 1e-7);
      ref->ramp_back (da, dy, x, n, &ramp);
      fast->ramp_back (db, dy, x, n, &ramp);
      check_near (da, db, n, 1e-7);
      ref->elu (a, x, n, alpha);
      fast->elu (b, x, n, alpha);
      check_near (a, b, n, 5e-7);
      ref->elu_back (da, dy, x, n, alpha);
      fast->elu_back (db, dy, x, n, alpha);
      check_near (da, db, n, 5e-7);
      ref->leak (a, x, factors, n);
      fast->leak (b, x, factors, n);
      check_near (a, b, n, 1e-7);
      ref->leak_back (da, slopes, dy, x, factors, n);
      memcpy (db, dy, n * sizeof *db); /* in place, too */
      fast->leak_back (db, slopes2, db, x, factors, n);
      check_near (da, db, n, 1e-7);
      check_near (slopes, slopes2, n, 1e-6);
    }
}

static void
test_softmax (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize rows = pick (1, 9), n = pick (1, 40);
      g_autofree float *a = make (rows * n), *b = NULL, *da = make (rows * n), *db = copy (da, rows * n);

      for (gsize i = 0; i < rows * n; i++)
        a[i] *= round % 2 == 0 ? 1.0f : 40.0f;
      b = copy (a, rows * n);
      ref->softmax (a, rows, n);
      fast->softmax (b, rows, n);
      check_near (a, b, rows * n, 5e-7);
      ref->softmax_back (da, a, rows, n);
      fast->softmax_back (db, a, rows, n);
      check_near (da, db, rows * n, 1e-6);
      ref->log_softmax (a, rows, n);
      fast->log_softmax (b, rows, n);
      check_near (a, b, rows * n, 1e-6);
      ref->log_softmax_back (da, a, rows, n);
      fast->log_softmax_back (db, a, rows, n);
      check_near (da, db, rows * n, 2e-6);
    }
}

static const KernelTest tests[] = {
  { "bend", test_bend },
  { "activations", test_activations },
  { "not-a-number", test_not_a_number },
  { "shaped", test_shaped },
  { "softmax", test_softmax },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_kernel_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
