/* test-rng.c: streams are reproducible, independent, and spread as they should
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-rng.h"

#include <math.h>

static void
test_streams (void)
{
  NnRng a, b, c, d;
  guint n_same = 0;

  nn_rng_init (&a, 7, NN_RNG_INIT, 3);
  nn_rng_init (&b, 7, NN_RNG_INIT, 3);
  nn_rng_init (&c, 7, NN_RNG_SHUFFLE, 3);
  nn_rng_init (&d, 7, NN_RNG_INIT, 4);
  for (guint i = 0; i < 1000; i++)
    {
      guint64 x = nn_rng_next (&a);

      g_assert_cmpuint (x, ==, nn_rng_next (&b));
      n_same += x == nn_rng_next (&c);
      n_same += x == nn_rng_next (&d);
    }
  g_assert_cmpuint (n_same, ==, 0);
  g_assert_cmpuint (nn_rng_mix (1, 2), !=, nn_rng_mix (2, 1));
}

/* The generator is xoshiro256** of Blackman and Vigna: from the state 1, 2, 3, 4 it gives these numbers. */
static void
test_known_numbers (void)
{
  const guint64 expected[] = { 11520u, 0u, 1509978240u, G_GUINT64_CONSTANT (1215971899390074240) };
  NnRng rng = { { 1, 2, 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (nn_rng_next (&rng), ==, expected[i]);
}

static void
test_moments (void)
{
  const guint n = 200000;
  double sum = 0.0, square = 0.0, uniform = 0.0;
  NnRng rng;

  nn_rng_init (&rng, 1, NN_RNG_INIT, 0);
  for (guint i = 0; i < n; i++)
    {
      double x = nn_rng_normal (&rng);
      double u = nn_rng_uniform (&rng);

      g_assert_true (u >= 0.0 && u < 1.0);
      uniform += u;
      sum += x;
      square += x * x;
    }
  g_assert_cmpfloat_with_epsilon (uniform / n, 0.5, 0.005);
  g_assert_cmpfloat_with_epsilon (sum / n, 0.0, 0.01);
  g_assert_cmpfloat_with_epsilon (square / n, 1.0, 0.02);
}

/* Each of the 24 orders of 4 items comes up about equally often. */
static void
test_shuffle (void)
{
  guint counts[256] = { 0 };
  guint n_orders = 0;
  NnRng rng;

  nn_rng_init (&rng, 5, NN_RNG_SHUFFLE, 1);
  for (guint i = 0; i < 24000; i++)
    {
      gint64 items[4] = { 0, 1, 2, 3 };

      nn_rng_shuffle (&rng, items, 4);
      g_assert_cmpint ((1 << items[0]) | (1 << items[1]) | (1 << items[2]) | (1 << items[3]), ==, 15);
      counts[items[0] | items[1] << 2 | items[2] << 4 | items[3] << 6]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      if (counts[i] == 0)
        continue;
      n_orders++;
      g_assert_cmpuint (counts[i], >, 850);
      g_assert_cmpuint (counts[i], <, 1150);
    }
  g_assert_cmpuint (n_orders, ==, 24);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rng/streams", test_streams);
  g_test_add_func ("/rng/known-numbers", test_known_numbers);
  g_test_add_func ("/rng/moments", test_moments);
  g_test_add_func ("/rng/shuffle", test_shuffle);
  return g_test_run ();
}
