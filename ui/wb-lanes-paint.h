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
