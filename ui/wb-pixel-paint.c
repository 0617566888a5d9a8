/* wb-pixel-paint.c: the pixels of a picture that cairo paints on
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-pixel-paint.h"

#include "wb-text-paint.h"

#include <math.h>
#include <string.h>

#define VECTOR 4 /* pixels */

typedef guint32 Words __attribute__ ((vector_size (4 * VECTOR)));
typedef guint16 Halves __attribute__ ((vector_size (4 * VECTOR)));

gboolean
wb_pixels_find (cairo_t  *cr,
                double    x,
                double    y,
                double    width,
                double    height,
                WbPixels *pixels)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  double scale = wb_paint_get_scale (cr);
  int left, top;

  *pixels = (WbPixels) { NULL, (int) (width * scale), (int) (height * scale), 0 };
  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE)
    return FALSE;
  cairo_user_to_device (cr, &x, &y);
  left = (int) floor (x * scale + .5);
  top = (int) floor (y * scale + .5);
  if (left < 0 || top < 0 || left + pixels->width > cairo_image_surface_get_width (surface)
      || top + pixels->height > cairo_image_surface_get_height (surface))
    return FALSE;
  pixels->stride = cairo_image_surface_get_stride (surface) / 4;
  pixels->pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  pixels->pixels += (gsize) top * pixels->stride + left;
  return TRUE;
}

void
wb_pixels_blend_row (guint32       *pixels,
                     const guint32 *sources,
                     int            n)
{
  int i = 0;

  for (; i + VECTOR <= n; i += VECTOR)
    {
      Words pixel, source, rest, even, odd;

      memcpy (&pixel, pixels + i, sizeof pixel);
      memcpy (&source, sources + i, sizeof source);
      rest = 256 - (source >> 24);
      rest |= rest << 16;
      even = (Words) ((Halves) (pixel & 0x00ff00ff) * (Halves) rest >> 8);
      odd = (Words) ((Halves) (pixel >> 8 & 0x00ff00ff) * (Halves) rest & 0xff00);
      source += even | odd;
      memcpy (pixels + i, &source, sizeof source);
    }
  for (; i < n; i++)
    pixels[i] = wb_pixel_blend (pixels[i], sources[i]);
}
