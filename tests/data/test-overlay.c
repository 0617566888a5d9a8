/* test-overlay.c: later labels win, however they overlap
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-overlay.h"

static void
test_rules (void)
{
  const SigSpan spans[] = { { 0, 10, 0 }, { 5, 15, 1 }, { 20, 30, 0 }, { 22, 24, 2 }, { 30, 35, 0 } };
  const SigSpan expected[] = { { 0, 5, 0 }, { 5, 15, 1 }, { 20, 22, 0 }, { 22, 24, 2 }, { 24, 30, 0 }, { 30, 35, 0 } };
  gsize n_overlaps;
  g_autoptr (GArray) flat = sig_overlay_flatten (spans, G_N_ELEMENTS (spans), &n_overlaps);

  g_assert_cmpuint (n_overlaps, ==, 2);
  g_assert_cmpuint (flat->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < flat->len; i++)
    {
      g_assert_cmpint (g_array_index (flat, SigSpan, i).start, ==, expected[i].start);
      g_assert_cmpint (g_array_index (flat, SigSpan, i).end, ==, expected[i].end);
      g_assert_cmpint (g_array_index (flat, SigSpan, i).klass, ==, expected[i].klass);
    }
}

/* Two events that touch are two; what is marked twice in part is one. */
static void
test_one_class (void)
{
  const SigSpan touching[] = { { 5, 9, 0 }, { 0, 5, 0 } }, overlapping[] = { { 0, 6, 0 }, { 5, 9, 0 } };
  const SigSpan covered[] = { { 0, 9, 0 }, { 3, 5, 0 } };
  gsize n_overlaps;
  g_autoptr (GArray) two = sig_overlay_flatten (touching, 2, &n_overlaps);
  g_autoptr (GArray) one = sig_overlay_flatten (overlapping, 2, &n_overlaps);
  g_autoptr (GArray) whole = sig_overlay_flatten (covered, 2, &n_overlaps);

  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpint (g_array_index (two, SigSpan, 0).end, ==, 5);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (g_array_index (one, SigSpan, 0).end, ==, 9);
  g_assert_cmpuint (whole->len, ==, 1);
}

static void
test_none (void)
{
  gsize n_overlaps;
  g_autoptr (GArray) flat = sig_overlay_flatten (NULL, 0, &n_overlaps);

  g_assert_cmpuint (flat->len, ==, 0);
  g_assert_cmpuint (n_overlaps, ==, 0);
}

/* Against painting step by step. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 500; round++)
    {
      SigSpan spans[40];
      int steps[200], flat_steps[200];
      int n = g_rand_int_range (rand, 1, 40);
      gsize n_overlaps;

      for (int t = 0; t < 200; t++)
        steps[t] = flat_steps[t] = SIG_UNLABELLED;
      for (int i = 0; i < n; i++)
        {
          spans[i].start = g_rand_int_range (rand, 0, 199);
          spans[i].end = g_rand_int_range (rand, (gint32) spans[i].start + 1, 201);
          spans[i].klass = g_rand_int_range (rand, 0, 3);
          for (gint64 t = spans[i].start; t < spans[i].end; t++)
            steps[t] = spans[i].klass;
        }

      g_autoptr (GArray) flat = sig_overlay_flatten (spans, (gsize) n, &n_overlaps);

      for (guint i = 0; i < flat->len; i++)
        {
          const SigSpan *span = &g_array_index (flat, SigSpan, i);

          g_assert_cmpint (span->start, <, span->end);
          for (gint64 t = span->start; t < span->end; t++)
            {
              g_assert_cmpint (flat_steps[t], ==, SIG_UNLABELLED);
              flat_steps[t] = span->klass;
            }
        }
      g_assert_cmpmem (flat_steps, sizeof flat_steps, steps, sizeof steps);
    }
}

/* A million labels that all cover nearly everything take no more than their number says. */
static void
test_many (void)
{
  const gsize n = 1000000;
  g_autofree SigSpan *spans = g_new (SigSpan, n);
  gsize n_overlaps;

  for (gsize i = 0; i < n; i++)
    spans[i] = (SigSpan) { (gint64) i, G_GINT64_CONSTANT (1) << 40, (int) (i % 5) };

  g_autoptr (GArray) flat = sig_overlay_flatten (spans, n, &n_overlaps);

  g_assert_cmpuint (flat->len, ==, n);
  g_assert_cmpuint (n_overlaps, ==, n - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overlay/rules", test_rules);
  g_test_add_func ("/overlay/one-class", test_one_class);
  g_test_add_func ("/overlay/none", test_none);
  g_test_add_func ("/overlay/random", test_random);
  g_test_add_func ("/overlay/many", test_many);
  return g_test_run ();
}
