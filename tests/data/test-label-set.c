/* test-label-set.c: several tracks, and which of them is active
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-label-set.h"

static const char *const NAMES[] = { "a", "b" };

static void
assert_set (const SigLabelSet *set,
            const char        *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sig_label_set_get_n (set); i++)
    g_string_append_printf (text, "%s%s%s", i > 0 ? ", " : "", (int) i == sig_label_set_get_active (set) ? "*" : "",
                            sig_label_set_get_name (set, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_edits (void)
{
  SigSpan span = { 2, 5, 1 };
  g_autoptr (SigLabels) labels = sig_labels_new (10, NULL, 0, NAMES, 2);
  g_autoptr (SigLabels) marked = sig_labels_new (10, &span, 1, NAMES, 2);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_autoptr (SigLabelSet) one = sig_label_set_with_added (empty, "Anna", labels);
  g_autoptr (SigLabelSet) two = sig_label_set_with_added (one, "Anna", marked);
  g_autoptr (SigLabelSet) three = sig_label_set_with_added (two, "Ben", labels);
  g_autoptr (SigLabelSet) renamed = sig_label_set_with_name (three, 1, "Ben");
  g_autoptr (SigLabelSet) same = sig_label_set_with_name (three, 2, "Ben");
  g_autoptr (SigLabelSet) first = sig_label_set_with_active (renamed, 0);
  g_autoptr (SigLabelSet) changed = sig_label_set_with_labels (first, 0, marked);
  g_autoptr (SigLabelSet) without = sig_label_set_without (changed, 0);
  g_autoptr (SigLabelSet) last = sig_label_set_without (three, 2);
  g_autoptr (SigLabelSet) none = sig_label_set_without (one, 0);

  assert_set (empty, "");
  assert_set (one, "*Anna");
  assert_set (two, "Anna, *Anna 2");
  assert_set (three, "Anna, Anna 2, *Ben");
  assert_set (renamed, "Anna, Ben 2, *Ben");
  assert_set (same, "Anna, Anna 2, *Ben");
  assert_set (first, "*Anna, Ben 2, Ben");
  assert_set (without, "*Ben 2, Ben");
  assert_set (last, "Anna, *Anna 2");
  assert_set (none, "");

  g_assert_cmpint (sig_label_set_find_changed (first, changed), ==, 0);
  g_assert_cmpint (sig_label_set_find_changed (first, first), ==, -1);
  g_assert_cmpint (sig_label_set_find_changed (renamed, changed), ==, -1);
  g_assert_cmpint (sig_label_set_find_changed (one, two), ==, -1);
  g_assert_null (sig_label_set_peek_active (empty));
  g_assert_true (sig_label_set_peek_active (first) == labels);
  g_assert_true (sig_label_set_peek_active (changed) == marked);
  g_assert_true (sig_label_set_get_labels (changed, 2) == labels);
  g_assert_true (sig_label_set_equal (three, same));
  g_assert_false (sig_label_set_equal (first, changed));
  g_assert_false (sig_label_set_equal (first, renamed));
  g_assert_true (sig_label_set_equal (none, empty));
}

/* Every track to every place, whichever is active. */
static void
test_moved (void)
{
  static const char letters[] = "abcd";
  g_autoptr (SigLabels) labels = sig_labels_new (10, NULL, 0, NAMES, 2);
  g_autoptr (SigLabelSet) four = sig_label_set_new ();

  for (guint i = 0; i < 4; i++)
    {
      char name[] = { letters[i], '\0' };
      SigLabelSet *more = sig_label_set_with_added (four, name, labels);

      sig_label_set_unref (four);
      four = more;
    }
  for (guint active = 0; active < 4; active++)
    for (guint track = 0; track < 4; track++)
      for (guint to = 0; to < 4; to++)
        {
          g_autoptr (SigLabelSet) before = sig_label_set_with_active (four, active);
          g_autoptr (SigLabelSet) after = sig_label_set_with_moved (before, track, to);
          g_autoptr (GString) expected = g_string_new (letters);
          g_autoptr (GString) got = g_string_new (NULL);

          g_string_erase (expected, track, 1);
          g_string_insert_c (expected, to, letters[track]);
          for (guint i = 0; i < 4; i++)
            g_string_append (got, sig_label_set_get_name (after, i));
          g_assert_cmpstr (got->str, ==, expected->str);
          g_assert_cmpint (got->str[sig_label_set_get_active (after)], ==, letters[active]);
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-set/edits", test_edits);
  g_test_add_func ("/label-set/moved", test_moved);
  return g_test_run ();
}
