/* test-widgets.c: tones, lines that are cut off, boxes that are emptied
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-widgets.h"

#include "t-ui.h"

static void
test_tone (void)
{
  g_autoptr(GtkWidget) label = g_object_ref_sink (wb_label_new ("title", 0));
  g_autoptr(GtkWidget) image = g_object_ref_sink (gtk_image_new ());

  wb_widget_set_tone (label, WB_TONE_ERROR);
  g_assert_true (gtk_widget_has_css_class (label, "tone-error"));
  wb_widget_set_tone (label, WB_TONE_OK);
  g_assert_true (gtk_widget_has_css_class (label, "tone-ok"));
  g_assert_false (gtk_widget_has_css_class (label, "tone-error"));
  wb_widget_set_tone (label, WB_TONE_PLAIN);
  g_assert_false (gtk_widget_has_css_class (label, "tone-ok"));
  g_assert_true (gtk_widget_has_css_class (label, "title"));

  wb_image_set_tone (GTK_IMAGE (image), WB_TONE_WARNING);
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==, "lamina-warning-symbolic");
  g_assert_true (gtk_widget_get_visible (image));
  wb_image_set_tone (GTK_IMAGE (image), WB_TONE_PLAIN);
  g_assert_false (gtk_widget_get_visible (image));
}

static gboolean
has_tooltip (GtkWidget *label)
{
  GtkTooltip *tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;

  g_signal_emit_by_name (label, "query-tooltip", 0, 0, FALSE, tooltip, &shown);
  g_object_unref (tooltip);
  return shown;
}

/* A line asks for no more than it may, gets more where there is room, and is a tooltip where it is cut off. */
static void
test_cut_off (void)
{
  GtkWidget *label = wb_label_new (NULL, 0);
  GtkWidget *window;
  int natural;

  gtk_label_set_label (GTK_LABEL (label), "a line that is much longer than what it may ask for by itself");
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  window = t_ui_show (label, 900, 40);
  g_assert_cmpint (natural, <, 500);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  g_assert_false (has_tooltip (label));
  t_ui_close (window, label);

  label = wb_label_new_read (NULL);
  gtk_label_set_label (GTK_LABEL (label), "a line that is much longer than the window it stands in");
  window = t_ui_show (label, 60, 40);
  g_assert_true (has_tooltip (label));
  t_ui_close (window, label);
}

static void
test_button (void)
{
  g_autoptr(GtkWidget) button = g_object_ref_sink (wb_button_new_with_mnemonic ("Choose _File…"));

  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Choose _File…");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, "Choose File…");
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static void
test_clear (void)
{
  g_autoptr(GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  for (guint i = 0; i < 3; i++)
    gtk_box_append (GTK_BOX (box), wb_label_new_wrapped ("dim", "text"));
  wb_box_clear (GTK_BOX (box));
  g_assert_null (gtk_widget_get_first_child (box));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/tone", test_tone);
  g_test_add_func ("/widgets/cut-off", test_cut_off);
  g_test_add_func ("/widgets/button", test_button);
  g_test_add_func ("/widgets/clear", test_clear);
  return t_ui_run ();
}
