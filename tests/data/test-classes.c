/* test-classes.c: values and words become classes in a fixed order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-classes.h"
#include "sig-error.h"

static void
test_values (void)
{
  const float values[] = { 3, 3, -1, NAN, 10, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SigLabels) labels = sig_classes_from_values (values, G_N_ELEMENTS (values), 1.0, "y.npy", &error);

  g_assert_no_error (error);
  g_assert_cmpint (sig_labels_get_n_classes (labels), ==, 3);
  g_assert_cmpstr (sig_labels_get_name (labels, 0), ==, "-1");
  g_assert_cmpstr (sig_labels_get_name (labels, 1), ==, "3");
  g_assert_cmpstr (sig_labels_get_name (labels, 2), ==, "10");
  g_assert_cmpint (sig_labels_get (labels, 0), ==, 1);
  g_assert_cmpint (sig_labels_get (labels, 2), ==, 0);
  g_assert_cmpint (sig_labels_get (labels, 3), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_labels_get (labels, 4), ==, 2);
}

static void
test_refused (void)
{
  const float halves[] = { 0, 1, 0.5 }, infinite[] = { 0, INFINITY };
  g_autofree float *many = g_new (float, 2000);
  g_autoptr (GError) error = NULL;

  g_assert_null (sig_classes_from_values (halves, 3, 1.0, "y.npy", &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "y.npy: holds 0.5 at step 2"));
  g_clear_error (&error);

  g_assert_null (sig_classes_from_values (infinite, 2, 1.0, "y.npy", &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_clear_error (&error);

  for (int i = 0; i < 2000; i++)
    many[i] = (float) i;
  g_assert_null (sig_classes_from_values (many, 2000, 1.0, "y.npy", &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "more than 1024 classes"));
}

static void
test_words (void)
{
  gint32 codes[] = { 0, 1, SIG_UNLABELLED, 2, 0 };
  g_auto (SigClassWords) words = { 0 };

  sig_class_words_init (&words);
  g_assert_cmpint (sig_class_words_add (&words, "walk"), ==, 0);
  g_assert_cmpint (sig_class_words_add (&words, "rest"), ==, 1);
  g_assert_cmpint (sig_class_words_add (&words, "jump"), ==, 2);
  g_assert_cmpint (sig_class_words_add (&words, "rest"), ==, 1);

  g_autoptr (SigLabels) kept = sig_classes_from_codes (codes, 5, &words, TRUE);

  g_assert_cmpstr (sig_labels_get_name (kept, 0), ==, "walk");
  g_assert_cmpint (sig_labels_get (kept, 3), ==, 2);

  g_autoptr (SigLabels) sorted = sig_classes_from_codes (codes, 5, &words, FALSE);

  g_assert_cmpstr (sig_labels_get_name (sorted, 0), ==, "jump");
  g_assert_cmpstr (sig_labels_get_name (sorted, 2), ==, "walk");
  g_assert_cmpint (sig_labels_get (sorted, 0), ==, 2);
  g_assert_cmpint (sig_labels_get (sorted, 2), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_labels_get (sorted, 3), ==, 0);
}

static void
test_spelling (void)
{
  g_autofree char *one = sig_class_dup_word ("1.0", 3, '.'), *comma = sig_class_dup_word ("1,5", 3, ',');
  g_autofree char *word = sig_class_dup_word ("1st", 3, '.'), *missing = sig_class_dup_word ("nan", 3, '.');

  g_assert_cmpstr (one, ==, "1");
  g_assert_cmpstr (comma, ==, "1.5");
  g_assert_cmpstr (word, ==, "1st");
  g_assert_null (missing);
}

static void
test_few (void)
{
  const float few[] = { 0, 1, 1, 0, NAN }, once[] = { 0, 1, 2 }, one[] = { 1, 1, 1 },
              halves[] = { 0, 0.5, 0, 0.5 }, large[] = { 0, 256, 0, 256 }, minus[] = { -1, 0, -1, 0 };
  float many[34];

  for (int i = 0; i < 34; i++)
    many[i] = (float) (i / 2);
  g_assert_true (sig_classes_is_few (few, 1, 5));
  g_assert_true (sig_classes_is_few (many, 1, 32));
  g_assert_false (sig_classes_is_few (many, 1, 34));
  g_assert_true (sig_classes_is_few (many, 1, 4));
  g_assert_false (sig_classes_is_few (many, 2, 4));
  g_assert_false (sig_classes_is_few (once, 1, 3));
  g_assert_false (sig_classes_is_few (one, 1, 3));
  g_assert_false (sig_classes_is_few (halves, 1, 4));
  g_assert_false (sig_classes_is_few (large, 1, 4));
  g_assert_false (sig_classes_is_few (minus, 1, 4));
}

/* Cells that a spreadsheet would run; what is written for each comes back. */
static void
test_formulas (void)
{
  static const char *const formulas[] = { "=cmd", "@x", "-x", "+", "'=x", "''@" };
  static const char *const others[] = { "", "-1.5", "+3", "a=b", "'tis", "'" };

  for (gsize i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autofree char *read = sig_class_strip_apostrophe (g_strconcat ("'", formulas[i], NULL));

      g_assert_true (sig_class_needs_apostrophe (formulas[i]));
      g_assert_cmpstr (read, ==, formulas[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *read = sig_class_strip_apostrophe (g_strdup (others[i]));

      g_assert_false (sig_class_needs_apostrophe (others[i]));
      g_assert_cmpstr (read, ==, others[i]);
    }
}

/* The class that fills most of the time is the quiet one, wherever its name stands. */
static void
test_quiet (void)
{
  static const struct
  {
    const char *names[3];
    gint64      ends[3]; /* of the classes' spans, one behind the other */
    int         colors[3];
  } cases[] = {
    { { "grasp", "rest", "turn" }, { 10, 90, 100 }, { 1, 0, 2 } },
    { { "rest", "turn", "walk" }, { 80, 90, 100 }, { 0, 1, 2 } },
    { { "a", "b", "c" }, { 10, 20, 100 }, { 2, 1, 0 } },
    { { "0", "1", "2" }, { 10, 90, 100 }, { 0, 1, 2 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gint64 *ends = cases[i].ends;
      const SigSpan spans[] = { { 0, ends[0], 0 }, { ends[0], ends[1], 1 }, { ends[1], ends[2], 2 } };
      g_autoptr (SigLabels) labels = sig_labels_new (100, spans, 3, cases[i].names, 3);
      g_autoptr (SigLabels) quiet = sig_classes_with_quiet (labels);

      for (int k = 0; k < 3; k++)
        {
          g_assert_cmpstr (sig_labels_get_name (quiet, k), ==, cases[i].names[k]);
          g_assert_cmpint (sig_class_table_get (sig_labels_get_classes (quiet), k)->color, ==, cases[i].colors[k]);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classes/values", test_values);
  g_test_add_func ("/classes/refused", test_refused);
  g_test_add_func ("/classes/words", test_words);
  g_test_add_func ("/classes/spelling", test_spelling);
  g_test_add_func ("/classes/few", test_few);
  g_test_add_func ("/classes/formulas", test_formulas);
  g_test_add_func ("/classes/quiet", test_quiet);
  return g_test_run ();
}
