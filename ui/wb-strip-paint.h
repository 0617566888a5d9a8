/* wb-strip-paint.h: one row of pixels that is drawn as a band: thousands of runs for the price of one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-colors.h"

#include <cairo.h>

G_BEGIN_DECLS

/* As many pixels as the target has in `length`; empty at first. The caller's; wb_strip_clear() frees it. */
typedef struct
{
  guint32 *pixels; /* premultiplied ARGB32 */
  int      n_pixels;
  double   scale;  /* pixels a unit */
} WbStrip;

void wb_strip_init  (WbStrip *self, cairo_t *cr, double length);
void wb_strip_clear (WbStrip *self);

/* Colours [x0, x1), snapped to whole pixels and at least one unit wide: whatever the target is, nothing falls between
 * its pixels. */
void wb_strip_set   (WbStrip *self, double x0, double x1, const WbColor *color, double alpha);

/* Draws the row as a band with its left end at `x`, from `top` to `bottom`. */
void wb_strip_paint (const WbStrip *self, cairo_t *cr, double x, double top, double bottom);

/* Hatches the band with `color`, as wb_paint_set_hatch(), where the row is coloured. */
void wb_strip_hatch (const WbStrip *self, cairo_t *cr, double x, double top, double bottom, const WbColor *color);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbStrip, wb_strip_clear)

G_END_DECLS
