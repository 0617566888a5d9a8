/* app-label-dialog.c: asks in which format labels are to be written, and tells what it cannot hold
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-label-dialog.h"

#include "app-dialog.h"
#include "wb-widgets.h"

/* The most room that the losses take before they scroll. */
#define LOSSES_HEIGHT 260

/* One question to the user; freed with its window. */
typedef struct
{
  GtkWindow    *window;
  SigRecording *recording;
  SigLabels    *labels;
  char         *scope; /* (nullable) */
  GtkDropDown  *formats;
  GtkLabel     *summary;
  GtkLabel     *heading;
  GtkBox       *losses;
  AppLabelFunc  func;
  gpointer      user_data;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  sig_recording_unref (question->recording);
  sig_labels_unref (question->labels);
  g_free (question->scope);
  g_free (question);
}

static const SigExportFormat *
chosen (Question *question)
{
  return sig_export_get_format (gtk_drop_down_get_selected (question->formats));
}

static void
answer_cb (Question *question)
{
  question->func (question->user_data, chosen (question));
  gtk_window_destroy (question->window);
}

/* A sentence with an icon before it, so that it is told from the next one. */
static GtkWidget *
loss_row (const char *icon, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = app_dialog_text (text);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 2);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), label);

  return row;
}

static void
format_cb (Question *question)
{
  const SigExportFormat *format = chosen (question);
  g_auto (GStrv) losses = sig_export_dup_losses (format, question->recording, question->labels);
  GtkWidget *row;

  gtk_label_set_text (question->summary, format->summary);
  gtk_label_set_text (question->heading, losses[0] != NULL ? "What This Format Cannot Hold" : "Nothing Is Lost");
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (question->losses))) != NULL)
    gtk_box_remove (question->losses, row);
  if (question->scope != NULL)
    gtk_box_append (question->losses, loss_row ("dialog-information-symbolic", question->scope));
  for (guint i = 0; losses[i] != NULL; i++)
    gtk_box_append (question->losses, loss_row ("dialog-warning-symbolic", losses[i]));
  if (losses[0] == NULL)
    gtk_box_append (question->losses, loss_row ("object-select-symbolic", "Every label, class and state comes back as it is."));
}

static GtkWidget *
format_list (void)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *list;

  for (guint i = 0; sig_export_get_format (i) != NULL; i++)
    gtk_string_list_append (names, sig_export_get_format (i)->name);
  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  wb_widget_set_spoken (list, "Format");

  return list;
}

static GtkWidget *
losses_view (Question *question)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  question->losses = GTK_BOX (box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LOSSES_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);

  return scroller;
}

static GtkWidget *
content (Question *question)
{
  GtkWidget *box = app_dialog_column ();
  GtkWidget *list = format_list ();
  GtkWidget *summary = app_dialog_text (NULL);
  GtkWidget *heading = app_dialog_text (NULL);
  GtkWidget *note = app_dialog_text ("After writing the file is read again, and every label is held against what was meant.");

  question->formats = GTK_DROP_DOWN (list);
  question->summary = GTK_LABEL (summary);
  question->heading = GTK_LABEL (heading);
  gtk_widget_set_size_request (box, 420, -1);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_top (heading, 6);
  gtk_widget_add_css_class (summary, "dim-label");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), summary);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), losses_view (question));
  gtk_box_append (GTK_BOX (box), note);

  return box;
}

void
app_label_dialog_ask (GtkWindow *parent, const SigRecording *recording, const SigLabels *labels, const char *scope,
                      AppLabelFunc func, gpointer user_data)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent) && recording != NULL && labels != NULL && func != NULL);

  question = g_new0 (Question, 1);
  question->recording = sig_recording_ref (recording);
  question->labels = sig_labels_ref (labels);
  question->scope = g_strdup (scope);
  question->func = func;
  question->user_data = user_data;
  question->window = app_dialog_new (parent, "Export Labels", "Choose _File…", G_CALLBACK (answer_cb), question,
                                     question_free);
  gtk_window_set_child (question->window, content (question));
  g_signal_connect_swapped (question->formats, "notify::selected", G_CALLBACK (format_cb), question);
  format_cb (question);
  gtk_window_present (question->window);
}
