/* wb-vector-paint.c: lanes as paths, for pictures without pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-vector-paint.h"

#include "wb-lane-paint.h"
#include "wb-svg.h"
#include "wb-text-paint.h"
#include "wb-trace-list.h"

#include <math.h>

#define LINE_STEPS  3   /* a unit, at most, for a line through all samples */
#define COLUMNS     2   /* a unit */
#define LOW_LANE    8   /* units: lanes below that have one column a unit */
#define LINE_WIDTH  1.1
#define AREA_WIDTH  1.0 /* of the line about an area, so that it is as thick as in the window where it is flat */
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
  guint          columns;           /* per unit */
} Lane;

static double
get_y (const Lane *lane,
       double      value)
{
  return CLAMP (lane->middle - (value - lane->mean) * lane->slope, lane->top + .5, lane->bottom - .5);
}

/* --- few samples -------------------------------------------------------------------- */

/* The end of the run of samples that are joined, from step `from` on, which is finite. */
static gint64
find_run_end (const SigRecording *recording,
              const float        *samples,
              gint64              from,
              gint64              first,
              gint64              last)
{
  gint64 next_break = sig_recording_find_break (recording, from), end = next_break > from ? MIN (last, next_break) : last;

  for (gint64 t = from + 1; t < end; t++)
    if (!isfinite (samples[t - first]))
      return t;
  return end;
}

static double
get_x (const Lane *lane,
       gint64      step)
{
  return lane->x + ((double) step - lane->start) / lane->steps;
}

/* A sample that has no neighbour is as wide as it is high. */
static void
trace_run (const Lane  *lane,
           const float *samples,
           gint64       from,
           gint64       to)
{
  double aside = to - from == 1 ? LINE_WIDTH / 2 : 0;

  cairo_move_to (lane->cr, get_x (lane, from) - aside, get_y (lane, samples[0]));
  for (gint64 t = from + 1; t < to; t++)
    cairo_line_to (lane->cr, get_x (lane, t), get_y (lane, samples[t - from]));
  if (aside > 0)
    cairo_rel_line_to (lane->cr, 2 * aside, 0);
}

static void
paint_dots (const Lane  *lane,
            const float *samples,
            gint64       first,
            gint64       last)
{
  for (gint64 t = first; t < last; t++)
    if (isfinite (samples[t - first]))
      {
        cairo_new_sub_path (lane->cr);
        cairo_arc (lane->cr, get_x (lane, t), get_y (lane, samples[t - first]), DOT_RADIUS, 0, 2 * G_PI);
      }
  cairo_fill (lane->cr);
}

static void
paint_line (const Lane         *lane,
            const SigRecording *recording,
            double              end)
{
  gint64 n_steps = sig_recording_get_n_steps (recording);
  gint64 first = (gint64) CLAMP (floor (lane->start), 0, n_steps), last = (gint64) CLAMP (ceil (end) + 1, 0, n_steps);
  g_autofree float *samples = g_new (float, MAX (last - first, 1));

  if (first >= last || !sig_recording_read (recording, lane->trace->channel, first, last - first, samples, NULL))
    return;
  for (gint64 t = first; t < last; t++)
    if (isfinite (samples[t - first]))
      {
        gint64 run_end = find_run_end (recording, samples, t, first, last);

        trace_run (lane, samples + (t - first), t, run_end);
        t = run_end - 1;
      }
  cairo_set_line_width (lane->cr, LINE_WIDTH);
  if (!wb_svg_take_path (lane->cr, FALSE))
    cairo_stroke (lane->cr);
  if (1 / lane->steps >= DOT_SPACING)
    paint_dots (lane, samples, first, last);
}

/* --- many ---------------------------------------------------------------------------- */

/* Columns [from, to), all of them with samples: there along the greatest, back along the least values. */
static void
trace_area (const Lane      *lane,
            const SigColumn *columns,
            guint            from,
            guint            to)
{
  cairo_new_sub_path (lane->cr);
  for (guint k = from; k < to; k++)
    cairo_line_to (lane->cr, lane->x + (k + .5) / lane->columns, get_y (lane, columns[k].max));
  for (guint k = to; k > from; k--)
    cairo_line_to (lane->cr, lane->x + (k - .5) / lane->columns, get_y (lane, columns[k - 1].min));
  cairo_close_path (lane->cr);
}

static void
paint_area (const Lane *lane,
            SigPyramid *pyramid,
            double      end)
{
  guint n = (guint) MAX (lane->width * lane->columns, 1), from = 0;
  g_autofree SigColumn *columns = g_new (SigColumn, n);

  sig_pyramid_get_columns (pyramid, lane->trace->channel, lane->start, end, n, columns);
  for (guint k = 0; k <= n; k++)
    if (k == n || !(columns[k].min <= columns[k].max))
      {
        if (k > from)
          trace_area (lane, columns, from, k);
        from = k + 1;
      }
  cairo_set_line_width (lane->cr, AREA_WIDTH);
  cairo_set_line_join (lane->cr, CAIRO_LINE_JOIN_BEVEL);
  if (wb_svg_take_path (lane->cr, TRUE))
    return;
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
        start, (end - start) / layout->plot_width, height < LOW_LANE ? 1 : COLUMNS,
      };

      wb_paint_set_color (cr, &colors->lanes[trace->color]);
      if (lane.steps <= LINE_STEPS)
        paint_line (&lane, sig_pyramid_get_recording (scene->pyramid), end);
      else
        paint_area (&lane, scene->pyramid, end);
    }
  cairo_restore (cr);
}
