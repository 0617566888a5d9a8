/* test-gaps.c: missing samples and breaks, in pixels and in paths
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-svg.h"
#include "wb-traces-paint.h"

#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#define WIDTH  500
#define HEIGHT 320

typedef struct
{
  guint32 pixels[HEIGHT * WIDTH];
} Picture;

static void
paint (const WbScene *scene,
       double         start,
       double         end,
       Picture       *picture)
{
  wb_traces_paint_lanes (scene, start, end, wb_colors_get (FALSE), 1, picture->pixels, WIDTH, HEIGHT, WIDTH * 4);
}

static void
test_gaps (void)
{
  const gint64 n_steps = 100;
  float *samples = g_new (float, n_steps);
  g_autoptr (SigRecording) recording = NULL;
  g_autofree Picture *picture = g_new (Picture, 1);
  WbScene scene = { NULL };

  g_test_summary ("Steps without a finite value leave a gap, and a lonely step is still seen.");
  for (gint64 i = 0; i < n_steps; i++)
    samples[i] = (i >= 20 && i < 40) || (i >= 41 && i < 60) ? NAN : (float) (i % 2);
  recording = sig_recording_new_take_samples ("gaps", 1, n_steps, 1, NULL, NULL, samples);
  scene.pyramid = sig_pyramid_new (recording);
  paint (&scene, 0, n_steps, picture);
  for (int y = 0; y < HEIGHT; y++)
    {
      g_assert_cmphex (picture->pixels[y * WIDTH + 30 * 5], ==, 0);
      g_assert_cmphex (picture->pixels[y * WIDTH + 50 * 5], ==, 0);
    }
  guint n_covered = 0;
  for (int y = 0; y < HEIGHT; y++)
    n_covered += picture->pixels[y * WIDTH + 40 * 5] != 0;
  g_assert_cmpuint (n_covered, >, 0);
  sig_pyramid_unref (scene.pyramid);
}

static void
test_breaks (void)
{
  const gint64 n_steps = 400, border = 200;
  const SigSegment segments[] = { { 0, border }, { border, n_steps } };
  float *samples = g_new (float, n_steps);
  g_autoptr (SigRecording) whole = NULL;
  g_autoptr (SigRecording) broken = NULL;
  g_autofree Picture *picture = g_new (Picture, 1);
  const double shows[] = { 50, 500, 1000 };

  g_test_summary ("No line goes over a break, however far one is away, and one goes where there is none.");
  for (gint64 i = 0; i < n_steps; i++)
    samples[i] = i < border ? 0 : 1;
  whole = sig_recording_new_take_samples ("step", 1, n_steps, 1, NULL, NULL, samples);
  broken = sig_recording_with_segments (whole, segments, G_N_ELEMENTS (segments));
  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    for (int is_broken = 0; is_broken < 2; is_broken++)
      {
        WbScene scene = { NULL };
        double start = border - shows[i] / 2, width = shows[i] / WIDTH;
        int from = (int) ((border - 1 - start) / width), to = (int) ceil ((border - start) / width);
        gboolean crossed = FALSE;

        scene.pyramid = sig_pyramid_new (is_broken ? broken : whole);
        paint (&scene, start, start + shows[i], picture);
        for (int x = from; x <= to; x++)
          {
            guint n = 0;

            for (int y = HEIGHT / 4; y < HEIGHT * 3 / 4; y++)
              n += picture->pixels[y * WIDTH + x] >> 24 > 100;
            crossed |= n > 0;
          }
        g_assert_cmpint (crossed, ==, !is_broken);
        sig_pyramid_unref (scene.pyramid);
      }
}

static cairo_status_t
forget_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  return CAIRO_STATUS_SUCCESS;
}

/* A sample between missing ones is there, as wide as it is high. */
static void
test_svg_alone (void)
{
  float *samples = g_new (float, 100);
  g_autoptr (GString) elements = g_string_new (NULL);
  g_autoptr (cairo_surface_t) surface = cairo_svg_surface_create_for_stream (forget_cb, NULL, 800, 500);
  g_autoptr (cairo_t) cr = cairo_create (surface);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;

  for (guint i = 0; i < 100; i++)
    samples[i] = i == 50 ? 1 : NAN;
  recording = sig_recording_new_take_samples ("alone", 1, 100, 100, NULL, NULL, samples);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  wb_svg_collect (surface, elements);
  wb_traces_paint_picture (cr, &(WbScene) { .pyramid = pyramid }, "Alone", 0, 100, 800, 500, wb_colors_get (FALSE));
  cairo_surface_finish (surface);
  g_assert_nonnull (strstr (elements->str, " d=\"M"));
}

/* No area reaches over a gap to the one before it. */
static void
test_vector_gap (void)
{
  const guint n_steps = 10000;
  float *samples = g_new (float, n_steps);
  g_autoptr (GString) elements = g_string_new (NULL);
  g_autoptr (cairo_surface_t) surface = cairo_svg_surface_create_for_stream (forget_cb, NULL, 800, 500);
  g_autoptr (cairo_t) cr = cairo_create (surface);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  const char *first, *second;

  for (guint i = 0; i < n_steps; i++)
    samples[i] = i / 2500 % 2 == 1 ? NAN : (float) (i % 2) + (float) (i / 5000);
  recording = sig_recording_new_take_samples ("gap", 1, n_steps, 100, NULL, NULL, samples);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  wb_svg_collect (surface, elements);
  wb_traces_paint_picture (cr, &(WbScene) { .pyramid = pyramid }, "Gap", 0, n_steps, 800, 500, wb_colors_get (FALSE));
  cairo_surface_finish (surface);
  first = strstr (elements->str, "\"M");
  g_assert_nonnull (first);
  second = strchr (first + 2, 'M');
  g_assert_nonnull (second);
  g_assert_cmpint (g_ascii_strtoll (second + 1, NULL, 10), >, g_ascii_strtoll (first + 2, NULL, 10) + 16 * 300);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gaps/pixels", test_gaps);
  g_test_add_func ("/gaps/breaks", test_breaks);
  g_test_add_func ("/gaps/vector", test_vector_gap);
  g_test_add_func ("/gaps/alone", test_svg_alone);
  return g_test_run ();
}
