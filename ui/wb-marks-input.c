/* wb-marks-input.c: selecting spans and moving the edges of labels in the traces, by pointer
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-private.h"

#include "wb-gutter-paint.h"
#include "wb-widgets.h"

#include "sig-label-edit.h"
#include "sig-snap.h"

#include <math.h>

#define SLOP          3.0 /* pixels that a click may move */
#define EDGE_REACH    5.0 /* pixels beside an edge where it can be grabbed */
#define SNAP_REACH    6.0
#define SCROLL_FACTOR .15 /* of what the pointer is beyond the plot, a frame */

/* --- where things are --------------------------------------------------------------- */

/* The lanes and the truth under them: what is marked by dragging. The ruler above them pans. */
static gboolean
is_in_lanes (WbTraces *self,
             double    x,
             double    y)
{
  const WbTracesLayout *layout = &self->layout;
  double bottom = layout->truth_y > 0 ? layout->truth_y + layout->ribbon_height : layout->lanes_y + layout->lanes_height;

  return layout->n_lanes > 0 && x >= layout->plot_x && x <= layout->plot_x + layout->plot_width && y >= layout->lanes_y
         && y < bottom;
}

static gboolean
is_in_truth (WbTraces *self,
             double    y)
{
  return self->scene.truth != NULL && y >= self->layout.truth_y && y < self->layout.truth_y + self->layout.ribbon_height;
}

static double
get_steps_per_pixel (WbTraces *self)
{
  double start, end;

  wb_traces_get_view (self, &start, &end);
  return (end - start) / MAX (1, self->layout.plot_width);
}

gint64
wb_traces_snap_step (WbTraces *self,
                     double    step,
                     int       channel,
                     double    tolerance)
{
  WbSnapTo to = wb_marks_get_snap (self->marks);
  SigSnap snap = { .n_steps = wb_marks_get_n_steps (self->marks) };

  if (to & WB_SNAP_EDGES)
    snap.labels = self->scene.truth;
  if (to & WB_SNAP_WINDOWS)
    snap.window = wb_marks_get_window (self->marks);
  if ((to & WB_SNAP_ZERO) && channel >= 0)
    {
      snap.pyramid = self->scene.pyramid;
      snap.channel = (guint) channel;
    }
  return sig_snap (&snap, step, tolerance);
}

/* The border that is meant at a point. */
static gint64
get_border_at (WbTraces *self,
               double    x,
               double    y,
               gboolean  snaps)
{
  double step = wb_traces_get_step_at (self, x);
  SigSnap whole = { .n_steps = wb_marks_get_n_steps (self->marks) };

  if (!snaps)
    return sig_snap (&whole, step, 0);
  return wb_traces_snap_step (self, step, wb_gutter_get_at (&self->scene, &self->layout, y),
                              SNAP_REACH * get_steps_per_pixel (self));
}

/* The label of which the selection is exactly the span; NULL: none. */
static const SigSpan *
get_selected_label (WbTraces *self)
{
  gint64 start, end;
  gsize n, i;
  const SigSpan *spans;

  if (self->scene.truth == NULL || !wb_marks_get_selection (self->marks, &start, &end))
    return NULL;
  spans = sig_labels_get_spans (self->scene.truth, &n);
  i = sig_labels_find (self->scene.truth, start);
  return i < n && spans[i].start == start && spans[i].end == end ? &spans[i] : NULL;
}

static gboolean
is_near (WbTraces *self,
         gint64    step,
         double    x)
{
  return fabs (wb_traces_get_x_of (self, (double) step) - x) <= EDGE_REACH;
}

/* The label's edge at a point of the ribbon; -1: none. */
static gint64
find_edge_in_truth (WbTraces *self,
                    double    x)
{
  double step = wb_traces_get_step_at (self, x);
  SigSnap edges = { .n_steps = wb_marks_get_n_steps (self->marks), .labels = self->scene.truth };
  gint64 low, high, edge = sig_snap (&edges, step, EDGE_REACH * get_steps_per_pixel (self));

  return sig_label_edit_get_reach (self->scene.truth, edge, &low, &high) && is_near (self, edge, x) ? edge : -1;
}

/* What a press at a point grabs. */
static WbGrab
find_grab (WbTraces *self,
           double    x,
           double    y,
           gint64   *edge)
{
  gint64 start, end;

  if (!is_in_lanes (self, x, y))
    return WB_GRAB_NOTHING;
  *edge = is_in_truth (self, y) ? find_edge_in_truth (self, x) : -1;
  if (*edge >= 0)
    return WB_GRAB_EDGE;
  /* What was just marked is let alone: the next label often begins where it ends. */
  if (self->is_marked || !wb_marks_get_selection (self->marks, &start, &end)
      || (!is_near (self, start, x) && !is_near (self, end, x)))
    return WB_GRAB_SPAN;
  *edge = is_near (self, end, x) ? end : start;
  return get_selected_label (self) != NULL ? WB_GRAB_EDGE : WB_GRAB_END;
}

/* --- the pointer's shape ------------------------------------------------------------ */

void
wb_traces_update_pointer (WbTraces *self)
{
  gint64 edge = -1;
  WbGrab grab = self->grab;

  if (grab == WB_GRAB_NOTHING)
    grab = find_grab (self, self->pointer_x, self->pointer_y, &edge);
  if (self->grab == WB_GRAB_NOTHING && edge != self->hovered_edge)
    {
      self->hovered_edge = grab == WB_GRAB_EDGE ? edge : -1;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), grab == WB_GRAB_EDGE || grab == WB_GRAB_END ? "ew-resize"
                                                      : grab == WB_GRAB_SPAN ? "text"
                                                                             : wb_traces_get_gutter_cursor (self));
}

/* --- dragging ----------------------------------------------------------------------- */

/* Follows the pointer with what was grabbed. */
static void
follow (WbTraces *self,
        gboolean  snaps)
{
  gint64 border = get_border_at (self, self->pointer_x, self->grab_y, snaps), low, high;

  if (self->grab == WB_GRAB_EDGE)
    {
      if (self->scene.truth != NULL && sig_label_edit_get_reach (self->scene.truth, self->grabbed, &low, &high))
        self->grabbed_to = CLAMP (border, low, high);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else
    wb_marks_select (self->marks, self->grabbed, border);
}

/* Goes on panning while the pointer is held beyond the plot. */
static gboolean
scroll_on_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  WbTraces *self = WB_TRACES (widget);
  double left = self->layout.plot_x, right = left + self->layout.plot_width, x = self->pointer_x;
  double beyond = x < left ? x - left : x > right ? x - right : 0;

  if (self->grab == WB_GRAB_NOTHING || beyond == 0)
    {
      self->scrolling = 0;
      return G_SOURCE_REMOVE;
    }
  wb_view_span_pan (self->span, beyond * SCROLL_FACTOR * get_steps_per_pixel (self));
  follow (self, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
has_modifier (gpointer        controller,
              GdkModifierType modifier)
{
  return (gtk_event_controller_get_current_event_state (controller) & modifier) != 0;
}

static void
drag_begin_cb (GtkGestureDrag *drag,
               double          x,
               double          y,
               WbTraces       *self)
{
  gint64 start, end, edge = -1;
  WbGrab grab = find_grab (self, x, y, &edge);

  g_assert (WB_IS_TRACES (self));
  if (grab == WB_GRAB_NOTHING || self->pans)
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->grab = grab;
  self->grab_x = x;
  self->grab_y = y;
  self->moves = FALSE;
  self->grabbed = self->grabbed_to = edge;
  wb_marks_get_selection (self->marks, &start, &end);
  if (grab == WB_GRAB_END)
    self->grabbed = edge == start ? end : start;
  else if (grab == WB_GRAB_SPAN && has_modifier (drag, GDK_SHIFT_MASK) && start >= 0)
    {
      self->grabbed = wb_marks_get_cursor (self->marks) == start ? end : start;
      self->moves = TRUE;
    }
  else if (grab == WB_GRAB_SPAN)
    self->grabbed = get_border_at (self, x, y, !has_modifier (drag, GDK_CONTROL_MASK));
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double          dx,
                double          dy,
                WbTraces       *self)
{
  g_assert (WB_IS_TRACES (self));
  if (self->grab == WB_GRAB_NOTHING || (!self->moves && fabs (dx) < SLOP))
    return;
  self->moves = TRUE;
  self->pointer_x = self->grab_x + dx;
  follow (self, !has_modifier (drag, GDK_CONTROL_MASK));
  if (self->scrolling == 0)
    self->scrolling = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_on_cb, NULL, NULL);
}

/* Selects a label, whose ends can then be dragged, even where it was selected before. */
static void
choose (WbTraces      *self,
        const SigSpan *span)
{
  wb_marks_select (self->marks, span->start, span->end);
  self->is_marked = FALSE;
}

/* A click: the cursor goes there; in the ribbon it chooses the label. */
static void
click (WbTraces *self)
{
  const SigSpan *span = is_in_truth (self, self->grab_y)
                            ? wb_traces_get_label_at (self, floor (wb_traces_get_step_at (self, self->grab_x)))
                            : NULL;

  if (span != NULL)
    choose (self, span);
  else
    wb_marks_set_cursor (self->marks, self->grabbed);
}

/* The selection goes with the label whose edge was moved. */
static void
move_edge (WbTraces *self)
{
  gint64 start, end, from = self->grabbed, to = self->grabbed_to;
  gboolean goes_with = wb_marks_get_selection (self->marks, &start, &end) && (start == from || end == from);

  if (from == to)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "mark.move-edge", "(xx)", from, to);
  if (goes_with)
    wb_marks_select (self->marks, start == from ? to : start, end == from ? to : end);
}

static void
let_go (WbTraces *self)
{
  self->grab = WB_GRAB_NOTHING;
  self->hovered_edge = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *drag,
             double          dx,
             double          dy,
             WbTraces       *self)
{
  WbGrab grab = self->grab;

  g_assert (WB_IS_TRACES (self));
  if (grab == WB_GRAB_SPAN && self->moves)
    {
      /* With Shift a mere click extends. */
      self->pointer_x = self->grab_x + dx;
      follow (self, !has_modifier (drag, GDK_CONTROL_MASK));
    }
  let_go (self);
  if (grab == WB_GRAB_SPAN && !self->moves)
    click (self);
  else if (grab == WB_GRAB_EDGE)
    move_edge (self);
  wb_traces_update_pointer (self);
}

gboolean
wb_traces_cancel_grab (WbTraces *self)
{
  WbGrab grab = self->grab;

  if (grab == WB_GRAB_NOTHING)
    return FALSE;
  let_go (self);
  if (grab != WB_GRAB_EDGE)
    wb_marks_clear (self->marks);
  gtk_gesture_set_state (self->mark_drag, GTK_EVENT_SEQUENCE_DENIED);
  return TRUE;
}

/* A double click chooses the label under the pointer, or the gap between two. */
static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            WbTraces        *self)
{
  const SigSpan *span;
  gsize n, next;
  gint64 step;

  g_assert (WB_IS_TRACES (self));
  if (n_press != 2 || !is_in_lanes (self, x, y) || self->scene.truth == NULL)
    return;
  step = (gint64) floor (wb_traces_get_step_at (self, x));
  span = wb_traces_get_label_at (self, (double) step);
  if (span == NULL)
    {
      const SigSpan *spans = sig_labels_get_spans (self->scene.truth, &n);

      next = sig_labels_find (self->scene.truth, step);
      wb_marks_select (self->marks, next > 0 ? spans[next - 1].end : 0,
                       next < n ? spans[next].start : wb_marks_get_n_steps (self->marks));
    }
  else
    choose (self, span);
  self->moves = FALSE;
  let_go (self);
}

/* --- the menu ----------------------------------------------------------------------- */

void
wb_traces_set_mark_menu (WbTraces   *self,
                         GMenuModel *menu)
{
  g_return_if_fail (WB_IS_TRACES (self) && G_IS_MENU_MODEL (menu));

  g_clear_pointer (&self->mark_menu, gtk_widget_unparent);
  self->mark_menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->mark_menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->mark_menu), FALSE);
  gtk_widget_set_halign (self->mark_menu, GTK_ALIGN_START);
  wb_popover_give_focus_back (GTK_POPOVER (self->mark_menu));
}

void
wb_traces_show_mark_menu (WbTraces *self,
                          double    x,
                          double    y)
{
  if (self->mark_menu == NULL)
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->mark_menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->mark_menu));
}

/* What is selected stays so where the press is inside; else it does what a click does. */
static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 WbTraces        *self)
{
  gint64 start, end;
  double step = wb_traces_get_step_at (self, x);

  g_assert (WB_IS_TRACES (self));
  if (!is_in_lanes (self, x, y))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!wb_marks_get_selection (self->marks, &start, &end) || step < start || step >= end)
    {
      self->grab_x = x;
      self->grab_y = y;
      self->grabbed = get_border_at (self, x, y, TRUE);
      click (self);
    }
  wb_traces_show_mark_menu (self, x, y);
}

void
wb_traces_init_marks (WbTraces *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click_gesture = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();

  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (menu), "mark-menu");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));

  self->hovered_edge = -1;
  self->mark_drag = drag;
  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (click_gesture), "choose");
  g_signal_connect (click_gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click_gesture));

  /* After it, which means that it sees a press before it. */
  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (drag), "mark");
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
