/* wb-spectrogram-paint.c: a channel's spectrogram under the lanes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-spectrogram-paint.h"

#include "wb-text-paint.h"

#include <math.h>

#define NAME_X       15.0
#define TICK_SPACING 22.0
#define MAX_TICKS    16

/* --- colours ------------------------------------------------------------------------ */

static double
encode (double light)
{
  light = CLAMP (light, 0, 1);
  return light <= .0031308 ? 12.92 * light : 1.055 * pow (light, 1 / 2.4) - .055;
}

/* From OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020) to sRGB; the hue in degrees. */
static WbColor
from_oklch (double lightness,
            double chroma,
            double hue)
{
  double a = chroma * cos (hue * G_PI / 180), b = chroma * sin (hue * G_PI / 180);
  double l = pow (lightness + .3963377774 * a + .2158037573 * b, 3), m = pow (lightness - .1055613458 * a - .0638541728 * b, 3);
  double s = pow (lightness - .0894841775 * a - 1.2914855480 * b, 3);

  return (WbColor) { (float) encode (4.0767416621 * l - 3.3077115913 * m + .2309699292 * s),
                     (float) encode (-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s),
                     (float) encode (-.0041960863 * l - .7034186147 * m + 1.7076147010 * s), 1 };
}

static gboolean
is_dark (const WbColors *colors)
{
  return colors->background.green < .5f;
}

/* Lightness goes evenly from near the ground's to the far end, the hue from blue to yellow or back, colour is strongest
 * between. */
WbColor
wb_spectrogram_get_color (const WbColors *colors,
                          guint8          level)
{
  double share = (MAX (level, 1) - 1) / 254., chroma = .03 + .12 * sin (G_PI * share);

  if (is_dark (colors))
    return from_oklch (.25 + .7 * share, chroma, 285 - 185 * share);
  return from_oklch (.975 - .7 * share, chroma, 100 + 190 * share);
}

static void
fill_map (const WbColors *colors,
          guint32        *map)
{
  map[SIG_SPECTRUM_MISSING] = 0;
  for (guint i = 1; i < 256; i++)
    {
      WbColor color = wb_spectrogram_get_color (colors, (guint8) i);

      map[i] = 0xff000000u | (guint32) (color.red * 255 + .5) << 16 | (guint32) (color.green * 255 + .5) << 8
               | (guint32) (color.blue * 255 + .5);
    }
}

/* --- the picture -------------------------------------------------------------------- */

/* The bins [from, to) that a row from the top shows, one at least. */
static void
get_bins (guint  n_bins,
          int    row,
          int    n_rows,
          guint *from,
          guint *to)
{
  *from = (guint) ((double) (n_rows - 1 - row) * n_bins / n_rows);
  *to = (guint) MAX (ceil ((double) (n_rows - row) * n_bins / n_rows), *from + 1.);
  *to = MIN (*to, n_bins);
}

/* Rows and columns of pixels; a row of several bins has the greatest of them. */
static void
paint_pixels (const WbScene   *scene,
              double           start,
              double           step, /* a pixel */
              cairo_surface_t *image,
              const guint32   *map)
{
  const SigSpectrumSpec *spec = sig_spectrum_get_spec (scene->spectrum);
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  int stride = cairo_image_surface_get_stride (image) / 4;
  guint32 *pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (image);
  guint n_bins = sig_spectrum_get_n_bins (scene->spectrum);
  g_autofree guint *bins = g_new (guint, 2 * height);

  for (int y = 0; y < height; y++)
    get_bins (n_bins, y, height, &bins[2 * y], &bins[2 * y + 1]);
  for (int x = 0; x < width; x++)
    {
      gint64 column = (gint64) floor ((start + (x + .5) * step) / spec->width) - spec->first;
      const guint8 *levels
          = column >= 0 && column < spec->n_columns ? sig_spectrum_get_levels (scene->spectrum, (guint) column) : NULL;

      for (int y = 0; levels != NULL && y < height; y++)
        {
          guint8 level = levels[bins[2 * y]];

          for (guint i = bins[2 * y] + 1; i < bins[2 * y + 1]; i++)
            level = MAX (level, levels[i]);
          pixels[(gsize) y * stride + x] = map[level];
        }
    }
}

static void
paint_image (cairo_t              *cr,
             const WbScene        *scene,
             const WbTracesLayout *layout,
             double                start,
             double                end,
             const WbColors       *colors)
{
  int scale = (int) wb_paint_get_scale (cr);
  int width = (int) layout->plot_width * scale, height = (int) layout->spectrum_height * scale;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint32 map[256];

  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS)
    {
      fill_map (colors, map);
      cairo_surface_flush (image);
      paint_pixels (scene, start, (end - start) / width, image, map);
      cairo_surface_mark_dirty (image);
      cairo_surface_set_device_scale (image, scale, scale);
      cairo_set_source_surface (cr, image, layout->plot_x, layout->spectrum_y);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      cairo_rectangle (cr, layout->plot_x, layout->spectrum_y, layout->plot_width, layout->spectrum_height);
      cairo_fill (cr);
    }
  cairo_surface_destroy (image);
}

static double
get_top_hz (const WbScene *scene)
{
  return sig_recording_get_rate_hz (sig_pyramid_get_recording (scene->pyramid)) / 2;
}

/* Without a rate a frequency is so many periods a step. */
static const char *
get_unit (const WbScene *scene)
{
  return sig_recording_has_rate (sig_pyramid_get_recording (scene->pyramid)) ? "Hz" : "/step";
}

static void
paint_frequencies (cairo_t              *cr,
                   const WbScene        *scene,
                   const WbTracesLayout *layout,
                   const WbColors       *colors)
{
  WbAxis axis = { .low = 0, .high = get_top_hz (scene), .length = layout->spectrum_height };
  WbTick ticks[MAX_TICKS];
  guint n = wb_axis_ticks (&axis, TICK_SPACING, ticks, MAX_TICKS);

  wb_text_set_font (cr, WB_FONT_SMALL - 1, FALSE);
  for (guint i = 0; i < n; i++)
    {
      double y = layout->spectrum_y + layout->spectrum_height - ticks[i].position;
      gboolean last = i + 1 == n;
      g_autofree char *text = g_strconcat (ticks[i].text, last ? " " : "", last ? get_unit (scene) : "", NULL);

      wb_paint_set_color (cr, &colors->dim_text);
      wb_paint_snap_rectangle (cr, layout->plot_x - 4, y, layout->plot_x, y + 1);
      cairo_fill (cr);
      wb_text_show (cr, text, layout->plot_x - 6,
                    CLAMP (y, layout->spectrum_y + 6, layout->spectrum_y + layout->spectrum_height - 6), WB_ALIGN_END,
                    layout->gutter * .5);
    }
}

/* A bar of all colours with what its ends mean, under the name. */
static void
paint_scale (cairo_t              *cr,
             const WbScene        *scene,
             const WbTracesLayout *layout,
             const WbColors       *colors)
{
  double x = NAME_X, y = layout->spectrum_y + 24, width = MIN (layout->gutter * .3, 54), low, high;
  g_autofree char *from = NULL, *to = NULL;

  for (int i = 0; i < (int) width; i++)
    {
      WbColor color = wb_spectrogram_get_color (colors, (guint8) (1 + 254 * i / MAX ((int) width - 1, 1)));

      wb_paint_set_color (cr, &color);
      cairo_rectangle (cr, x + i, y, 1, 7);
      cairo_fill (cr);
    }
  sig_spectrum_get_range (scene->spectrum, &low, &high);
  from = g_strdup_printf ("%.0f …", low);
  to = g_strdup_printf ("%.0f dB", high);
  wb_text_set_font (cr, WB_FONT_SMALL - 1.5, FALSE);
  wb_paint_set_color (cr, &colors->dim_text);
  wb_text_show (cr, from, x, y + 15, WB_ALIGN_START, layout->gutter - NAME_X - 46);
  wb_text_show (cr, to, x, y + 26, WB_ALIGN_START, layout->gutter - NAME_X - 46);
}

void
wb_spectrogram_paint (cairo_t              *cr,
                      const WbScene        *scene,
                      const WbTracesLayout *layout,
                      double                start,
                      double                end,
                      const WbColors       *colors)
{
  const SigRecording *recording;

  if (scene->spectrum == NULL || layout->spectrum_height < 1)
    return;
  recording = sig_pyramid_get_recording (scene->pyramid);
  wb_paint_set_hatch (cr, &colors->grid);
  cairo_rectangle (cr, layout->plot_x, layout->spectrum_y, layout->plot_width, layout->spectrum_height);
  cairo_fill (cr);
  paint_image (cr, scene, layout, start, end, colors);
  paint_frequencies (cr, scene, layout, colors);
  wb_text_set_font (cr, WB_FONT_NORMAL, FALSE);
  wb_paint_set_color (cr, &colors->text);
  wb_text_show (cr, sig_recording_get_channel_name (recording, sig_spectrum_get_spec (scene->spectrum)->channel), NAME_X,
                layout->spectrum_y + 12, WB_ALIGN_START, layout->gutter - NAME_X - 40);
  if (layout->spectrum_height >= 60)
    paint_scale (cr, scene, layout, colors);
}

char *
wb_spectrogram_get_text (const WbScene        *scene,
                         const WbTracesLayout *layout,
                         double                step,
                         double                y)
{
  const SigSpectrumSpec *spec;
  double share, low, high;
  gint64 column;
  guint n_bins, bin, level;
  char hz[G_ASCII_DTOSTR_BUF_SIZE];

  if (scene->spectrum == NULL || y < layout->spectrum_y || y >= layout->spectrum_y + layout->spectrum_height)
    return NULL;
  spec = sig_spectrum_get_spec (scene->spectrum);
  column = (gint64) floor (step / spec->width) - spec->first;
  n_bins = sig_spectrum_get_n_bins (scene->spectrum);
  share = (layout->spectrum_y + layout->spectrum_height - y) / layout->spectrum_height;
  bin = MIN ((guint) (share * n_bins), n_bins - 1);
  level = column >= 0 && column < spec->n_columns ? sig_spectrum_get_levels (scene->spectrum, (guint) column)[bin] : 0;
  g_ascii_formatd (hz, sizeof hz, "%.4g", share * get_top_hz (scene));
  if (level == SIG_SPECTRUM_MISSING)
    return g_strdup_printf ("%s %s", hz, get_unit (scene));
  sig_spectrum_get_range (scene->spectrum, &low, &high);
  return g_strdup_printf ("%s %s · %s%.0f dB", hz, get_unit (scene), level == 1 ? "at most " : level == 255 ? "at least " : "",
                          low + (level - 1) / 254. * (high - low));
}
