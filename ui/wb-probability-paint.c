/* wb-probability-paint.c: the probabilities of a track as filled curves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lanes-paint.h"
#include "wb-ribbons-paint.h"

#include <math.h>

#define LINE_WIDTH   1.3
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
  const double dashes[] = { 4, 4 };
  double y = floor (ribbon->y + ribbon->height / 2) + .5;

  cairo_save (cr);
  wb_paint_set_color_alpha (cr, &colors->dim_text, .7);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, ribbon->x, y);
  cairo_line_to (cr, ribbon->x + ribbon->axis.length, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
wb_ribbon_paint_probability (cairo_t         *cr,
                             const WbRibbon  *ribbon,
                             const SigTrack  *track,
                             const SigLabels *names,
                             const WbColors  *colors)
{
  double scale = wb_paint_get_scale (cr);
  int classes[MOST_CURVES], width, height;
  cairo_surface_t *image;
  g_autofree SigColumn *columns = NULL;
  WbPixels target;
  guint n = choose_classes (&ribbon->axis, track, classes);

  width = (int) (ribbon->axis.length * scale);
  height = (int) (ribbon->height * scale);
  if (width < 1 || height < 1)
    return;

  image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS)
    {
      columns = g_new (SigColumn, width);
      target = (WbPixels) { (guint32 *) (gpointer) cairo_image_surface_get_data (image), width, height,
                           cairo_image_surface_get_stride (image) / 4 };
      /* The rarest first, so that the commonest class lies on top. Areas of many classes would only be mud. */
      for (guint i = n; i-- > 0;)
        {
          const WbColor *color = wb_ribbon_get_class_color (colors, names, classes[i]);

          sig_track_get_columns (track, classes[i], ribbon->axis.low, ribbon->axis.high, width, columns);
          if (n <= MOST_AREAS)
            {
              WbColor faint = { color->red, color->green, color->blue, n == 1 ? .3f : .15f };

              wb_lane_fill_columns (&target, 0, height, columns, 0, 1, LINE_WIDTH * scale, &faint);
            }
          wb_lane_paint_columns (&target, 0, height, columns, 0, 1, LINE_WIDTH * scale, color);
        }
      cairo_surface_mark_dirty (image);
      cairo_surface_set_device_scale (image, scale, scale);
      paint_half_line (cr, ribbon, colors);
      cairo_set_source_surface (cr, image, ribbon->x, ribbon->y);
      cairo_paint (cr);
    }
  cairo_surface_destroy (image);
}
