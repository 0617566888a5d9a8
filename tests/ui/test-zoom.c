/* test-zoom.c: what is in a zoom is as large as the desktop's letters
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-ui.h"
#include "t-view.h"
#include "wb-zoom.h"

static void
set_dpi (double dpi)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (dpi * 1024), NULL);
}

static void
test_factor (void)
{
  static const struct
  {
    double dpi, factor;
    int    pixels;
  } cases[] = { { 96, 1, 1 }, { 100, 1, 1 }, { 72, 1, 1 }, { 144, 1.5, 2 }, { 192, 2, 2 }, { 960, 4, 4 } };
  GtkWidget *child = gtk_drawing_area_new (), *zoom = wb_zoom_new (child), *window;

  gtk_widget_set_size_request (child, 100, 50);
  window = t_ui_show (zoom, 600, 300);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      graphene_point_t point;
      int least;

      set_dpi (cases[i].dpi);
      t_view_wait_for_frame (window);
      g_assert_cmpfloat (wb_zoom_get_factor (WB_ZOOM (zoom)), ==, cases[i].factor);
      g_assert_cmpint (wb_zoom_get_pixels (child), ==, cases[i].pixels);
      gtk_widget_measure (zoom, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, ==, (int) (100 * cases[i].factor));
      g_assert_cmpint (gtk_widget_get_width (child), ==, (int) (gtk_widget_get_width (zoom) / cases[i].factor + .999));
      g_assert_true (gtk_widget_compute_point (child, zoom, &GRAPHENE_POINT_INIT (10, 20), &point));
      g_assert_cmpfloat (point.x, ==, (float) (10 * cases[i].factor));
      g_assert_cmpfloat (point.y, ==, (float) (20 * cases[i].factor));
    }
  set_dpi (96);
  t_ui_close (window, zoom);
}

/* A widget that is in none. */
static void
test_without (void)
{
  GtkWidget *child = g_object_ref_sink (gtk_drawing_area_new ());

  g_assert_cmpint (wb_zoom_get_pixels (child), ==, 1);
  g_object_unref (child);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zoom/factor", test_factor);
  g_test_add_func ("/zoom/without", test_without);
  return t_ui_run ();
}
