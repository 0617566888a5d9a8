/* app-channel-dialog.c: asks which channel of a recording holds its labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-channel-dialog.h"

#include "app-dialog.h"
#include "wb-widgets.h"

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
  wb_widget_set_spoken (list, "Channel");

  return list;
}

static GtkWidget *
content (Question *question, const SigRecording *recording)
{
  GtkWidget *box = app_dialog_column ();
  GtkWidget *list = channel_list (recording);

  question->channels = GTK_DROP_DOWN (list);
  gtk_box_append (GTK_BOX (box), app_dialog_text ("The channel is taken out of the recording. Its values must be whole "
                                                  "numbers; each becomes a class."));
  gtk_box_append (GTK_BOX (box), list);

  return box;
}

void
app_channel_dialog_ask (GtkWindow *parent, const SigRecording *recording, AppChannelFunc func,
                        gpointer user_data)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent) && recording != NULL && func != NULL);

  question = g_new0 (Question, 1);
  question->func = func;
  question->user_data = user_data;
  question->window = app_dialog_new (parent, "Labels from Channel", "_Take as Labels", G_CALLBACK (answer_cb), question,
                                     g_free);
  gtk_window_set_child (question->window, content (question, recording));
  gtk_window_present (question->window);
}
