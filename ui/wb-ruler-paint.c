/* wb-ruler-paint.c: the time ruler, its grid lines and the borders of windows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-ruler-paint.h"

#include "wb-ribbons-paint.h"

#include <math.h>

#define MAX_TICKS    64
#define TICK_SPACING 90.0
#define TEXT_MIDDLE  9.0
#define TEXT_HEIGHT  13.0
#define SPLIT_HEIGHT 5.0
/* Borders closer than this would only grey the picture. */
#define BORDER_SPACING 6.0
/* Of a pixel: what lies on the border of two is in the right one wherever the view begins. */
#define ON_BORDER      1e-5

WbAxis
wb_ruler_get_axis (const WbTracesLayout *layout,
                   double                start,
                   double                end)
{
  return (WbAxis) { .low = start, .high = end, .length = layout->plot_width };
}

double
wb_ruler_get_rate (const WbScene *scene)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);

  if (scene->view != NULL && wb_lane_view_get_time (scene->view) == WB_TIME_STEPS)
    return 0;
  return sig_recording_has_rate (recording) ? sig_recording_get_rate_hz (recording) : 0;
}

/* When step 0 was, where the clock is asked for and known. */
static gint64
get_start (const WbScene *scene)
{
  if (scene->view == NULL || wb_lane_view_get_time (scene->view) != WB_TIME_CLOCK || wb_ruler_get_rate (scene) <= 0)
    return SIG_START_UNKNOWN;
  return sig_recording_get_start_us (sig_pyramid_get_recording (scene->pyramid));
}

char *
wb_ruler_get_text (const WbScene *scene,
                   double         step)
{
  gint64 start_us = get_start (scene);

  if (start_us != SIG_START_UNKNOWN)
    return wb_axis_clock_text (step, wb_ruler_get_rate (scene), start_us);
  return wb_axis_time_text (step, wb_ruler_get_rate (scene));
}

static guint
get_ticks (const WbScene *scene,
           const WbAxis  *axis,
           WbTick        *ticks)
{
  gint64 start_us = get_start (scene);

  if (start_us != SIG_START_UNKNOWN)
    return wb_axis_clock_ticks (axis, wb_ruler_get_rate (scene), start_us, TICK_SPACING, ticks, MAX_TICKS);
  return wb_axis_time_ticks (axis, wb_ruler_get_rate (scene), TICK_SPACING, ticks, MAX_TICKS);
}

static void
paint_window_numbers (cairo_t              *cr,
                      const WbAxis         *axis,
                      const WbTracesLayout *layout,
                      gint64                page,
                      gint64                n_pages,
                      const WbColors       *colors)
{
  double width = page / (axis->high - axis->low) * axis->length;

  if (width < 26)
    return;
  wb_text_set_font (cr, WB_FONT_SMALL - 1, FALSE);
  wb_paint_set_color (cr, &colors->dim_text);
  for (gint64 i = (gint64) MAX (0, axis->low / page); i < n_pages && i * page < axis->high; i++)
    {
      double x0 = MAX (0, wb_axis_to_pixel (axis, (double) i * page));
      double x1 = MIN (axis->length, wb_axis_to_pixel (axis, (i + 1.) * page));
      g_autofree char *text = g_strdup_printf ("%s%" G_GINT64_FORMAT, width >= 90 ? "window " : "", i + 1);

      if (wb_text_get_width (cr, text) <= x1 - x0 - 4)
        wb_text_show (cr, text, layout->plot_x + (x0 + x1) / 2, layout->ruler_height - SPLIT_HEIGHT - 8,
                      WB_ALIGN_CENTER, x1 - x0);
    }
}

/* Where a tick's text is; one that has no room is empty. */
typedef struct
{
  double left, right;
} Place;

/* A text is pushed inside rather than cut at the ends, and left out where that would touch its neighbour. */
static void
place_tick_texts (cairo_t              *cr,
                  const WbTracesLayout *layout,
                  const WbTick         *ticks,
                  guint                 n,
                  Place                *places)
{
  double last = -8;

  for (guint i = 0; i < n; i++)
    {
      double width = wb_text_get_width (cr, ticks[i].text);
      double x = CLAMP (ticks[i].position, width / 2, MAX (width / 2, layout->plot_width - width / 2));

      places[i] = (Place) { 0, 0 };
      if (x - width / 2 < last + 8)
        continue;
      places[i] = (Place) { layout->plot_x + x - width / 2, layout->plot_x + x + width / 2 };
      last = x + width / 2;
    }
}

static void
paint_tick_texts (cairo_t              *cr,
                  const WbTracesLayout *layout,
                  const WbTick         *ticks,
                  guint                 n)
{
  Place places[MAX_TICKS];

  place_tick_texts (cr, layout, ticks, n, places);
  for (guint i = 0; i < n; i++)
    if (places[i].left < places[i].right)
      wb_text_show (cr, ticks[i].text, (places[i].left + places[i].right) / 2, layout->ruler_y + TEXT_MIDDLE, WB_ALIGN_CENTER,
                    places[i].right - places[i].left + 1);
}

void
wb_ruler_make_room (cairo_t              *cr,
                    const WbScene        *scene,
                    const WbTracesLayout *layout,
                    double                start,
                    double                end,
                    double                left,
                    double                right,
                    const WbColors       *colors)
{
  WbAxis axis = wb_ruler_get_axis (layout, start, end);
  WbTick ticks[MAX_TICKS];
  guint n = get_ticks (scene, &axis, ticks);
  double from = left, to = right, middle = layout->ruler_y + TEXT_MIDDLE;
  Place places[MAX_TICKS];

  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  place_tick_texts (cr, layout, ticks, n, places);
  for (guint i = 0; i < n; i++)
    if (places[i].left < right && places[i].right > left)
      {
        from = MIN (from, places[i].left - 1);
        to = MAX (to, places[i].right + 1);
      }
  wb_paint_set_color (cr, &colors->background);
  wb_paint_snap_rectangle (cr, from, middle - TEXT_HEIGHT / 2, to, middle + TEXT_HEIGHT / 2);
  cairo_fill (cr);
}

void
wb_ruler_paint (cairo_t              *cr,
                const WbScene        *scene,
                const WbTracesLayout *layout,
                double                start,
                double                end,
                const WbColors       *colors)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  gint64 page = sig_recording_get_page (recording);
  WbAxis axis = wb_ruler_get_axis (layout, start, end);
  WbTick ticks[MAX_TICKS];
  guint n = get_ticks (scene, &axis, ticks);

  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  wb_paint_set_color (cr, &colors->dim_text);
  wb_text_show (cr, get_start (scene) != SIG_START_UNKNOWN ? "Clock" : wb_ruler_get_rate (scene) > 0 ? "Time" : "Step", 15,
                layout->ruler_y + TEXT_MIDDLE, WB_ALIGN_START, layout->gutter);
  paint_tick_texts (cr, layout, ticks, n);
  if (page > 0)
    paint_window_numbers (cr, &axis, layout, page, sig_recording_get_n_steps (recording) / page, colors);
  if (scene->split != NULL)
    {
      WbRibbon band = { axis, layout->plot_x, layout->ruler_height - SPLIT_HEIGHT, SPLIT_HEIGHT - 1 };

      wb_ribbon_paint_split (cr, &band, scene->split, colors);
    }
}

/* The path of the border at `step`. */
static void
trace_border (cairo_t              *cr,
              const WbAxis         *axis,
              const WbTracesLayout *layout,
              double                step,
              double                top,
              double                bottom)
{
  double x = floor (layout->plot_x + wb_axis_to_pixel (axis, step) + ON_BORDER) + .5;

  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x, bottom);
}

/* The paths of the borders of all segments in sight, as long as they are few enough to be told apart. */
static void
trace_segments (cairo_t              *cr,
                const WbAxis         *axis,
                const WbTracesLayout *layout,
                const SigRecording   *recording,
                double                bottom)
{
  gsize n_segments = 0, first = sig_recording_find_segment (recording, (gint64) MAX (axis->low, 0));
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);
  gsize last = sig_recording_find_segment (recording, (gint64) MAX (axis->high, 0));
  double end = (double) sig_recording_get_n_steps (recording);

  if ((double) (last - first) * BORDER_SPACING > axis->length)
    return;
  for (gsize i = first; i <= last && i < n_segments; i++)
    {
      double before = i > 0 ? (double) segments[i - 1].end : 0, from = (double) segments[i].start, to = (double) segments[i].end;

      if (from > 0 && from >= axis->low && from <= axis->high)
        trace_border (cr, axis, layout, from, layout->lanes_y, bottom);
      if (before > 0 && before < from && before >= axis->low && before <= axis->high)
        trace_border (cr, axis, layout, before, layout->lanes_y, bottom);
      if (i + 1 == n_segments && to < end && to >= axis->low && to <= axis->high)
        trace_border (cr, axis, layout, to, layout->lanes_y, bottom);
    }
}

/* Dashed, and stronger than the grid: steps on both sides do not follow each other. */
static void
paint_borders (cairo_t              *cr,
               const WbAxis         *axis,
               const WbTracesLayout *layout,
               const SigRecording   *recording,
               double                bottom,
               const WbColors       *colors)
{
  const double dashes[] = { 5, WB_RULER_PERIOD - 5 };
  gint64 page = sig_recording_get_page (recording);

  trace_segments (cr, axis, layout, recording, bottom);
  if (page > 0 && page / (axis->high - axis->low) * axis->length >= BORDER_SPACING)
    for (double i = ceil (axis->low / page - 1e-9); i * page <= axis->high; i++)
      trace_border (cr, axis, layout, i * page, layout->ruler_height - 18, bottom);
  cairo_save (cr);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  wb_paint_set_color_alpha (cr, &colors->dim_text, .8);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
wb_ruler_paint_grid (cairo_t              *cr,
                     const WbScene        *scene,
                     const WbTracesLayout *layout,
                     double                start,
                     double                end,
                     const WbColors       *colors)
{
  WbAxis axis = wb_ruler_get_axis (layout, start, end);
  WbTick ticks[MAX_TICKS];
  guint n = get_ticks (scene, &axis, ticks);
  double bottom = layout->lanes_y + layout->lanes_height;

  for (guint i = 0; i < n; i++)
    {
      double x = layout->plot_x + floor (ticks[i].position + ON_BORDER);

      wb_paint_snap_rectangle (cr, x, layout->lanes_y - 4, x + 1, bottom);
    }
  wb_paint_set_color (cr, &colors->grid);
  cairo_fill (cr);
  paint_borders (cr, &axis, layout, sig_pyramid_get_recording (scene->pyramid), bottom, colors);
}
