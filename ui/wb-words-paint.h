/* wb-words-paint.h: the same few words written many times along a line
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-colors.h"

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* As wb_text_show() for each, at a tenth of its cost: the glyphs of a word are found once, and drawn in one go for a colour. */
typedef struct
{
  cairo_t *cr;      /* borrowed */
  double   middle;
  gboolean apart;   /* a target that wants texts, not glyphs */
  GArray  *words, *inks;
} WbWords;

/* Words in the font that is set, centred on `middle` vertically. Clear with wb_words_clear(). */
void wb_words_init  (WbWords *self, cairo_t *cr, double middle);
void wb_words_clear (WbWords *self);

/* Centred on `x`, cut to whole pixels of `room` with an ellipsis. */
void wb_words_add   (WbWords *self, const char *text, const WbColor *color, double x, double room);

/* Draws what was added. */
void wb_words_show  (WbWords *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbWords, wb_words_clear)

G_END_DECLS
