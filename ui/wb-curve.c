/* wb-curve.c: the loss curve, with its switches
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-curve.h"

#include "wb-init.h"
#include "wb-zoom.h"

#include <math.h>

struct _WbCurve
{
  GtkWidget    parent_instance;
  GtkWidget   *box, *loss, *accuracy, *log, *plot;
  GArray      *points; /* of WbCurvePoint */
  WbCurveScene scene;  /* without its points */
};

G_DEFINE_FINAL_TYPE (WbCurve, wb_curve, GTK_TYPE_WIDGET)

static void
add_value (GString    *text,
           const char *name,
           double      value)
{
  char number[24];

  if (isfinite (value))
    g_string_append_printf (text, "%s%s %s", text->len > 0 && text->str[text->len - 1] != ':' ? ", " : " ", name,
                            g_ascii_formatd (number, sizeof number, "%.3f", value));
}

static void
update_description (WbCurve *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->points->len == 0)
    g_string_append (text, "No epoch is finished yet");
  else
    {
      const WbCurvePoint *point = &g_array_index (self->points, WbCurvePoint, self->points->len - 1);

      g_string_append_printf (text, "Epoch %u:", self->points->len);
      add_value (text, "loss", point->train_loss);
      add_value (text, "validation loss", point->validation_loss);
      add_value (text, "accuracy", point->train_accuracy);
      add_value (text, "validation accuracy", point->validation_accuracy);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  gtk_widget_queue_draw (self->plot);
}

void
wb_curve_start (WbCurve *self,
                guint    n_epochs)
{
  g_return_if_fail (WB_IS_CURVE (self));

  g_array_set_size (self->points, 0);
  self->scene.n_epochs = n_epochs;
  self->scene.best_epoch = 0;
  update_description (self);
}

void
wb_curve_add (WbCurve            *self,
              const WbCurvePoint *point)
{
  g_return_if_fail (WB_IS_CURVE (self));
  g_return_if_fail (point != NULL);

  g_array_append_val (self->points, *point);
  update_description (self);
}

void
wb_curve_set_best (WbCurve *self,
                   guint    epoch)
{
  g_return_if_fail (WB_IS_CURVE (self));

  self->scene.best_epoch = epoch;
  gtk_widget_queue_draw (self->plot);
}

void
wb_curve_set_held_up (WbCurve *self,
                      gboolean held_up)
{
  g_return_if_fail (WB_IS_CURVE (self));

  if (self->scene.held_up == held_up)
    return;
  self->scene.held_up = held_up;
  gtk_widget_queue_draw (self->plot);
}

void
wb_curve_set_running (WbCurve *self,
                      gboolean running)
{
  g_return_if_fail (WB_IS_CURVE (self));

  if (self->scene.running == running)
    return;
  self->scene.running = running;
  gtk_widget_queue_draw (self->plot);
}

guint
wb_curve_get_n_points (WbCurve *self)
{
  g_return_val_if_fail (WB_IS_CURVE (self), 0);
  return self->points->len;
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  WbCurve *self = WB_CURVE (user_data);
  WbCurveScene scene = self->scene;

  scene.points = (const WbCurvePoint *) (gpointer) self->points->data;
  scene.n_points = self->points->len;
  wb_curve_paint (cr, &scene, NULL, width, height, wb_colors_get (wb_is_dark ()));
}

static void
kind_toggled_cb (GtkToggleButton *button,
                 WbCurve         *self)
{
  gboolean is_loss = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->loss));

  g_assert (WB_IS_CURVE (self));
  self->scene.kind = is_loss ? WB_CURVE_LOSS : WB_CURVE_ACCURACY;
  gtk_widget_set_sensitive (self->log, is_loss);
  gtk_widget_queue_draw (self->plot);
}

static void
log_toggled_cb (GtkCheckButton *button,
                WbCurve        *self)
{
  g_assert (WB_IS_CURVE (self));
  self->scene.log = gtk_check_button_get_active (button);
  gtk_widget_queue_draw (self->plot);
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           WbCurve                  *self)
{
  g_assert (WB_IS_CURVE (self));
  self->scene.hover = x;
  gtk_widget_queue_draw (self->plot);
}

static void
leave_cb (GtkEventControllerMotion *motion,
          WbCurve                  *self)
{
  g_assert (WB_IS_CURVE (self));
  self->scene.hover = -1;
  gtk_widget_queue_draw (self->plot);
}

static void
wb_curve_dispose (GObject *object)
{
  WbCurve *self = WB_CURVE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_curve_parent_class)->dispose (object);
}

static void
wb_curve_finalize (GObject *object)
{
  g_array_unref (WB_CURVE (object)->points);
  G_OBJECT_CLASS (wb_curve_parent_class)->finalize (object);
}

static void
wb_curve_class_init (WbCurveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_curve_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_curve_finalize;
  gtk_widget_class_set_css_name (widget_class, "curve");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_switches (WbCurve *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *kinds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->loss = gtk_toggle_button_new_with_label ("Loss");
  self->accuracy = gtk_toggle_button_new_with_label ("Accuracy");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->loss), TRUE);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->accuracy), GTK_TOGGLE_BUTTON (self->loss));
  gtk_widget_add_css_class (kinds, "linked");
  gtk_box_append (GTK_BOX (kinds), self->loss);
  gtk_box_append (GTK_BOX (kinds), self->accuracy);
  gtk_box_append (GTK_BOX (row), kinds);
  g_signal_connect (self->loss, "toggled", G_CALLBACK (kind_toggled_cb), self);

  self->log = gtk_check_button_new_with_label ("Logarithmic scale");
  g_signal_connect (self->log, "toggled", G_CALLBACK (log_toggled_cb), self);
  gtk_box_append (GTK_BOX (row), self->log);
  gtk_widget_add_css_class (row, "switches");
  return row;
}

static GtkWidget *
make_plot (WbCurve *self)
{
  GtkWidget *plot = gtk_drawing_area_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (plot), draw_cb, self, NULL);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (plot, motion);
  return plot;
}

/* Where two names with their values have room beside the curves. */
#define LEAST_HEIGHT 130

static void
wb_curve_init (WbCurve *self)
{
  GtkWidget *zoomed;

  self->points = g_array_new (FALSE, FALSE, sizeof (WbCurvePoint));
  self->scene.hover = -1;
  self->plot = make_plot (self);
  zoomed = wb_zoom_new (self->plot);
  gtk_widget_set_hexpand (zoomed, TRUE);
  gtk_widget_set_vexpand (zoomed, TRUE);
  gtk_widget_set_size_request (zoomed, 320, 150);
  gtk_widget_set_size_request (self->plot, -1, LEAST_HEIGHT);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), make_switches (self));
  gtk_box_append (GTK_BOX (self->box), zoomed);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss curve", -1);
  update_description (self);
}

GtkWidget *
wb_curve_new (void)
{
  return g_object_new (WB_TYPE_CURVE, NULL);
}
