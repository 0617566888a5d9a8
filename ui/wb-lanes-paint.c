/* wb-lanes-paint.c: all lanes of a scene into plain pixels
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
#define LEAST_PART  6.0 /* pixels of a part that is told from the one before it */

/* What one call works on; the buffers are shared by all lanes. */
typedef struct
{
  SigPyramid     *pyramid;
  const WbGrid   *grid;
  const WbPixels *target;
  int             reach;   /* of a dot to all sides */
  SigColumn      *columns; /* one more than are painted: the first is the one before them */
  guint8         *apart;   /* (nullable): the columns that do not go on from the one before */
  float          *samples; /* (nullable): room for `n`; there are no dots without */
  gint64          first_step, n;
} Job;

/* One trace's rows [top, bottom) of the target, the first of which may be another lane's too. */
typedef struct
{
  const WbTrace *trace;
  const WbColor *color;
  int            top, bottom;
  double         line_width;
} Lane;

/* Where steps are far apart each sample is a dot. */
static void
paint_dots (const Job       *job,
            const WbLanePen *pen,
            guint            channel)
{
  if (job->samples == NULL || !sig_pyramid_get_samples (job->pyramid, channel, job->first_step, job->n, job->samples))
    return;
  for (gint64 i = 0; i < job->n; i++)
    {
      gint64 x = (gint64) floor (((double) (job->first_step + i) - job->grid->origin) / job->grid->width) - job->grid->first;

      wb_lane_pen_dot (pen, job->target, x, job->samples[i], job->reach);
    }
}

/* `ground` (nullable): NULL: over what the target holds. FALSE where it is rough. */
static gboolean
paint_trace (const Job      *job,
             const Lane     *lane,
             const WbPixels *ground)
{
  WbLaneCurve curve = { job->columns + 1, job->columns, job->apart };
  gboolean exact = sig_pyramid_get_grid_columns (job->pyramid, lane->trace->channel, job->grid->origin, job->grid->width,
                                                 job->grid->first - 1, job->target->width + 1, job->columns);
  WbLanePen pen;

  wb_lane_pen_init (&pen, lane->top, lane->bottom, lane->trace->low, lane->trace->high, lane->line_width, lane->color);
  if (ground != NULL)
    wb_lane_pen_draw_on (&pen, job->target, ground, &curve);
  else
    wb_lane_pen_draw (&pen, job->target, &curve);
  paint_dots (job, &pen, lane->trace->channel);
  return exact;
}

/* The steps whose dots reach into the target. */
static void
find_dots (Job *job,
           int  scale)
{
  const WbGrid *grid = job->grid;
  double n_steps = (double) sig_recording_get_n_steps (sig_pyramid_get_recording (job->pyramid));
  double end = (double) (grid->first + job->target->width);

  job->reach = scale + scale / 2;
  job->first_step = (gint64) CLAMP (floor (grid->origin + grid->width * (double) (grid->first - job->reach - 1)), 0, n_steps);
  job->n = (gint64) CLAMP (ceil (grid->origin + grid->width * (end + job->reach + 1)), 0, n_steps) - job->first_step;
  job->samples = g_new (float, MAX (job->n, 1));
}

/* Where a segment or a page begins at a column, give or take half a one. Of parts of a few columns nothing is told: the picture
 * would only come to pieces. */
static guint8 *
find_apart (const Job *job,
            int        scale)
{
  const SigRecording *recording = sig_pyramid_get_recording (job->pyramid);
  const WbGrid *grid = job->grid;
  gint64 n_steps = sig_recording_get_n_steps (recording), page = sig_recording_get_page (recording);
  double left = grid->origin + grid->width * (double) grid->first, right = left + grid->width * job->target->width;
  gsize n_segments = sig_recording_find_segment (recording, (gint64) CLAMP (right, 0, (double) n_steps))
                     - sig_recording_find_segment (recording, (gint64) CLAMP (left, 0, (double) n_steps));
  double least = LEAST_PART * scale * grid->width;
  guint8 *apart;
  gint64 at;

  if ((page == 0 && n_segments == 0) || (page > 0 && (double) page < least) || n_segments > (gsize) job->target->width)
    return NULL;
  apart = g_new0 (guint8, job->target->width);
  at = sig_recording_find_break (recording, (gint64) CLAMP (left - grid->width, -1, (double) n_steps));
  while (at < n_steps && (double) at < right + grid->width)
    {
      gint64 next = sig_recording_find_break (recording, at);
      gint64 column = (gint64) floor (((double) at - grid->origin) / grid->width + .5) - grid->first;

      if (column >= 0 && column < job->target->width && (double) (next - at) >= least)
        apart[column] = TRUE;
      at = next;
    }
  return apart;
}

/* At least one row, as long as there is one. */
static Lane
place_lane (const WbTraceList *list,
            const WbTrace     *trace,
            const WbColors    *colors,
            int                scale,
            int                height)
{
  int top = wb_trace_list_get_edge (list, trace->lane, height);
  int bottom = wb_trace_list_get_edge (list, trace->lane + 1, height);

  return (Lane) { trace, &colors->lanes[trace->color], MIN (top, height - 1), MAX (bottom, MIN (top + 1, height)),
                  LINE_WIDTH * scale };
}

gboolean
wb_lanes_paint (const WbScene  *scene,
                const WbGrid   *grid,
                const WbColors *colors,
                int             scale,
                const WbPixels *grounds,
                const WbPixels *target)
{
  g_auto (WbTraceList) list = { 0 };
  g_autofree SigColumn *columns = NULL;
  g_autofree float *samples = NULL;
  g_autofree guint8 *apart = NULL;
  Job job = { .pyramid = scene->pyramid, .grid = grid, .target = target };
  gboolean exact = TRUE;
  int laid = 0; /* rows that have their ground */

  g_return_val_if_fail (scene->pyramid != NULL && grid->width > 0, FALSE);

  if (target->width < 1 || target->height < 1)
    return TRUE;
  wb_trace_list_init (&list, scene);
  job.columns = columns = g_new (SigColumn, target->width + 1);
  if (1 / grid->width >= DOT_SPACING * scale)
    find_dots (&job, scale);
  samples = job.samples;
  job.apart = apart = find_apart (&job, scale);

  for (guint i = 0; i < list.n_traces; i++)
    {
      Lane lane = place_lane (&list, &list.traces[i], colors, scale, target->height);
      gboolean alternate = list.traces[i].lane % 2 == 1 && lane.bottom - lane.top >= WB_LEAST_STRIPE * scale;

      /* Where lanes are less than a row, some share one. */
      if (!paint_trace (&job, &lane, grounds != NULL && lane.top >= laid ? &grounds[alternate] : NULL))
        exact = FALSE;
      laid = MAX (laid, lane.bottom);
    }
  return exact;
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
  if (scene->pyramid == NULL || start >= end)
    return;
  /* What cannot be read stays empty. */
  (void) sig_pyramid_fetch (scene->pyramid, SIG_PLACE_VIEW, start, end, grid.width, NULL, NULL, NULL);
  (void) wb_lanes_paint (scene, &grid, colors, scale, NULL, &target);
}
