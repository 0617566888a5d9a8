/* test-recovery.c: unsaved work is found when its owner is gone, and only then
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-recovery.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

static char *root, *folder;

/* The demo with one label of so many steps. */
static void
make_project (AppProject *self, gint64 length)
{
  static const char *const names[] = { "a" };
  const AppSourceStep step = { .kind = APP_SOURCE_DEMO };
  const SigSpan span = { 0, length, 0 };
  g_autoptr (SigLabels) labels = sig_labels_new (48000, &span, 1, names, 1);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  NnShape input = nn_shape_2 (400, 16);

  *self = (AppProject) { .n_steps = 48000, .settings = nn_settings_default () };
  self->source = app_source_with_step (NULL, &step);
  self->tracks = sig_label_set_with_added (empty, "Mine", labels);
  self->design = nn_design_new (&input);
  self->filter = sig_filter_spec_default ();
}

static void
save (AppRecovery *recovery, gint64 length)
{
  g_auto (AppProject) project = { 0 };
  g_autoptr (GError) error = NULL;

  make_project (&project, length);
  g_assert_true (app_recovery_save (recovery, app_recovery_next (recovery), &project, &error));
  g_assert_no_error (error);
}

/* The length of the one label in the newest copy that was left; 0: there is none. */
static gint64
find_length (char **path)
{
  g_auto (GStrv) left = app_recovery_find (folder);
  g_auto (AppProject) project = { 0 };
  gsize n;

  if (left[0] == NULL)
    return 0;
  g_assert_true (app_project_load (left[0], &project, NULL));
  if (path != NULL)
    *path = g_strdup (left[0]);

  return sig_labels_get_spans (sig_label_set_peek_active (project.tracks), &n)->end;
}

static void
test_life (void)
{
  AppRecovery *recovery = app_recovery_new (folder);
  g_autoptr (AppRecovery) other = app_recovery_new (folder);
  g_autofree char *path = NULL;

  g_assert_cmpint (find_length (NULL), ==, 0); /* not even a folder */
  save (recovery, 7);
  g_assert_cmpint (find_length (NULL), ==, 0); /* its owner lives */
  save (recovery, 8);
  app_recovery_free (recovery);
  g_assert_cmpint (find_length (&path), ==, 8);
  g_assert_cmpint (find_length (NULL), ==, 8); /* looking changes nothing */

  g_assert_true (app_recovery_has (other, path));
  g_assert_false (app_recovery_has (other, "/elsewhere/x.lamina"));
  g_assert_true (app_recovery_adopt (other, path));
  g_assert_cmpint (find_length (NULL), ==, 0);
  save (other, 9);
  app_recovery_forget (other, app_recovery_next (other));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (app_recovery_adopt (other, path));
}

/* What was asked for before something newer comes too late. */
static void
test_late (void)
{
  g_autoptr (AppRecovery) recovery = app_recovery_new (folder);
  g_auto (AppProject) project = { 0 };
  guint late = app_recovery_next (recovery);

  make_project (&project, 5);
  app_recovery_forget (recovery, app_recovery_next (recovery));
  g_assert_true (app_recovery_save (recovery, late, &project, NULL));
  g_clear_pointer (&recovery, app_recovery_free);
  g_assert_cmpint (find_length (NULL), ==, 0);

  recovery = app_recovery_new (folder);
  late = app_recovery_next (recovery);
  save (recovery, 6);
  app_recovery_forget (recovery, late);
  g_clear_pointer (&recovery, app_recovery_free);
  g_assert_cmpint (find_length (NULL), ==, 6);
}

/* Copies of two owners, the newest first; other files and links do not count. */
static void
test_several (void)
{
  AppRecovery *old = app_recovery_new (folder), *young = app_recovery_new (folder);
  g_autofree char *link = g_build_filename (folder, "link.lamina", NULL), *text = g_build_filename (folder, "x.txt", NULL);
  g_autofree char *path = NULL;
  g_auto (GStrv) left = NULL;
  struct utimbuf past = { 0, 0 };

  save (old, 3);
  app_recovery_free (old);
  left = app_recovery_find (folder);
  g_assert_cmpint (utime (left[0], &past), ==, 0);
  save (young, 4);
  app_recovery_free (young);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_true (g_file_set_contents (text, "", 0, NULL));

  g_assert_cmpint (find_length (&path), ==, 4);
  app_recovery_remove (path);
  g_assert_cmpint (find_length (NULL), ==, 3);
}

/* A copy that was adopted is not removed by what was asked about the one before it, nor by who offered it too. */
static void
test_adopted (void)
{
  AppRecovery *gone = app_recovery_new (folder);
  g_autoptr (AppRecovery) recovery = app_recovery_new (folder);
  g_autofree char *path = NULL;
  guint late;

  save (gone, 8);
  app_recovery_free (gone);
  g_assert_cmpint (find_length (&path), ==, 8);
  save (recovery, 9);
  late = app_recovery_next (recovery);
  g_assert_true (app_recovery_adopt (recovery, path));
  app_recovery_forget (recovery, late);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  app_recovery_remove (path);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&recovery, app_recovery_free);
  g_assert_cmpint (find_length (NULL), ==, 8);
}

static gboolean
has_after_look (const char *name, gboolean is_old)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct utimbuf past = { 0, 0 };
  gboolean has;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  if (is_old)
    g_assert_cmpint (utime (path, &past), ==, 0);
  g_strfreev (app_recovery_find (folder));
  has = g_file_test (path, G_FILE_TEST_EXISTS);
  g_unlink (path);

  return has;
}

/* A program that was killed while it wrote leaves nothing for ever; what may still be written to stays, and what is not ours. */
static void
test_remnants (void)
{
  g_assert_false (has_after_look (".lamina-a1b2c3", TRUE));
  g_assert_true (has_after_look (".lamina-a1b2c3", FALSE));
  g_assert_false (has_after_look ("x.lamina.lock", TRUE));
  g_assert_true (has_after_look ("x.lamina.lock", FALSE));
  g_assert_true (has_after_look ("x.lamina", TRUE));
  g_assert_true (has_after_look ("notes.txt", TRUE));
}

static void
test_no_room (void)
{
  g_autofree char *file = g_build_filename (root, "file", NULL), *below = g_build_filename (file, "unsaved", NULL);
  g_autoptr (AppRecovery) recovery = app_recovery_new (below);
  g_auto (AppProject) project = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  make_project (&project, 5);
  g_assert_false (app_recovery_save (recovery, app_recovery_next (recovery), &project, &error));
  g_assert_nonnull (strstr (error->message, "Unsaved work cannot be kept in"));
}

static void
clean (void)
{
  const char *name;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

static void
run (gconstpointer test)
{
  clean ();
  ((GTestFunc) test) ();
}

int
main (int argc, char **argv)
{
  g_autofree char *file = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("lamina-recovery-XXXXXX", NULL);
  folder = g_build_filename (root, "state", "unsaved", NULL);
  g_test_add_data_func ("/recovery/life", test_life, run);
  g_test_add_data_func ("/recovery/late", test_late, run);
  g_test_add_data_func ("/recovery/several", test_several, run);
  g_test_add_data_func ("/recovery/adopted", test_adopted, run);
  g_test_add_data_func ("/recovery/remnants", test_remnants, run);
  g_test_add_data_func ("/recovery/no-room", test_no_room, run);
  status = g_test_run ();
  clean ();
  file = g_build_filename (root, "file", NULL);
  g_unlink (file);
  g_rmdir (folder);
  g_free (folder);
  folder = g_build_filename (root, "state", NULL);
  g_rmdir (folder);
  g_rmdir (root);
  g_free (folder);
  g_free (root);

  return status;
}
