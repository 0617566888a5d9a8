/* wb-pixel-paint.c: the pixels of a picture that cairo paints on
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-pixel-paint.h"

#include "wb-text-paint.h"

#include <math.h>

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
