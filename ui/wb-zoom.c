/* wb-zoom.c: shows what is drawn with letters of a fixed size as large as the desktop's letters are
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-zoom.h"

#include <math.h>

#define PLAIN_DPI 96.0
#define LEAST     1.15 /* less is not worth what scaling takes from the sharpness of a picture */
#define MOST      4.0

struct _WbZoom
{
  GtkWidget    parent_instance;

  GtkWidget   *child;
  GtkSettings *settings;
};

G_DEFINE_FINAL_TYPE (WbZoom, wb_zoom, GTK_TYPE_WIDGET)

double
wb_zoom_get_factor (WbZoom *self)
{
  int dpi_1024 = -1;
  double factor;

  g_return_val_if_fail (WB_IS_ZOOM (self), 1);

  g_object_get (self->settings, "gtk-xft-dpi", &dpi_1024, NULL);
  factor = dpi_1024 / 1024. / PLAIN_DPI;
  return factor >= LEAST ? MIN (factor, MOST) : 1;
}

int
wb_zoom_get_pixels (GtkWidget *widget)
{
  GtkWidget *zoom = gtk_widget_get_ancestor (widget, WB_TYPE_ZOOM);
  double factor = zoom != NULL ? wb_zoom_get_factor (WB_ZOOM (zoom)) : 1;

  return (int) ceil (gtk_widget_get_scale_factor (widget) * factor - 1e-6);
}

static void
wb_zoom_measure (GtkWidget      *widget,
                 GtkOrientation  orientation,
                 int             for_size,
                 int            *minimum,
                 int            *natural,
                 int            *minimum_baseline,
                 int            *natural_baseline)
{
  WbZoom *self = WB_ZOOM (widget);
  double factor = wb_zoom_get_factor (self);
  int least, usual;

  gtk_widget_measure (self->child, orientation, for_size < 0 ? -1 : (int) floor (for_size / factor), &least, &usual, NULL, NULL);
  *minimum = (int) ceil (least * factor);
  *natural = (int) ceil (usual * factor);
}

static void
wb_zoom_size_allocate (GtkWidget *widget,
                       int        width,
                       int        height,
                       int        baseline)
{
  WbZoom *self = WB_ZOOM (widget);
  float factor = (float) wb_zoom_get_factor (self);
  GskTransform *transform = factor > 1 ? gsk_transform_scale (NULL, factor, factor) : NULL;

  gtk_widget_allocate (self->child, (int) ceil (width / factor), (int) ceil (height / factor), -1, transform);
}

static void
wb_zoom_dispose (GObject *object)
{
  WbZoom *self = WB_ZOOM (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wb_zoom_parent_class)->dispose (object);
}

static void
wb_zoom_class_init (WbZoomClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_zoom_dispose;
  widget_class->measure = wb_zoom_measure;
  widget_class->size_allocate = wb_zoom_size_allocate;
}

static void
wb_zoom_init (WbZoom *self)
{
  self->settings = g_object_ref (gtk_settings_get_default ());
  g_signal_connect_object (self->settings, "notify::gtk-xft-dpi", G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
wb_zoom_new (GtkWidget *child)
{
  WbZoom *self = g_object_new (WB_TYPE_ZOOM, NULL);

  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
