/* wb-text-paint.h: texts, colours and hatching for the painters; cairo's own text, and Pango where it needs more
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-colors.h"

#include <cairo.h>

G_BEGIN_DECLS

#define WB_FONT_SMALL  10.5
#define WB_FONT_NORMAL 11.5
#define WB_FONT_TITLE  16.0

typedef enum { WB_ALIGN_START, WB_ALIGN_CENTER, WB_ALIGN_END } WbAlign;

void     wb_paint_set_color (cairo_t *cr, const WbColor *color);

/* As above with another alpha. */
void     wb_paint_set_color_alpha (cairo_t *cr, const WbColor *color, double alpha);

/* Pixels a unit of the target, for painters that make pixels of their own; more than one for vector surfaces, which have none. */
double   wb_paint_get_scale (cairo_t *cr);

/* Sets a source of diagonal stripes of `color` on a faint ground of it: told apart without colour. */
void     wb_paint_set_hatch (cairo_t *cr, const WbColor *color);

/* The square of pixels that these stripes repeat (transfer full), `scale` pixels a unit; to be put where the picture begins. */
cairo_surface_t *wb_paint_make_hatch (int scale, const WbColor *color) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a rectangle to the path, snapped to whole pixels, at least one wide. */
void     wb_paint_snap_rectangle (cairo_t *cr, double x0, double y0, double x1, double y1);

/* Black or white, whichever reads better on `ground`. */
WbColor  wb_paint_get_text_on (const WbColor *ground);

void     wb_text_set_font (cairo_t *cr, double size, gboolean bold);
double   wb_text_get_width (cairo_t *cr, const char *text);

/* The row on which text stands that is centred on `middle`. */
double   wb_text_get_baseline (cairo_t *cr, double middle);

/* As much of both ends of `text` as fits around an ellipsis, for many names differ in their ends only; empty when not even one
 * letter fits. */
char    *wb_text_cut (cairo_t *cr, const char *text, double max_width) G_GNUC_WARN_UNUSED_RESULT;

/* Draws in the current source, centred on `middle` vertically, aligned to `x`; cut with an ellipsis where it is wider
 * than `max_width`. Returns the width drawn. */
double   wb_text_show (cairo_t *cr, const char *text, double x, double middle, WbAlign align, double max_width);

G_END_DECLS
