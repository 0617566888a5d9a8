/* test-spectrogram-paint.c: colours that go evenly from pale to strong, and levels in their places
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-spectrogram-paint.h"

#include <math.h>
#include <string.h>

static double
get_linear (double value)
{
  return value <= .04045 ? value / 12.92 : pow ((value + .055) / 1.055, 2.4);
}

/* CIE L*: how light a colour looks, 0 to 100. */
static double
get_lightness (const WbColor *color)
{
  double y = .2126 * get_linear (color->red) + .7152 * get_linear (color->green) + .0722 * get_linear (color->blue);

  return y > .008856 ? 116 * cbrt (y) - 16 : 903.3 * y;
}

static void
test_even (void)
{
  for (int dark = 0; dark < 2; dark++)
    {
      const WbColors *colors = wb_colors_get (dark);
      WbColor first = wb_spectrogram_get_color (colors, 1), last = wb_spectrogram_get_color (colors, 255);
      double whole = get_lightness (&last) - get_lightness (&first);

      g_assert_cmpfloat (dark ? whole : -whole, >, 60);
      for (int i = 1; i + 32 <= 255; i++)
        {
          WbColor a = wb_spectrogram_get_color (colors, (guint8) i), b = wb_spectrogram_get_color (colors, (guint8) (i + 32));
          double step = (get_lightness (&b) - get_lightness (&a)) / whole * 254 / 32;

          g_assert_cmpfloat (step, >, .6);
          g_assert_cmpfloat (step, <, 1.4);
        }
    }
}

/* A loud tone in the middle of the recording: strong at its time and frequency, pale elsewhere. */
static void
test_places (void)
{
  const gint64 n_steps = 4000;
  const double hz = 62.5;
  float *samples = g_new (float, n_steps);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  g_autoptr (WbLaneView) plain = wb_lane_view_new (1), view = wb_lane_view_with_spectrogram (plain, 0);
  g_autoptr (SigSpectrum) spectrum = NULL;
  g_autoptr (cairo_surface_t) image = t_image_new (800, 600, 0xffffffff);
  g_autoptr (cairo_t) cr = cairo_create (image);
  g_autofree char *text = NULL;
  const WbColors *colors = wb_colors_get (FALSE);
  WbColor strong = wb_spectrogram_get_color (colors, 255);
  WbTracesLayout layout;
  WbScene scene = { NULL };
  int y, x;

  for (gint64 t = 0; t < n_steps; t++)
    samples[t] = (float) ((t * 7919 % 100) * 1e-4 + (t >= 1500 && t < 2500 ? sin (2 * G_PI * hz / 250 * t) : 0));
  recording = sig_recording_new_take_samples ("tone", 1, n_steps, 250, NULL, NULL, samples);
  pyramid = sig_pyramid_new (recording);
  scene = (WbScene) { .pyramid = pyramid, .view = view };
  wb_traces_layout (&scene, 800, 600, &layout);
  g_assert_cmpfloat (layout.spectrum_height, >, 50);
  g_assert_cmpfloat (layout.spectrum_y, >=, layout.lanes_y + layout.lanes_height);
  spectrum = sig_spectrum_new (recording, &(SigSpectrumSpec) { 0, 64, n_steps / layout.plot_width, 0, (guint) layout.plot_width },
                               NULL, NULL, NULL, NULL);
  scene.spectrum = spectrum;
  wb_spectrogram_paint (cr, &scene, &layout, 0, n_steps, colors);

  x = (int) (layout.plot_x + layout.plot_width / 2);
  y = (int) (layout.spectrum_y + layout.spectrum_height / 2);
  g_assert_cmphex (t_image_get_pixel (image, x, y), ==,
                   (guint32) (strong.red * 255 + .5) << 16 | (guint32) (strong.green * 255 + .5) << 8
                     | (guint32) (strong.blue * 255 + .5));
  g_assert_cmphex (t_image_get_pixel (image, x, (int) layout.spectrum_y + 4), !=, t_image_get_pixel (image, x, y));
  g_assert_cmphex (t_image_get_pixel (image, (int) layout.plot_x + 60, y), !=, t_image_get_pixel (image, x, y));
  text = wb_spectrogram_get_text (&scene, &layout, 2000, y + .5);
  g_assert_true (g_str_has_prefix (text, "6"));
  g_assert_nonnull (strstr (text, " dB"));
  g_assert_null (wb_spectrogram_get_text (&scene, &layout, 2000, 5));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrogram-paint/even", test_even);
  g_test_add_func ("/spectrogram-paint/places", test_places);
  return g_test_run ();
}
