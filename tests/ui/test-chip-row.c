/* test-chip-row.c: which chips are seen in a row of some width
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-ui.h"
#include "wb-chip-row.h"

#define N_CHIPS 12
#define CHIP    100 /* pixels */
#define END     60

static GtkWidget *
make_box (int width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (box, width, 20);
  return box;
}

/* The chips' places, "0,0 104,0" of those that are seen; then the tail's. */
static char *
describe (GtkWidget *row)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t box;

      g_assert_true (gtk_widget_compute_bounds (child, row, &box));
      if (gtk_widget_get_child_visible (child))
        g_string_append_printf (text, "%s%d,%d", text->len > 0 ? " " : "", (int) box.origin.x, (int) box.origin.y);
    }
  return g_string_free (text, FALSE);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
check (int width, guint n_chips, guint n_hidden, const char *places)
{
  GtkWidget *row = wb_chip_row_new (make_box (END), make_box (40), make_box (END));
  GtkWidget *holder = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *window;
  guint n_notified = 0;
  g_autofree char *seen = NULL;
  int height;

  g_signal_connect_swapped (row, "notify::n-hidden", G_CALLBACK (count_cb), &n_notified);
  for (guint i = 0; i < n_chips; i++)
    wb_chip_row_append (WB_CHIP_ROW (row), make_box (CHIP));
  gtk_box_append (GTK_BOX (holder), row);
  gtk_widget_set_hexpand (row, TRUE);
  window = t_ui_show (holder, width, 80);
  seen = describe (row);
  g_assert_cmpstr (seen, ==, places);
  g_assert_cmpuint (wb_chip_row_get_n_hidden (WB_CHIP_ROW (row)), ==, n_hidden);
  g_assert_cmpuint (n_notified, ==, n_hidden > 0 ? 1 : 0);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, g_str_has_suffix (places, ",24") ? 44 : 20);
  t_ui_close (window, holder);
}

/* Between 60 for the head and 60 for the tail, before which there are 40 for "more" where chips are hidden. */
static void
test_places (void)
{
  check (400, 0, 0, "0,0 64,0");
  check (400, 2, 0, "0,0 64,0 168,0 272,0");
  check (332, 2, 0, "0,0 64,0 168,0 272,0");
  check (331, 2, 0, "0,0 64,0 168,0 0,24");         /* the tail goes down alone */
  check (400, 5, 0, "0,0 64,0 168,0 272,0 0,24 104,24 208,24");
  check (400, 6, 0, "0,0 64,0 168,0 272,0 0,24 104,24 208,24 312,24");
  check (400, N_CHIPS, 7, "0,0 64,0 168,0 272,0 0,24 104,24 208,24 252,24"); /* a third chip would leave no room for the tail */
  check (371, 5, 1, "0,0 64,0 168,0 0,24 104,24 208,24 252,24");
}

static void
test_clear (void)
{
  GtkWidget *row = wb_chip_row_new (make_box (END), make_box (40), make_box (END)), *window;
  g_autofree char *seen = NULL;

  for (guint i = 0; i < N_CHIPS; i++)
    wb_chip_row_append (WB_CHIP_ROW (row), make_box (CHIP));
  window = t_ui_show (row, 300, 80);
  g_assert_cmpuint (wb_chip_row_get_n_hidden (WB_CHIP_ROW (row)), >, 0);
  wb_chip_row_clear (WB_CHIP_ROW (row));
  wb_chip_row_append (WB_CHIP_ROW (row), make_box (CHIP));
  gtk_widget_allocate (row, 300, 80, -1, NULL);
  seen = describe (row);
  g_assert_cmpstr (seen, ==, "0,0 64,0 168,0");
  g_assert_cmpuint (wb_chip_row_get_n_hidden (WB_CHIP_ROW (row)), ==, 0);
  t_ui_close (window, row);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chip-row/places", test_places);
  g_test_add_func ("/chip-row/clear", test_clear);
  return t_ui_run ();
}
