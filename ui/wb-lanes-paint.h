/* wb-lanes-paint.h: min/max columns into plain pixels: the fast half of painting traces
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* A premultiplied ARGB32 buffer; `stride` in pixels. A plain value. */
typedef struct
{
  guint32 *pixels;
  int      width, height, stride;
} WbPixels;

/* Draws all lanes of the scene, one below the other, over what `target` holds: columns grid->first … of the grid, each of
 * them a device pixel wide (`scale`: device pixels a pixel). A vertical min/max run a column, joined with its
 * neighbour; lines between the steps where there are few, and dots where they are far apart. A column looks the same
 * whichever is the first. */
void wb_lanes_paint (const WbScene  *scene,
                     const WbGrid   *grid,
                     const WbColors *colors,
                     int             scale,
                     const WbPixels *target);

/* Pixels a unit in a lane of that height that shows values from `low` to `high`: a little room is left above and below. */
double wb_lane_get_slope (double height, float low, float high);

/* Draws one curve into rows [top, bottom) in device pixels, one column a pixel, with `low` at the bottom row and
 * `high` at the top; what lies outside is drawn at the edge. Runs have antialiased ends, meet their neighbours and
 * are blended over what is there. `line_width` in device pixels. */
void wb_lane_paint_columns (const WbPixels *target,
                            int top,
                            int bottom,
                            const SigColumn *columns,
                            float low,
                            float high,
                            double line_width,
                            const WbColor *color);

/* Fills the rows from those runs' upper ends down to `bottom`, blended over what is there. */
void wb_lane_fill_columns (const WbPixels *target,
                           int top,
                           int bottom,
                           const SigColumn *columns,
                           float low,
                           float high,
                           double line_width,
                           const WbColor *color);

G_END_DECLS
