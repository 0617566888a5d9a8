/* test-ribbons-paint.c: narrow runs, errors, the split and probabilities along a time axis
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-ribbons-paint.h"

#include <math.h>

#define WIDTH  300
#define HEIGHT 16
#define GROUND 0xffffffff

static const char *const names[] = { "rest", "grasp", "pinch" };

static WbRibbon
make_ribbon (double low,
             double high)
{
  return (WbRibbon) { { .low = low, .high = high, .length = WIDTH }, 0, 0, HEIGHT };
}

/* One step in a hundred thousand is a tick of its colour, also between runs of class 0. */
static void
test_narrow_runs (void)
{
  const gint64 n_steps = 100000, at[] = { 0, 777, 50000, 99999 };
  SigSpan spans[2 * G_N_ELEMENTS (at) + 1];
  gsize n = 0;
  gint64 last = 0;
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, HEIGHT, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = make_ribbon (0, n_steps);
  guint32 quiet;

  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    {
      if (at[i] > last)
        spans[n++] = (SigSpan) { last, at[i], 0 };
      spans[n++] = (SigSpan) { at[i], at[i] + 1, 1 };
      last = at[i] + 1;
    }
  labels = sig_labels_new (n_steps, spans, n, names, 3);
  wb_ribbon_paint_labels (cr, &ribbon, labels, NULL, WB_RIBBON_PLAIN, wb_colors_get (FALSE));
  quiet = t_image_get_pixel (image, 100, 4);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    g_assert_cmphex (t_image_get_pixel (image, (int) (at[i] * WIDTH / n_steps), 4), !=, quiet);
  g_assert_cmphex (t_image_get_pixel (image, 200, 4), ==, quiet);
}

/* GTK records what is painted and plays it later: ticks are there then, too. */
static void
test_recorded (void)
{
  const SigSpan spans[] = { { 100, 101, 1 }, { 50003, 50004, 2 }, { 77777, 77778, 1 } };
  g_autoptr (SigLabels) labels = sig_labels_new (100000, spans, G_N_ELEMENTS (spans), names, 3);
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, HEIGHT, GROUND);
  g_autoptr (cairo_surface_t) recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  g_autoptr (cairo_t) recorder = cairo_create (recording);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = make_ribbon (0, 100000);

  wb_ribbon_paint_labels (recorder, &ribbon, labels, NULL, WB_RIBBON_PLAIN, wb_colors_get (FALSE));
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    g_assert_cmpuint (t_image_count (image, GROUND, (int) (spans[i].start * WIDTH / 100000), 0, 1, HEIGHT), ==, HEIGHT);
  g_assert_cmpuint (t_image_count (image, GROUND, 0, 0, WIDTH, HEIGHT), ==, 3 * HEIGHT);
}

/* So many runs that most are skipped: every pixel still shows the class that is not 0. */
static void
test_dense_runs (void)
{
  const gint64 n_steps = 600000;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, HEIGHT, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = make_ribbon (0, n_steps);

  for (gint64 i = 0; i < n_steps; i += 2)
    {
      SigSpan span = { i, i + 2, i / 2 % 2 == 0 ? 0 : 2 };

      g_array_append_val (spans, span);
    }
  labels = sig_labels_new (n_steps, (const SigSpan *) (gpointer) spans->data, spans->len, names, 3);
  wb_ribbon_paint_labels (cr, &ribbon, labels, labels, WB_RIBBON_NAMED, wb_colors_get (TRUE));
  for (int x = 1; x < WIDTH; x++)
    g_assert_cmphex (t_image_get_pixel (image, x, 4), ==, t_image_get_pixel (image, 0, 4));
}

static void
test_names (void)
{
  const SigSpan spans[] = { { 0, 50, 1 }, { 60, 62, 1 } };
  g_autoptr (SigLabels) labels = sig_labels_new (100, spans, G_N_ELEMENTS (spans), names, 3);
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, HEIGHT, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = make_ribbon (0, 100);
  guint32 color;

  wb_ribbon_paint_labels (cr, &ribbon, labels, labels, WB_RIBBON_NAMED, wb_colors_get (FALSE));
  color = t_image_get_pixel (image, 2, 2);
  g_assert_cmpuint (t_image_count (image, color, 0, 0, 150, HEIGHT), >, 30);
  g_assert_cmpuint (t_image_count (image, color, 180, 0, 6, HEIGHT), ==, 0);
  g_assert_cmpuint (t_image_count (image, GROUND, 190, 0, WIDTH - 190, HEIGHT), ==, 0);
}

/* Two runs of one class that touch are seen as two, a class has the colour it was given, and what is not known is hatched. */
static void
test_marks (void)
{
  const SigClass table[] = { { "rest", 5, 1 }, { "grasp", 0, 2 } };
  g_autoptr (SigClassTable) classes = sig_class_table_new_full (table, 2);
  const SigSpan spans[] = { { 0, 30, 0 }, { 30, 60, 0 }, { 60, 80, SIG_DONT_KNOW } };
  g_autoptr (SigLabels) labels = sig_labels_new_take (100, g_memdup2 (spans, sizeof spans), G_N_ELEMENTS (spans), classes);
  const WbColors *colors = wb_colors_get (FALSE);
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, HEIGHT, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = make_ribbon (0, 100);
  guint32 color, unknown;

  wb_ribbon_paint_labels (cr, &ribbon, labels, labels, WB_RIBBON_PLAIN, colors);
  color = t_image_get_pixel (image, 10, 4);
  g_assert_cmpint ((int) (color >> 16 & 0xff), ==, (int) (colors->classes[5].red * 255 + .5));
  g_assert_cmpuint (t_image_count (image, color, 0, 0, 90, HEIGHT), ==, 0);
  g_assert_cmpuint (t_image_count (image, color, 90, 0, 1, HEIGHT), ==, HEIGHT);
  g_assert_cmpuint (t_image_count (image, color, 91, 0, 89, HEIGHT), ==, 0);
  unknown = t_image_get_pixel (image, 200, 4);
  g_assert_cmpuint (t_image_count (image, GROUND, 180, 0, 60, HEIGHT), >, 59 * HEIGHT);
  g_assert_cmpuint (t_image_count (image, unknown, 180, 0, 60, HEIGHT), >, 100);
  g_assert_cmpuint (t_image_count (image, GROUND, 240, 0, 60, HEIGHT), ==, 0);
}

/* Every colour is told from every other in a ribbon and in a swatch, light and dark, and has a name of its own. */
static void
test_colors_differ (void)
{
  static const char *const one[] = { "x" };
  g_autoptr (GHashTable) names_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int dark = FALSE; dark <= TRUE; dark++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (GHashTable) swatches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (int color = 0; color < SIG_N_CLASS_COLORS; color++)
        {
          g_autoptr (SigClassTable) plain = sig_class_table_new (one, 1);
          g_autoptr (SigClassTable) classes = sig_class_table_with_color (plain, 0, color);
          const SigSpan span = { 0, 100, 0 };
          g_autoptr (SigLabels) labels = sig_labels_new_take (100, g_memdup2 (&span, sizeof span), 1, classes);
          g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, 2 * HEIGHT, GROUND);
          g_autoptr (cairo_t) cr = cairo_create (image);
          WbRibbon ribbon = make_ribbon (0, 100);
          GString *column = g_string_new (NULL), *swatch = g_string_new (NULL);

          wb_ribbon_paint_labels (cr, &ribbon, labels, labels, WB_RIBBON_PLAIN, wb_colors_get (dark));
          wb_ribbon_paint_swatch (cr, 0, HEIGHT, HEIGHT, color, wb_colors_get (dark));
          for (int y = 0; y < HEIGHT; y++)
            {
              g_string_append_printf (column, "%x ", t_image_get_pixel (image, 5, y));
              g_string_append_printf (swatch, "%x ", t_image_get_pixel (image, 5, HEIGHT + y));
            }
          g_assert_true (g_hash_table_add (seen, g_string_free (column, FALSE)));
          g_assert_true (g_hash_table_add (swatches, g_string_free (swatch, FALSE)));
          if (!dark)
            g_assert_true (g_hash_table_add (names_seen, wb_ribbon_dup_color_name (color)));
        }
    }
}

static void
test_errors (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, HEIGHT, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = make_ribbon (130, 430);
  gint64 n_wrong = 0;
  double share;

  t_scene_init (&scene, 1, 1000, 0);
  share = wb_ribbon_paint_errors (cr, &ribbon, scene.scene.truth, sig_track_get_labels (scene.scene.prediction),
                                  wb_colors_get (FALSE));
  for (gint64 step = 130; step < 430; step++)
    {
      gboolean wrong = sig_labels_get (scene.scene.truth, step) != sig_track_get (scene.scene.prediction, step);

      n_wrong += wrong;
      g_assert_cmpint (t_image_count (image, GROUND, (int) step - 130, 0, 1, HEIGHT) > 0, ==, wrong);
    }
  g_assert_cmpfloat_with_epsilon (share, n_wrong / 300., 1e-9);

  /* Hatched: not one flat colour. */
  g_assert_cmpuint (t_image_count (image, t_image_get_pixel (image, 75, 0), 71, 0, 8, HEIGHT), >, 8);
}

static void
test_errors_unknown (void)
{
  const SigSpan truth_spans[] = { { 0, 40, 0 }, { 60, 80, SIG_DONT_KNOW } }, prediction_spans[] = { { 50, 90, 1 } };
  g_autoptr (SigLabels) truth = sig_labels_new (100, truth_spans, 2, names, 3);
  g_autoptr (SigLabels) prediction = sig_labels_new (100, prediction_spans, 1, names, 3);
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, HEIGHT, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = make_ribbon (0, 100);

  g_assert_true (isnan (wb_ribbon_paint_errors (cr, &ribbon, truth, prediction, wb_colors_get (FALSE))));
  g_assert_cmpuint (t_image_count (image, GROUND, 0, 0, WIDTH, HEIGHT), ==, 0);
}

/* Training, validation and guard are told apart by their shapes alone. */
static void
test_split (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, 8, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = { { .low = 0, .high = 3000, .length = WIDTH }, 0, 0, 8 };

  t_scene_init (&scene, 1, 3000, 0);
  g_assert_nonnull (scene.scene.split);
  wb_ribbon_paint_split (cr, &ribbon, scene.scene.split, wb_colors_get (FALSE));
  for (int x = 2; x < WIDTH - 2; x += 5)
    {
      SigPart part = sig_split_get_part (scene.scene.split, x * 10 + 5);
      gboolean is_high = t_image_count (image, GROUND, x, 0, 1, 3) > 0;

      if (part == sig_split_get_part (scene.scene.split, x * 10 - 15)
          && part == sig_split_get_part (scene.scene.split, x * 10 + 25))
        g_assert_cmpint (is_high, ==, part != SIG_PART_TRAIN);
      g_assert_cmpuint (t_image_count (image, GROUND, x, 5, 1, 3), >, 0);
    }
}

static void
test_probability (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (cairo_surface_t) image = t_image_new (WIDTH, 100, GROUND);
  g_autoptr (cairo_t) cr = cairo_create (image);
  WbRibbon ribbon = { { .low = 0, .high = 300, .length = WIDTH }, 0, 0, 100 };

  g_test_summary ("P is .2 up to step 110, .9 up to 210, and the curve is where its axis says.");
  t_scene_init (&scene, 1, 1000, 0);
  wb_ribbon_paint_probability (cr, &ribbon, scene.scene.prediction, NULL, wb_colors_get (FALSE));
  g_assert_cmpuint (t_image_count (image, GROUND, 20, 0, 60, 45), ==, 0);
  g_assert_cmpuint (t_image_count (image, GROUND, 20, 82, 60, 18), ==, 60 * 18);
  g_assert_cmpuint (t_image_count (image, GROUND, 130, 0, 60, 8), ==, 0);
  g_assert_cmpuint (t_image_count (image, GROUND, 130, 18, 60, 82), ==, 60 * 82);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ribbons-paint/narrow-runs", test_narrow_runs);
  g_test_add_func ("/ribbons-paint/recorded", test_recorded);
  g_test_add_func ("/ribbons-paint/dense-runs", test_dense_runs);
  g_test_add_func ("/ribbons-paint/names", test_names);
  g_test_add_func ("/ribbons-paint/marks", test_marks);
  g_test_add_func ("/ribbons-paint/colors-differ", test_colors_differ);
  g_test_add_func ("/ribbons-paint/errors", test_errors);
  g_test_add_func ("/ribbons-paint/errors-unknown", test_errors_unknown);
  g_test_add_func ("/ribbons-paint/split", test_split);
  g_test_add_func ("/ribbons-paint/probability", test_probability);
  return g_test_run ();
}
