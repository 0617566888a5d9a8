/* wb-lane-paint.h: one curve's min/max columns into plain pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-colors.h"
#include "wb-pixel-paint.h"

#include "sig-pyramid.h"

G_BEGIN_DECLS

/* Draws into rows [top, bottom) of a buffer: value v at row v · slope + offset, kept off the edges by half a line so that
 * nothing that sticks out vanishes. Everything is blended over what is there. A plain value. */
typedef struct
{
  int     top, bottom;
  double  line_width, slope, offset, least, greatest;
  guint32 ramp[256];   /* the colour at each coverage */
  guint32 color;       /* opaque, */
  gint32  alpha;       /* and its share in 256ths */
} WbLanePen;

/* `low` is at the bottom row and `high` at the top, `line_width` in rows; the rows are the target's. */
void   wb_lane_pen_init  (WbLanePen *self, int top, int bottom, float low, float high, double line_width, const WbColor *color);

/* Columns of a curve. `before` (nullable): the one to the left of the first; `apart` (nullable): for each column whether it does
 * not go on from the one to its left. A plain value. */
typedef struct
{
  const SigColumn *columns, *before;
  const guint8    *apart;
} WbLaneCurve;

/* A curve as wide as the target, a column a pixel, as vertical runs with antialiased ends that meet their neighbours. */
void   wb_lane_pen_draw  (const WbLanePen *self, const WbPixels *target, const WbLaneCurve *curve);

/* The same on an opaque ground that is laid with it in all rows, whatever the target held: row y's is row y modulo the height
 * of `ground`, which is as wide as the target. Much faster than both apart. */
void   wb_lane_pen_draw_on (const WbLanePen *self, const WbPixels *target, const WbPixels *ground, const WbLaneCurve *curve);

/* The rows from those runs' upper ends down to the bottom. */
void   wb_lane_pen_fill  (const WbLanePen *self, const WbPixels *target, const SigColumn *columns);

/* A square that reaches so many pixels from column `x`, which may lie outside, to all sides; none where `value` is not finite. */
void   wb_lane_pen_dot   (const WbLanePen *self, const WbPixels *target, gint64 x, float value, int reach);

/* Pixels a unit in a lane of that height that shows values from `low` to `high`: a little room is left above and below. */
double wb_lane_get_slope (double height, float low, float high);

G_END_DECLS
