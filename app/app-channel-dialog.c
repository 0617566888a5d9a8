/* app-channel-dialog.c: asks which channel of a recording holds its labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-channel-dialog.h"

/* One question to the user; freed with its window. */
typedef struct
{
  GtkWindow     *window;
  GtkDropDown   *channels;
  AppChannelFunc func;
  gpointer       user_data;
} Question;

static void
answer_cb (Question *question)
{
  guint channel = gtk_drop_down_get_selected (question->channels);

  question->func (question->user_data, channel);
  gtk_window_destroy (question->window);
}

static GtkWidget *
channel_list (const SigRecording *recording)
{
  guint n = sig_recording_get_n_channels (recording);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *list;

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, sig_recording_get_channel_name (recording, i));

  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), n - 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, "Channel", -1);

  return list;
}

static GtkWidget *
content (Question *question, const SigRecording *recording)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *text = gtk_label_new ("The channel is taken out of the recording. Its values must be whole "
                                   "numbers; each becomes a class.");
  GtkWidget *list = channel_list (recording);

  question->channels = GTK_DROP_DOWN (list);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 44);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), list);

  return box;
}

static GtkWidget *
header (Question *question)
{
  GtkWidget *bar = gtk_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic ("_Cancel");
  GtkWidget *take = gtk_button_new_with_mnemonic ("_Take as Labels");

  gtk_header_bar_set_show_title_buttons (GTK_HEADER_BAR (bar), FALSE);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), cancel);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (bar), take);
  gtk_widget_add_css_class (take, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), question->window);
  g_signal_connect_swapped (take, "clicked", G_CALLBACK (answer_cb), question);
  gtk_window_set_default_widget (question->window, take);

  return bar;
}

void
app_channel_dialog_ask (GtkWindow *parent, const SigRecording *recording, AppChannelFunc func,
                        gpointer user_data)
{
  Question *question;
  GtkEventController *keys;

  g_return_if_fail (GTK_IS_WINDOW (parent) && recording != NULL && func != NULL);

  question = g_new0 (Question, 1);
  question->window = GTK_WINDOW (gtk_window_new ());
  question->func = func;
  question->user_data = user_data;
  g_object_set_data_full (G_OBJECT (question->window), "question", question, g_free);

  gtk_window_set_title (question->window, "Labels from Channel");
  gtk_window_set_transient_for (question->window, parent);
  gtk_window_set_modal (question->window, TRUE);
  gtk_window_set_destroy_with_parent (question->window, TRUE);
  gtk_window_set_resizable (question->window, FALSE);
  gtk_window_set_titlebar (question->window, header (question));
  gtk_window_set_child (question->window, content (question, recording));

  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (question->window), keys);

  gtk_window_present (question->window);
}
