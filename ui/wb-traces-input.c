/* wb-traces-input.c: panning, zooming and pointing in the traces
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-private.h"

#include <math.h>

#define ZOOM_STEP   1.25
#define SCROLL_STEP .1 /* of the visible span */
#define KEY_STEP    .1
#define PAGE_STEP   .9
#define DRAG_SLOP   3.0

/* What keys do. */
typedef enum { COMMAND_PAN, COMMAND_ZOOM, COMMAND_FIRST, COMMAND_LAST, COMMAND_ALL } Command;

double
wb_traces_get_step_at (WbTraces *self,
                       double    x)
{
  double start, end;

  wb_traces_get_view (self, &start, &end);
  return start + (x - self->layout.plot_x) / MAX (1, self->layout.plot_width) * (end - start);
}

static void
update_cursor (WbTraces *self)
{
  double x = self->pointer_x;
  gboolean inside
      = self->layout.n_lanes > 0 && x >= self->layout.plot_x && x < self->layout.plot_x + self->layout.plot_width;

  wb_view_span_set_cursor (self->span, inside ? floor (wb_traces_get_step_at (self, x)) : NAN);
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           WbTraces                 *self)
{
  g_assert (WB_IS_TRACES (self));
  self->pointer_x = x;
  self->pointer_y = y;
  update_cursor (self);
  wb_traces_update_pointer (self);
}

static void
leave_cb (GtkEventControllerMotion *motion,
          WbTraces                 *self)
{
  g_assert (WB_IS_TRACES (self));
  self->pointer_x = self->pointer_y = -1;
  wb_view_span_set_cursor (self->span, NAN);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           WbTraces                 *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double start, end;

  g_assert (WB_IS_TRACES (self));
  if (self->layout.n_lanes == 0)
    return FALSE;
  wb_view_span_get_visible (self->span, &start, &end);
  if (state & GDK_CONTROL_MASK)
    wb_view_span_zoom (self->span, pow (ZOOM_STEP, dy), wb_traces_get_step_at (self, self->pointer_x));
  else
    wb_view_span_pan (self->span, (dx + dy) * SCROLL_STEP * (end - start));
  update_cursor (self);
  return TRUE;
}

/* At the ruler, with the middle button or while Space is held; elsewhere a drag marks. */
static gboolean
is_pan (WbTraces   *self,
        GtkGesture *drag,
        double      y)
{
  return y < self->layout.lanes_y || self->pans
         || gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag)) == GDK_BUTTON_MIDDLE;
}

static void
drag_begin_cb (GtkGestureDrag *drag,
               double          x,
               double          y,
               WbTraces       *self)
{
  double end;

  g_assert (WB_IS_TRACES (self));
  if (!is_pan (self, GTK_GESTURE (drag), y))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->panning = TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  wb_view_span_get_visible (self->span, &self->drag_start, &end);
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double          dx,
                double          dy,
                WbTraces       *self)
{
  double start, end, from;

  g_assert (WB_IS_TRACES (self));
  if (!self->panning || (fabs (dx) < DRAG_SLOP && gtk_widget_get_cursor (GTK_WIDGET (self)) == NULL))
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  wb_view_span_get_visible (self->span, &start, &end);
  from = self->drag_start - dx / MAX (1, self->layout.plot_width) * (end - start);
  wb_view_span_set_visible (self->span, from, from + (end - start));
}

static void
drag_end_cb (GtkGestureDrag *drag,
             double          dx,
             double          dy,
             WbTraces       *self)
{
  g_assert (WB_IS_TRACES (self));
  self->panning = FALSE;
  wb_traces_update_pointer (self);
}

static void
pressed_cb (GtkGestureClick *click,
            int              n_press,
            double           x,
            double           y,
            WbTraces        *self)
{
  g_assert (WB_IS_TRACES (self));
  if (n_press == 2 && y < self->layout.lanes_y)
    wb_view_span_show_all (self->span);
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                WbTraces         *self)
{
  double start, end;

  g_assert (WB_IS_TRACES (self));
  wb_view_span_get_visible (self->span, &start, &end);
  self->pinch_width = end - start;
}

static void
pinch_cb (GtkGestureZoom *zoom,
          double          scale,
          WbTraces       *self)
{
  double x, y, start, end;

  g_assert (WB_IS_TRACES (self));
  if (scale <= 0 || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (zoom), &x, &y))
    return;
  wb_view_span_get_visible (self->span, &start, &end);
  wb_view_span_zoom (self->span, self->pinch_width / scale / (end - start), wb_traces_get_step_at (self, x));
}

static gboolean
command_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);
  double start, end, amount, cursor = wb_view_span_get_cursor (self->span);
  int command;

  if (self->layout.n_lanes == 0)
    return FALSE;
  g_variant_get (args, "(id)", &command, &amount);
  wb_view_span_get_visible (self->span, &start, &end);
  switch ((Command) command)
    {
    case COMMAND_PAN:
      wb_view_span_pan (self->span, amount * (end - start));
      break;
    case COMMAND_ZOOM:
      wb_view_span_zoom (self->span, amount, cursor >= start && cursor < end ? cursor : (start + end) / 2);
      break;
    case COMMAND_FIRST:
      wb_view_span_pan (self->span, -start);
      break;
    case COMMAND_LAST:
      wb_view_span_pan (self->span, wb_view_span_get_n_steps (self->span) - end);
      break;
    case COMMAND_ALL:
      wb_view_span_show_all (self->span);
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

void
wb_traces_class_init_input (GtkWidgetClass *klass)
{
  const struct
  {
    guint key;
    GdkModifierType modifiers;
    Command command;
    double amount;
  } keys[] = {
    { GDK_KEY_Left, 0, COMMAND_PAN, -KEY_STEP },
    { GDK_KEY_Right, 0, COMMAND_PAN, KEY_STEP },
    { GDK_KEY_Left, GDK_CONTROL_MASK, COMMAND_PAN, -PAGE_STEP },
    { GDK_KEY_Right, GDK_CONTROL_MASK, COMMAND_PAN, PAGE_STEP },
    { GDK_KEY_Page_Up, 0, COMMAND_PAN, -PAGE_STEP },
    { GDK_KEY_Page_Down, 0, COMMAND_PAN, PAGE_STEP },
    { GDK_KEY_plus, 0, COMMAND_ZOOM, 1 / ZOOM_STEP },
    { GDK_KEY_plus, GDK_SHIFT_MASK, COMMAND_ZOOM, 1 / ZOOM_STEP },
    { GDK_KEY_equal, 0, COMMAND_ZOOM, 1 / ZOOM_STEP },
    { GDK_KEY_KP_Add, 0, COMMAND_ZOOM, 1 / ZOOM_STEP },
    { GDK_KEY_Up, 0, COMMAND_ZOOM, 1 / ZOOM_STEP },
    { GDK_KEY_minus, 0, COMMAND_ZOOM, ZOOM_STEP },
    { GDK_KEY_KP_Subtract, 0, COMMAND_ZOOM, ZOOM_STEP },
    { GDK_KEY_Down, 0, COMMAND_ZOOM, ZOOM_STEP },
    { GDK_KEY_Home, 0, COMMAND_FIRST, 0 },
    { GDK_KEY_End, 0, COMMAND_LAST, 0 },
    { GDK_KEY_0, GDK_CONTROL_MASK, COMMAND_ALL, 0 },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, COMMAND_ALL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (klass, keys[i].key, keys[i].modifiers, command_cb, "(id)", (int) keys[i].command,
                                  keys[i].amount);
}

void
wb_traces_init_input (WbTraces *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new (), *pinch = gtk_gesture_zoom_new ();

  self->pointer_x = self->pointer_y = -1;
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);

  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (drag), "pan");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}
