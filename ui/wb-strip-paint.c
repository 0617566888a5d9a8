/* wb-strip-paint.c: one row of pixels that is drawn as a band
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-strip-paint.h"

#include "wb-pixel-paint.h"
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
  int first = (int) CLAMP (x0 * self->scale + .5, 0, self->n_pixels - 1);
  int end = (int) MIN (MAX (x1 * self->scale + .5, first + self->scale), self->n_pixels);

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

static void
hatch_with_cairo (const WbStrip *self,
                  cairo_t       *cr,
                  double         x,
                  double         top,
                  double         bottom,
                  const WbColor *color)
{
  cairo_pattern_t *pattern = make_pattern (self, x, top, bottom);

  cairo_save (cr);
  wb_paint_set_hatch (cr, color);
  cairo_rectangle (cr, x, top, self->n_pixels / self->scale, bottom - top);
  cairo_clip (cr);
  cairo_mask (cr, pattern);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}

/* Where in a tile that is repeated from the origin on the pixel `at` is. */
static int
get_phase (double at,
           double scale,
           int    size)
{
  return (int) (((gint64) floor (at * scale + .5) % size + size) % size);
}

/* A row of the tile that begins `phase` pixels from its left, where the strip has a colour. */
static void
fill_hatch (const WbStrip *self,
            const guint32 *row,
            int            size,
            int            phase,
            guint32       *hatch)
{
  for (int i = 0, at = phase; i < self->n_pixels; i++, at = at + 1 < size ? at + 1 : 0)
    hatch[i] = self->pixels[i] != 0 ? row[at] : 0;
}

/* The same in plain pixels: of a mask with a pattern cairo makes very much work. */
static void
hatch_pixels (const WbStrip  *self,
              const WbPixels *pixels,
              double          x,
              double          top,
              const WbColor  *color)
{
  cairo_surface_t *tile = wb_paint_make_hatch ((int) self->scale, color);
  const guint32 *colors = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (tile);
  int size = cairo_image_surface_get_width (tile), stride = cairo_image_surface_get_stride (tile) / 4;
  int left = get_phase (x, self->scale, size), above = get_phase (top, self->scale, size);
  g_autofree guint32 *hatch = g_new (guint32, self->n_pixels);

  for (int row = 0; row < MIN (size, pixels->height); row++)
    {
      fill_hatch (self, colors + (above + row) % size * stride, size, left, hatch);
      for (int y = row; y < pixels->height; y += size)
        wb_pixels_blend_row (pixels->pixels + (gsize) y * pixels->stride, hatch, MIN (self->n_pixels, pixels->width));
    }
  cairo_surface_destroy (tile);
}

void
wb_strip_hatch (const WbStrip *self,
                cairo_t       *cr,
                double         x,
                double         top,
                double         bottom,
                const WbColor *color)
{
  WbPixels pixels;

  if (!wb_pixels_find (cr, x, top, self->n_pixels / self->scale, bottom - top, &pixels))
    {
      hatch_with_cairo (self, cr, x, top, bottom, color);
      return;
    }
  cairo_surface_flush (cairo_get_target (cr));
  hatch_pixels (self, &pixels, x, top, color);
  cairo_surface_mark_dirty (cairo_get_target (cr));
}
