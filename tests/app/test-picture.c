/* test-picture.c: pictures in files: their kinds, their texts, and that none is left half
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-picture.h"

#include "t-app.h"
#include "wb-traces-paint.h"

#include <glib/gstdio.h>
#include <string.h>

static void
draw (cairo_t *cr, double width, double height, gpointer user_data)
{
  WbScene scene = { .pyramid = user_data };

  wb_traces_paint_picture (cr, &scene, "A & <b>", 100, 900, width, height, wb_colors_get (FALSE));
}

static void
test_kinds (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  static const char *const names[] = { "a.PNG", "a.svg", "a.pdf" };
  static const char *const starts[] = { "\211PNG", "<?xml", "%PDF" };
  g_autoptr (SigPyramid) pyramid = t_four (1000);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *bytes = NULL;
      AppPictureKind kind;
      gsize length;

      g_assert_true (app_picture_find_kind (path, &kind, NULL));
      g_assert_cmpint (kind, ==, (int) i);
      g_assert_true (app_picture_save (path, kind, "title", &(AppPictureSize) { 640, 480, 2 }, draw, pyramid, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_cmpint (memcmp (bytes, starts[i], strlen (starts[i])), ==, 0);
      if (kind == APP_PICTURE_PNG)
        {
          cairo_surface_t *surface = cairo_image_surface_create_from_png (path);

          g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1280);
          g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 960);
          cairo_surface_destroy (surface);
        }
      if (kind == APP_PICTURE_SVG)
        {
          g_assert_nonnull (strstr (bytes, ">A &amp; &lt;b&gt;</text>"));
          g_assert_nonnull (strstr (bytes, ">Ch 1</text>"));
          g_assert_null (strstr (bytes, "<image"));
          g_assert_true (g_str_has_suffix (bytes, "</svg>\n"));
        }
      g_unlink (path);
    }
  g_rmdir (folder);
}

/* A name alone becomes that of a PNG, but not of one that is there already. */
static void
test_name_alone (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "plot", NULL);
  g_autofree char *dotted = g_build_filename (folder, "plot.jpg", NULL);
  g_autofree char *complete = NULL, *kept = app_picture_complete_path (dotted, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (kept, ==, dotted);
  complete = app_picture_complete_path (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (complete, "/plot.png"));
  g_assert_true (g_file_set_contents (complete, "x", 1, NULL));
  g_assert_null (app_picture_complete_path (path, &error));
  g_assert_nonnull (strstr (error->message, "“plot.png” exists"));
  g_unlink (complete);
  g_rmdir (folder);
}

static void
test_refused (void)
{
  g_autoptr (SigPyramid) pyramid = t_four (1000);
  g_autoptr (GError) error = NULL;
  AppPictureKind kind;

  g_assert_false (app_picture_find_kind ("view.jpg", &kind, &error));
  g_assert_nonnull (strstr (error->message, "“view.jpg”"));
  g_clear_error (&error);
  g_assert_false (app_picture_save ("/nowhere/a.png", APP_PICTURE_PNG, "", &(AppPictureSize) { 50, 400, 1 }, draw, pyramid,
                                    &error));
  g_assert_nonnull (strstr (error->message, "50 × 400"));
  g_clear_error (&error);
  g_assert_false (app_picture_save ("/nowhere/a.png", APP_PICTURE_PNG, "", &(AppPictureSize) { 400, 400, 1 }, draw, pyramid,
                                    &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/kinds", test_kinds);
  g_test_add_func ("/picture/name-alone", test_name_alone);
  g_test_add_func ("/picture/refused", test_refused);

  return g_test_run ();
}
