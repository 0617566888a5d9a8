/* wb-vector-paint.h: lanes as paths and texts as texts, for pictures without pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* Draws all lanes of steps [start, end) as paths: a line through the samples where there are few, else the area between the least
 * and the greatest of each half unit, so that nothing that sticks out is lost. */
void wb_vector_paint_lanes (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, double start, double end,
                            const WbColors *colors);

/* Collects the texts that are drawn on the surface from now on instead of drawing them, as SVG elements: cairo's own SVG has
 * shapes of letters only. `elements` must outlive the drawing. */
void wb_vector_collect_texts (cairo_surface_t *surface, GString *elements);

/* Adds the text, whose baseline begins at (x, y), in the current source and font; FALSE where texts are to be drawn. */
gboolean wb_vector_take_text (cairo_t *cr, const char *text, double x, double y, double width);

G_END_DECLS
