/* test-label-dialog.c: the format of exported labels is asked for, and what it loses is told before
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-label-dialog.h"

#include <string.h>

static const SigExportFormat *answer;

static void
answered_cb (gpointer user_data, const SigExportFormat *format)
{
  answer = format;
}

static GtkWindow *
find_window (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
        return window;
    }
  return NULL;
}

/* The first widget of a type below another, depth first. */
static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* All that labels below a widget say. */
static void
collect_text (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_text (child, text);
}

static void
assert_shows (GtkWindow *window, const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  collect_text (gtk_window_get_child (window), text);
  g_assert_nonnull (strstr (text->str, words));
}

static void
test_dialog (void)
{
  static const SigSpan spans[] = { { 0, 5, 0 }, { 5, 9, 1 } };
  static const char *const names[] = { "rest", "grasp" };
  g_autoptr (SigRecording) recording = sig_recording_new_take_samples ("r", 1, 10, 250, NULL, NULL, g_new0 (float, 10));
  g_autoptr (SigLabels) labels = sig_labels_new (10, spans, 2, names, 2);
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ()), *window;
  GtkDropDown *formats;
  guint index = 0;

  app_label_dialog_ask (parent, recording, labels, "Of 2 label tracks one is written.", answered_cb, NULL);
  window = find_window ("Export Labels");
  g_assert_nonnull (window);
  formats = GTK_DROP_DOWN (find_widget (gtk_window_get_child (window), GTK_TYPE_DROP_DOWN));
  assert_shows (window, "Nothing Is Lost");
  assert_shows (window, "Of 2 label tracks one is written.");

  while (sig_export_get_format (index) != sig_export_find_format ("npy"))
    index++;
  gtk_drop_down_set_selected (formats, index);
  assert_shows (window, "What This Format Cannot Hold");
  assert_shows (window, "Names of classes are lost: 0 is “rest”, 1 is “grasp”.");

  g_signal_emit_by_name (gtk_window_get_default_widget (window), "clicked");
  g_assert_true (answer == sig_export_find_format ("npy"));
  g_assert_null (find_window ("Export Labels"));
  gtk_window_destroy (parent);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-dialog/formats", test_dialog);
  return g_test_run ();
}
