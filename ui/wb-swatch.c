/* wb-swatch.c: a small sample of a class' colour
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-swatch.h"

#include "wb-init.h"
#include "wb-ribbons-paint.h"

#define SIZE 14

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  const WbColors *colors = wb_colors_get (wb_is_dark ());
  int color = GPOINTER_TO_INT (user_data);

  if (color >= 0)
    {
      wb_ribbon_paint_swatch (cr, 0, 0, MIN (width, height), color, colors);
      return;
    }
  wb_paint_set_hatch (cr, &colors->dim_text);
  wb_paint_snap_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

GtkWidget *
wb_swatch_new (int color)
{
  GtkWidget *area;

  g_return_val_if_fail (color >= WB_SWATCH_DONT_KNOW && color < SIG_N_CLASS_COLORS, NULL);

  area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SIZE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, GINT_TO_POINTER (color), NULL);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}
