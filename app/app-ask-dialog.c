/* app-ask-dialog.c: asks for one number of steps, or one name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-ask-dialog.h"

#define MOST 1e9

/* One question to the user; freed with its window. */
typedef struct
{
  GtkWindow       *window;
  GtkWidget       *field;
  AppAskNumberFunc number; /* one of the two */
  AppAskTextFunc   text;
  gpointer         user_data;
} Dialog;

static void
answer_cb (Dialog *dialog)
{
  if (dialog->number != NULL)
    {
      gtk_spin_button_update (GTK_SPIN_BUTTON (dialog->field));
      dialog->number (dialog->user_data, (gint64) gtk_spin_button_get_value (GTK_SPIN_BUTTON (dialog->field)));
    }
  else
    dialog->text (dialog->user_data, gtk_editable_get_text (GTK_EDITABLE (dialog->field)));
  gtk_window_destroy (dialog->window);
}

static GtkWidget *
content (const AppQuestion *question, GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *sentence = gtk_label_new (question->sentence);

  gtk_label_set_wrap (GTK_LABEL (sentence), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (sentence), 44);
  gtk_label_set_xalign (GTK_LABEL (sentence), 0);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box), sentence);
  gtk_box_append (GTK_BOX (box), field);

  return box;
}

static GtkWidget *
header (Dialog *dialog, const AppQuestion *question)
{
  GtkWidget *bar = gtk_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic ("_Cancel");
  GtkWidget *answer = gtk_button_new_with_mnemonic (question->answer);

  gtk_header_bar_set_show_title_buttons (GTK_HEADER_BAR (bar), FALSE);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), cancel);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (bar), answer);
  gtk_widget_add_css_class (answer, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  g_signal_connect_swapped (answer, "clicked", G_CALLBACK (answer_cb), dialog);
  gtk_window_set_default_widget (dialog->window, answer);

  return bar;
}

/* (transfer none): a window with the field, not shown yet. */
static Dialog *
dialog_new (GtkWindow *parent, const AppQuestion *question, GtkWidget *field, gpointer user_data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  dialog->window = GTK_WINDOW (gtk_window_new ());
  dialog->field = field;
  dialog->user_data = user_data;
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, g_free);

  gtk_window_set_title (dialog->window, question->title);
  gtk_window_set_transient_for (dialog->window, parent);
  gtk_window_set_modal (dialog->window, TRUE);
  gtk_window_set_destroy_with_parent (dialog->window, TRUE);
  gtk_window_set_resizable (dialog->window, FALSE);
  gtk_window_set_titlebar (dialog->window, header (dialog, question));
  gtk_window_set_child (dialog->window, content (question, field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, question->title, -1);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  /* Before the field, which would keep Return to itself where it is a spin button. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, 0),
                                                          gtk_named_action_new ("default.activate")));
  gtk_widget_add_controller (GTK_WIDGET (dialog->window), keys);

  return dialog;
}

void
app_ask_number (GtkWindow *parent, const AppQuestion *question, gint64 number, AppAskNumberFunc func, gpointer user_data)
{
  GtkWidget *field;
  Dialog *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent) && question != NULL && func != NULL);

  field = gtk_spin_button_new_with_range (1, MOST, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field), (double) number);
  dialog = dialog_new (parent, question, field, user_data);
  dialog->number = func;
  gtk_window_present (dialog->window);
}

void
app_ask_text (GtkWindow *parent, const AppQuestion *question, const char *text, AppAskTextFunc func, gpointer user_data)
{
  GtkWidget *field;
  Dialog *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent) && question != NULL && text != NULL && func != NULL);

  field = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (field), text);
  dialog = dialog_new (parent, question, field, user_data);
  dialog->text = func;
  gtk_window_present (dialog->window);
}
