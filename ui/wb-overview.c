/* wb-overview.c: the whole recording in one bar, with the visible span to drag
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-overview.h"

#include "wb-init.h"
#include "wb-overview-paint.h"
#include "wb-scene-refs.h"

#include <math.h>

#define EDGE_REACH  5.0 /* pixels beside an edge of the visible span where it can be grabbed */
#define LEAST_WIDTH 4.0

/* What a drag moves. */
typedef enum { GRAB_SPAN, GRAB_START, GRAB_END } Grab;

struct _WbOverview
{
  GtkWidget       parent_instance;
  WbViewSpan     *span;
  WbScene         scene; /* its models are held */
  GskRenderNode  *node;  /* (nullable): all but the visible span */
  const WbColors *colors; /* of the node */
  Grab            grab;
  double          grab_start, grab_end; /* the visible span when the drag began */
};

G_DEFINE_FINAL_TYPE (WbOverview, wb_overview, GTK_TYPE_WIDGET)

static void
invalidate (WbOverview *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wb_overview_set_scene (WbOverview    *self,
                       const WbScene *scene)
{
  g_return_if_fail (WB_IS_OVERVIEW (self));

  if (!wb_scene_hold (&self->scene, scene))
    return;
  invalidate (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
get_layout (WbOverview       *self,
            WbOverviewLayout *layout)
{
  GtkWidget *widget = GTK_WIDGET (self);

  wb_overview_layout (&self->scene, gtk_widget_get_width (widget), gtk_widget_get_height (widget), layout);
}

/* The visible span in pixels, wide enough to be seen and grabbed. */
static void
get_span_pixels (WbOverview             *self,
                 const WbOverviewLayout *layout,
                 double                 *x0,
                 double                 *x1)
{
  double start, end;

  wb_view_span_get_visible (self->span, &start, &end);
  *x0 = floor (layout->plot_x + wb_axis_to_pixel (&layout->axis, start));
  *x1 = ceil (layout->plot_x + wb_axis_to_pixel (&layout->axis, MIN (end, layout->axis.high)));
  if (*x1 - *x0 < LEAST_WIDTH)
    {
      *x0 = floor ((*x0 + *x1 - LEAST_WIDTH) / 2);
      *x1 = *x0 + LEAST_WIDTH;
    }
}

static void
append_color (GtkSnapshot   *snapshot,
              const WbColor *color,
              double         alpha,
              double         x0,
              double         y0,
              double         x1,
              double         y1)
{
  if (x0 < x1)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA) { color->red, color->green, color->blue, (float) alpha },
                               &GRAPHENE_RECT_INIT ((float) x0, (float) y0, (float) (x1 - x0), (float) (y1 - y0)));
}

static void
snapshot_span (WbOverview             *self,
               GtkSnapshot            *snapshot,
               const WbOverviewLayout *layout)
{
  double right = layout->plot_x + layout->axis.length, height = gtk_widget_get_height (GTK_WIDGET (self)), x0, x1;
  const WbColors *colors = self->colors;

  get_span_pixels (self, layout, &x0, &x1);
  append_color (snapshot, &colors->background, .5, layout->plot_x, 0, x0, height);
  append_color (snapshot, &colors->background, .5, x1, 0, right, height);
  append_color (snapshot, &colors->cursor, .9, x0 - 1, 0, x0 + 1, height);
  append_color (snapshot, &colors->cursor, .9, x1 - 1, 0, x1 + 1, height);
  append_color (snapshot, &colors->cursor, .9, x0, 0, x1, 2);
  append_color (snapshot, &colors->cursor, .9, x0, height - 2, x1, height);
}

static void
wb_overview_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  WbOverview *self = WB_OVERVIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const WbColors *colors = wb_colors_get (wb_is_dark ());
  WbOverviewLayout layout;

  if (self->node == NULL || self->colors != colors)
    {
      cairo_t *cr;

      g_clear_pointer (&self->node, gsk_render_node_unref);
      self->colors = colors;
      self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
      cr = gsk_cairo_node_get_draw_context (self->node);
      wb_overview_paint (cr, &self->scene, width, height, colors);
      cairo_destroy (cr);
    }
  gtk_snapshot_append_node (snapshot, self->node);
  get_layout (self, &layout);
  if (wb_axis_is_valid (&layout.axis))
    snapshot_span (self, snapshot, &layout);
}

static void
wb_overview_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? wb_overview_get_height (&WB_OVERVIEW (widget)->scene) : 200;
}

static void
wb_overview_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  invalidate (WB_OVERVIEW (widget));
}

static void
drag_begin_cb (GtkGestureDrag *drag,
               double          x,
               double          y,
               WbOverview     *self)
{
  WbOverviewLayout layout;
  double x0, x1;

  g_assert (WB_IS_OVERVIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  get_layout (self, &layout);
  if (!wb_axis_is_valid (&layout.axis))
    return;

  get_span_pixels (self, &layout, &x0, &x1);
  self->grab = GRAB_SPAN;
  if (x1 - x0 > 3 * EDGE_REACH && fabs (x - x0) <= EDGE_REACH)
    self->grab = GRAB_START;
  else if (x1 - x0 > 3 * EDGE_REACH && fabs (x - x1) <= EDGE_REACH)
    self->grab = GRAB_END;
  else if (x < x0 || x > x1)
    {
      /* A click beside the span brings its middle there. */
      double start, end, at = wb_axis_to_value (&layout.axis, x - layout.plot_x);

      wb_view_span_get_visible (self->span, &start, &end);
      wb_view_span_pan (self->span, at - (start + end) / 2);
    }
  wb_view_span_get_visible (self->span, &self->grab_start, &self->grab_end);
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double          dx,
                double          dy,
                WbOverview     *self)
{
  WbOverviewLayout layout;
  double by, start = self->grab_start, end = self->grab_end;

  g_assert (WB_IS_OVERVIEW (self));
  get_layout (self, &layout);
  if (!wb_axis_is_valid (&layout.axis))
    return;
  by = dx / layout.axis.length * layout.axis.high;
  if (self->grab != GRAB_END)
    start += by;
  if (self->grab != GRAB_START)
    end += by;
  if (self->grab == GRAB_START)
    start = CLAMP (start, 0, end - 8);
  if (self->grab == GRAB_END)
    end = CLAMP (end, start + 8, layout.axis.high);
  wb_view_span_set_visible (self->span, start, end);
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           WbOverview               *self)
{
  WbOverviewLayout layout;
  double x0 = 0, x1 = 0;
  gboolean edge;

  g_assert (WB_IS_OVERVIEW (self));
  get_layout (self, &layout);
  if (wb_axis_is_valid (&layout.axis))
    get_span_pixels (self, &layout, &x0, &x1);
  edge = x1 - x0 > 3 * EDGE_REACH && (fabs (x - x0) <= EDGE_REACH || fabs (x - x1) <= EDGE_REACH);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), edge ? "ew-resize" : x > x0 && x < x1 ? "grab" : NULL);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           WbOverview               *self)
{
  double start, end;

  g_assert (WB_IS_OVERVIEW (self));
  wb_view_span_get_visible (self->span, &start, &end);
  wb_view_span_pan (self->span, (dx + dy) * .1 * (end - start));
  return TRUE;
}

static gboolean
pan_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  WbOverview *self = WB_OVERVIEW (widget);
  double start, end, share;

  g_variant_get (args, "(d)", &share);
  wb_view_span_get_visible (self->span, &start, &end);
  wb_view_span_pan (self->span, share * (end - start));
  return TRUE;
}

static void
changed_cb (WbViewSpan *span,
            WbOverview *self)
{
  double start, end, n_steps = wb_view_span_get_n_steps (span);
  g_autofree char *text = NULL;

  g_assert (WB_IS_OVERVIEW (self));
  wb_view_span_get_visible (span, &start, &end);
  text = g_strdup_printf ("%.0f %% of the recording is visible, from %.0f %% on",
                          n_steps > 0 ? 100 * MIN (1, (end - start) / n_steps) : 100,
                          n_steps > 0 ? 100 * start / n_steps : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
wb_overview_dispose (GObject *object)
{
  WbOverview *self = WB_OVERVIEW (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_object (&self->span);
  wb_scene_hold (&self->scene, NULL);
  G_OBJECT_CLASS (wb_overview_parent_class)->dispose (object);
}

static void
wb_overview_class_init (WbOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_overview_dispose;
  widget_class->snapshot = wb_overview_snapshot;
  widget_class->measure = wb_overview_measure;
  widget_class->size_allocate = wb_overview_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "overview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, pan_cb, "(d)", -.5);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, pan_cb, "(d)", .5);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, pan_cb, "(d)", -1e12);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, pan_cb, "(d)", 1e12);
}

static void
wb_overview_init (WbOverview *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "Overview", -1);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
}

GtkWidget *
wb_overview_new (WbViewSpan *span)
{
  WbOverview *self;

  g_return_val_if_fail (WB_IS_VIEW_SPAN (span), NULL);

  self = g_object_new (WB_TYPE_OVERVIEW, NULL);
  self->span = g_object_ref (span);
  g_signal_connect_object (span, "changed", G_CALLBACK (changed_cb), self, 0);
  changed_cb (span, self);
  return GTK_WIDGET (self);
}
