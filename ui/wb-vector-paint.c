/* wb-vector-paint.c: lanes as paths and texts as texts, for pictures without pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-vector-paint.h"

#include "wb-lane-paint.h"
#include "wb-text-paint.h"
#include "wb-trace-list.h"

#include <math.h>

#define LINE_STEPS  3   /* a unit, at most, for a line through all samples */
#define COLUMNS     2   /* a unit */
#define LINE_WIDTH  1.1
#define THIN_WIDTH  .4  /* about an area, so that it is seen where it is flat */
#define DOT_SPACING 9.0
#define DOT_RADIUS  1.6

/* One lane being drawn. */
typedef struct
{
  cairo_t       *cr;
  const WbTrace *trace;
  double         x, width;          /* of the plot */
  double         top, bottom;
  double         middle, slope, mean;
  double         start, steps;      /* per unit */
} Lane;

static double
get_y (const Lane *lane,
       double      value)
{
  return CLAMP (lane->middle - (value - lane->mean) * lane->slope, lane->top + .5, lane->bottom - .5);
}

/* --- few samples -------------------------------------------------------------------- */

static void
paint_line (const Lane         *lane,
            const SigRecording *recording,
            double              end)
{
  gint64 n_steps = sig_recording_get_n_steps (recording);
  gint64 first = (gint64) CLAMP (floor (lane->start), 0, n_steps), last = (gint64) CLAMP (ceil (end) + 1, 0, n_steps);
  g_autofree float *samples = g_new (float, MAX (last - first, 1));
  gint64 next_break = sig_recording_find_break (recording, first - 1);
  gboolean dots = 1 / lane->steps >= DOT_SPACING;

  if (first >= last || !sig_recording_read (recording, lane->trace->channel, first, last - first, samples, NULL))
    return;
  for (gint64 t = first; t < last; t++)
    {
      float value = samples[t - first];
      double x = lane->x + ((double) t - lane->start) / lane->steps;
      gboolean apart = t == next_break;

      if (apart)
        next_break = sig_recording_find_break (recording, t);
      if (!isfinite (value))
        cairo_new_sub_path (lane->cr);
      else if (t > first && !apart && isfinite (samples[t - first - 1]))
        cairo_line_to (lane->cr, x, get_y (lane, value));
      else
        cairo_move_to (lane->cr, x, get_y (lane, value));
    }
  cairo_set_line_width (lane->cr, LINE_WIDTH);
  cairo_stroke (lane->cr);
  for (gint64 t = first; dots && t < last; t++)
    if (isfinite (samples[t - first]))
      {
        cairo_new_sub_path (lane->cr);
        cairo_arc (lane->cr, lane->x + ((double) t - lane->start) / lane->steps, get_y (lane, samples[t - first]), DOT_RADIUS, 0,
                   2 * G_PI);
      }
  cairo_fill (lane->cr);
}

/* --- many ---------------------------------------------------------------------------- */

/* Columns [from, to), all of them with samples: there along the greatest, back along the least values. */
static void
trace_area (const Lane      *lane,
            const SigColumn *columns,
            guint            from,
            guint            to)
{
  for (guint k = from; k < to; k++)
    cairo_line_to (lane->cr, lane->x + (k + .5) / COLUMNS, get_y (lane, columns[k].max));
  for (guint k = to; k > from; k--)
    cairo_line_to (lane->cr, lane->x + (k - .5) / COLUMNS, get_y (lane, columns[k - 1].min));
  cairo_close_path (lane->cr);
}

static void
paint_area (const Lane *lane,
            SigPyramid *pyramid,
            double      end)
{
  guint n = (guint) MAX (lane->width * COLUMNS, 1), from = 0;
  g_autofree SigColumn *columns = g_new (SigColumn, n);

  sig_pyramid_get_columns (pyramid, lane->trace->channel, lane->start, end, n, columns);
  for (guint k = 0; k <= n; k++)
    if (k == n || !(columns[k].min <= columns[k].max))
      {
        if (k > from)
          trace_area (lane, columns, from, k);
        from = k + 1;
      }
  cairo_set_line_width (lane->cr, THIN_WIDTH);
  cairo_set_line_join (lane->cr, CAIRO_LINE_JOIN_BEVEL);
  cairo_fill_preserve (lane->cr);
  cairo_stroke (lane->cr);
}

void
wb_vector_paint_lanes (cairo_t              *cr,
                       const WbScene        *scene,
                       const WbTracesLayout *layout,
                       double                start,
                       double                end,
                       const WbColors       *colors)
{
  g_auto (WbTraceList) list = { 0 };

  wb_trace_list_init (&list, scene);
  cairo_save (cr);
  cairo_rectangle (cr, layout->plot_x, layout->lanes_y, layout->plot_width, layout->lanes_height);
  cairo_clip (cr);
  for (guint i = 0; i < list.n_traces; i++)
    {
      const WbTrace *trace = &list.traces[i];
      double top = layout->lanes_y + layout->lanes_height * list.edges[trace->lane];
      double height = layout->lanes_y + layout->lanes_height * list.edges[trace->lane + 1] - top;
      Lane lane = {
        cr, trace, layout->plot_x, layout->plot_width, top, top + height, top + height / 2,
        wb_lane_get_slope (height, trace->low, trace->high), ((double) trace->low + trace->high) / 2,
        start, (end - start) / layout->plot_width,
      };

      wb_paint_set_color (cr, &colors->lanes[trace->color]);
      if (lane.steps <= LINE_STEPS)
        paint_line (&lane, sig_pyramid_get_recording (scene->pyramid), end);
      else
        paint_area (&lane, scene->pyramid, end);
    }
  cairo_restore (cr);
}

/* --- texts ---------------------------------------------------------------------------- */

static const cairo_user_data_key_t texts_key;

void
wb_vector_collect_texts (cairo_surface_t *surface,
                         GString         *elements)
{
  cairo_surface_set_user_data (surface, &texts_key, elements, NULL);
}

static void
append_number (GString    *text,
               const char *name,
               double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, " %s=\"%s\"", name, g_ascii_formatd (number, sizeof number, "%.6g", value));
}

gboolean
wb_vector_take_text (cairo_t    *cr,
                     const char *text,
                     double      x,
                     double      y,
                     double      width)
{
  GString *elements = cairo_surface_get_user_data (cairo_get_target (cr), &texts_key);
  g_autofree char *escaped = NULL;
  double red = 0, green = 0, blue = 0, alpha = 1;
  cairo_matrix_t font;

  if (elements == NULL)
    return FALSE;
  cairo_user_to_device (cr, &x, &y);
  cairo_get_font_matrix (cr, &font);
  (void) cairo_pattern_get_rgba (cairo_get_source (cr), &red, &green, &blue, &alpha);
  escaped = g_markup_escape_text (text, -1);
  g_string_append (elements, "<text xml:space=\"preserve\" font-family=\"sans-serif\"");
  append_number (elements, "x", x);
  append_number (elements, "y", y);
  append_number (elements, "font-size", font.yy);
  if (width > 0)
    append_number (elements, "textLength", width);
  if (cairo_toy_font_face_get_weight (cairo_get_font_face (cr)) == CAIRO_FONT_WEIGHT_BOLD)
    g_string_append (elements, " font-weight=\"bold\"");
  g_string_append_printf (elements, " fill=\"#%02x%02x%02x\"", (guint) (red * 255 + .5), (guint) (green * 255 + .5),
                          (guint) (blue * 255 + .5));
  if (alpha < 1)
    append_number (elements, "fill-opacity", alpha);
  g_string_append_printf (elements, ">%s</text>\n", escaped);
  return TRUE;
}
