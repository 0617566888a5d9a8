/* test-import-dialog.c: a file that does not say how it is to be read brings the import dialog, and what is said there is done
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-app.h"
#include "t-window.h"

#include <glib/gstdio.h>
#include <string.h>

/* The first widget of that type below `root` whose accessible name or text is `name` (nullable: any). */
static GtkWidget *
find (GtkWidget *root, GType type, const char *name)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type)
      && (name == NULL || (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), name))
          || (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), name) == 0)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The control beside the label that names it. */
static GtkWidget *
control (GtkWidget *dialog, const char *name)
{
  GtkWidget *label = find (dialog, GTK_TYPE_LABEL, name);

  g_assert_nonnull (label);
  return gtk_label_get_mnemonic_widget (GTK_LABEL (label));
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_title (window) != NULL && g_str_has_prefix (gtk_window_get_title (window), "Import "))
        return GTK_WIDGET (window);
    }
  return NULL;
}

/* Opens the bytes and waits for the dialog's first look at them. */
static GtkWidget *
ask (AppWindow *window, const char *name, const void *bytes, gsize n, char **path)
{
  *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_assert_true (g_file_set_contents (*path, bytes, (gssize) n, NULL));
  app_window_open (window, (const char *const[]) { *path, NULL });
  t_wait_until (find_dialog () != NULL, (void) 0);

  return find_dialog ();
}

static gboolean
may_import (GtkWidget *dialog)
{
  return gtk_widget_get_sensitive (find (dialog, GTK_TYPE_BUTTON, "_Import"));
}

static const SigRecording *
import (AppWindow *window, GtkWidget *dialog)
{
  AppDocument *document = app_window_get_document (window);
  const SigRecording *before = app_document_get_recording (document);

  t_wait_until (may_import (dialog), (void) 0);
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "_Import"), "clicked");
  t_wait_until (!app_window_is_busy (window) && app_document_get_recording (document) != before, (void) 0);
  g_assert_null (find_dialog ());

  return app_document_get_recording (document);
}

static void
test_ambiguous (void)
{
  static const char text[] = "a;b;c\n1,234;2,500;1\n3,456;7,125;2\n3,111;7,000;1\n";
  AppWindow *window = t_window_new_empty ();
  g_autofree char *path = NULL;
  GtkWidget *dialog;
  const SigRecording *recording;
  float value;

  gtk_window_present (GTK_WINDOW (window));
  dialog = ask (window, "lamina-ambiguous.csv", text, strlen (text), &path);
  t_wait_until (find (dialog, GTK_TYPE_LABEL, "7,125") != NULL, (void) 0);
  g_assert_false (may_import (dialog));

  /* Thousands, and the last column as labels. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (control (dialog, "Numbers")), 2);
  t_wait_until (may_import (dialog), (void) 0);
  for (GtkWidget *list = find (dialog, GTK_TYPE_LABEL, "c"); list != NULL; list = gtk_widget_get_next_sibling (list))
    if (GTK_IS_DROP_DOWN (list))
      {
        gtk_drop_down_set_selected (GTK_DROP_DOWN (list), 1);
        break;
      }
  recording = import (window, dialog);
  g_assert_cmpuint (sig_recording_get_n_channels (recording), ==, 2);
  g_assert_true (sig_recording_read (recording, 0, 1, 1, &value, NULL));
  g_assert_cmpfloat (value, ==, 3456.0f);
  g_assert_cmpint (sig_labels_get_n_classes (app_document_get_labels (app_window_get_document (window))), ==, 2);

  t_window_close (window);
  g_unlink (path);
}

static void
test_raw (void)
{
  AppWindow *window = t_window_new_empty ();
  g_autofree char *path = NULL;
  gint16 numbers[120];
  GtkWidget *dialog;
  const SigRecording *recording;
  float value;

  for (int i = 0; i < 120; i++)
    numbers[i] = GINT16_TO_LE ((gint16) (i * 7 - 300));
  gtk_window_present (GTK_WINDOW (window));
  dialog = ask (window, "lamina-numbers.raw", numbers, sizeof numbers, &path);
  t_wait_until (may_import (dialog), (void) 0);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (control (dialog, "Type")), 4);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (control (dialog, "Order")), 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (control (dialog, "Channels")), 3);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (control (dialog, "Skip bytes before them")), 1e6);
  t_wait_until (!may_import (dialog), (void) 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (control (dialog, "Skip bytes before them")), 0);
  recording = import (window, dialog);
  g_assert_cmpuint (sig_recording_get_n_channels (recording), ==, 3);
  g_assert_true (sig_recording_read (recording, 0, 0, 1, &value, NULL));
  g_assert_cmpfloat (value, ==, -300.0f);

  t_window_close (window);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  if (!t_window_init (&argc, &argv))
    return 0;

  g_test_add_func ("/import-dialog/ambiguous", test_ambiguous);
  g_test_add_func ("/import-dialog/raw", test_raw);

  return t_window_run ();
}
