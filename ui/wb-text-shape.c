/* wb-text-shape.c: Pango for what cairo's own text cannot write: it costs ten times as much, so layouts are kept
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

/* --- layouts, kept --------------------------------------------------------------------- */

#define MOST_KEPT 1024 /* about 3 kB each; a window of names and the ways to cut them needs some hundred */

/* What a layout depends on besides the surface. */
typedef struct
{
  char    *text;
  double   size;
  gboolean bold;
} Key;

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->text) ^ (guint) (key->size * 16) ^ (key->bold ? 1u << 31 : 0);
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const Key *key = a, *other = b;

  return key->size == other->size && key->bold == other->bold && g_str_equal (key->text, other->text);
}

static void
key_free (gpointer data)
{
  Key *key = data;

  g_free (key->text);
  g_free (key);
}

static void
kept_free (void *kept)
{
  g_hash_table_unref (kept);
}

static const cairo_user_data_key_t kept_key;

/* They go with the surface: it is measured before it is drawn on, and has one thread. */
static GHashTable *
get_kept (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  GHashTable *kept = cairo_surface_get_user_data (surface, &kept_key);

  if (kept == NULL)
    {
      kept = g_hash_table_new_full (key_hash, key_equal, key_free, g_object_unref);
      cairo_surface_set_user_data (surface, &kept_key, kept, kept_free);
    }
  return kept;
}

static Key
get_key (cairo_t    *cr,
         const char *text)
{
  cairo_font_face_t *face = cairo_get_font_face (cr);
  cairo_matrix_t size;

  cairo_get_font_matrix (cr, &size);
  return (Key) { (char *) text, size.yy,
                 cairo_font_face_get_type (face) == CAIRO_FONT_TYPE_TOY
                   && cairo_toy_font_face_get_weight (face) == CAIRO_FONT_WEIGHT_BOLD };
}

static PangoLayout *
make_layout (cairo_t   *cr,
             const Key *key)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("sans-serif");

  pango_font_description_set_absolute_size (font, key->size * PANGO_SCALE);
  if (key->bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, key->text, -1);
  return layout;
}

/* Borrowed, until the next text. What was kept is dropped as a whole where it is too much: what is seen comes back at once. */
static PangoLayout *
get_layout (cairo_t    *cr,
            const char *text)
{
  GHashTable *kept = get_kept (cr);
  Key key = get_key (cr, text), *own;
  PangoLayout *layout = g_hash_table_lookup (kept, &key);

  if (layout != NULL)
    {
      pango_cairo_update_layout (cr, layout);
      return layout;
    }
  if (g_hash_table_size (kept) >= MOST_KEPT)
    g_hash_table_remove_all (kept);
  layout = make_layout (cr, &key);
  own = g_new (Key, 1);
  *own = key;
  own->text = g_strdup (text);
  g_hash_table_insert (kept, own, layout);
  return layout;
}

/* --- width and ink --------------------------------------------------------------------- */

double
wb_text_shape_width (cairo_t    *cr,
                     const char *text)
{
  int width;

  pango_layout_get_size (get_layout (cr, text), &width, NULL);
  return (double) width / PANGO_SCALE;
}

void
wb_text_shape_show (cairo_t    *cr,
                    const char *text,
                    double      x,
                    double      y)
{
  PangoLayout *layout = get_layout (cr, text);

  cairo_move_to (cr, x, y - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
}
