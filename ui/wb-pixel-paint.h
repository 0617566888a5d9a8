/* wb-pixel-paint.h: plain pixels, and those of a picture that cairo paints on
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* A premultiplied ARGB32 buffer; `stride` in pixels. A plain value. */
typedef struct
{
  guint32 *pixels;
  int      width, height, stride;
} WbPixels;

/* The pixels of a rectangle of the picture that `cr` paints on, in its units; they are written between cairo_surface_flush() and
 * cairo_surface_mark_dirty(), and know no clip. FALSE where the target is no picture or does not hold all of it: the size is told
 * all the same. */
gboolean wb_pixels_find (cairo_t *cr, double x, double y, double width, double height, WbPixels *pixels);

/* Premultiplied `source` over `pixel`; two channels a multiplication. */
static inline guint32
wb_pixel_blend (guint32 pixel,
                guint32 source)
{
  guint32 rest = 256 - (source >> 24);
  guint32 even = ((pixel & 0x00ff00ff) * rest >> 8) & 0x00ff00ff, odd = (pixel >> 8 & 0x00ff00ff) * rest & 0xff00ff00;

  return source + (even | odd);
}

/* The same of `n` pixels. */
void     wb_pixels_blend_row (guint32 *pixels, const guint32 *sources, int n);

G_END_DECLS
