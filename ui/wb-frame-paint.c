/* wb-frame-paint.c: everything around the traces: lanes' grounds, ruler, ribbons, legend
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-frame-paint.h"

#include "wb-gutter-paint.h"
#include "wb-legend-paint.h"
#include "wb-ribbons-paint.h"
#include "wb-ruler-paint.h"
#include "wb-spectrogram-paint.h"
#include "wb-trace-list.h"

#include <math.h>

#define NAME_X 15.0

void
wb_frame_paint_grounds (cairo_t              *cr,
                        const WbScene        *scene,
                        const WbTracesLayout *layout,
                        const WbColors       *colors)
{
  g_auto (WbTraceList) list = { 0 };
  int height = (int) layout->lanes_height;

  wb_paint_set_color (cr, &colors->background);
  cairo_rectangle (cr, 0, 0, layout->width, layout->height);
  cairo_fill (cr);
  if (layout->n_lanes == 0)
    return;
  wb_trace_list_init (&list, scene);
  for (guint i = 1; i < list.n_lanes; i += 2)
    {
      int top = wb_trace_list_get_edge (&list, i, height), bottom = wb_trace_list_get_edge (&list, i + 1, height);

      if (bottom - top >= WB_LEAST_STRIPE)
        wb_paint_snap_rectangle (cr, 0, layout->lanes_y + top, layout->plot_x + layout->plot_width, layout->lanes_y + bottom);
    }
  wb_paint_set_color (cr, &colors->lane_alternate);
  cairo_fill (cr);
}

static void
paint_title (cairo_t              *cr,
             const WbTracesLayout *layout,
             double                middle,
             const char           *text,
             const WbColors       *colors)
{
  wb_text_set_font (cr, WB_FONT_NORMAL, FALSE);
  wb_paint_set_color (cr, &colors->text);
  wb_text_show (cr, text, NAME_X, middle, WB_ALIGN_START, layout->gutter - NAME_X - 6);
}

static void
paint_labels (cairo_t              *cr,
              const WbScene        *scene,
              const WbTracesLayout *layout,
              WbRibbon             *ribbon,
              const SigLabels      *labels,
              const char           *title,
              const WbColors       *colors)
{
  wb_ribbon_paint_ground (cr, ribbon, colors);
  wb_ribbon_paint_labels (cr, ribbon, labels, scene->truth, WB_RIBBON_NAMED, colors);
  paint_title (cr, layout, ribbon->y + ribbon->height / 2, title, colors);
}

static void
paint_errors (cairo_t              *cr,
              const WbScene        *scene,
              const WbTracesLayout *layout,
              WbRibbon             *ribbon,
              const WbColors       *colors)
{
  g_autofree char *title = NULL;
  double share;
  int tenths;

  wb_ribbon_paint_ground (cr, ribbon, colors);
  share = wb_ribbon_paint_errors (cr, ribbon, scene->truth, sig_track_get_labels (scene->prediction), colors);
  tenths = isnan (share) ? 0 : (int) (share * 1000 + .5);
  title = isnan (share) ? g_strdup ("Errors") : g_strdup_printf ("Errors %d.%d %%", tenths / 10, tenths % 10);
  paint_title (cr, layout, ribbon->y + ribbon->height / 2, title, colors);
}

static void
paint_probability (cairo_t              *cr,
                   const WbScene        *scene,
                   const WbTracesLayout *layout,
                   WbRibbon             *ribbon,
                   const WbColors       *colors)
{
  const double values[] = { 0, 1, .5 };
  const char *const texts[] = { "0", "1", "0.5" };
  double inset = 5;
  char number[16];
  g_autofree char *title = NULL;

  wb_ribbon_paint_ground (cr, ribbon, colors);
  wb_ribbon_paint_probability (cr, ribbon, scene->prediction, scene->truth, colors);
  if (sig_track_get_n_classes (scene->prediction) == 2)
    title = g_strdup_printf ("P(%s)", wb_ribbon_get_class_name (scene->truth, 1, number));
  else
    title = g_strdup ("Probability");
  wb_text_set_font (cr, WB_FONT_NORMAL, FALSE);
  wb_paint_set_color (cr, &colors->text);
  wb_text_show (cr, title, NAME_X, ribbon->y + ribbon->height / 2, WB_ALIGN_START, layout->gutter - NAME_X - 24);

  wb_text_set_font (cr, WB_FONT_SMALL - 1, FALSE);
  wb_paint_set_color (cr, &colors->dim_text);
  for (guint i = 0; i < (ribbon->height >= 36 ? 3 : 2); i++)
    wb_text_show (cr, texts[i], layout->plot_x - 4,
                  ribbon->y + inset + (1 - values[i]) * (ribbon->height - 2 * inset), WB_ALIGN_END, 24);
}

void
wb_frame_paint_ribbons (cairo_t              *cr,
                        const WbScene        *scene,
                        const WbTracesLayout *layout,
                        double                start,
                        double                end,
                        const WbColors       *colors)
{
  WbRibbon ribbon = { wb_ruler_get_axis (layout, start, end), layout->plot_x, 0, layout->ribbon_height };

  wb_spectrogram_paint (cr, scene, layout, start, end, colors);
  ribbon.y = layout->truth_y;
  if (scene->truth != NULL)
    paint_labels (cr, scene, layout, &ribbon, scene->truth, "Truth", colors);
  ribbon.y = layout->prediction_y;
  if (scene->prediction != NULL)
    paint_labels (cr, scene, layout, &ribbon, sig_track_get_labels (scene->prediction), "Prediction", colors);
  ribbon.y = layout->error_y;
  if (scene->truth != NULL && scene->prediction != NULL)
    paint_errors (cr, scene, layout, &ribbon, colors);
  ribbon.y = layout->probability_y;
  ribbon.height = layout->probability_height;
  if (scene->prediction != NULL)
    paint_probability (cr, scene, layout, &ribbon, colors);
}

void
wb_traces_paint_frame (cairo_t              *cr,
                       const WbScene        *scene,
                       const WbTracesLayout *layout,
                       double                start,
                       double                end,
                       const WbColors       *colors)
{
  WbAxis axis = wb_ruler_get_axis (layout, start, end);

  wb_frame_paint_grounds (cr, scene, layout, colors);
  if (scene->pyramid == NULL || !wb_axis_is_valid (&axis))
    return;
  wb_ruler_paint_grid (cr, scene, layout, start, end, colors);
  wb_ruler_paint (cr, scene, layout, start, end, colors);
  wb_gutter_paint (cr, scene, layout, colors);
  wb_frame_paint_ribbons (cr, scene, layout, start, end, colors);
  wb_legend_paint (cr, scene, layout, colors);
}
