/* test-safe-file.c: the old file or the new one, never half of one, and nothing left beside it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-safe-file.h"

#include "t-app.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("lamina-safe-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
assert_content (const char *path, const char *content)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, content);
}

static void
write_file (const char *path, const char *content, gboolean commit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AppSafeFile) file = app_safe_file_new (path, &error);

  g_assert_no_error (error);
  g_assert_true (app_safe_file_append (file, content, strlen (content), &error));
  if (commit)
    g_assert_true (app_safe_file_commit (file, &error));
  g_assert_no_error (error);
}

static void
test_write (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL), *link = g_build_filename (folder, "link", NULL);
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *long_path = g_build_filename (folder, name, NULL);
  GStatBuf about;

  write_file (path, "old", TRUE);
  assert_content (path, "old");
  write_file (path, "given up", FALSE);
  assert_content (path, "old");
  g_assert_cmpuint (t_count_files (folder), ==, 1);

  /* Rights are kept, and a link stays one. */
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink (path, link), ==, 0);
  write_file (link, "new", TRUE);
  assert_content (path, "new");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0640);

  /* Row 14 of the catalogue: a name as long as names may be. */
  write_file (long_path, "long", TRUE);
  assert_content (long_path, "long");
  g_assert_cmpuint (t_count_files (folder), ==, 3);

  g_unlink (link);
  g_unlink (path);
  g_unlink (long_path);
  g_rmdir (folder);
}

static void
test_temporary (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "a.csv", NULL);
  g_autoptr (AppSafeFile) file = app_safe_file_new (path, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_true (app_safe_file_is_temporary (g_dir_read_name (dir)));
  g_assert_false (app_safe_file_is_temporary ("a.csv"));
  g_assert_false (app_safe_file_is_temporary (".lamina-of-mine"));
  g_clear_pointer (&file, app_safe_file_free);
  g_rmdir (folder);
}

static void
test_refused (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (app_safe_file_new (folder, &error));
  g_assert_nonnull (strstr (error->message, "Could not write"));
  g_clear_error (&error);
  g_assert_null (app_safe_file_new (nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  /* A device takes what it is given, or says that it is full. */
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_autoptr (AppSafeFile) file = app_safe_file_new ("/dev/full", &error);

      g_assert_no_error (error);
      g_assert_false (app_safe_file_is_regular (file));
      g_assert_false (app_safe_file_append (file, "x", 1, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
    }
  g_rmdir (folder);
}

/* A file that may not grow that large is an error, and the old one stays. */
static void
test_limit (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "a.txt", NULL);
  g_autofree char *much = g_strnfill (100000, 'x');
  struct rlimit before, limit;

  write_file (path, "old", TRUE);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = (struct rlimit) { 4096, before.rlim_max };
  app_safe_file_survive_limits ();
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (AppSafeFile) file = app_safe_file_new (path, &error);
    gboolean is_written;

    g_assert_no_error (error);
    is_written = app_safe_file_append (file, much, 100000, &error) && app_safe_file_commit (file, &error);
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
    g_assert_false (is_written);
    g_assert_nonnull (strstr (error->message, g_strerror (EFBIG)));
  }
  assert_content (path, "old");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safe-file/write", test_write);
  g_test_add_func ("/safe-file/temporary", test_temporary);
  g_test_add_func ("/safe-file/refused", test_refused);
  g_test_add_func ("/safe-file/limit", test_limit);
  return g_test_run ();
}
