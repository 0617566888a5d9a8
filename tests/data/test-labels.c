/* test-labels.c: spans against one class per step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-labels.h"

static const char *const NAMES[] = { "rest", "grasp", "turn" };

static void
test_spans (void)
{
  const SigSpan spans[] = { { 2, 4, 0 }, { 4, 6, 0 }, { 6, 7, 2 }, { 9, 10, 2 } };
  g_autoptr (SigLabels) labels = sig_labels_new (12, spans, G_N_ELEMENTS (spans), NAMES, 3);
  const SigSpan *merged = NULL;
  gsize n_spans = 0;
  gint64 counts[3];

  merged = sig_labels_get_spans (labels, &n_spans);
  g_assert_cmpuint (n_spans, ==, 3);
  g_assert_cmpint (merged[0].start, ==, 2);
  g_assert_cmpint (merged[0].end, ==, 6);
  g_assert_cmpint (sig_labels_get_n_steps (labels), ==, 12);
  g_assert_cmpint (sig_labels_get_n_classes (labels), ==, 3);
  g_assert_cmpstr (sig_labels_get_name (labels, 2), ==, "turn");

  sig_labels_count (labels, counts);
  g_assert_cmpint (counts[0], ==, 4);
  g_assert_cmpint (counts[1], ==, 0);
  g_assert_cmpint (counts[2], ==, 2);
}

/* What one does not know is told from what one has not looked at, and counts as no class. */
static void
test_dont_know (void)
{
  const SigSpan spans[] = { { 2, 4, SIG_DONT_KNOW }, { 4, 6, 1 } };
  g_autoptr (SigLabels) labels = sig_labels_new (8, spans, G_N_ELEMENTS (spans), NAMES, 3);
  const gint32 expected[] = { -1, -1, SIG_DONT_KNOW, SIG_DONT_KNOW, 1, 1, -1, -1 };
  g_autoptr (SigLabels) again = sig_labels_new_from_steps (expected, 8, NAMES, 3);
  gint32 out[8];
  gint64 counts[3];

  sig_labels_fill (labels, 0, 8, out);
  g_assert_cmpmem (out, sizeof out, expected, sizeof expected);
  g_assert_cmpint (sig_labels_get (labels, 3), ==, SIG_DONT_KNOW);
  g_assert_cmpint (sig_labels_count (labels, counts), ==, 2);
  g_assert_cmpint (counts[0] + counts[1] + counts[2], ==, 2);
  g_assert_true (sig_labels_equal (labels, again));
}

static void
test_empty (void)
{
  g_autoptr (SigLabels) labels = sig_labels_new (5, NULL, 0, NULL, 0);
  gint32 out[7];

  sig_labels_fill (labels, -1, 7, out);
  for (int i = 0; i < 7; i++)
    g_assert_cmpint (out[i], ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_labels_get (labels, 3), ==, SIG_UNLABELLED);
  g_assert_cmpuint (sig_labels_find (labels, 0), ==, 0);
}

/* Whatever the classes are, the track gives them back: by step, by any run, and through its spans. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 200; round++)
    {
      int n = g_rand_int_range (rand, 1, 120);
      int start = g_rand_int_range (rand, -20, n + 20);
      int run = g_rand_int_range (rand, 0, 160);
      g_autofree gint32 *classes = g_new (gint32, n);
      g_autofree gint32 *out = g_new (gint32, run + 1);
      g_autoptr (SigLabels) labels = NULL;
      g_autoptr (SigLabels) copy = NULL;
      const SigSpan *spans = NULL;
      gsize n_spans = 0;

      for (int i = 0; i < n; i++)
        classes[i] = i > 0 && g_rand_int_range (rand, 0, 4) ? classes[i - 1] : g_rand_int_range (rand, -1, 3);

      labels = sig_labels_new_from_steps (classes, n, NAMES, 3);
      for (int i = -2; i < n + 2; i++)
        g_assert_cmpint (sig_labels_get (labels, i), ==, i >= 0 && i < n ? classes[i] : SIG_UNLABELLED);

      out[run] = 77;
      sig_labels_fill (labels, start, run, out);
      for (int i = 0; i < run; i++)
        g_assert_cmpint (out[i], ==, sig_labels_get (labels, start + i));
      g_assert_cmpint (out[run], ==, 77);

      spans = sig_labels_get_spans (labels, &n_spans);
      copy = sig_labels_new (n, spans, n_spans, NAMES, 3);
      for (int i = 0; i < n; i++)
        {
          gsize at = sig_labels_find (labels, i);

          g_assert_cmpint (sig_labels_get (copy, i), ==, classes[i]);
          g_assert_true (at == n_spans || spans[at].end > i);
          g_assert_true (at == 0 || spans[at - 1].end <= i);
        }
    }
}

/* The commonest class is not an event; of an even number the longer of the middle two counts. */
static void
test_events (void)
{
  static const SigSpan spans[] = { { 0, 50, 0 }, { 50, 53, 1 }, { 53, 90, 0 }, { 90, 100, 2 }, { 100, 120, 1 }, { 130, 134, 1 } };
  static const char *const names[] = { "rest", "left", "right" };
  g_autoptr (SigLabels) labels = sig_labels_new (200, spans, G_N_ELEMENTS (spans), names, 3);
  g_autoptr (SigLabels) rest = sig_labels_new (200, spans, 1, names, 3);
  g_autoptr (SigLabels) none = sig_labels_new (200, NULL, 0, NULL, 0);

  g_assert_cmpint (sig_labels_get_event_steps (labels), ==, 10);
  g_assert_cmpint (sig_labels_get_event_steps (rest), ==, 0);
  g_assert_cmpint (sig_labels_get_event_steps (none), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/spans", test_spans);
  g_test_add_func ("/labels/dont-know", test_dont_know);
  g_test_add_func ("/labels/empty", test_empty);
  g_test_add_func ("/labels/round-trip", test_round_trip);
  g_test_add_func ("/labels/events", test_events);
  return g_test_run ();
}
