/* test-design-file.c: designs go out and come back, ids stand for files, and errors name the file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-design-file.h"

#include "t-app.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder, *path, *link;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "mine.json", NULL);
  place->link = g_build_filename (place->folder, "link.json", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_unlink (place->path);
  g_unlink (place->link);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0); /* nothing else was left behind */
  g_free (place->folder);
  g_free (place->path);
  g_free (place->link);
}

static void
assert_loads (const char *path, const NnDesign *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) design = app_design_file_load (path, 0, &error);

  g_assert_no_error (error);
  g_assert_true (nn_design_equal (design, expected));
}

static void
assert_fails (const char *path, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (app_design_file_load (path, 0, &error));
  g_assert_nonnull (strstr (error->message, "mine.json"));
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_round (Place *place, gconstpointer data)
{
  g_autoptr (NnDesign) first = t_design (50, 16);
  g_autoptr (NnDesign) second = t_design (60, 16);

  g_assert_true (app_design_file_save (place->path, first, NULL));
  assert_loads (place->path, first);

  /* Through a link, which stays one. */
  g_assert_cmpint (symlink (place->path, place->link), ==, 0);
  g_assert_true (app_design_file_save (place->link, second, NULL));
  g_assert_true (g_file_test (place->link, G_FILE_TEST_IS_SYMLINK));
  assert_loads (place->path, second);
}

static void
test_errors (Place *place, gconstpointer data)
{
  g_autofree char *big = g_strnfill (2 * 1024 * 1024, ' ');
  g_autoptr (NnDesign) design = t_design (50, 16);
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (place->folder, "none", "mine.json", NULL);

  assert_fails (place->path, "No such file");
  g_assert_true (g_file_set_contents (place->path, "{ \"lamina_design\": 1, ", -1, NULL));
  assert_fails (place->path, "as a design");
  g_assert_true (g_file_set_contents (place->path, big, -1, NULL));
  assert_fails (place->path, "1 MiB");
  g_assert_cmpint (g_unlink (place->path), ==, 0);
  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0); /* nobody writes to it: waiting would not end */
  assert_fails (place->path, "not a regular file");

  g_assert_false (app_design_file_save (nowhere, design, &error));
  g_assert_nonnull (strstr (error->message, "mine.json"));
}

static void
test_resolve (Place *place, gconstpointer data)
{
  NnShape input = nn_shape_2 (200, 8);
  g_autoptr (NnDesign) saved = t_design (50, 16);
  g_autoptr (NnDesign) template = app_design_file_resolve ("R1", &input, 3, NULL);
  g_autoptr (NnDesign) file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (nn_design_get_name (template), ==, "R1");
  g_assert_true (nn_shape_equal (nn_design_get_input (template), &input));

  g_assert_true (app_design_file_save (place->path, saved, NULL));
  file = app_design_file_resolve (place->path, &input, 3, NULL);
  g_assert_true (nn_design_equal (file, saved)); /* as it stands: its own input */

  g_assert_null (app_design_file_resolve ("R99", &input, 2, &error));
  g_assert_nonnull (strstr (error->message, "R99"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/design-file/round", Place, NULL, set_up, test_round, tear_down);
  g_test_add ("/design-file/errors", Place, NULL, set_up, test_errors, tear_down);
  g_test_add ("/design-file/resolve", Place, NULL, set_up, test_resolve, tear_down);

  return g_test_run ();
}
