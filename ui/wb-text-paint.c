/* wb-text-paint.c: texts, colours and hatching with cairo
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-text-paint.h"

#include "wb-svg.h"
#include "wb-text-shape.h"

#include <math.h>
#include <string.h>

#define VECTOR_SCALE 2

/* Fonts have boxes for these. */
#define CONTROLS \
  "\001\002\003\004\005\006\a\b\t\n\v\f\r\016\017\020\021\022\023\024\025\026\027\030\031\032\033\034\035\036\037\177"

void
wb_paint_set_color (cairo_t       *cr,
                    const WbColor *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

void
wb_paint_set_color_alpha (cairo_t       *cr,
                          const WbColor *color,
                          double         alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
}

double
wb_paint_get_scale (cairo_t *cr)
{
  double scale = VECTOR_SCALE, unused;

  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE)
    cairo_surface_get_device_scale (cairo_get_target (cr), &scale, &unused);
  return scale;
}

cairo_surface_t *
wb_paint_make_hatch (int            scale,
                     const WbColor *color)
{
  const int size = 6;
  cairo_surface_t *tile = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size * scale, size * scale);
  cairo_t *tile_cr = cairo_create (tile);

  cairo_surface_set_device_scale (tile, scale, scale);
  wb_paint_set_color_alpha (tile_cr, color, .28);
  cairo_paint (tile_cr);
  wb_paint_set_color (tile_cr, color);
  cairo_set_line_width (tile_cr, 1.9);
  for (int i = -1; i <= 1; i++)
    {
      cairo_move_to (tile_cr, i * size - 1, size + 1);
      cairo_line_to (tile_cr, (i + 1) * size + 1, -1);
    }
  cairo_stroke (tile_cr);
  cairo_destroy (tile_cr);
  cairo_surface_flush (tile);
  return tile;
}

void
wb_paint_set_hatch (cairo_t       *cr,
                    const WbColor *color)
{
  cairo_surface_t *tile = wb_paint_make_hatch ((int) wb_paint_get_scale (cr), color);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (tile);

  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_set_source (cr, pattern);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (tile);
}

void
wb_paint_snap_rectangle (cairo_t *cr,
                         double   x0,
                         double   y0,
                         double   x1,
                         double   y1)
{
  x0 = floor (x0 + .5);
  x1 = MAX (x0 + 1, floor (x1 + .5));
  cairo_rectangle (cr, x0, floor (y0 + .5), x1 - x0, floor (y1 + .5) - floor (y0 + .5));
}

static double
linear_light (double channel)
{
  return channel <= .04045 ? channel / 12.92 : pow ((channel + .055) / 1.055, 2.4);
}

WbColor
wb_paint_get_text_on (const WbColor *ground)
{
  double luminance = .2126 * linear_light (ground->red) + .7152 * linear_light (ground->green)
                     + .0722 * linear_light (ground->blue);
  float value = 1.05 / (luminance + .05) >= (luminance + .05) / .05 ? 1 : 0;

  return (WbColor) { value, value, value, 1 };
}

void
wb_text_set_font (cairo_t *cr,
                  double   size,
                  gboolean bold)
{
  cairo_select_font_face (cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                          bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, size);
}

double
wb_text_get_width (cairo_t    *cr,
                   const char *text)
{
  cairo_text_extents_t extents;

  if (wb_text_is_shaped (cr, text))
    return wb_text_shape_width (cr, text);
  cairo_text_extents (cr, text, &extents);
  return extents.x_advance;
}

/* `n_letters` of the text's `n_all`, from both of its ends, around an ellipsis. No mark loses its letter to it. */
static char *
cut_middle (const char *text,
            glong       n_all,
            glong       n_letters)
{
  g_autofree char *start = g_utf8_substring (text, 0, (n_letters + 1) / 2);
  const char *end = g_utf8_offset_to_pointer (text, n_all - n_letters / 2);

  while (g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  return g_strconcat (start, "…", end, NULL);
}

char *
wb_text_cut (cairo_t    *cr,
             const char *text,
             double      max_width)
{
  glong n_all = g_utf8_strlen (text, -1), low = 0, high = n_all;

  while (low < high)
    {
      glong middle = (low + high + 1) / 2;
      g_autofree char *cut = cut_middle (text, n_all, middle);

      if (wb_text_get_width (cr, cut) <= max_width)
        low = middle;
      else
        high = middle - 1;
    }
  return low > 0 ? cut_middle (text, n_all, low) : g_strdup ("");
}

double
wb_text_get_baseline (cairo_t *cr,
                      double   middle)
{
  cairo_font_extents_t font;

  cairo_font_extents (cr, &font);
  return floor (middle + (font.ascent - font.descent) / 2 + .5);
}

double
wb_text_show (cairo_t    *cr,
              const char *text,
              double      x,
              double      middle,
              WbAlign     align,
              double      max_width)
{
  g_autofree char *owned = NULL;
  double width;

  if (!g_utf8_validate (text, -1, NULL))
    text = owned = g_utf8_make_valid (text, -1);
  if (text[strcspn (text, CONTROLS)] != '\0')
    {
      char *spaced = g_strdelimit (g_strdup (text), CONTROLS, ' ');

      g_free (owned);
      text = owned = spaced;
    }
  width = wb_text_get_width (cr, text);
  if (width > max_width)
    {
      char *cut = wb_text_cut (cr, text, max_width);

      g_free (owned);
      text = owned = cut;
      width = wb_text_get_width (cr, text);
    }
  if (align == WB_ALIGN_CENTER)
    x -= width / 2;
  else if (align == WB_ALIGN_END)
    x -= width;
  x = floor (x + .5);
  middle = wb_text_get_baseline (cr, middle);
  if (wb_svg_take_text (cr, text, x, middle, width))
    return width;
  if (wb_text_is_shaped (cr, text))
    wb_text_shape_show (cr, text, x, middle);
  else
    {
      cairo_move_to (cr, x, middle);
      cairo_show_text (cr, text);
    }
  return width;
}
