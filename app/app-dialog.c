/* app-dialog.c: the frame of a dialog: a title, Cancel and one answer
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-dialog.h"

#include "wb-widgets.h"

#define MARGIN     18
#define SPACING    12
#define TEXT_WIDTH 48 /* characters */

static GtkWidget *
header (GtkWindow *window, const char *answer, GCallback answered, gpointer data)
{
  GtkWidget *bar = gtk_header_bar_new ();
  GtkWidget *cancel = wb_button_new_with_mnemonic ("_Cancel");
  GtkWidget *accept = wb_button_new_with_mnemonic (answer);

  gtk_header_bar_set_show_title_buttons (GTK_HEADER_BAR (bar), FALSE);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), cancel);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (bar), accept);
  gtk_widget_add_css_class (accept, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), window);
  g_signal_connect_swapped (accept, "clicked", answered, data);
  gtk_window_set_default_widget (window, accept);

  return bar;
}

GtkWindow *
app_dialog_new (GtkWindow *parent, const char *title, const char *answer, GCallback answered, gpointer data,
                GDestroyNotify free_data)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_object_set_data_full (G_OBJECT (window), "question", data, free_data);
  gtk_window_set_title (window, title);
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_destroy_with_parent (window, TRUE);
  gtk_window_set_resizable (window, FALSE);
  gtk_window_set_titlebar (window, header (window, answer, answered, data));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);

  return window;
}

GtkWidget *
app_dialog_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_WIDTH);
  gtk_label_set_xalign (GTK_LABEL (label), 0);

  return label;
}

GtkWidget *
app_dialog_column (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);

  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  gtk_widget_set_margin_top (box, MARGIN);
  gtk_widget_set_margin_bottom (box, MARGIN);

  return box;
}
