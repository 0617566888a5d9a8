/* test-watch.c: a file that changes while its recording is open is told, once; rows 16 to 18 of the catalogue of bad inputs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-watch.h"


#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define WAIT_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char *last;
  int   n;
} Told;

static void
changed_cb (gpointer user_data, const char *change)
{
  Told *told = user_data;

  g_free (told->last);
  told->last = g_strdup (change);
  told->n++;
}

static void
wait_for (const Told *told, int n)
{
  gint64 until = g_get_monotonic_time () + WAIT_US;

  while (told->n < n && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (told->n, ==, n);
}

static void
test_changes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lamina-watch-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  Told told = { 0 };
  g_autoptr (AppWatch) watch = app_watch_new (changed_cb, &told);
  float value;

  g_assert_true (g_file_set_contents (path, "a,b\n1.5,2\n2.5,3\n3,4.5\n", -1, NULL));
  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  app_watch_set_recording (watch, content.recording);

  g_assert_cmpint (truncate (path, 5), ==, 0);
  wait_for (&told, 1);
  g_assert_cmpstr (told.last, ==, "“a.csv” was cut short since it was opened.");

  /* The view that was there stays. */
  g_assert_true (sig_recording_read (content.recording, 1, 2, 1, &value, &error));
  g_assert_cmpfloat (value, ==, 4.5f);

  app_watch_remind (watch);
  wait_for (&told, 2);
  g_assert_cmpint (g_unlink (path), ==, 0);
  wait_for (&told, 3);
  g_assert_cmpstr (told.last, ==, "“a.csv” is no longer there.");

  g_clear_pointer (&watch, app_watch_free);
  g_free (told.last);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watch/changes", test_changes);
  return g_test_run ();
}
