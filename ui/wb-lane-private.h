/* wb-lane-private.h: what the files that draw one curve share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-lane-paint.h"

#include <math.h>

G_BEGIN_DECLS

/* Columns that are drawn row by row at a time: their ends and a row of them stay in the nearest cache. */
#define WB_LANE_CHUNK 256

/* Where a column is drawn, in 256ths of a row: limited to the pen's rows; empty where from >= to. */
typedef struct
{
  gint32 from[WB_LANE_CHUNK], to[WB_LANE_CHUNK];
} WbLaneRuns;

/* Of `n` columns from `x` on, at most a chunk; what lies behind them is anything. */
void     wb_lane_find_runs     (const WbLanePen *pen, const WbLaneCurve *curve, int x, int n, WbLaneRuns *runs);

/* Whether this processor draws rows; where it does not, a curve is drawn column by column. */
gboolean wb_lane_can_draw_rows (void);

/* How many of the target's columns from `x` on are best drawn together, at most a chunk. */
int      wb_lane_get_chunk     (const WbPixels *target, int x);

/* All the pen's rows of `n` columns from `x` on, at most a chunk, over the ground's, which may be the target: see
 * wb_lane_pen_draw_on(). */
void     wb_lane_draw_rows     (const WbLanePen *pen, const WbLaneRuns *runs, const WbPixels *target, const WbPixels *ground,
                                int x, int n);

/* CLAMP() looks at its arguments again and again. */
static inline double
wb_lane_limit (double value,
               double least,
               double greatest)
{
  value = value < least ? least : value;
  return value > greatest ? greatest : value;
}

static inline double
wb_lane_map_value (const WbLanePen *pen,
                   double           value)
{
  return wb_lane_limit (value * pen->slope + pen->offset, pen->least, pen->greatest);
}

G_END_DECLS
