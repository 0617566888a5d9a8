/* wb-lanes-paint.c: min/max columns into plain pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lanes-paint.h"

#include "wb-traces-paint.h"

#include <math.h>
#include <string.h>

/* Below so many steps a pixel the straight lines between steps still show. */
#define LINE_STEPS  3.0
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

/* What one call works on; the scratch is shared by all lanes. */
typedef struct
{
  SigPyramid *pyramid;
  double      start, end;
  int         scale;
  SigColumn  *columns;
  gboolean    dots;     /* every sample is one */
  float      *scratch;  /* (nullable): `n` samples, only where the lines between them are drawn */
  gint64      first, n; /* the steps in view and those beside it */
} Job;

static void
paint_dots (const Lane  *lane,
            const Map   *map,
            const Job   *job,
            const float *samples)
{
  double per_step = lane->target->width / (job->end - job->start);
  int reach = job->scale + job->scale / 2;

  for (gint64 i = 0; i < job->n; i++)
    {
      int x = (int) floor ((job->first + i - job->start) * per_step);
      double y = isfinite (samples[i]) ? map_value (map, samples[i]) : NAN;

      for (int dx = -reach; dx <= reach; dx++)
        if (!isnan (y) && x + dx >= 0 && x + dx < lane->target->width)
          fill_run (lane, x + dx, y - reach - .5, y + reach + .5);
    }
}

static inline void
widen (SigColumn *column,
       float      value)
{
  column->min = MIN (column->min, value);
  column->max = MAX (column->max, value);
}

/* What the line from step i to the next one adds to the columns: its first end, and its value at every column edge
 * that it crosses, which belongs to the columns on both sides. A step beside a gap stands alone. */
static inline void
add_line (SigColumn *columns,
          int        n_columns,
          double     from,
          double     per_step,
          float      value,
          float      next)
{
  double to = from + per_step;
  float slope = (next - value) / (float) per_step;

  if (from >= 0 && from < n_columns)
    widen (&columns[(int) from], value);
  if (!isfinite (next) || to < 0 || from >= n_columns)
    return;
  for (int edge = from > 0 ? (int) from + 1 : 0; edge <= n_columns && edge <= to; edge++)
    {
      float crossing = value + slope * (float) (edge - from);

      if (edge > 0)
        widen (&columns[edge - 1], crossing);
      if (edge < n_columns)
        widen (&columns[edge], crossing);
    }
}

/* The columns of a channel, with the lines between its steps; `samples` are those of the job's steps. */
static void
interpolate (const Job   *job,
             const float *samples,
             int          n_columns)
{
  double per_step = n_columns / (job->end - job->start);

  for (int x = 0; x < n_columns; x++)
    job->columns[x] = (SigColumn) { INFINITY, -INFINITY };
  for (gint64 i = 0; i < job->n; i++)
    if (isfinite (samples[i]))
      add_line (job->columns, n_columns, (job->first + i - job->start) * per_step, per_step, samples[i],
                i + 1 < job->n ? samples[i + 1] : NAN);
}

/* The channel's samples at the job's steps; NULL where it has none or they cannot be read. */
static const float *
look_at_samples (const Job *job,
                 guint      channel)
{
  const SigRecording *recording = sig_pyramid_get_recording (job->pyramid);
  const float *in_memory = sig_recording_peek_channel (recording, channel);

  if (job->scratch == NULL)
    return NULL;
  if (in_memory != NULL)
    return in_memory + job->first;
  return sig_recording_read (recording, channel, job->first, job->n, job->scratch, NULL) ? job->scratch : NULL;
}

static void
paint_channel (const Job *job,
               guint      channel,
               Lane      *lane)
{
  const float *samples = look_at_samples (job, channel);
  float low, high;
  Map map;

  sig_pyramid_get_range (job->pyramid, channel, &low, &high);
  map = map_values (lane->top, lane->bottom, low, high, lane->line_width);
  if (samples != NULL)
    interpolate (job, samples, lane->target->width);
  else
    sig_pyramid_get_columns (job->pyramid, channel, job->start, job->end, lane->target->width, job->columns);
  paint_columns (lane, &map, job->columns);
  if (samples != NULL && job->dots)
    paint_dots (lane, &map, job, samples);
}

void
wb_traces_paint_lanes_over (const WbScene  *scene,
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
  Job job = { scene->pyramid, start, end, scale };
  guint n_channels;

  g_return_if_fail (pixels != NULL && width >= 0 && height >= 0 && stride_bytes >= width * 4);

  if (scene->pyramid == NULL || !(start < end) || width == 0 || height == 0)
    return;

  recording = sig_pyramid_get_recording (scene->pyramid);
  n_channels = sig_recording_get_n_channels (recording);
  job.columns = columns = g_new (SigColumn, width);
  job.dots = width / (end - start) >= DOT_SPACING * scale;
  if ((end - start) / width < LINE_STEPS)
    {
      gint64 n_steps = sig_recording_get_n_steps (recording);

      job.first = (gint64) CLAMP (floor (start) - 1, 0, n_steps);
      job.n = (gint64) CLAMP (ceil (end) + 2, job.first, n_steps) - job.first;
      job.scratch = samples = g_new (float, MAX (job.n, 1));
    }

  for (guint i = 0; i < n_channels; i++)
    {
      int top = (int) ((gint64) height * i / n_channels), bottom = (int) ((gint64) height * (i + 1) / n_channels);
      Lane lane;

      init_lane (&lane, &target, top, MAX (bottom, MIN (top + 1, height)), LINE_WIDTH * scale,
                 &colors->lanes[i % WB_N_LANE_COLORS]);
      paint_channel (&job, i, &lane);
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
  g_return_if_fail (pixels != NULL && width >= 0 && height >= 0 && stride_bytes >= width * 4);

  for (int y = 0; y < height; y++)
    memset (pixels + (gsize) y * (stride_bytes / 4), 0, (gsize) width * 4);
  wb_traces_paint_lanes_over (scene, start, end, colors, scale, pixels, width, height, stride_bytes);
}
