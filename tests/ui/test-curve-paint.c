/* test-curve-paint.c: the loss curve on image surfaces
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-curve-paint.h"

#include <math.h>

#define WIDTH    700
#define HEIGHT   400
#define N_POINTS 30

static WbCurvePoint points[N_POINTS];

static void
fill_points (void)
{
  for (int i = 0; i < N_POINTS; i++)
    points[i] = (WbCurvePoint) { .7 * exp (-i / 5.), .7 * exp (-i / 7.) + .05, 1 - .5 * exp (-i / 5.),
                                1 - .5 * exp (-i / 7.) };
}

static cairo_surface_t *
paint (const WbCurveScene *scene)
{
  cairo_surface_t *image = t_image_new (WIDTH, HEIGHT, 0);
  g_autoptr (cairo_t) cr = cairo_create (image);

  wb_curve_paint (cr, scene, NULL, WIDTH, HEIGHT, wb_colors_get (FALSE));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  return image;
}

/* Pixels of exactly that colour: the middles of lines and marks. */
static guint
count_color (cairo_surface_t *image,
             const WbColor   *color,
             int              x0,
             int              y0,
             int              x1,
             int              y1)
{
  guint32 wanted = (guint32) (color->red * 255 + .5) << 16 | (guint32) (color->green * 255 + .5) << 8
                   | (guint32) (color->blue * 255 + .5);
  guint n = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      n += t_image_get_pixel (image, x, y) == wanted;
  return n;
}

static void
test_falls (void)
{
  const WbCurveScene scene = { points, N_POINTS, N_POINTS, 0, WB_CURVE_LOSS, FALSE, -1 };
  const WbColors *colors = wb_colors_get (FALSE);
  g_autoptr (cairo_surface_t) image = paint (&scene);

  g_test_summary ("A falling loss begins in the upper left of the plot and ends in the lower right, both curves.");
  g_assert_cmpuint (count_color (image, &colors->train, 62, 30, 120, 200), >, 10);
  g_assert_cmpuint (count_color (image, &colors->train, 400, 30, 560, 200), ==, 0);
  g_assert_cmpuint (count_color (image, &colors->train, 400, 250, 560, 360), >, 50);
  g_assert_cmpuint (count_color (image, &colors->validation, 62, 30, 120, 200), >, 10);
  g_assert_cmpuint (count_color (image, &colors->validation, 400, 250, 560, 360), >, 30);
}

static void
test_raw_values (void)
{
  const WbColors *colors = wb_colors_get (FALSE);
  WbCurvePoint lonely[3] = { { NAN, NAN, NAN, NAN }, { .5, NAN, NAN, NAN }, { NAN, NAN, NAN, NAN } };
  const WbCurveScene scene = { lonely, 3, 3, 0, WB_CURVE_LOSS, FALSE, -1 };
  g_autoptr (cairo_surface_t) image = paint (&scene);

  g_test_summary ("One value between two unknown ones has no line, and is still there as a mark.");
  g_assert_cmpuint (count_color (image, &colors->train, 62, 30, 560, 360), >, 8);
  g_assert_cmpuint (count_color (image, &colors->train, 62, 30, 560, 360), <, 60);
}

/* Values that no axis can show, planned epochs from none to many, any size: no failure. */
static void
test_odd (void)
{
  const WbCurvePoint odd[] = {
    { 0, -1, 0, 0 }, { INFINITY, NAN, 1, 1 }, { 1e300, 1e-300, 2, -3 }, { .5, .5, .5, .5 }, { .5, .5, .5, .5 }
  };
  const double sizes[][2] = { { 1, 1 }, { 210, 60 }, { 2000, 1200 } };

  for (guint n = 0; n <= G_N_ELEMENTS (odd); n++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      for (guint mask = 0; mask < 8; mask++)
        {
          const WbCurveScene scene = {
            odd, n, mask & 1 ? 1000 : 0, n, mask & 2 ? WB_CURVE_ACCURACY : WB_CURVE_LOSS, (mask & 4) != 0, 100
          };
          g_autoptr (cairo_surface_t) image = t_image_new (64, 64, 0);
          g_autoptr (cairo_t) cr = cairo_create (image);

          wb_curve_paint (cr, &scene, "title", sizes[s][0], sizes[s][1], wb_colors_get (TRUE));
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        }
}

static gboolean
is_same (cairo_surface_t *a,
         cairo_surface_t *b)
{
  cairo_surface_flush (a);
  cairo_surface_flush (b);
  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), WIDTH * HEIGHT * 4) == 0;
}

static void
test_changes (void)
{
  WbCurveScene scene = { points, N_POINTS, 60, 0, WB_CURVE_LOSS, FALSE, -1 };
  g_autoptr (cairo_surface_t) plain = paint (&scene);

  g_test_summary (
      "The log switch, the kind, the best epoch, the hover and no points at all each change the picture.");
  for (int i = 0; i < 5; i++)
    {
      WbCurveScene other = scene;
      g_autoptr (cairo_surface_t) image = NULL;

      other.log = i == 0;
      other.kind = i == 1 ? WB_CURVE_ACCURACY : WB_CURVE_LOSS;
      other.best_epoch = i == 2 ? 12 : 0;
      other.hover = i == 3 ? 200 : -1;
      other.n_points = i == 4 ? 0 : N_POINTS;
      image = paint (&other);
      g_assert_false (is_same (plain, image));
    }
}

static void
test_guidance (void)
{
  WbCurveScene scene = { .n_epochs = 20, .hover = -1 };
  g_autoptr (cairo_surface_t) ready = paint (&scene);
  g_autoptr (cairo_surface_t) held_up = NULL;
  g_autoptr (cairo_surface_t) running = NULL;

  g_test_summary ("Without a point the picture calls for training only where that can begin and has not.");
  scene.held_up = TRUE;
  held_up = paint (&scene);
  g_assert_false (is_same (ready, held_up));
  scene.running = TRUE;
  running = paint (&scene);
  g_assert_false (is_same (running, held_up));
  g_assert_false (is_same (running, ready));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fill_points ();
  g_test_add_func ("/curve-paint/falls", test_falls);
  g_test_add_func ("/curve-paint/raw-values", test_raw_values);
  g_test_add_func ("/curve-paint/odd", test_odd);
  g_test_add_func ("/curve-paint/changes", test_changes);
  g_test_add_func ("/curve-paint/guidance", test_guidance);
  return g_test_run ();
}
