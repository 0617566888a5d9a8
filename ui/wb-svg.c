/* wb-svg.c: SVG elements that are written straight, where cairo's own would be larger or would not be texts
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-svg.h"

#include <math.h>

#define PARTS 16 /* of a unit, that coordinates are rounded to */

static const cairo_user_data_key_t elements_key;

void
wb_svg_collect (cairo_surface_t *surface,
                GString         *elements)
{
  cairo_surface_set_user_data (surface, &elements_key, elements, NULL);
}

static GString *
get_elements (cairo_t *cr)
{
  return cairo_surface_get_user_data (cairo_get_target (cr), &elements_key);
}

static void
append_number (GString    *text,
               const char *name,
               double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, " %s=\"%s\"", name, g_ascii_formatd (number, sizeof number, "%.6g", value));
}

static void
append_color (GString    *text,
              const char *name,
              cairo_t    *cr)
{
  double red = 0, green = 0, blue = 0, alpha = 1;

  (void) cairo_pattern_get_rgba (cairo_get_source (cr), &red, &green, &blue, &alpha);
  g_string_append_printf (text, " %s=\"#%02x%02x%02x\"", name, (guint) (red * 255 + .5), (guint) (green * 255 + .5),
                          (guint) (blue * 255 + .5));
  if (alpha < 1)
    {
      g_autofree char *opacity = g_strconcat (name, "-opacity", NULL);

      append_number (text, opacity, alpha);
    }
}

/* --- texts ---------------------------------------------------------------------------- */

/* What XML 1.0 cannot hold, not even as a number. */
static gboolean
is_forbidden (gunichar c)
{
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
}

static char *
escape (const char *text)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!is_forbidden (g_utf8_get_char (c)))
      g_string_append_unichar (kept, g_utf8_get_char (c));
  return g_markup_escape_text (kept->str, (gssize) kept->len);
}

gboolean
wb_svg_take_text (cairo_t    *cr,
                  const char *text,
                  double      x,
                  double      y,
                  double      width)
{
  GString *elements = get_elements (cr);
  g_autofree char *escaped = NULL;
  cairo_matrix_t font;

  if (elements == NULL)
    return FALSE;
  cairo_user_to_device (cr, &x, &y);
  cairo_get_font_matrix (cr, &font);
  escaped = escape (text);
  g_string_append (elements, "<text xml:space=\"preserve\" font-family=\"sans-serif\"");
  append_number (elements, "x", x);
  append_number (elements, "y", y);
  append_number (elements, "font-size", font.yy);
  if (width > 0)
    append_number (elements, "textLength", width);
  if (cairo_toy_font_face_get_weight (cairo_get_font_face (cr)) == CAIRO_FONT_WEIGHT_BOLD)
    g_string_append (elements, " font-weight=\"bold\"");
  append_color (elements, "fill", cr);
  g_string_append_printf (elements, ">%s</text>\n", escaped);
  return TRUE;
}

/* --- paths ---------------------------------------------------------------------------- */

/* Writes a path in whole parts of a unit, each point from the one before it; a point that no line goes from is not written. */
typedef struct
{
  GString *text;
  double   x, y;         /* of the bounds, in units */
  long     at_x, at_y;   /* the last point */
  long     step_x, step_y; /* a line from there that is not written yet */
  gboolean begun;          /* the last point is written */
} Writer;

static void
append_step (GString *text,
             long     step)
{
  if (step >= 0 && g_ascii_isdigit (text->str[text->len - 1]))
    g_string_append_c (text, ' ');
  g_string_append_printf (text, "%ld", step);
}

static void
flush_line (Writer *self)
{
  if (self->step_x != 0 || self->step_y != 0)
    {
      if (!self->begun)
        g_string_append_printf (self->text, "M%ld %ldl", self->at_x, self->at_y);
      self->begun = TRUE;
      append_step (self->text, self->step_x);
      append_step (self->text, self->step_y);
    }
  self->at_x += self->step_x;
  self->at_y += self->step_y;
  self->step_x = self->step_y = 0;
}

/* Level lines that follow each other in one direction become one. */
static void
add_point (Writer                  *self,
           cairo_path_data_type_t   type,
           const cairo_path_data_t *point,
           cairo_t                 *cr)
{
  double x = point->point.x, y = point->point.y;
  long step_x, step_y;

  cairo_user_to_device (cr, &x, &y);
  step_x = lround ((x - self->x) * PARTS) - self->at_x - self->step_x;
  step_y = lround ((y - self->y) * PARTS) - self->at_y - self->step_y;
  if (type == CAIRO_PATH_MOVE_TO)
    {
      flush_line (self);
      self->at_x += step_x;
      self->at_y += step_y;
      self->begun = FALSE;
      return;
    }
  if (step_y != 0 || self->step_y != 0 || (step_x < 0) != (self->step_x < 0))
    flush_line (self);
  self->step_x += step_x;
  self->step_y += step_y;
}

static void
write_path (Writer  *self,
            cairo_t *cr)
{
  cairo_path_t *path = cairo_copy_path_flat (cr);

  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      cairo_path_data_type_t type = path->data[i].header.type;

      if (type != CAIRO_PATH_CLOSE_PATH)
        {
          add_point (self, type, &path->data[i + 1], cr);
          continue;
        }
      flush_line (self);
      if (self->begun)
        g_string_append_c (self->text, 'z');
    }
  flush_line (self);
  cairo_path_destroy (path);
}

/* The bounds of the clip, whole units. */
static void
get_bounds (cairo_t           *cr,
            cairo_rectangle_t *bounds)
{
  double x1, y1, x2, y2;

  cairo_clip_extents (cr, &x1, &y1, &x2, &y2);
  cairo_user_to_device (cr, &x1, &y1);
  cairo_user_to_device (cr, &x2, &y2);
  *bounds = (cairo_rectangle_t) { floor (x1), floor (y1), ceil (x2) - floor (x1), ceil (y2) - floor (y1) };
}

gboolean
wb_svg_take_path (cairo_t *cr,
                  gboolean filled)
{
  GString *elements = get_elements (cr);
  cairo_rectangle_t bounds;

  if (elements == NULL)
    return FALSE;
  get_bounds (cr, &bounds);
  g_string_append_printf (elements, "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"><path",
                          (int) bounds.x, (int) bounds.y, (int) bounds.width, (int) bounds.height, (int) bounds.width * PARTS,
                          (int) bounds.height * PARTS);
  if (filled)
    append_color (elements, "fill", cr);
  else
    g_string_append (elements, " fill=\"none\"");
  append_color (elements, "stroke", cr);
  append_number (elements, "stroke-width", cairo_get_line_width (cr) * PARTS);
  if (cairo_get_line_join (cr) == CAIRO_LINE_JOIN_BEVEL)
    g_string_append (elements, " stroke-linejoin=\"bevel\"");
  g_string_append (elements, " d=\"");
  write_path (&(Writer) { .text = elements, .x = bounds.x, .y = bounds.y }, cr);
  g_string_append (elements, "\"/></svg>\n");
  cairo_new_path (cr);
  return TRUE;
}
