/* wb-lanes-paint.h: min/max columns into plain pixels: the fast half of painting traces
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-colors.h"

#include "sig-pyramid.h"

G_BEGIN_DECLS

/* A premultiplied ARGB32 buffer; `stride` in pixels. A plain value. */
typedef struct
{
  guint32 *pixels;
  int      width, height, stride;
} WbPixels;

/* Draws one curve into rows [top, bottom) in device pixels, one column a pixel, with `low` at the bottom row and `high` at the top;
 * what lies outside is drawn at the edge. Runs have antialiased ends and meet their neighbours; where they are already
 * covered by the same color nothing changes. `line_width` in device pixels. */
void wb_lane_paint_columns (const WbPixels *target, int top, int bottom, const SigColumn *columns, float low, float high, double line_width, const WbColor *color);

/* The row, with its fraction, where that function draws the middle of a line at `value`. */
double wb_lane_get_row (int top, int bottom, float low, float high, double line_width, double value);

G_END_DECLS
