/* test-class-table.c: colours and keys that are chosen, and edits of the table
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-class-table.h"

/* "name:color:key …". */
static char *
describe (const SigClassTable *table)
{
  GString *text = g_string_new (NULL);

  for (int k = 0; k < sig_class_table_get_n (table); k++)
    {
      const SigClass *class = sig_class_table_get (table, k);

      g_string_append_printf (text, "%s%s:%d:%d", k > 0 ? " " : "", class->name, class->color, class->key);
    }
  return g_string_free (text, FALSE);
}

static void
assert_table (const SigClassTable *table,
              const char          *expected)
{
  g_autofree char *text = describe (table);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_chosen (void)
{
  static const struct
  {
    const char *names[12];
    const char *expected;
  } lines[] = {
    { { NULL }, "" },
    { { "rest", "grasp", "turn" }, "rest:0:1 grasp:1:2 turn:2:3" },
    { { "0", "1" }, "0:0:2 1:1:1" },
    { { "0", "1", "2", "7", "x" }, "0:0:3 1:1:1 2:2:2 7:3:7 x:4:4" },
    { { "3", "3", "10" }, "3:0:3 3:1:1 10:2:2" },
    { { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k" },
      "a:0:1 b:1:2 c:2:3 d:3:4 e:4:5 f:5:6 g:6:7 h:7:8 i:8:9 j:9:0 k:10:0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (SigClassTable) table = sig_class_table_new (lines[i].names, (int) g_strv_length ((char **) lines[i].names));

      assert_table (table, lines[i].expected);
    }
}

/* As many classes as there are loud colours and the quiet one look different, whether they are opened or added one by one. */
static void
test_colors (void)
{
  const int n = 1 + SIG_N_CLASS_COLORS / SIG_N_CLASS_TONES * (SIG_N_CLASS_TONES - 1);
  gboolean seen[SIG_N_CLASS_COLORS] = { FALSE };
  static const char *const names[] = { "rest" };
  g_autoptr (SigClassTable) table = sig_class_table_new (names, 1);

  for (int k = 0; k < n; k++)
    {
      g_assert_false (seen[sig_class_color_at (k)]);
      seen[sig_class_color_at (k)] = TRUE;
    }
  g_assert_cmpint (sig_class_color_at (n), ==, sig_class_color_at (1));
  for (int k = 1; k < n; k++)
    {
      g_autofree char *name = g_strdup_printf ("class %d", k);
      SigClassTable *more = sig_class_table_with_added (table, name, 0);

      sig_class_table_unref (table);
      table = more;
      g_assert_cmpint (sig_class_table_get (table, k)->color, ==, sig_class_color_at (k));
    }
}

static void
test_edits (void)
{
  static const char *const names[] = { "rest", "grasp" };
  g_autoptr (SigClassTable) table = sig_class_table_new (names, 2);
  g_autoptr (SigClassTable) added = sig_class_table_with_added (table, "turn", 0);
  g_autoptr (SigClassTable) seven = sig_class_table_with_added (added, "seven", 7);
  g_autoptr (SigClassTable) taken = sig_class_table_with_added (seven, "two", 2);
  g_autoptr (SigClassTable) renamed = sig_class_table_with_name (taken, 1, "hold");
  g_autoptr (SigClassTable) colored = sig_class_table_with_color (renamed, 0, 11);
  g_autoptr (SigClassTable) keyed = sig_class_table_with_key (colored, 0, 7);
  g_autoptr (SigClassTable) without = sig_class_table_without (keyed, 2);

  assert_table (table, "rest:0:1 grasp:1:2");
  assert_table (added, "rest:0:1 grasp:1:2 turn:2:3");
  assert_table (seven, "rest:0:1 grasp:1:2 turn:2:3 seven:3:7");
  assert_table (taken, "rest:0:1 grasp:1:0 turn:2:3 seven:3:7 two:4:2");
  assert_table (renamed, "rest:0:1 hold:1:0 turn:2:3 seven:3:7 two:4:2");
  assert_table (colored, "rest:11:1 hold:1:0 turn:2:3 seven:3:7 two:4:2");
  assert_table (keyed, "rest:11:7 hold:1:0 turn:2:3 seven:3:0 two:4:2");
  assert_table (without, "rest:11:7 hold:1:0 seven:3:0 two:4:2");

  g_assert_cmpint (sig_class_table_find_key (without, 7), ==, 0);
  g_assert_cmpint (sig_class_table_find_key (without, 1), ==, -1);
  g_assert_cmpint (sig_class_table_find_key (without, 0), ==, -1);
  g_assert_cmpint (sig_class_table_find_name (without, "seven"), ==, 2);
  g_assert_cmpint (sig_class_table_find_name (without, "turn"), ==, -1);

  /* Numbers mean the same as long as no class before them went. */
  g_assert_true (sig_class_table_agree (table, keyed, 2));
  g_assert_true (sig_class_table_agree (taken, keyed, 5));
  g_assert_false (sig_class_table_agree (keyed, without, 3));
  g_assert_true (sig_class_table_agree (keyed, without, 2));
  g_assert_false (sig_class_table_agree (table, keyed, 3));
}

static void
test_full (void)
{
  const SigClass classes[] = { { "walk", 5, 3, 0 }, { "run", 5, 0, 0 } };
  g_autoptr (SigClassTable) table = sig_class_table_new_full (classes, 2);
  g_autoptr (SigClassTable) again = sig_class_table_new_full (classes, 2);

  assert_table (table, "walk:5:3 run:5:0");
  g_assert_true (sig_class_table_equal (table, again));
  g_assert_false (sig_class_table_agree (table, again, 2));
  g_assert_cmpuint (sig_class_table_get (table, 0)->id, !=, sig_class_table_get (table, 1)->id);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/class-table/chosen", test_chosen);
  g_test_add_func ("/class-table/colors", test_colors);
  g_test_add_func ("/class-table/edits", test_edits);
  g_test_add_func ("/class-table/full", test_full);
  return g_test_run ();
}
