/* wb-text-shape.c: Pango for what cairo's own text cannot write; it costs ten times as much, so only for that
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-text-shape.h"

#include <pango/pangocairo.h>

/* Letters and signs that are set one after the other: Latin, Greek, Cyrillic, punctuation, arrows, mathematics. */
static gboolean
is_plain (gunichar c)
{
  return c < 0x0300 || (c >= 0x0370 && c < 0x0530) || (c >= 0x1E00 && c < 0x2E00);
}

static gboolean
has_all_glyphs (cairo_t    *cr,
                const char *text)
{
  cairo_glyph_t *glyphs = NULL;
  int n = 0;
  gboolean all = cairo_scaled_font_text_to_glyphs (cairo_get_scaled_font (cr), 0, 0, text, -1, &glyphs, &n, NULL, NULL, NULL)
                 == CAIRO_STATUS_SUCCESS;

  for (int i = 0; i < n && all; i++)
    all = glyphs[i].index != 0;
  cairo_glyph_free (glyphs);
  return all;
}

gboolean
wb_text_is_shaped (cairo_t    *cr,
                   const char *text)
{
  if (g_str_is_ascii (text))
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!is_plain (g_utf8_get_char (c)))
      return TRUE;
  return !has_all_glyphs (cr, text);
}

static PangoLayout *
make_layout (cairo_t    *cr,
             const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("sans-serif");
  cairo_font_face_t *face = cairo_get_font_face (cr);
  cairo_matrix_t size;

  cairo_get_font_matrix (cr, &size);
  pango_font_description_set_absolute_size (font, size.yy * PANGO_SCALE);
  if (cairo_font_face_get_type (face) == CAIRO_FONT_TYPE_TOY
      && cairo_toy_font_face_get_weight (face) == CAIRO_FONT_WEIGHT_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
wb_text_shape_width (cairo_t    *cr,
                     const char *text)
{
  PangoLayout *layout = make_layout (cr, text);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  g_object_unref (layout);
  return (double) width / PANGO_SCALE;
}

void
wb_text_shape_show (cairo_t    *cr,
                    const char *text,
                    double      x,
                    double      y)
{
  PangoLayout *layout = make_layout (cr, text);

  cairo_move_to (cr, x, y - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}
