/* wb-lanes-paint.c: min/max columns into plain pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lanes-paint.h"

#include "wb-traces-paint.h"

#include <math.h>
#include <string.h>

/* From so many pixels a step on each sample is a dot. */
#define DOT_SPACING 9.0
#define LINE_WIDTH  1.2
#define MOST_PARTS  3

/* A lane being drawn; rows and lengths in device pixels. */
typedef struct
{
  const WbPixels *target;
  int             top, bottom; /* rows [top, bottom) */
  double          line_width;
  guint32         ramp[256];   /* the lane's colour at each coverage */
} Lane;

static void
fill_ramp (guint32       *ramp,
           const WbColor *color)
{
  for (guint i = 0; i < 256; i++)
    {
      double alpha = color->alpha * i / 255;

      ramp[i] = (guint32) (alpha * 255 + .5) << 24 | (guint32) (color->red * alpha * 255 + .5) << 16 |
                (guint32) (color->green * alpha * 255 + .5) << 8 | (guint32) (color->blue * alpha * 255 + .5);
    }
}

/* Alpha is the highest byte, so the greater word of one ramp is the more covered one. */
static inline void
cover (guint32       *pixel,
       const guint32 *ramp,
       double         coverage)
{
  guint32 value = ramp[(int) (coverage * 255 + .5)];

  if (value > *pixel)
    *pixel = value;
}

static void
fill_run (const Lane *lane,
          int         x,
          double      top,
          double      bottom)
{
  int stride = lane->target->stride, first, last;
  guint32 *pixel;

  top = MAX (top, lane->top);
  bottom = MIN (bottom, lane->bottom);
  if (!(top < bottom))
    return;

  first = (int) top;
  last = (int) ceil (bottom) - 1;
  pixel = lane->target->pixels + (gsize) first * stride + x;
  if (first == last)
    {
      cover (pixel, lane->ramp, bottom - top);
      return;
    }
  cover (pixel, lane->ramp, first + 1 - top);
  pixel += stride;
  for (int y = first + 1; y < last; y++, pixel += stride)
    *pixel = lane->ramp[255];
  cover (pixel, lane->ramp, bottom - last);
}

/* A line of width w that rises r rows within one column covers w √(1 + r²) rows of it; the run alone covers r. */
static double
half_width (const Lane *lane,
            double      rise)
{
  return MAX (0, (lane->line_width * sqrt (1 + rise * rise) - rise) / 2);
}

/* Where value v is drawn: v · slope + offset, kept off the edges by half a line so that nothing that sticks out vanishes. */
typedef struct
{
  double slope, offset, least, greatest;
} Map;

static Map
map_values (int    top,
            int    bottom,
            float  low,
            float  high,
            double line_width)
{
  double height = bottom - top, padding = height >= 8 ? height * .06 : 0, half = MIN (line_width, height) / 2;
  Map map;

  map.slope = -(height - 2 * padding) / ((double) high - low);
  map.offset = bottom - padding - low * map.slope;
  map.least = top + half;
  map.greatest = bottom - half;
  return map;
}

static inline double
map_value (const Map *map,
           double     value)
{
  return CLAMP (value * map->slope + map->offset, map->least, map->greatest);
}

static void
paint_columns (const Lane      *lane,
               const Map       *map,
               const SigColumn *columns)
{
  double last_top = NAN, last_bottom = NAN;

  for (int x = 0; x < lane->target->width; x++)
    {
      double top, bottom, half, from, to;

      if (!(columns[x].min <= columns[x].max))
        {
          last_top = last_bottom = NAN;
          continue;
        }
      from = top = map_value (map, columns[x].max);
      to = bottom = map_value (map, columns[x].min);
      if (last_bottom < top)
        from = last_bottom;
      else if (last_top > bottom)
        to = last_top;
      half = half_width (lane, to - from);
      fill_run (lane, x, from - half, to + half);
      last_top = top;
      last_bottom = bottom;
    }
}

static void
init_lane (Lane           *lane,
           const WbPixels *target,
           int             top,
           int             bottom,
           double          line_width,
           const WbColor  *color)
{
  lane->target = target;
  lane->top = CLAMP (top, 0, target->height);
  lane->bottom = CLAMP (bottom, lane->top, target->height);
  lane->line_width = line_width;
  fill_ramp (lane->ramp, color);
}

void
wb_lane_paint_columns (const WbPixels  *target,
                       int              top,
                       int              bottom,
                       const SigColumn *columns,
                       float            low,
                       float            high,
                       double           line_width,
                       const WbColor   *color)
{
  Lane lane;
  Map map = map_values (top, bottom, low, high, line_width);

  init_lane (&lane, target, top, bottom, line_width, color);
  paint_columns (&lane, &map, columns);
}

double
wb_lane_get_row (int    top,
                 int    bottom,
                 float  low,
                 float  high,
                 double line_width,
                 double value)
{
  Map map = map_values (top, bottom, low, high, line_width);

  return map_value (&map, value);
}

/* What one call works on; the scratch is shared by all lanes. */
typedef struct
{
  SigPyramid *pyramid;
  double      start, end;
  int         scale;
  guint       n_parts;  /* columns asked for a pixel */
  SigColumn  *columns;
  float      *samples;  /* (nullable): only where every sample is a dot */
  gint64      first, n; /* the samples' steps */
} Job;

static void
paint_dots (const Lane *lane,
            const Map  *map,
            const Job  *job)
{
  double per_step = lane->target->width / (job->end - job->start);
  int reach = job->scale + job->scale / 2;

  for (gint64 i = 0; i < job->n; i++)
    {
      int x = (int) floor ((job->first + i - job->start) * per_step);
      double y = isfinite (job->samples[i]) ? map_value (map, job->samples[i]) : NAN;

      for (int dx = -reach; dx <= reach; dx++)
        if (!isnan (y) && x + dx >= 0 && x + dx < lane->target->width)
          fill_run (lane, x + dx, y - reach - .5, y + reach + .5);
    }
}

/* The pyramid joins steps by lines only in columns narrower than a step. With some steps a pixel those lines still show, so they
 * are asked for in parts of a pixel. */
static void
join_parts (const Job *job,
            int        width)
{
  for (int x = 0; job->n_parts > 1 && x < width; x++)
    {
      SigColumn joined = job->columns[x * job->n_parts];

      for (guint i = 1; i < job->n_parts; i++)
        {
          joined.min = MIN (joined.min, job->columns[x * job->n_parts + i].min);
          joined.max = MAX (joined.max, job->columns[x * job->n_parts + i].max);
        }
      job->columns[x] = joined;
    }
}

static void
paint_channel (const Job *job,
               guint      channel,
               Lane      *lane)
{
  float low, high;
  Map map;

  sig_pyramid_get_range (job->pyramid, channel, &low, &high);
  map = map_values (lane->top, lane->bottom, low, high, lane->line_width);
  sig_pyramid_get_columns (job->pyramid, channel, job->start, job->end, lane->target->width * job->n_parts, job->columns);
  join_parts (job, lane->target->width);
  paint_columns (lane, &map, job->columns);
  if (job->samples != NULL &&
      sig_recording_read (sig_pyramid_get_recording (job->pyramid), channel, job->first, job->n, job->samples, NULL))
    paint_dots (lane, &map, job);
}

void
wb_traces_paint_lanes (const WbScene  *scene,
                       double          start,
                       double          end,
                       const WbColors *colors,
                       int             scale,
                       guint32        *pixels,
                       int             width,
                       int             height,
                       int             stride_bytes)
{
  WbPixels target = { pixels, width, height, stride_bytes / 4 };
  const SigRecording *recording;
  g_autofree SigColumn *columns = NULL;
  g_autofree float *samples = NULL;
  Job job = { scene->pyramid, start, end, scale, 1 };
  double per_pixel = (end - start) / width;
  guint n_channels;

  g_return_if_fail (pixels != NULL && width >= 0 && height >= 0 && stride_bytes >= width * 4);

  for (int y = 0; y < height; y++)
    memset (pixels + (gsize) y * target.stride, 0, (gsize) width * 4);
  if (scene->pyramid == NULL || !(start < end) || width == 0 || height == 0)
    return;

  recording = sig_pyramid_get_recording (scene->pyramid);
  n_channels = sig_recording_get_n_channels (recording);
  if (per_pixel >= 1 && per_pixel < MOST_PARTS)
    job.n_parts = (guint) per_pixel + 1;
  job.columns = columns = g_new (SigColumn, (gsize) width * job.n_parts);
  if (width / (end - start) >= DOT_SPACING * scale)
    {
      job.first = (gint64) CLAMP (floor (start) - 1, 0, sig_recording_get_n_steps (recording));
      job.n = (gint64) CLAMP (ceil (end) + 1, job.first, sig_recording_get_n_steps (recording)) - job.first;
      job.samples = samples = g_new (float, MAX (job.n, 1));
    }

  for (guint i = 0; i < n_channels; i++)
    {
      int top = (int) ((gint64) height * i / n_channels), bottom = (int) ((gint64) height * (i + 1) / n_channels);
      Lane lane;

      init_lane (&lane, &target, top, MAX (bottom, MIN (top + 1, height)), LINE_WIDTH * scale, &colors->lanes[i % WB_N_LANE_COLORS]);
      paint_channel (&job, i, &lane);
    }
}
