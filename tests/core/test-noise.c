/* test-noise.c: what the random blocks do while training, how often, and that they rest otherwise
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-ops.h"

#include <math.h>

#define STEPS    50
#define CHANNELS 40
#define ROWS     NN_SHARD_ROWS
#define N        (STEPS * CHANNELS * ROWS)

/* One block on a shard of ones, and the slopes of a shard of ones. */
typedef struct
{
  float y[N], dx[N];
} Result;

static Result *
run (const char *kind, const char *name, double amount, gboolean training, guint64 index)
{
  g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find (kind));
  NnValue value = nn_value_real (amount);
  g_autoptr (NnBlock) block = nn_block_with_arg (plain, nn_kind_find_arg (nn_kind_find (kind), name), &value);
  NnShape shape = nn_shape_2 (STEPS, CHANNELS);
  NnOp op = { .block = block, .ops = nn_layer_of (block)->ops, .in = shape, .out = shape, .serial = 1, .rows = ROWS };
  Result *result = g_new0 (Result, 1);
  g_autofree float *ones = g_new (float, N + NN_K_SLACK), *cache = NULL, *dy = NULL;
  NnCall call = { .k = nn_k_get (), .rows = ROWS, .training = training, .seed = 5, .index = index };

  for (gsize i = 0; i < N + NN_K_SLACK; i++)
    ones[i] = 1.0f;
  dy = g_memdup2 (ones, (N + NN_K_SLACK) * sizeof *ones);
  if (op.ops->prepare != NULL)
    op.ops->prepare (&op);
  cache = g_new0 (float, op.n_cache + NN_K_SLACK);
  call.x = ones;
  call.y = result->y;
  call.dy = dy;
  call.dx = result->dx;
  call.cache = cache;
  op.ops->forward (&op, &call);
  op.ops->backward (&op, &call);
  return result;
}

/* At rest all of them let everything pass. */
static void
test_rest (void)
{
  static const char *const kinds[][2] = { { "Dropout", "rate" }, { "SpatialDropout1D", "rate" }, { "GaussianNoise", "stddev" } };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree Result *result = run (kinds[k][0], kinds[k][1], 0.5, FALSE, 0);

      for (gsize i = 0; i < N; i++)
        {
          g_assert_cmpfloat (result->y[i], ==, 1.0f);
          g_assert_cmpfloat (result->dx[i], ==, 1.0f);
        }
    }
}

/* The share that is dropped, and what is left of the mean; the slopes take the same way. */
static void
check_dropped (const Result *result, double rate, double tolerance)
{
  double dropped = 0.0, sum = 0.0;

  for (gsize i = 0; i < N; i++)
    {
      dropped += result->y[i] < 0.5f;
      sum += (double) result->y[i];
      g_assert_cmpfloat (result->dx[i], ==, result->y[i]);
    }
  g_assert_cmpfloat_with_epsilon (dropped / N, rate, tolerance);
  g_assert_cmpfloat_with_epsilon (sum / N, 1.0, 2.0 * tolerance);
}

static void
test_dropout (void)
{
  g_autofree Result *result = run ("Dropout", "rate", 0.3, TRUE, 0);

  check_dropped (result, 0.3, 0.015);
}

/* A channel of a window is dropped at all steps or at none. */
static void
test_spatial (void)
{
  g_autofree Result *result = run ("SpatialDropout1D", "rate", 0.3, TRUE, 0);

  check_dropped (result, 0.3, 0.1);
  for (gsize i = 0; i < N; i++)
    g_assert_cmpfloat (result->y[i], ==, result->y[i % (CHANNELS * ROWS)]);
}

static void
test_gaussian (void)
{
  g_autofree Result *result = run ("GaussianNoise", "stddev", 0.2, TRUE, 0);
  double sum = 0.0, squares = 0.0;

  for (gsize i = 0; i < N; i++)
    {
      double moved = (double) result->y[i] - 1.0;

      sum += moved;
      squares += moved * moved;
      g_assert_cmpfloat (result->dx[i], ==, 1.0f);
    }
  g_assert_cmpfloat_with_epsilon (sum / N, 0.0, 0.01);
  g_assert_cmpfloat_with_epsilon (sqrt (squares / N), 0.2, 0.01);
}

/* The same shard of the same mini-batch gets the same numbers, another one others. */
static void
test_repeats (void)
{
  static const char *const kinds[][2] = { { "Dropout", "rate" }, { "SpatialDropout1D", "rate" }, { "GaussianNoise", "stddev" } };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree Result *one = run (kinds[k][0], kinds[k][1], 0.5, TRUE, 7), *same = run (kinds[k][0], kinds[k][1], 0.5, TRUE, 7);
      g_autofree Result *other = run (kinds[k][0], kinds[k][1], 0.5, TRUE, 8);
      gsize n_different = 0;

      for (gsize i = 0; i < N; i++)
        {
          g_assert_cmpfloat (one->y[i], ==, same->y[i]);
          n_different += one->y[i] < other->y[i] || one->y[i] > other->y[i];
        }
      g_assert_cmpuint (n_different, >, N / 4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/noise/rest", test_rest);
  g_test_add_func ("/noise/dropout", test_dropout);
  g_test_add_func ("/noise/spatial", test_spatial);
  g_test_add_func ("/noise/gaussian", test_gaussian);
  g_test_add_func ("/noise/repeats", test_repeats);
  return g_test_run ();
}
