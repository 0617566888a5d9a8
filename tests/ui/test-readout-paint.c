/* test-readout-paint.c: what is told beside the crosshair, and where
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-readout-paint.h"
#include "wb-ruler-paint.h"
#include "wb-text-paint.h"

#include <math.h>

/* The readout touches nothing outside the bounds that it promises, on both sides of the cursor. */
static void
test_readout_bounds (void)
{
  const guint channels[] = { 2, 16, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_auto (TScene) scene = { 0 };
      WbTracesLayout layout;

      t_scene_init (&scene, channels[i], 5000, 0);
      wb_traces_layout (&scene.scene, 900, 500, &layout);
      for (double step = 0; step < 5000; step += 490)
        {
          g_autoptr (cairo_surface_t) image = t_image_new (900, 500, 0);
          g_autoptr (cairo_t) cr = cairo_create (image);
          double x, width;

          g_assert_true (wb_readout_get_bounds (&layout, 0, 5000, step, &x, &width));
          wb_readout_paint (cr, &scene.scene, &layout, 0, 5000, step, 200, wb_colors_get (FALSE));
          g_assert_cmpuint (t_image_count (image, 0, 0, 0, (int) MAX (0, x), 500), ==, 0);
          if (x + width < 900)
            g_assert_cmpuint (t_image_count (image, 0, (int) (x + width), 0, 900 - (int) (x + width), 500), ==, 0);
          g_assert_cmpuint (t_image_count (image, 0, (int) MAX (0, x), 0, (int) MIN (width, 900 - MAX (0, x)), 500),
                            >, 1000);
        }
    }
}

/* The time with its date is not cut, though there is no room for the widest on the right. */
static void
test_readout_whole_time (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (WbLaneView) seconds = wb_lane_view_new (2);
  g_autoptr (WbLaneView) clock = wb_lane_view_with_time (seconds, WB_TIME_CLOCK);
  g_autoptr (SigRecording) dated = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  g_autoptr (cairo_surface_t) image = t_image_new (630, 300, 0);
  g_autoptr (cairo_t) cr = cairo_create (image);
  g_autofree char *text = NULL;
  WbTracesLayout layout;
  WbScene shown;
  int first = 0, last = 0;

  t_scene_init (&scene, 2, 5000, 0);
  dated = sig_recording_with_start (scene.recording, G_GINT64_CONSTANT (1795823998500000));
  pyramid = sig_pyramid_new (dated);
  shown = scene.scene;
  shown.pyramid = pyramid;
  shown.view = clock;
  text = wb_ruler_get_text (&shown, 4321);
  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  wb_traces_layout (&shown, 630, 300, &layout);
  wb_readout_paint (cr, &shown, &layout, 1821, 6821, 4321, 200, wb_colors_get (FALSE));

  /* The text alone is dark there. */
  for (int x = 629; x > 0; x--)
    for (int y = (int) layout.ruler_y + 2; y < (int) layout.ruler_y + 15; y++)
      if (t_image_count (image, 0, x, y, 1, 1) > 0 && (t_image_get_pixel (image, x, y) & 0xff) < 0x60)
        {
          last = MAX (last, x);
          first = x;
        }
  g_assert_cmpfloat (last - first, >, wb_text_get_width (cr, text) - 5);
}

/* What is said of the class leaves the ribbon's caption alone, however long the name is. */
static void
test_readout_caption (void)
{
  const char *const names[] = { "REM sleep with many movements of the left and of the right leg, scored by two" };
  const SigSpan span = { 0, 5000, 0 };
  g_autoptr (SigLabels) truth = sig_labels_new (5000, &span, 1, names, 1);
  g_auto (TScene) scene = { 0 };
  WbTracesLayout layout;
  WbScene shown;

  t_scene_init (&scene, 2, 5000, 0);
  t_scene_put_away_prediction (&scene);
  shown = scene.scene;
  shown.truth = truth;
  wb_traces_layout (&shown, 500, 300, &layout);
  for (double step = 0; step < 5000; step += 100)
    {
      g_autoptr (cairo_surface_t) image = t_image_new (500, 300, 0);
      g_autoptr (cairo_t) cr = cairo_create (image);

      wb_readout_paint (cr, &shown, &layout, 0, 5000, step, 200, wb_colors_get (FALSE));
      g_assert_cmpuint (t_image_count (image, 0, 0, (int) layout.truth_y, (int) layout.plot_x - 1, (int) layout.ribbon_height),
                        ==, 0);
    }
}

static void
test_readout_outside (void)
{
  g_auto (TScene) scene = { 0 };
  WbTracesLayout layout;
  double x, width;

  t_scene_init (&scene, 2, 5000, 0);
  wb_traces_layout (&scene.scene, 900, 500, &layout);
  g_assert_false (wb_readout_get_bounds (&layout, 1000, 2000, 999, &x, &width));
  g_assert_false (wb_readout_get_bounds (&layout, 1000, 2000, 2100, &x, &width));
  g_assert_false (wb_readout_get_bounds (&layout, 1000, 2000, NAN, &x, &width));
}

/* A recording of one channel a row: its samples 0 and 1. */
static SigPyramid *
make_pairs (const float (*pairs)[2],
            guint       n)
{
  float *samples = g_new (float, 2 * n);
  g_autoptr (SigRecording) recording = NULL;
  SigPyramid *pyramid;

  for (guint i = 0; i < 2 * n; i++)
    samples[i] = pairs[i / 2][i % 2];
  recording = sig_recording_new_take_samples ("pairs", n, 2, 100, NULL, NULL, samples);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  return pyramid;
}

/* Digits that tell values of a channel apart, and no more than a sample has. */
static void
test_values (void)
{
  static const float pairs[][2] = { { -12.5f, 87.5f }, { 1e9f, 1e9f + 128 }, { 37.0001f, 37.0005f }, { 2e-5f, 4e-5f },
                                    { 123456.5f, 123456 }, { INFINITY, 1 }, { NAN, 2 }, { -4e10f, 4e10f } };
  static const char *const texts[] = { "-12.5", "1,000,000,000", "37.000099", "2e-5", "123,456.50", "infinite", "no value",
                                       "-4e10" };
  g_autoptr (SigPyramid) pyramid = make_pairs (pairs, G_N_ELEMENTS (pairs));
  WbScene scene = { .pyramid = pyramid };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *text = wb_readout_get_value (&scene, i, 0);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

/* The row of the readout that stands out, of as many as there are channels. */
static guint
find_strong_row (const WbScene *scene,
                 double         pointer_y)
{
  guint n = sig_recording_get_n_channels (sig_pyramid_get_recording (scene->pyramid)), strongest = n, most = 0;
  g_autoptr (cairo_surface_t) image = t_image_new (600, 300, 0), other = t_image_new (600, 300, 0);
  g_autoptr (cairo_t) cr = cairo_create (image), cr_other = cairo_create (other);
  WbTracesLayout layout;

  wb_traces_layout (scene, 600, 300, &layout);
  wb_readout_paint (cr, scene, &layout, 0, 2, 0, layout.lanes_y + pointer_y * layout.lanes_height, wb_colors_get (FALSE));
  wb_readout_paint (cr_other, scene, &layout, 0, 2, 0, -100, wb_colors_get (FALSE));
  for (guint i = 0; i < n; i++)
    {
      guint changed = 0;

      for (int y = (int) layout.lanes_y + 15 * i; y < (int) layout.lanes_y + 15 * (i + 1); y++)
        for (int x = (int) layout.plot_x; x < 600; x++)
          changed += t_image_get_pixel (image, x, y) != t_image_get_pixel (other, x, y);
      if (changed > most)
        {
          most = changed;
          strongest = i;
        }
    }
  return strongest;
}

/* In a butterfly the trace stands out that runs nearest to the pointer. */
static void
test_nearest (void)
{
  static const float pairs[][2] = { { 0, 10 }, { 10, 0 }, { 5, 0 }, { NAN, 10 } };
  g_autoptr (SigPyramid) pyramid = make_pairs (pairs, G_N_ELEMENTS (pairs));
  g_autoptr (WbLaneView) lanes = wb_lane_view_new (4), axis = wb_lane_view_with_scale (lanes, WB_SCALE_AXIS);
  g_autoptr (WbLaneView) butterfly = wb_lane_view_with_butterfly (axis, TRUE);
  WbScene scene = { .pyramid = pyramid, .view = butterfly };

  g_assert_cmpuint (find_strong_row (&scene, .95), ==, 0);
  g_assert_cmpuint (find_strong_row (&scene, .05), ==, 1);
  g_assert_cmpuint (find_strong_row (&scene, .5), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readout-paint/bounds", test_readout_bounds);
  g_test_add_func ("/readout-paint/whole-time", test_readout_whole_time);
  g_test_add_func ("/readout-paint/outside", test_readout_outside);
  g_test_add_func ("/readout-paint/caption", test_readout_caption);
  g_test_add_func ("/readout-paint/values", test_values);
  g_test_add_func ("/readout-paint/nearest", test_nearest);
  return g_test_run ();
}
