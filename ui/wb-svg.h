/* wb-svg.h: SVG elements that are written straight, where cairo's own would be larger or would not be texts
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Collects texts and paths that are drawn on the surface from now on instead of drawing them, as elements in their order: cairo's
 * own SVG has shapes of letters only, and six decimals for each coordinate. `elements` must outlive the drawing; they belong over
 * all that was drawn. */
void     wb_svg_collect   (cairo_surface_t *surface, GString *elements);

/* Adds the text, whose baseline begins at (x, y), in the current source and font; FALSE where texts are to be drawn. Letters
 * that no XML file may have are left out. */
gboolean wb_svg_take_text (cairo_t *cr, const char *text, double x, double y, double width);

/* Adds the current path of straight lines, cut off at the bounds of the current clip, in the current source, line width and line
 * join: its line, and what it surrounds where it is `filled`. Coordinates are rounded to sixteenths of a unit. The path is then
 * gone. FALSE where it is to be drawn. */
gboolean wb_svg_take_path (cairo_t *cr, gboolean filled);

G_END_DECLS
