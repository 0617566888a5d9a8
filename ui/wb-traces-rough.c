/* wb-traces-rough.c: lanes whose samples are not at hand yet
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-private.h"

#include "wb-text-paint.h"

#define PATIENCE_MS 250 /* that nobody minds */
#define HEIGHT      22
#define MARGIN      8

static guint rough_signal;

static gboolean
late_cb (gpointer user_data)
{
  WbTraces *self = user_data;

  self->patience = 0;
  self->late = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* What is not drawn as it will be, and why; NULL: everything is. */
static char *
get_hint (WbTraces *self)
{
  double start, end;
  WbGrid grid = wb_traces_get_view (self, &start, &end);

  if (wb_traces_image_is_rough (self->image))
    return g_strdup ("Reading the samples…");
  if (sig_pyramid_is_built (self->scene.pyramid, end, grid.width))
    return NULL;
  return g_strdup_printf ("Reading the recording: %d %%", (int) (100 * sig_pyramid_get_progress (self->scene.pyramid)));
}

static void
paint_hint (WbTraces       *self,
            GtkSnapshot    *snapshot,
            const char     *hint,
            const WbColors *colors)
{
  double right = self->layout.plot_x + self->layout.plot_width - MARGIN, top = self->layout.lanes_y + MARGIN, width;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) self->layout.plot_x, (float) top,
                                                                          (float) self->layout.plot_width, HEIGHT));

  wb_text_set_font (cr, WB_FONT_NORMAL, FALSE);
  width = wb_text_get_width (cr, hint) + 2 * MARGIN;
  wb_paint_set_color_alpha (cr, &colors->background, .9);
  wb_paint_snap_rectangle (cr, right - width, top, right, top + HEIGHT);
  cairo_fill (cr);
  wb_paint_set_color (cr, &colors->text);
  wb_text_show (cr, hint, right - width + MARGIN, top + HEIGHT / 2, WB_ALIGN_START, width);
  cairo_destroy (cr);
}

void
wb_traces_snapshot_rough (WbTraces       *self,
                          GtkSnapshot    *snapshot,
                          const WbColors *colors)
{
  g_autofree char *hint = get_hint (self);

  if (hint == NULL)
    wb_traces_dispose_rough (self);
  else if (self->late)
    paint_hint (self, snapshot, hint, colors);
  else if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MS, late_cb, self);
  if (wb_traces_image_is_rough (self->image))
    g_signal_emit (self, rough_signal, 0);
}

void
wb_traces_refine (WbTraces *self)
{
  g_return_if_fail (WB_IS_TRACES (self));

  wb_traces_image_refine (self->image);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wb_traces_dispose_rough (WbTraces *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  self->late = FALSE;
}

void
wb_traces_class_init_rough (GtkWidgetClass *klass)
{
  rough_signal = g_signal_new ("rough", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}
