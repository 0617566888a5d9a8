/* wb-lanes-paint.c: min/max columns into plain pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lanes-paint.h"

#include "wb-trace-list.h"

#include <math.h>
#include <string.h>

/* From so many pixels a step on each sample is a dot. */
#define DOT_SPACING 9.0
#define LINE_WIDTH  1.2

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

/* Premultiplied `source` over `pixel`; two channels a multiplication. */
static inline guint32
blend (guint32 pixel,
       guint32 source)
{
  guint32 rest = 256 - (source >> 24);
  guint32 even = ((pixel & 0x00ff00ff) * rest >> 8) & 0x00ff00ff, odd = (pixel >> 8 & 0x00ff00ff) * rest & 0xff00ff00;

  return source + (even | odd);
}

/* The coverage of an edge in 256ths. */
static inline void
cover (guint32       *pixel,
       const guint32 *ramp,
       int            coverage)
{
  *pixel = blend (*pixel, ramp[MIN (coverage, 255)]);
}

/* Rows from `top` to `bottom`; in fixed point, since this is where the time goes. */
static inline void
fill_run (const Lane *lane,
          int         x,
          double      top,
          double      bottom)
{
  int from = (int) (MAX (top, lane->top) * 256), to = (int) (MIN (bottom, lane->bottom) * 256);
  int stride = lane->target->stride, first = from >> 8, last = (to - 1) >> 8;
  guint32 *pixel = lane->target->pixels + (gsize) first * stride + x, solid = lane->ramp[255];

  if (from >= to)
    return;
  if (first == last)
    {
      cover (pixel, lane->ramp, to - from);
      return;
    }
  cover (pixel, lane->ramp, 256 - (from & 255));
  pixel += stride;
  for (int y = first + 1; y < last; y++, pixel += stride)
    *pixel = solid;
  cover (pixel, lane->ramp, to - (last << 8));
}

/* A line of width w that rises r rows within one column covers w √(1 + r²) rows of it, the run alone r. Never more than half the
 * width is added at an end: a spike must not look taller than it is. */
static inline double
half_width (const Lane *lane,
            double      rise)
{
  double half = lane->line_width / 2;

  return rise > 6 ? half : CLAMP (half * sqrt (1 + rise * rise) - rise / 2, 0, half);
}

double
wb_lane_get_slope (double height,
                   float  low,
                   float  high)
{
  double padding = height >= 8 ? height * .06 : 0;

  return (height - 2 * padding) / ((double) high - low);
}

/* Where value v is drawn: v · slope + offset, kept off the edges by half a line so that nothing that sticks out
 * vanishes. */
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
  double height = bottom - top, half = MIN (line_width, height) / 2;
  Map map;

  map.slope = -wb_lane_get_slope (height, low, high);
  map.offset = (top + bottom) / 2. - ((double) low + high) / 2 * map.slope;
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

/* `before` (nullable): the column to the left of the first, which this one meets. */
static void
paint_columns (const Lane      *lane,
               const Map       *map,
               const SigColumn *before,
               const SigColumn *columns)
{
  double last_top = NAN, last_bottom = NAN;

  if (before != NULL && before->min <= before->max)
    {
      last_top = map_value (map, before->max);
      last_bottom = map_value (map, before->min);
    }
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
  paint_columns (&lane, &map, NULL, columns);
}

void
wb_lane_fill_columns (const WbPixels  *target,
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
  for (int x = 0; x < target->width; x++)
    if (columns[x].min <= columns[x].max)
      {
        double from = map_value (&map, columns[x].max);
        int first = (int) from;
        guint32 *pixel = target->pixels + (gsize) first * target->stride + x;

        cover (pixel, lane.ramp, (int) ((first + 1 - from) * 256));
        for (int y = first + 1; y < lane.bottom; y++)
          {
            pixel += target->stride;
            *pixel = blend (*pixel, lane.ramp[255]);
          }
      }
}

/* What one call works on; the buffers are shared by all lanes. */
typedef struct
{
  SigPyramid   *pyramid;
  const WbGrid *grid;
  int           reach;   /* of a dot to all sides; negative: there are none */
  SigColumn    *columns; /* one more than are painted: the first is the one before them */
  float        *samples; /* (nullable): room for `n` */
  gint64        first_step, n;
} Job;

/* Where steps are far apart each sample is a dot. */
static void
paint_dots (const Lane  *lane,
            const Map   *map,
            const Job   *job,
            const float *samples)
{
  for (gint64 i = 0; i < job->n; i++)
    {
      gint64 x = (gint64) floor (((double) (job->first_step + i) - job->grid->origin) / job->grid->width) - job->grid->first;
      double y = isfinite (samples[i]) ? map_value (map, samples[i]) : NAN;

      for (gint64 at = MAX (x - job->reach, 0); !isnan (y) && at <= MIN (x + job->reach, lane->target->width - 1); at++)
        fill_run (lane, (int) at, y - job->reach - .5, y + job->reach + .5);
    }
}

/* The channel's samples at the job's steps; NULL where they cannot be read. */
static const float *
look_at_samples (const Job *job,
                 guint      channel)
{
  const SigRecording *recording = sig_pyramid_get_recording (job->pyramid);
  const float *in_memory = sig_recording_peek_channel (recording, channel);

  if (in_memory != NULL)
    return in_memory + job->first_step;
  return sig_recording_read (recording, channel, job->first_step, job->n, job->samples, NULL) ? job->samples : NULL;
}

static void
paint_trace (const Job     *job,
             const WbTrace *trace,
             Lane          *lane)
{
  const float *samples;
  Map map = map_values (lane->top, lane->bottom, trace->low, trace->high, lane->line_width);

  sig_pyramid_get_grid_columns (job->pyramid, trace->channel, job->grid->origin, job->grid->width, job->grid->first - 1,
                                lane->target->width + 1, job->columns);
  paint_columns (lane, &map, job->columns, job->columns + 1);
  if (job->samples == NULL)
    return;
  samples = look_at_samples (job, trace->channel);
  if (samples != NULL)
    paint_dots (lane, &map, job, samples);
}

/* The steps whose dots reach into `n_columns`. */
static void
find_dots (Job *job,
           int  n_columns,
           int  scale)
{
  const WbGrid *grid = job->grid;
  double n_steps = (double) sig_recording_get_n_steps (sig_pyramid_get_recording (job->pyramid));

  job->reach = scale + scale / 2;
  job->first_step = (gint64) CLAMP (floor (grid->origin + grid->width * (double) (grid->first - job->reach - 1)), 0, n_steps);
  job->n = (gint64) CLAMP (ceil (grid->origin + grid->width * (double) (grid->first + n_columns + job->reach + 1)), 0, n_steps)
           - job->first_step;
  job->samples = g_new (float, MAX (job->n, 1));
}

void
wb_lanes_paint (const WbScene  *scene,
                const WbGrid   *grid,
                const WbColors *colors,
                int             scale,
                const WbPixels *target)
{
  g_autofree SigColumn *columns = NULL;
  g_autofree float *samples = NULL;
  g_auto (WbTraceList) list = { 0 };
  Job job = { .pyramid = scene->pyramid, .grid = grid };

  g_return_if_fail (scene->pyramid != NULL && grid->width > 0);

  if (target->width < 1 || target->height < 1)
    return;
  wb_trace_list_init (&list, scene);
  job.columns = columns = g_new (SigColumn, target->width + 1);
  if (1 / grid->width >= DOT_SPACING * scale)
    find_dots (&job, target->width, scale);
  samples = job.samples;

  for (guint i = 0; i < list.n_traces; i++)
    {
      const WbTrace *trace = &list.traces[i];
      int top = (int) ((gint64) target->height * trace->lane / list.n_lanes);
      int bottom = (int) ((gint64) target->height * (trace->lane + 1) / list.n_lanes);
      Lane lane;

      init_lane (&lane, target, top, MAX (bottom, MIN (top + 1, target->height)), LINE_WIDTH * scale,
                 &colors->lanes[trace->color]);
      paint_trace (&job, trace, &lane);
    }
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
  WbGrid grid = { start, (end - start) / MAX (width, 1), 0 };

  g_return_if_fail (pixels != NULL && width >= 0 && height >= 0 && stride_bytes >= width * 4);

  for (int y = 0; y < height; y++)
    memset (pixels + (gsize) y * target.stride, 0, (gsize) width * 4);
  if (scene->pyramid != NULL && start < end)
    wb_lanes_paint (scene, &grid, colors, scale, &target);
}
