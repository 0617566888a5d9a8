/* wb-lane-paint.c: one curve's min/max columns into plain pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-private.h"

#include <math.h>
#include <string.h>

static guint32
get_pixel (const WbColor *color,
           double         alpha)
{
  return (guint32) (alpha * 255 + .5) << 24 | (guint32) (color->red * alpha * 255 + .5) << 16
         | (guint32) (color->green * alpha * 255 + .5) << 8 | (guint32) (color->blue * alpha * 255 + .5);
}

static void
fill_ramp (guint32       *ramp,
           const WbColor *color)
{
  for (guint i = 0; i < 256; i++)
    ramp[i] = get_pixel (color, color->alpha * i / 255);
}

/* The coverage of an edge in 256ths. */
static inline void
cover (guint32       *pixel,
       const guint32 *ramp,
       int            coverage)
{
  *pixel = wb_pixel_blend (*pixel, ramp[MIN (coverage, 255)]);
}

/* From `from` to `to`, in 256ths of a row. This is where the time goes, most of it with branches that no processor foresees: so
 * both ends are always drawn, the lower one with nothing where they are in one row. */
static inline void
fill_run (const WbLanePen *pen,
          const WbPixels  *target,
          int              x,
          gint32           from,
          gint32           to)
{
  int stride = target->stride, first = from >> 8, last = (to - 1) >> 8;
  guint32 *pixel = target->pixels + (gsize) first * stride + x, *end = target->pixels + (gsize) last * stride + x;
  guint32 solid = pen->ramp[255];

  if (from >= to)
    return;
  cover (pixel, pen->ramp, MIN (to, (first + 1) << 8) - from);
  cover (end, pen->ramp, last > first ? to - (last << 8) : 0);
  if (pen->alpha == 256)
    for (pixel += stride; pixel < end; pixel += stride)
      *pixel = solid;
  else
    for (pixel += stride; pixel < end; pixel += stride)
      *pixel = wb_pixel_blend (*pixel, solid);
}

double
wb_lane_get_slope (double height,
                   float  low,
                   float  high)
{
  double padding = height >= 8 ? height * .06 : 0;

  return (height - 2 * padding) / ((double) high - low);
}

void
wb_lane_pen_init (WbLanePen     *self,
                  int            top,
                  int            bottom,
                  float          low,
                  float          high,
                  double         line_width,
                  const WbColor *color)
{
  double height = bottom - top, half = MIN (line_width, height) / 2;

  self->top = top;
  self->bottom = bottom;
  self->line_width = line_width;
  self->slope = -wb_lane_get_slope (height, low, high);
  self->offset = (top + bottom) / 2. - ((double) low + high) / 2 * self->slope;
  self->least = top + half;
  self->greatest = bottom - half;
  fill_ramp (self->ramp, color);
  self->alpha = (gint32) (color->alpha * 256 + .5);
  self->color = get_pixel (color, 1);
}

/* The pixels of a chunk from column `x` on. */
static WbPixels
get_chunk (const WbPixels *pixels,
           int             x)
{
  return (WbPixels) { pixels->pixels + x, wb_lane_get_chunk (pixels, x), pixels->height, pixels->stride };
}

void
wb_lane_pen_draw (const WbLanePen   *self,
                  const WbPixels    *target,
                  const WbLaneCurve *curve)
{
  WbLaneRuns runs;

  for (int x = 0, n = 0; x < target->width; x += n)
    {
      WbPixels chunk = get_chunk (target, x);

      n = chunk.width;
      wb_lane_find_runs (self, curve, x, n, &runs);
      for (int i = 0; i < n; i++)
        fill_run (self, &chunk, i, runs.from[i], runs.to[i]);
    }
}

/* --- with the ground that they lie on, row by row ----------------------------------------- */

static void
lay_ground (const WbLanePen *pen,
            const WbPixels  *target,
            const WbPixels  *ground)
{
  for (int y = pen->top; y < pen->bottom; y++)
    memcpy (target->pixels + (gsize) y * target->stride, ground->pixels + (gsize) (y % ground->height) * ground->stride,
            (gsize) target->width * sizeof *target->pixels);
}

void
wb_lane_pen_draw_on (const WbLanePen   *self,
                     const WbPixels    *target,
                     const WbPixels    *ground,
                     const WbLaneCurve *curve)
{
  WbLaneRuns runs = { 0 };

  if (wb_lane_can_draw_rows ())
    for (int x = 0, n = 0; x < target->width; x += n)
      {
        n = wb_lane_get_chunk (target, x);
        wb_lane_find_runs (self, curve, x, n, &runs);
        wb_lane_draw_rows (self, &runs, target, ground, x, n);
      }
  else
    {
      lay_ground (self, target, ground);
      wb_lane_pen_draw (self, target, curve);
    }
}

void
wb_lane_pen_fill (const WbLanePen *self,
                  const WbPixels  *target,
                  const SigColumn *columns)
{
  WbLaneRuns runs = { 0 };

  for (int x = 0, n = 0; x < target->width; x += n)
    {
      WbPixels chunk = get_chunk (target, x);

      n = chunk.width;
      for (int i = 0; i < n; i++)
        {
          gboolean shown = columns[x + i].min <= columns[x + i].max;

          runs.from[i] = shown ? (gint32) (wb_lane_map_value (self, columns[x + i].max) * 256) : 0;
          runs.to[i] = shown ? self->bottom << 8 : 0;
        }
      if (wb_lane_can_draw_rows ())
        wb_lane_draw_rows (self, &runs, target, target, x, n);
      else
        for (int i = 0; i < n; i++)
          fill_run (self, &chunk, i, runs.from[i], runs.to[i]);
    }
}

void
wb_lane_pen_dot (const WbLanePen *self,
                 const WbPixels  *target,
                 gint64           x,
                 float            value,
                 int              reach)
{
  double y = isfinite (value) ? wb_lane_map_value (self, value) : NAN;

  for (gint64 at = MAX (x - reach, 0); !isnan (y) && at <= MIN (x + reach, target->width - 1); at++)
    fill_run (self, target, (int) at, (gint32) (wb_lane_limit (y - reach - .5, self->top, self->bottom) * 256),
              (gint32) (wb_lane_limit (y + reach + .5, self->top, self->bottom) * 256));
}
