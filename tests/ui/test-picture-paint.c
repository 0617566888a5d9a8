/* test-picture-paint.c: layout, frame, overview and whole pictures on surfaces without a display
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-gutter-paint.h"
#include "wb-legend-paint.h"
#include "wb-overview-paint.h"
#include "wb-text-paint.h"
#include "wb-traces-paint.h"

#include <cairo-svg.h>
#include <math.h>

static guint32
get_background (gboolean dark)
{
  const WbColor *color = &wb_colors_get (dark)->background;

  return (guint32) (color->red * 255 + .5) << 16 | (guint32) (color->green * 255 + .5) << 8
         | (guint32) (color->blue * 255 + .5);
}

/* Parts follow each other from top to bottom and end inside, for any channels and sizes. */
static void
test_layout (void)
{
  const guint channels[] = { 1, 16, 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_auto (TScene) scene = { 0 };
      WbTracesLayout layout;

      t_scene_init (&scene, channels[i], 600, 0);
      for (double width = 300; width < 3000; width *= 1.7)
        for (double height = 240; height < 2000; height *= 1.4)
          {
            wb_traces_layout (&scene.scene, width, height, &layout);
            g_assert_cmpuint (layout.n_lanes, ==, channels[i]);
            g_assert_cmpfloat (layout.plot_x + layout.plot_width, <=, width);
            g_assert_cmpfloat (layout.ruler_y + layout.ruler_height, <=, layout.lanes_y);
            g_assert_cmpfloat (layout.lanes_y + layout.lanes_height, <=, layout.truth_y);
            g_assert_cmpfloat (layout.truth_y + layout.ribbon_height, <=, layout.prediction_y);
            g_assert_cmpfloat (layout.prediction_y + layout.ribbon_height, <=, layout.error_y);
            g_assert_cmpfloat (layout.error_y + layout.ribbon_height, <=, layout.probability_y);
            g_assert_cmpfloat (layout.probability_y + layout.probability_height, <=, layout.legend_y);
            g_assert_cmpfloat (layout.legend_y + layout.legend_height, ==, height);
          }
    }
}

/* Each part that the scene has leaves something in its place, with its name at the left. */
static void
test_frame (gconstpointer data)
{
  gboolean dark = GPOINTER_TO_INT (data);
  g_auto (TScene) scene = { 0 };
  g_autoptr (cairo_surface_t) image = t_image_new (900, 600, 0);
  g_autoptr (cairo_t) cr = cairo_create (image);
  guint32 ground = get_background (dark);
  WbTracesLayout layout;

  t_scene_init (&scene, 16, 5000, 500);
  wb_traces_layout (&scene.scene, 900, 600, &layout);
  wb_traces_paint_frame (cr, &scene.scene, &layout, 100, 2100, wb_colors_get (dark));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);

  const double rows[][2] = {
    { layout.ruler_y, layout.ruler_height },
    { layout.truth_y, layout.ribbon_height },
    { layout.prediction_y, layout.ribbon_height },
    { layout.error_y, layout.ribbon_height },
    { layout.probability_y, layout.probability_height },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpuint (t_image_count (image, ground, 0, (int) rows[i][0], (int) layout.gutter, (int) rows[i][1]), >,
                        40);
      g_assert_cmpuint (t_image_count (image, ground, (int) layout.plot_x, (int) rows[i][0], (int) layout.plot_width,
                                       (int) rows[i][1]),
                        >, 100);
    }
  for (int lane = 0; lane < 16; lane += 2)
    g_assert_cmpuint (t_image_count (image, ground, 12, (int) (layout.lanes_y + lane * layout.lanes_height / 16) + 2,
                                     (int) layout.gutter - 16, 12),
                      >, 20);
  g_assert_cmpuint (t_image_count (image, ground, (int) layout.plot_x, (int) layout.legend_y, 500,
                                   (int) layout.legend_height),
                    >, 200);
}

static void
test_scenes (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (cairo_surface_t) image = t_image_new (400, 300, 0);
  g_autoptr (cairo_t) cr = cairo_create (image);

  g_test_summary ("Whatever is missing is left out; nothing is drawn from nothing.");
  t_scene_init (&scene, 3, 900, 0);
  for (guint mask = 0; mask < 16; mask++)
    {
      WbScene part = {
        mask & 1 ? scene.scene.pyramid : NULL,
        mask & 2 ? scene.scene.truth : NULL,
        mask & 4 ? scene.scene.prediction : NULL,
        mask & 8 ? scene.scene.split : NULL,
      };

      wb_traces_paint_picture (cr, &part, "A picture", 0, 900, 400, 300, wb_colors_get (mask & 1));
      wb_overview_paint (cr, &part, 400, 60, wb_colors_get (FALSE));
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
    }
}

static void
test_picture (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (cairo_surface_t) image = t_image_new (800, 500, 0), again = t_image_new (800, 500, 0);
  g_autoptr (cairo_t) cr = cairo_create (image);
  g_autoptr (cairo_t) cr_again = cairo_create (again);

  t_scene_init (&scene, 16, 5000, 0);
  wb_traces_paint_picture (cr, &scene.scene, "A title \xff that is not UTF-8", 100, 2100, 800, 500,
                           wb_colors_get (FALSE));
  wb_traces_paint_picture (cr_again, &scene.scene, "A title \xff that is not UTF-8", 100, 2100, 800, 500,
                           wb_colors_get (FALSE));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (image);
  cairo_surface_flush (again);
  g_assert_cmpmem (cairo_image_surface_get_data (image), 800 * 500 * 4, cairo_image_surface_get_data (again),
                   800 * 500 * 4);

  /* Nothing touches the outermost pixels: nothing is cut. */
  g_assert_cmpuint (t_image_count (image, get_background (FALSE), 0, 0, 800, 2), ==, 0);
  g_assert_cmpuint (t_image_count (image, get_background (FALSE), 0, 498, 800, 2), ==, 0);
  g_assert_cmpuint (t_image_count (image, get_background (FALSE), 798, 0, 2, 500), ==, 0);
}

/* A prediction in a file gives the same picture as one in memory, at zooms at which it has to be read and others, finer pixels
 * included. */
static void
test_prediction_in_file (void)
{
  const double lengths[] = { 120, 2000, 9000, 30000 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (lengths); i++)
    {
      g_auto (TScene) scene = { 0 };
      double end = 77 + lengths[i / 2];
      int scale = 1 + i % 2;
      g_autoptr (cairo_surface_t) image = t_image_new (800 * scale, 500 * scale, 0);
      g_autoptr (cairo_surface_t) again = t_image_new (800 * scale, 500 * scale, 0);
      g_autoptr (cairo_t) cr = NULL, cr_again = NULL;

      cairo_surface_set_device_scale (image, scale, scale);
      cairo_surface_set_device_scale (again, scale, scale);
      cr = cairo_create (image);
      cr_again = cairo_create (again);
      t_scene_init (&scene, 4, 31000, 0);
      wb_traces_paint_picture (cr, &scene.scene, "", 77, end, 800, 500, wb_colors_get (FALSE));
      t_scene_put_away_prediction (&scene);
      wb_traces_paint_picture (cr_again, &scene.scene, "", 77, end, 800, 500, wb_colors_get (FALSE));
      cairo_surface_flush (image);
      cairo_surface_flush (again);
      g_assert_cmpmem (cairo_image_surface_get_data (image), 800 * 500 * 4 * scale * scale,
                       cairo_image_surface_get_data (again), 800 * 500 * 4 * scale * scale);
    }
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_string_append_len (closure, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
test_svg (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (cairo_surface_t) surface = cairo_svg_surface_create_for_stream (append_cb, text, 800, 500);
  g_autoptr (cairo_t) cr = cairo_create (surface);

  t_scene_init (&scene, 4, 2000, 0);
  wb_traces_paint_picture (cr, &scene.scene, "Vector", 0, 2000, 800, 500, wb_colors_get (FALSE));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_finish (surface);
  g_assert_nonnull (strstr (text->str, "</svg>"));
}

/* In a window the legend counts what has no room; a picture grows until all of it has. */
static void
test_whole_legend (void)
{
  static const char *const names[] = { "a rather long name of a class", "another one that is as long",
                                       "a third one, hardly shorter", "and the fourth of them", "one more to be seen" };
  g_auto (TScene) scene = { 0 };
  g_autofree gint32 *classes = g_new0 (gint32, 5000);
  g_autoptr (SigLabels) labels = sig_labels_new_from_steps (classes, 5000, names, G_N_ELEMENTS (names));
  g_autoptr (cairo_surface_t) image = t_image_new (400, 400, 0); /* three rows of it lie below 300 */
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbScene shown;
  WbTracesLayout layout;
  int width = 400, height = 300;
  double row;

  t_scene_init (&scene, 2, 5000, 0);
  shown = (WbScene) { .pyramid = scene.scene.pyramid, .truth = labels };
  wb_traces_layout (&shown, width, height, &layout);
  row = layout.legend_height;
  g_assert_cmpfloat (wb_legend_get_height (cr, &shown, &layout), >=, 3 * row);

  wb_traces_get_picture_size (&shown, &width, &height);
  g_assert_cmpint (width, >, 400);
  g_assert_cmpint (height, >=, 300 + (int) (2 * row));

  layout.legend_height = 3 * row;
  wb_legend_paint (cr, &shown, &layout, wb_colors_get (FALSE));
  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (t_image_count (image, 0, (int) layout.plot_x, (int) (layout.legend_y + i * row), 100, (int) row), >, 50);
}

/* The serifs of bars at the right end of the gutter, from `y` on. */
static guint
count_bars (cairo_surface_t      *image,
            const WbTracesLayout *layout)
{
  int x = (int) layout->plot_x - 8;
  guint n = 0;

  for (int y = (int) layout->lanes_y; y < (int) (layout->lanes_y + layout->lanes_height) - 1; y++)
    n += t_image_count (image, 0, x, y, 1, 1) > 0 && t_image_count (image, 0, x, y + 1, 1, 1) == 0;
  return n / 2;
}

/* Channels next to each other share a bar where they share a unit and its scale; the others have their own. */
static void
test_butterfly_bars (void)
{
  static const char *const names[] = { "a", "b", "c", "d" }, *const units[] = { "mV", "mV", "mV", "°C" };
  float *samples = g_new0 (float, 4 * 100);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  g_autoptr (WbLaneView) lanes = wb_lane_view_new (4), each = wb_lane_view_with_butterfly (lanes, TRUE);
  g_autoptr (WbLaneView) common = wb_lane_view_with_scale (each, WB_SCALE_COMMON);
  const WbLaneView *views[] = { each, common };
  const guint n_bars[] = { 4, 2 };

  for (guint i = 0; i < 400; i++)
    samples[i] = (float) ((i % 2) * (1 + i / 100));
  recording = sig_recording_new_take_samples ("bars", 4, 100, 100, names, units, samples);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      WbScene scene = { .pyramid = pyramid, .view = views[i] };
      g_autoptr (cairo_surface_t) image = t_image_new (500, 400, 0);
      g_autoptr (cairo_t) cr = cairo_create (image);
      WbTracesLayout layout;

      wb_traces_layout (&scene, 500, 400, &layout);
      wb_gutter_paint (cr, &scene, &layout, wb_colors_get (FALSE));
      g_assert_cmpuint (count_bars (image, &layout), ==, n_bars[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-paint/layout", test_layout);
  g_test_add_data_func ("/picture-paint/frame/light", GINT_TO_POINTER (FALSE), test_frame);
  g_test_add_data_func ("/picture-paint/frame/dark", GINT_TO_POINTER (TRUE), test_frame);
  g_test_add_func ("/picture-paint/scenes", test_scenes);
  g_test_add_func ("/picture-paint/picture", test_picture);
  g_test_add_func ("/picture-paint/svg", test_svg);
  g_test_add_func ("/picture-paint/whole-legend", test_whole_legend);
  g_test_add_func ("/picture-paint/butterfly-bars", test_butterfly_bars);
  g_test_add_func ("/picture-paint/prediction-in-file", test_prediction_in_file);
  return g_test_run ();
}
