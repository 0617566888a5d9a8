/* wb-picture-paint.c: the whole picture of a span of a recording, for files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-legend-paint.h"
#include "wb-ribbons-paint.h"
#include "wb-ruler-paint.h"
#include "wb-text-paint.h"
#include "wb-trace-list.h"
#include "wb-vector-paint.h"

#include <math.h>

#define HEAD   58.0
#define MARGIN 14.0

static char *
describe_span (const WbScene *scene,
               double         start,
               double         end)
{
  g_autofree char *span = wb_axis_span_text (start, end, wb_ruler_get_rate (scene));
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  guint n = sig_recording_get_n_channels (recording);
  guint n_shown = scene->view != NULL && !wb_lane_view_is_butterfly (scene->view) ? wb_trace_list_count (scene) : n;

  if (n_shown < n)
    return g_strdup_printf ("%u of %u channels · %s", n_shown, n, span);
  return g_strdup_printf ("%u %s · %s", n, n == 1 ? "channel" : "channels", span);
}

/* What the legend needs beyond the row that a layout gives it. */
static double
get_legend_excess (cairo_t              *cr,
                   const WbScene        *scene,
                   const WbTracesLayout *layout)
{
  return layout->legend_height > 0 ? MAX (0, wb_legend_get_height (cr, scene, layout) - layout->legend_height) : 0;
}

static void
lay_out (cairo_t        *cr,
         const WbScene  *scene,
         double          width,
         double          height,
         WbTracesLayout *layout)
{
  double excess;

  wb_traces_layout (scene, width, height, layout);
  excess = get_legend_excess (cr, scene, layout);
  wb_traces_layout (scene, width, height - excess, layout);
  layout->legend_height += excess;
}

void
wb_traces_get_picture_size (const WbScene *scene,
                            int           *width,
                            int           *height)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  WbTracesLayout layout;

  wb_traces_layout (scene, *width, *height, &layout);
  *height += (int) ceil (HEAD + MARGIN / 2 + get_legend_excess (cr, scene, &layout));
  *width += (int) (2 * MARGIN);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
paint_lanes (cairo_t              *cr,
             const WbScene        *scene,
             const WbTracesLayout *layout,
             double                start,
             double                end,
             const WbColors       *colors)
{
  if (cairo_surface_get_type (cairo_get_target (cr)) != CAIRO_SURFACE_TYPE_IMAGE)
    {
      wb_vector_paint_lanes (cr, scene, layout, start, end, colors);
      return;
    }

  int scale = (int) wb_paint_get_scale (cr), width = (int) layout->plot_width * scale,
      height = (int) layout->lanes_height * scale;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_flush (image);
      wb_traces_paint_lanes (scene, start, end, colors, scale,
                             (guint32 *) (gpointer) cairo_image_surface_get_data (image), width, height,
                             cairo_image_surface_get_stride (image));
      cairo_surface_mark_dirty (image);
      cairo_surface_set_device_scale (image, scale, scale);
      cairo_set_source_surface (cr, image, layout->plot_x, layout->lanes_y);
      cairo_paint (cr);
    }
  cairo_surface_destroy (image);
}

void
wb_traces_paint_picture (cairo_t        *cr,
                         const WbScene  *scene,
                         const char     *title,
                         double          start,
                         double          end,
                         double          width,
                         double          height,
                         const WbColors *colors)
{
  g_autofree char *span = scene->pyramid != NULL ? describe_span (scene, start, end) : g_strdup ("No recording");
  WbTracesLayout layout;
  WbAxis axis;

  wb_paint_set_color (cr, &colors->background);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  wb_text_set_font (cr, WB_FONT_TITLE, TRUE);
  wb_paint_set_color (cr, &colors->text);
  wb_text_show (cr, title, MARGIN + 6, 22, WB_ALIGN_START, width - 2 * MARGIN - 12);
  wb_text_set_font (cr, WB_FONT_NORMAL, FALSE);
  wb_paint_set_color (cr, &colors->dim_text);
  wb_text_show (cr, span, MARGIN + 6, 42, WB_ALIGN_START, width - 2 * MARGIN - 12);
  if (scene->pyramid == NULL)
    return;

  cairo_save (cr);
  cairo_translate (cr, MARGIN, HEAD);
  lay_out (cr, scene, width - 2 * MARGIN, height - HEAD - MARGIN / 2, &layout);
  axis = wb_ruler_get_axis (&layout, start, end);
  if (scene->prediction != NULL && wb_axis_is_valid (&axis))
    wb_ribbon_fetch_probability (&axis, wb_paint_get_scale (cr), scene->prediction);
  wb_traces_paint_frame (cr, scene, &layout, start, end, colors);
  paint_lanes (cr, scene, &layout, start, end, colors);
  cairo_restore (cr);
}
