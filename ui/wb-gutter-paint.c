/* wb-gutter-paint.c: the names of the lanes, and how much a height in them is
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-gutter-paint.h"

#include "wb-lane-paint.h"
#include "wb-text-paint.h"
#include "wb-text.h"
#include "wb-trace-list.h"

#include <math.h>

#define NAME_X       15.0
#define NAME_SPACING 12.0
#define TWO_LINES    32.0 /* from this lane height on the bar's value has a line of its own */
#define BAR_SHARE    .62  /* of the lane, at most */
#define BAR_REACH    6.0  /* from the plot */
#define BAR_SERIF    3.0
#define EDGE_REACH   4.0 /* to both sides, where an edge can be taken hold of */

/* What all of the gutter is painted with. */
typedef struct
{
  cairo_t              *cr;
  const SigRecording   *recording;
  const WbTracesLayout *layout;
  const WbColors       *colors;
} Gutter;

/* Where a trace's name goes. */
typedef struct
{
  double middle;
  double height; /* of the row */
  double lane;   /* the height of the lane: in a butterfly many rows high */
  double shift;  /* the name up and the scale down by so much, where there is room for both; or 0 */
} Row;

double
wb_gutter_round_down (double most)
{
  double power = pow (10, floor (log10 (most)));

  for (const double *m = (const double[]) { 10, 5, 2, 0 }; *m > 0; m++)
    if (*m * power <= most * (1 + 1e-9))
      return *m * power;
  return power <= most * (1 + 1e-9) ? power : power / 2;
}

static char *
format_bar (double      value,
            const char *unit)
{
  g_autofree char *number = wb_text_value (value, 4);

  return g_strconcat (number, *unit != '\0' ? " " : "", unit, NULL);
}

/* Returns the value that the bar is as tall as. */
static double
paint_bar (const Gutter  *self,
           const WbTrace *trace,
           const Row     *row)
{
  double slope = wb_lane_get_slope (row->lane, trace->low, trace->high), middle = row->middle;
  double value = wb_gutter_round_down (MIN (row->height * BAR_SHARE, 90) / slope), half = value * slope / 2;
  double x = self->layout->plot_x - BAR_REACH;

  wb_paint_set_color (self->cr, &self->colors->dim_text);
  wb_paint_snap_rectangle (self->cr, x, middle - half, x + 1, middle + half);
  wb_paint_snap_rectangle (self->cr, x - BAR_SERIF, middle - half, x + 1, middle - half + 1);
  wb_paint_snap_rectangle (self->cr, x - BAR_SERIF, middle + half - 1, x + 1, middle + half);
  cairo_fill (self->cr);
  return value;
}

/* Returns the width that is taken at the right. */
static double
paint_scale (const Gutter  *self,
             const WbTrace *trace,
             const Row     *row)
{
  double value = paint_bar (self, trace, row), width, x = self->layout->plot_x - BAR_REACH - BAR_SERIF - 3;
  g_autofree char *text = format_bar (value, sig_recording_get_channel_unit (self->recording, trace->channel));

  wb_text_set_font (self->cr, WB_FONT_SMALL - 1, FALSE);
  wb_paint_set_color (self->cr, &self->colors->dim_text);
  if (row->shift > 0)
    {
      wb_text_show (self->cr, text, NAME_X, row->middle + row->shift, WB_ALIGN_START, x - NAME_X);
      return BAR_REACH + BAR_SERIF + 3;
    }
  width = wb_text_show (self->cr, text, x, row->middle, WB_ALIGN_END, self->layout->gutter * .45);
  return width + BAR_REACH + BAR_SERIF + 6;
}

/* A chosen lane's name is bold on a ground of its own. */
static void
paint_name (const Gutter  *self,
            const WbTrace *trace,
            const Row     *row,
            double         taken)
{
  double reach = CLAMP (row->height, 8, 24) * .36, middle = row->middle;

  if (trace->selected)
    {
      double half = MAX (MIN (row->height, 2 * NAME_SPACING + 6), NAME_SPACING) / 2;

      wb_paint_set_color (self->cr, &self->colors->selection);
      wb_paint_snap_rectangle (self->cr, 2, middle - half, self->layout->plot_x - 2, middle + half);
      cairo_fill (self->cr);
    }
  wb_paint_set_color (self->cr, &self->colors->lanes[trace->color]);
  wb_paint_snap_rectangle (self->cr, 6, middle - reach, 9, middle + reach);
  cairo_fill (self->cr);
  wb_text_set_font (self->cr, WB_FONT_NORMAL, trace->selected);
  wb_paint_set_color (self->cr, &self->colors->text);
  wb_text_show (self->cr, sig_recording_get_channel_name (self->recording, trace->channel), NAME_X, middle - row->shift,
                WB_ALIGN_START, self->layout->gutter - NAME_X - taken - 3);
}

static Row
place_row (const WbTraceList    *list,
           const WbTracesLayout *layout,
           guint                 lane)
{
  double top = wb_trace_list_get_edge (list, lane, (int) layout->lanes_height);
  Row row = { .height = wb_trace_list_get_edge (list, lane + 1, (int) layout->lanes_height) - top };

  row.lane = row.height;
  row.middle = layout->lanes_y + top + row.height / 2;
  if (row.height < NAME_SPACING)
    row.middle = layout->lanes_y + MIN (top, layout->lanes_height - NAME_SPACING) + NAME_SPACING / 2;
  row.shift = row.height >= TWO_LINES ? 7 : 0;
  return row;
}

/* The height of all lanes, up to a row that rounding gives or takes; 0 where they differ. */
static double
get_common_height (const Gutter      *self,
                   const WbTraceList *list)
{
  double mean = self->layout->lanes_height / list->n_lanes;

  for (guint i = 0; i < list->n_traces; i++)
    if (fabs (place_row (list, self->layout, list->traces[i].lane).height - mean) > 1)
      return 0;
  return mean;
}

/* A name that would lie on the one above it is left out; of lanes of one height, every second, third and so on is told. */
static void
paint_lanes (const Gutter      *self,
             const WbTraceList *list)
{
  double end = 0, common = get_common_height (self, list);
  guint stride = common > 0 && common < NAME_SPACING ? (guint) ceil (NAME_SPACING / common) : 1;

  for (guint i = 0; i < list->n_traces; i += stride)
    {
      const WbTrace *trace = &list->traces[i];
      Row row = place_row (list, self->layout, trace->lane);
      double taken;

      if (row.middle - NAME_SPACING / 2 < end)
        continue;
      taken = MAX (common, row.height) >= NAME_SPACING && stride == 1 ? paint_scale (self, trace, &row) : 3;
      paint_name (self, trace, &row, taken);
      end = row.middle + NAME_SPACING / 2;
    }
}

/* The rows of names in a butterfly: how many channels a row stands for. */
static guint
get_butterfly_stride (const WbTraceList    *list,
                      const WbTracesLayout *layout)
{
  guint n_rows = (guint) MAX (1, floor (layout->lanes_height / (NAME_SPACING + 2)));

  return (list->n_traces + n_rows - 1) / n_rows;
}

static double
get_butterfly_row (const WbTraceList    *list,
                   const WbTracesLayout *layout)
{
  guint stride = get_butterfly_stride (list, layout), n_rows = (list->n_traces + stride - 1) / stride;

  return MIN (layout->lanes_height / n_rows, 30);
}

/* Whether a bar of one is a bar of the other as well, up to what rounding their ends makes of it. */
static gboolean
share_scale (const Gutter  *self,
             const WbTrace *a,
             const WbTrace *b)
{
  double range_a = (double) a->high - a->low, range_b = (double) b->high - b->low;

  return fabs (range_a - range_b) <= 1e-4 * MAX (range_a, range_b)
         && g_str_equal (sig_recording_get_channel_unit (self->recording, a->channel),
                         sig_recording_get_channel_unit (self->recording, b->channel));
}

/* All names, one below the other; those next to each other that share a scale share a bar. */
static void
paint_butterfly (const Gutter      *self,
                 const WbTraceList *list)
{
  guint stride = get_butterfly_stride (list, self->layout);
  double height = get_butterfly_row (list, self->layout);

  for (guint i = 0, end; i < list->n_traces; i = end)
    {
      double top = self->layout->lanes_y + i / stride * height, taken;
      Row row = { .lane = self->layout->lanes_height };

      end = i + stride;
      while (end < list->n_traces && share_scale (self, &list->traces[i], &list->traces[end]))
        end += stride;
      row.height = (end - i) / stride * height;
      row.middle = top + row.height / 2;
      taken = paint_scale (self, &list->traces[i], &row);
      row.height = height;
      for (guint k = i; k < MIN (end, list->n_traces); k += stride)
        {
          row.middle = self->layout->lanes_y + (k / stride + .5) * height;
          paint_name (self, &list->traces[k], &row, taken);
        }
    }
}

void
wb_gutter_paint (cairo_t              *cr,
                 const WbScene        *scene,
                 const WbTracesLayout *layout,
                 const WbColors       *colors)
{
  Gutter self = { cr, sig_pyramid_get_recording (scene->pyramid), layout, colors };
  g_auto (WbTraceList) list = { 0 };

  wb_trace_list_init (&list, scene);
  if (list.n_lanes == 1 && list.n_traces > 1)
    paint_butterfly (&self, &list);
  else
    paint_lanes (&self, &list);
}

int
wb_gutter_get_at (const WbScene        *scene,
                  const WbTracesLayout *layout,
                  double                y)
{
  g_auto (WbTraceList) list = { 0 };
  double row, at = y - layout->lanes_y;
  guint i;

  if (scene->pyramid == NULL || layout->n_lanes == 0 || at < 0 || at >= layout->lanes_height)
    return -1;
  wb_trace_list_init (&list, scene);
  if (list.n_lanes == 1 && list.n_traces > 1)
    {
      row = get_butterfly_row (&list, layout);
      i = (guint) (at / row) * get_butterfly_stride (&list, layout);
      return i < list.n_traces ? (int) list.traces[i].channel : -1;
    }
  i = wb_trace_list_find_lane (&list, at, (int) layout->lanes_height);
  return i < list.n_traces ? (int) list.traces[i].channel : -1;
}

int
wb_gutter_find_edge (const WbScene        *scene,
                     const WbTracesLayout *layout,
                     double                y,
                     double               *edge)
{
  g_auto (WbTraceList) list = { 0 };

  if (scene->pyramid == NULL || layout->n_lanes < 2)
    return -1;
  wb_trace_list_init (&list, scene);
  for (guint i = 0; i + 1 < list.n_lanes; i++)
    {
      *edge = layout->lanes_y + wb_trace_list_get_edge (&list, i + 1, (int) layout->lanes_height);
      if (fabs (y - *edge) <= EDGE_REACH)
        return (int) list.traces[i].channel;
    }
  return -1;
}

double
wb_gutter_get_height (const WbScene        *scene,
                      const WbTracesLayout *layout,
                      guint                 channel,
                      double                y)
{
  double height = wb_lane_view_get_channel (scene->view, channel)->height, at = (y - layout->lanes_y) / layout->lanes_height;
  g_auto (WbTraceList) list = { 0 };
  guint lane = 0;

  wb_trace_list_init (&list, scene);
  while (lane + 1 < list.n_lanes && list.traces[lane].channel != channel)
    lane++;
  if (lane + 1 >= list.n_lanes || at >= 1)
    return at >= 1 ? WB_HEIGHT_MAX : height;
  /* With a above it and b below, share s ends at (a + s) / (a + s + b). */
  height *= (at * (1 - list.edges[lane + 1]) / (1 - at) - list.edges[lane]) / (list.edges[lane + 1] - list.edges[lane]);
  return CLAMP (height, WB_HEIGHT_MIN, WB_HEIGHT_MAX);
}
