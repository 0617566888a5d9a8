/* wb-probability-paint.c: the probabilities of a track as filled curves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-paint.h"
#include "wb-ribbons-paint.h"
#include "wb-strip-paint.h"

#include <math.h>

#define LINE_WIDTH   1.3
#define DASH         4.0
#define MOST_AREAS   3
#define MOST_CURVES  11 /* as many as there are colours to tell them apart */

/* The classes to draw, the most frequent visible ones where there are too many; two classes: the second one says it
 * all. */
static guint
choose_classes (const WbAxis   *axis,
                const SigTrack *track,
                int            *classes)
{
  int n_classes = sig_track_get_n_classes (track);
  const SigLabels *runs = sig_track_get_labels (track);
  g_autofree gint64 *counts = g_new0 (gint64, n_classes);
  gsize n_spans, i = sig_labels_find (runs, (gint64) MAX (0, axis->low));
  const SigSpan *spans = sig_labels_get_spans (runs, &n_spans);
  guint n = 0;

  if (n_classes == 2)
    {
      classes[0] = 1;
      return 1;
    }
  for (; i < n_spans && spans[i].start < axis->high; i++)
    counts[spans[i].klass] += spans[i].end - spans[i].start;
  while (n < MIN (MOST_CURVES, (guint) n_classes))
    {
      int best = 0;

      for (int k = 1; k < n_classes; k++)
        if (counts[k] > counts[best])
          best = k;
      classes[n++] = best;
      counts[best] = -1;
    }
  return n;
}

static void
paint_half_line (cairo_t        *cr,
                 const WbRibbon *ribbon,
                 const WbColors *colors)
{
  double y = floor (ribbon->y + ribbon->height / 2);
  g_auto (WbStrip) strip = { 0 };

  wb_strip_init (&strip, cr, ribbon->axis.length);
  for (double x = 0; x < ribbon->axis.length; x += 2 * DASH)
    wb_strip_set (&strip, x, MIN (x + DASH, ribbon->axis.length), &colors->dim_text, .7);
  wb_strip_paint (&strip, cr, ribbon->x, y, y + 1);
}

/* The rarest class first, so that the commonest lies on top. Areas of many classes would only be mud. */
static void
paint_curves (const WbPixels  *target,
              double           scale,
              const WbRibbon  *ribbon,
              const SigTrack  *track,
              const SigLabels *names,
              const WbColors  *colors)
{
  int classes[MOST_CURVES];
  guint n = choose_classes (&ribbon->axis, track, classes);
  g_autofree SigColumn *columns = g_new (SigColumn, target->width);

  for (guint i = n; i-- > 0;)
    {
      const WbColor *color = wb_ribbon_get_class_color (colors, names, classes[i]);
      WbColor faint = { color->red, color->green, color->blue, n == 1 ? .3f : .15f };
      WbLanePen pen;

      sig_track_get_columns (track, classes[i], ribbon->axis.low, ribbon->axis.high, target->width, columns);
      if (n <= MOST_AREAS)
        {
          wb_lane_pen_init (&pen, 0, target->height, 0, 1, LINE_WIDTH * scale, &faint);
          wb_lane_pen_fill (&pen, target, columns);
        }
      wb_lane_pen_init (&pen, 0, target->height, 0, 1, LINE_WIDTH * scale, color);
      wb_lane_pen_draw (&pen, target, &(WbLaneCurve) { .columns = columns });
    }
}

/* On pixels of their own, which are then put over what there is. */
static void
paint_apart (cairo_t         *cr,
             WbPixels        *pixels,
             double           scale,
             const WbRibbon  *ribbon,
             const SigTrack  *track,
             const SigLabels *names,
             const WbColors  *colors)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels->width, pixels->height);

  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS)
    {
      pixels->pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (image);
      pixels->stride = cairo_image_surface_get_stride (image) / 4;
      paint_curves (pixels, scale, ribbon, track, names, colors);
      cairo_surface_mark_dirty (image);
      cairo_surface_set_device_scale (image, scale, scale);
      cairo_set_source_surface (cr, image, ribbon->x, ribbon->y);
      cairo_paint (cr);
    }
  cairo_surface_destroy (image);
}

double
wb_ribbon_get_column_width (const WbAxis *axis,
                            double        scale)
{
  return (axis->high - axis->low) / MAX ((int) (axis->length * scale), 1);
}

gboolean
wb_ribbon_is_at_hand (const WbAxis   *axis,
                      double          scale,
                      const SigTrack *track)
{
  double offset = (double) sig_track_get_start (track);

  return sig_pyramid_is_at_hand (sig_track_get_pyramid (track), axis->low - offset, axis->high - offset,
                                 wb_ribbon_get_column_width (axis, scale));
}

void
wb_ribbon_fetch_probability (const WbAxis   *axis,
                             double          scale,
                             const SigTrack *track)
{
  double offset = (double) sig_track_get_start (track);

  /* What cannot be read stays empty. */
  (void) sig_pyramid_fetch (sig_track_get_pyramid (track), SIG_PLACE_VIEW, axis->low - offset, axis->high - offset,
                            wb_ribbon_get_column_width (axis, scale), NULL, NULL, NULL);
}

void
wb_ribbon_paint_probability (cairo_t         *cr,
                             const WbRibbon  *ribbon,
                             const SigTrack  *track,
                             const SigLabels *names,
                             const WbColors  *colors)
{
  double scale = wb_paint_get_scale (cr);
  WbPixels pixels;
  gboolean found = wb_pixels_find (cr, ribbon->x, ribbon->y, ribbon->axis.length, ribbon->height, &pixels);

  if (pixels.width < 1 || pixels.height < 1)
    return;
  paint_half_line (cr, ribbon, colors);
  if (!found)
    {
      paint_apart (cr, &pixels, scale, ribbon, track, names, colors);
      return;
    }
  cairo_surface_flush (cairo_get_target (cr));
  paint_curves (&pixels, scale, ribbon, track, names, colors);
  cairo_surface_mark_dirty (cairo_get_target (cr));
}
