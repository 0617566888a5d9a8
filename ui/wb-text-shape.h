/* wb-text-shape.h: texts that one font cannot write letter by letter, by Pango
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Whether `text` (UTF-8) needs more than cairo's own text: scripts whose letters join or run from right to left, and letters that
 * the current font has not, such as Chinese ones and emoji. */
gboolean wb_text_is_shaped   (cairo_t *cr, const char *text);

/* The width of such a text in the current font's size and weight, with other fonts for the letters that it has not. */
double   wb_text_shape_width (cairo_t *cr, const char *text);

/* Draws it in the current source, with its baseline's left end at (x, y). */
void     wb_text_shape_show  (cairo_t *cr, const char *text, double x, double y);

G_END_DECLS
