/* wb-strip-paint.c: one row of pixels that is drawn as a band
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-strip-paint.h"

#include "wb-text-paint.h"

#include <math.h>

void
wb_strip_init (WbStrip *self,
               cairo_t *cr,
               double   length)
{
  self->scale = wb_paint_get_scale (cr);
  self->n_pixels = (int) MAX (1, ceil (length * self->scale));
  self->pixels = g_new0 (guint32, self->n_pixels);
}

void
wb_strip_clear (WbStrip *self)
{
  g_clear_pointer (&self->pixels, g_free);
}

void
wb_strip_set (WbStrip       *self,
              double         x0,
              double         x1,
              const WbColor *color,
              double         alpha)
{
  guint32 pixel = (guint32) (alpha * 255 + .5) << 24 | (guint32) (color->red * alpha * 255 + .5) << 16
                  | (guint32) (color->green * alpha * 255 + .5) << 8 | (guint32) (color->blue * alpha * 255 + .5);
  int first = (int) CLAMP (floor (x0 * self->scale + .5), 0, self->n_pixels - 1);
  int end = (int) MIN (MAX (floor (x1 * self->scale + .5), first + self->scale), self->n_pixels);

  for (int i = first; i < end; i++)
    self->pixels[i] = pixel;
}

/* A pattern of the row that lies where the band is to be. */
static cairo_pattern_t *
make_pattern (const WbStrip *self,
              double         x,
              double         top,
              double         bottom)
{
  cairo_surface_t *row = cairo_image_surface_create_for_data ((unsigned char *) self->pixels, CAIRO_FORMAT_ARGB32,
                                                              self->n_pixels, 1, self->n_pixels * 4);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (row);
  cairo_matrix_t matrix;

  cairo_matrix_init (&matrix, self->scale, 0, 0, 1 / (bottom - top), -x * self->scale, -top / (bottom - top));
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_surface_destroy (row);
  return pattern;
}

void
wb_strip_paint (const WbStrip *self,
                cairo_t       *cr,
                double         x,
                double         top,
                double         bottom)
{
  cairo_pattern_t *pattern = make_pattern (self, x, top, bottom);

  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, x, top, self->n_pixels / self->scale, bottom - top);
  cairo_fill (cr);
  /* The source must not outlive the pixels. */
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_pattern_destroy (pattern);
}

void
wb_strip_mask (const WbStrip *self,
               cairo_t       *cr,
               double         x,
               double         top,
               double         bottom)
{
  cairo_pattern_t *pattern = make_pattern (self, x, top, bottom);

  cairo_save (cr);
  cairo_rectangle (cr, x, top, self->n_pixels / self->scale, bottom - top);
  cairo_clip (cr);
  cairo_mask (cr, pattern);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}
