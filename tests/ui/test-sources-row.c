/* test-sources-row.c: what a merge may join is listed, ticked and unticked
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-sources-row.h"

#include "t-ui.h"

/* Input, Conv1D, Conv1D, Add and a Dense below it. */
static NnDesign *
make_design (const NnValue *sources)
{
  static const char *const kinds[] = { "Conv1D", "Conv1D", "Add", "Dense" };
  NnShape input = nn_shape_2 (400, 16);
  NnDesign *design = nn_design_new (&input);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(NnBlock) plain = nn_block_new (nn_kind_find (kinds[i]));
      g_autoptr(NnBlock) block = i == 2 ? nn_block_with_arg (plain, 0, sources) : nn_block_ref (plain);
      NnDesign *longer = nn_design_with_block (design, i, block, NULL, NULL);

      nn_design_unref (design);
      design = longer;
    }
  return design;
}

static void
show (GtkWidget *row, const NnValue *sources)
{
  g_autoptr(NnDesign) design = make_design (sources);
  g_autoptr(NnCheck) check = nn_check_new (design, &t_labels);

  wb_sources_row_set_block (WB_SOURCES_ROW (row), check, 2);
}

static void
count_cb (GtkWidget *row, guint *n)
{
  (*n)++;
}

static GtkCheckButton *
nth_button (GtkWidget *row, guint n)
{
  return GTK_CHECK_BUTTON (t_ui_find (row, GTK_TYPE_CHECK_BUTTON, n));
}

static void
test_ticks (void)
{
  GtkWidget *row = wb_sources_row_new (&nn_kind_find ("Add")->args[0]);
  GtkWidget *window = t_ui_show (row, 300, 400);
  NnValue sources = nn_value_whole (1);
  const NnValue *value;
  guint n = 0;

  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &n);
  show (row, &sources);
  g_assert_cmpstr (gtk_check_button_get_label (nth_button (row, 0)), ==, "Block 1 (Conv1D)");
  g_assert_cmpstr (gtk_check_button_get_label (nth_button (row, 1)), ==, "The Input");
  g_assert_null (t_ui_find (row, GTK_TYPE_CHECK_BUTTON, 2));
  g_assert_nonnull (t_ui_find_text (row, "400 × 32"));
  g_assert_nonnull (t_ui_find_text (row, "Joined in this order: block 2 (Conv1D), block 1 (Conv1D)"));
  g_assert_true (gtk_check_button_get_active (nth_button (row, 0)));
  g_assert_false (gtk_check_button_get_active (nth_button (row, 1)));
  g_assert_cmpuint (n, ==, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (nth_button (row, 0)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Join with block 1 (Conv1D), 400 × 32");

  gtk_check_button_set_active (nth_button (row, 1), TRUE);
  value = wb_sources_row_get_value (WB_SOURCES_ROW (row));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (value->n, ==, 2);
  g_assert_cmpint (value->whole[0], ==, 1);
  g_assert_cmpint (value->whole[1], ==, 0);
  gtk_check_button_set_active (nth_button (row, 0), FALSE);
  g_assert_cmpint (value->n, ==, 1);
  g_assert_cmpint (value->whole[0], ==, 0);
  t_ui_close (window, row);
}

/* What is named and cannot be read is listed too, so that it can be unticked; a full list takes no more. */
static void
test_bad (void)
{
  GtkWidget *row = wb_sources_row_new (&nn_kind_find ("Add")->args[0]);
  GtkWidget *window = t_ui_show (row, 300, 400);
  NnValue sources = { 3, { NN_BLOCK_GONE, 4, 1 }, 0 }, full = { 4, { 1, 1, 1, 1 }, 0 };

  show (row, &sources);
  g_assert_cmpstr (gtk_check_button_get_label (nth_button (row, 2)), ==, "A block that is gone");
  g_assert_cmpstr (gtk_check_button_get_label (nth_button (row, 3)), ==, "Block 4 (Dense)");
  g_assert_nonnull (t_ui_find_text (row, "removed"));
  g_assert_nonnull (t_ui_find_text (row, "is below"));
  gtk_check_button_set_active (nth_button (row, 2), FALSE);
  g_assert_cmpint (wb_sources_row_get_value (WB_SOURCES_ROW (row))->n, ==, 2);

  show (row, &full);
  g_assert_null (t_ui_find (row, GTK_TYPE_CHECK_BUTTON, 2));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (nth_button (row, 1))));
  gtk_check_button_set_active (nth_button (row, 0), FALSE);
  g_assert_cmpint (wb_sources_row_get_value (WB_SOURCES_ROW (row))->n, ==, 0);
  t_ui_close (window, row);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sources-row/ticks", test_ticks);
  g_test_add_func ("/sources-row/bad", test_bad);
  return t_ui_run ();
}
