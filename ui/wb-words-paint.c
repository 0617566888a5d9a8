/* wb-words-paint.c: the same few words written many times along a line
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-words-paint.h"

#include "wb-text-paint.h"
#include "wb-text-shape.h"

#include <math.h>
#include <string.h>

/* A text as it is drawn where there are so many pixels of room. */
typedef struct
{
  char          *text;
  double         full_width; /* of all of it */
  double         room;
  double         width;
  cairo_glyph_t *glyphs;     /* from 0, 0 on */
  int            n_glyphs;
} Word;

/* What is drawn in one colour. */
typedef struct
{
  WbColor color;
  GArray *glyphs;
} Ink;

static void
word_clear (gpointer word)
{
  g_free (((Word *) word)->text);
  cairo_glyph_free (((Word *) word)->glyphs);
}

static void
ink_clear (gpointer ink)
{
  g_array_unref (((Ink *) ink)->glyphs);
}

void
wb_words_init (WbWords *self,
               cairo_t *cr,
               double   middle)
{
  gboolean apart = cairo_surface_get_type (cairo_get_target (cr)) != CAIRO_SURFACE_TYPE_IMAGE;

  *self = (WbWords) { cr, middle, apart, g_array_new (FALSE, FALSE, sizeof (Word)), g_array_new (FALSE, FALSE, sizeof (Ink)) };
  g_array_set_clear_func (self->words, word_clear);
  g_array_set_clear_func (self->inks, ink_clear);
}

void
wb_words_clear (WbWords *self)
{
  g_clear_pointer (&self->words, g_array_unref);
  g_clear_pointer (&self->inks, g_array_unref);
}

static Word
make_word (cairo_t    *cr,
           const char *text,
           double      room)
{
  Word word = { .text = g_strdup (text), .room = room, .full_width = wb_text_get_width (cr, text) };
  g_autofree char *shown = word.full_width > room ? wb_text_cut (cr, text, room) : g_strdup (text);

  word.width = wb_text_get_width (cr, shown);
  if (cairo_scaled_font_text_to_glyphs (cairo_get_scaled_font (cr), 0, 0, shown, -1, &word.glyphs, &word.n_glyphs, NULL, NULL,
                                        NULL)
      != CAIRO_STATUS_SUCCESS)
    word.n_glyphs = 0;
  return word;
}

static const Word *
find_word (WbWords    *self,
           const char *text,
           double      room)
{
  Word made;

  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = &g_array_index (self->words, Word, i);
      gboolean fits = word->full_width <= room && word->full_width <= word->room;

      if ((fits || word->room == room) && strcmp (word->text, text) == 0)
        return word;
    }
  made = make_word (self->cr, text, room);
  g_array_append_val (self->words, made);
  return &g_array_index (self->words, Word, self->words->len - 1);
}

static GArray *
find_glyphs (WbWords       *self,
             const WbColor *color)
{
  Ink made = { *color, NULL };

  for (guint i = 0; i < self->inks->len; i++)
    {
      const Ink *ink = &g_array_index (self->inks, Ink, i);

      if (memcmp (&ink->color, color, sizeof *color) == 0)
        return ink->glyphs;
    }
  made.glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  g_array_append_val (self->inks, made);
  return made.glyphs;
}

void
wb_words_add (WbWords       *self,
              const char    *text,
              const WbColor *color,
              double         x,
              double         room)
{
  const Word *word;
  GArray *glyphs;
  double left, baseline = wb_text_get_baseline (self->cr, self->middle);

  room = floor (room);
  if (self->apart || !g_utf8_validate (text, -1, NULL) || wb_text_is_shaped (self->cr, text))
    {
      wb_paint_set_color (self->cr, color);
      wb_text_show (self->cr, text, x, self->middle, WB_ALIGN_CENTER, room);
      return;
    }
  word = find_word (self, text, room);
  glyphs = find_glyphs (self, color);
  left = floor (x - word->width / 2 + .5);
  for (int i = 0; i < word->n_glyphs; i++)
    {
      cairo_glyph_t glyph = { word->glyphs[i].index, left + word->glyphs[i].x, baseline + word->glyphs[i].y };

      g_array_append_val (glyphs, glyph);
    }
}

void
wb_words_show (WbWords *self)
{
  for (guint i = 0; i < self->inks->len; i++)
    {
      const Ink *ink = &g_array_index (self->inks, Ink, i);

      wb_paint_set_color (self->cr, &ink->color);
      cairo_show_glyphs (self->cr, (const cairo_glyph_t *) (gpointer) ink->glyphs->data, (int) ink->glyphs->len);
    }
}
