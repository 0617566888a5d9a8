/* app-ask-dialog.c: asks for one number of steps, or one name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-ask-dialog.h"

#include "app-dialog.h"

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

/* Return answers before the field gets it, which would keep it to itself where it is a spin button. */
static void
bind_return (GtkWindow *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, 0),
                                                          gtk_named_action_new ("default.activate")));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

/* The focus goes to the field last: of a window that had it before it was shown GTK 4.8 tells screen readers no role. */
static void
present (Dialog *dialog)
{
  gtk_window_present (dialog->window);
  gtk_widget_grab_focus (dialog->field);
}

/* (transfer none): a window with the field, not shown yet. */
static Dialog *
dialog_new (GtkWindow *parent, const AppQuestion *question, GtkWidget *field, gpointer user_data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *column = app_dialog_column ();

  dialog->field = field;
  dialog->user_data = user_data;
  dialog->window = app_dialog_new (parent, question->title, question->answer, G_CALLBACK (answer_cb), dialog, g_free);
  gtk_box_append (GTK_BOX (column), app_dialog_text (question->sentence));
  gtk_box_append (GTK_BOX (column), field);
  gtk_window_set_child (dialog->window, column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, question->title, -1);
  bind_return (dialog->window);

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
  present (dialog);
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
  present (dialog);
}
