/* test-drag-chip.c: the chip of a real drag, and what is written on it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-drag-chip.h"

#include "t-ui.h"

static GtkWidget *
chip_of (GdkDrag *drag)
{
  return gtk_drag_icon_get_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)));
}

/* A drag's surface cannot grow: a note of any length leaves the chip as wide as it was. */
static int
width_of (GtkWidget *chip)
{
  int natural;

  gtk_widget_measure (chip, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
test_chip (void)
{
  const NnKind *kind = nn_kind_find ("LSTM");
  GtkWidget *label = gtk_label_new ("a window to drag from");
  GtkWidget *window = t_ui_show (label, 200, 100);
  GdkDevice *pointer = gdk_seat_get_pointer (gdk_display_get_default_seat (gdk_display_get_default ()));
  g_autoptr(GdkContentProvider) content = gdk_content_provider_new_typed (G_TYPE_POINTER, kind);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autoptr(GdkDrag) drag = gdk_drag_begin (surface, pointer, content, GDK_ACTION_COPY, 0, 0);
  int width;

  g_assert_nonnull (drag);
  wb_drag_chip_set_note (NULL, WB_TONE_PLAIN, "no drag");
  wb_drag_chip_set_note (drag, WB_TONE_PLAIN, "a drag without a chip");
  g_assert_null (chip_of (drag));

  wb_drag_chip_attach (drag, kind);
  g_assert_true (WB_IS_DRAG_CHIP (chip_of (drag)));
  g_assert_nonnull (t_ui_find_text (chip_of (drag), "LSTM"));
  g_assert_nonnull (t_ui_find_text (chip_of (drag), "Drop it into the stack"));
  width = width_of (chip_of (drag));

  wb_drag_chip_set_note (drag, WB_TONE_ERROR, "Error: a reason that takes a good many words to be told, more than fit on it");
  g_assert_cmpint (width_of (chip_of (drag)), ==, width);
  wb_drag_chip_set_note (drag, WB_TONE_PLAIN, "gives 400 × 32, 8,320 parameters");
  g_assert_nonnull (t_ui_find_text (chip_of (drag), "gives 400 × 32, 8,320 parameters"));
  wb_drag_chip_set_note (drag, WB_TONE_PLAIN, NULL);
  g_assert_nonnull (t_ui_find_text (chip_of (drag), "Drop it into the stack"));

  gdk_drag_drop_done (drag, FALSE);
  t_ui_close (window, label);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drag-chip/chip", test_chip);
  return t_ui_run ();
}
