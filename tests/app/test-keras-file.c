/* test-keras-file.c: .keras archives open from their files; all else is told apart and named
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-design-file.h"
#include "app-keras-file.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_open (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "stack.keras", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) design = NULL;
  g_auto (NnKeras) keras = { 0 };

  g_assert_true (app_keras_file_is (path));
  g_assert_true (app_keras_file_load (path, 0, &keras, &error));
  g_assert_no_error (error);
  g_assert_nonnull (keras.model);

  /* Wherever a design can stand, the archive stands for its own. */
  design = app_design_file_load (path, 0, &error);
  g_assert_no_error (error);
  g_assert_true (nn_design_equal (design, keras.design));
}

static void
test_open_time (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "open-time.keras", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) design = NULL;
  const NnShape input = nn_shape_2 (77, 4);

  g_assert_null (app_design_file_load (path, 0, &error));
  g_assert_nonnull (strstr (error->message, "Could not open “open-time.keras” as a Keras model"));
  g_clear_error (&error);
  design = app_design_file_resolve (path, &input, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpint (nn_design_get_input (design)->dim[0], ==, 77);
}

static void
test_others (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "stack.bin", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (NnKeras) keras = { 0 };

  g_assert_false (app_keras_file_is (path));
  g_assert_false (app_keras_file_is ("/nowhere.keras"));
  g_assert_false (app_keras_file_is ("/"));
  g_assert_false (app_keras_file_load (path, 0, &keras, &error));
  g_assert_nonnull (strstr (error->message, "“stack.bin”"));
  g_clear_error (&error);
  g_assert_false (app_keras_file_load ("/nowhere.keras", 0, &keras, &error));
  g_assert_nonnull (strstr (error->message, "“nowhere.keras”"));
}

/* What is left of a download that broke off is told as an archive, not as a design. */
static void
test_damaged (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "half.keras", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
  g_assert_null (app_design_file_load (path, 0, &error));
  g_assert_nonnull (strstr (error->message, "Could not open “half.keras” as a Keras model: It is no zip archive"));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keras-file/open", test_open);
  g_test_add_func ("/keras-file/damaged", test_damaged);
  g_test_add_func ("/keras-file/open-time", test_open_time);
  g_test_add_func ("/keras-file/others", test_others);
  return g_test_run ();
}
