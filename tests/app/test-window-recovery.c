/* test-window-recovery.c: unsaved work of a window is kept, found by the next one, and gone when it is saved or given up
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "sig-label-edit.h"
#include "t-app.h"
#include "t-window.h"

#include <glib/gstdio.h>

static guint
count_left (void)
{
  g_autofree char *folder = app_recovery_dup_folder ();
  g_auto (GStrv) left = app_recovery_find (folder);

  return g_strv_length (left);
}

static guint
count_files (void)
{
  g_autofree char *folder = app_recovery_dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Marks a step, and does not wait the seconds until that is kept. */
static void
mark (AppWindow *window, gint64 step)
{
  AppDocument *document = app_window_get_document (window);
  g_autoptr (SigLabels) marked = sig_label_edit_set (app_document_get_labels (document), step, step + 1, SIG_DONT_KNOW);

  g_assert_true (app_document_edit_labels (document, marked, "Mark"));
  g_assert_cmpuint (window->recovery_timer, !=, 0);
  g_source_set_ready_time (g_main_context_find_source_by_id (NULL, window->recovery_timer), 0);
  t_wait_until (window->recovery_timer == 0 && !app_job_is_active (window->recovery_job), (void) 0);
}

/* The dialog that offers to restore; NULL: none. */
static GtkWindow *
find_offer (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), "Restore Unsaved Work?") == 0)
        return window;
    }

  return NULL;
}

static void
test_kept (void)
{
  AppWindow *window = t_window_new ();

  g_assert_cmpuint (count_files (), ==, 0);
  mark (window, 100);
  g_assert_cmpuint (count_files (), ==, 2);
  g_assert_cmpuint (count_left (), ==, 0); /* it is held */
  t_window_press (window, "win.undo");     /* nothing is unsaved any more */
  t_wait_until (count_files () == 0, (void) 0);
  t_window_press (window, "win.redo");
  mark (window, 200);
  g_assert_cmpuint (count_files (), ==, 2);
  app_window_forgo_saving (window);
  t_window_close (window);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* As after a crash: the copy is there, and nobody holds it. */
static void
test_restored (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document;

  mark (window, 300);
  g_clear_pointer (&window->recovery, app_recovery_free);
  window->recovery = app_recovery_new ("/nowhere");
  app_window_forgo_saving (window);
  t_window_close (window);
  g_assert_cmpuint (count_left (), ==, 1);

  window = t_window_new ();
  document = app_window_get_document (window);
  g_assert_cmpint (sig_labels_get (app_document_get_labels (document), 300), !=, SIG_DONT_KNOW);
  app_window_offer_recovery (window);
  t_wait_until (find_offer () != NULL, (void) 0);
  g_signal_emit_by_name (gtk_window_get_default_widget (find_offer ()), "clicked");
  t_wait_until (app_document_is_labels_modified (document), (void) 0);
  g_assert_cmpint (sig_labels_get (app_document_get_labels (document), 300), ==, SIG_DONT_KNOW);
  g_assert_null (window->project_path); /* Save asks where to */
  g_assert_cmpuint (count_left (), ==, 0);
  g_assert_cmpuint (count_files (), ==, 2);
  app_window_forgo_saving (window);
  t_window_close (window);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* A damaged copy is in nobody's way, and stays. */
static void
test_damaged (void)
{
  g_autofree char *folder = app_recovery_dup_folder (), *path = g_build_filename (folder, "bad.lamina", NULL);
  AppWindow *window = t_window_new ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "PK\3\4 no project", -1, NULL));
  app_window_offer_recovery (window);
  t_wait_until (!app_job_is_active (window->recovery_look), (void) 0);
  g_assert_null (find_offer ());
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  t_window_close (window);
  app_recovery_remove (path);
}

int
main (int argc, char **argv)
{
  if (!t_window_init (&argc, &argv))
    return 0;
  g_test_add_func ("/window-recovery/kept", test_kept);
  g_test_add_func ("/window-recovery/restored", test_restored);
  g_test_add_func ("/window-recovery/damaged", test_damaged);
  return t_window_run ();
}
