/* test-stack-column.c: rows laid out one under another, kept and let go
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack-column.h"

#include "t-ui.h"
#include "wb-stack-layout.h"

static GtkWidget *
new_row (int height)
{
  GtkWidget *row = gtk_label_new (NULL);

  gtk_widget_set_size_request (row, -1, height);
  return row;
}

static void
test_rows (void)
{
  GtkWidget *column = wb_stack_column_new ();
  WbStackColumn *self = WB_STACK_COLUMN (column);
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *window, *first = new_row (40), *second = new_row (60), *third = new_row (50);
  WbStackLink link = { 0, 2, 0 };
  gpointer watched = second;
  int top, height, plain, linked;

  g_ptr_array_add (rows, first);
  g_ptr_array_add (rows, second);
  g_ptr_array_add (rows, third);
  wb_stack_column_set_rows (self, rows);
  gtk_widget_set_valign (column, GTK_ALIGN_START);
  window = t_ui_show (column, 300, 400);
  g_assert_true (wb_stack_column_get_extent (self, third, &top, &height));
  g_assert_cmpint (top, ==, 100 + 2 * WB_STACK_SPACING);
  g_assert_cmpint (height, ==, 50);
  g_assert_cmpint (gtk_widget_get_height (column), ==, 150 + 3 * WB_STACK_SPACING);
  g_assert_cmpuint (wb_stack_column_gap_at (self, 1), ==, 0);
  g_assert_cmpuint (wb_stack_column_gap_at (self, 390), ==, 2);

  /* Links take room at the left, and give it back. */
  wb_stack_column_set_links (self, &link, 1);
  gtk_widget_measure (column, GTK_ORIENTATION_HORIZONTAL, -1, &linked, NULL, NULL, NULL);
  wb_stack_column_set_links (self, NULL, 0);
  gtk_widget_measure (column, GTK_ORIENTATION_HORIZONTAL, -1, &plain, NULL, NULL, NULL);
  g_assert_cmpint (linked, >=, plain + WB_STACK_LANE);

  /* The third goes up, the second goes away. */
  g_object_add_weak_pointer (G_OBJECT (second), &watched);
  g_ptr_array_remove (rows, second);
  wb_stack_column_set_gap (self, 1);
  wb_stack_column_set_rows (self, rows);
  t_ui_settle ();
  g_assert_null (watched);
  g_assert_true (gtk_widget_get_next_sibling (first) == third);
  g_assert_false (wb_stack_column_get_extent (self, column, &top, &height));
  t_ui_close (window, column);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack-column/rows", test_rows);
  return t_ui_run ();
}
