/* wb-traces.c: the view of a recording: lanes, ruler, ribbons, cursor
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-private.h"

#include "wb-init.h"
#include "wb-readout-paint.h"
#include "wb-ribbons-paint.h"
#include "wb-ruler-paint.h"
#include "wb-scene-refs.h"
#include "wb-zoom.h"

#include <gsk/gsk.h>
#include <math.h>

/* Redraws while the pyramid grows come at most so often, and only for so much progress. */
#define PROGRESS_STEP .02

G_DEFINE_FINAL_TYPE (WbTraces, wb_traces, GTK_TYPE_WIDGET)

static char *
describe_time (double step,
               double rate_hz)
{
  char number[32];

  if (rate_hz <= 0)
    return g_strdup_printf ("%.0f", step);
  g_ascii_formatd (number, sizeof number, "%.1f", step / rate_hz);
  return g_strdup (number);
}

/* "16 channels", "11 of 16 channels; EEG C3 is chosen". */
static char *
describe_channels (const WbScene *scene)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  guint n = sig_recording_get_n_channels (recording);
  guint n_shown = scene->view != NULL ? wb_lane_view_get_n_shown (scene->view) : n;
  int selected = scene->view != NULL ? wb_lane_view_get_selected (scene->view) : -1;
  g_autofree char *of = n_shown < n ? g_strdup_printf ("%u of ", n_shown) : g_strdup ("");
  const char *chosen = selected >= 0 ? sig_recording_get_channel_name (recording, (guint) selected) : NULL;

  return g_strdup_printf ("%s%u %s%s%s%s", of, n, n == 1 ? "channel" : "channels", chosen != NULL ? "; " : "",
                          chosen != NULL ? chosen : "", chosen != NULL ? " is chosen" : "");
}

static void
update_description (WbTraces *self)
{
  const SigRecording *recording;
  double start, end, rate;
  g_autofree char *text = NULL;

  if (self->scene.pyramid == NULL)
    text = g_strdup ("No recording is open");
  else
    {
      g_autofree char *from = NULL, *to = NULL, *whole = NULL, *channels = NULL, *marks = NULL, *read = NULL;

      recording = sig_pyramid_get_recording (self->scene.pyramid);
      rate = wb_ruler_get_rate (&self->scene);
      wb_view_span_get_visible (self->span, &start, &end);
      from = describe_time (start, rate);
      to = describe_time (end, rate);
      whole = describe_time (sig_recording_get_n_steps (recording), rate);
      channels = describe_channels (&self->scene);
      marks = wb_traces_describe_marks (self);
      if (self->progress < 1)
        read = g_strdup_printf ("; %d %% read", (int) (100 * self->progress));
      text = g_strdup_printf ("%s–%s%s of %s %s, %s%s%s%s", from, to, rate > 0 ? " s" : "", whole,
                              rate > 0 ? "s" : "steps", channels, marks != NULL ? "; " : "", marks != NULL ? marks : "",
                              read != NULL ? read : "");
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
growing_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  WbTraces *self = WB_TRACES (widget);
  double progress = self->scene.pyramid != NULL ? sig_pyramid_get_progress (self->scene.pyramid) : 1;

  if (progress >= self->progress + PROGRESS_STEP || progress >= 1)
    {
      wb_traces_image_invalidate (self->image);
      gtk_widget_queue_draw (widget);
      self->progress = progress;
      update_description (self);
    }
  if (progress < 1)
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  return G_SOURCE_REMOVE;
}

static void
watch_growth (WbTraces *self)
{
  if (self->growing != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->growing);
  self->growing = 0;
  self->progress = self->scene.pyramid != NULL ? sig_pyramid_get_progress (self->scene.pyramid) : 1;
  if (self->progress < 1)
    self->growing = gtk_widget_add_tick_callback (GTK_WIDGET (self), growing_cb, NULL, NULL);
}

static void
update_layout (WbTraces *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  wb_traces_layout (&self->scene, gtk_widget_get_width (widget), gtk_widget_get_height (widget), &self->layout);
  gtk_widget_queue_draw (widget);
}

void
wb_traces_set_scene (WbTraces      *self,
                     const WbScene *scene)
{
  WbScene before;

  g_return_if_fail (WB_IS_TRACES (self));

  before = self->scene;
  if (!wb_scene_hold (&self->scene, scene))
    return;
  if (self->scene.pyramid != before.pyramid || self->scene.view != before.view)
    wb_traces_image_invalidate (self->image);
  if (self->scene.pyramid != before.pyramid)
    watch_growth (self);
  self->is_marked = self->is_marked || self->scene.truth != before.truth;
  if (self->scene.prediction != before.prediction)
    wb_traces_image_forget_ribbons (self->image);
  gtk_widget_set_visible (self->guidance, self->scene.pyramid == NULL);
  update_layout (self);
  update_description (self);
}

guint
wb_traces_get_cost (WbTraces *self,
                    double   *median_ms,
                    double   *p99_ms)
{
  g_return_val_if_fail (WB_IS_TRACES (self), 0);
  return wb_traces_image_get_cost (self->image, median_ms, p99_ms);
}

WbGrid
wb_traces_get_view (WbTraces *self,
                    double   *start,
                    double   *end)
{
  WbGrid grid;

  wb_view_span_get_visible (self->span, start, end);
  wb_traces_snap (&self->layout, wb_view_span_get_n_steps (self->span), start, end, &grid);
  return grid;
}

guint
wb_traces_get_grid (WbTraces *self,
                    WbGrid   *grid)
{
  double start, end;

  g_return_val_if_fail (WB_IS_TRACES (self) && grid != NULL, 0);

  if (self->layout.n_lanes == 0)
    return 0;
  *grid = wb_traces_get_view (self, &start, &end);
  return (guint) self->layout.plot_width;
}

double
wb_traces_get_ribbon (WbTraces *self,
                      double   *start,
                      double   *end)
{
  WbAxis axis;

  g_return_val_if_fail (WB_IS_TRACES (self) && start != NULL && end != NULL, 0);

  if (self->layout.n_lanes == 0 || self->layout.plot_width < 1)
    return 0;
  (void) wb_traces_get_view (self, start, end);
  axis = wb_ruler_get_axis (&self->layout, *start, *end);
  return wb_ribbon_get_column_width (&axis, wb_zoom_get_pixels (GTK_WIDGET (self)));
}

static void
snapshot_cursor (WbTraces           *self,
                 GtkSnapshot        *snapshot,
                 const WbTracesView *view)
{
  double step = wb_view_span_get_cursor (self->span), x, width;
  cairo_t *cr;

  if (isnan (step) || !wb_readout_get_bounds (&self->layout, view->start, view->end, step, &x, &width))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, 0, (float) width, (float) view->height));
  wb_readout_paint (cr, &self->scene, &self->layout, view->start, view->end, step, self->pointer_y, view->colors);
  cairo_destroy (cr);
}

static void
wb_traces_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  WbTraces *self = WB_TRACES (widget);
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  WbTracesView view = {
    .scene = self->scene,
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .colors = wb_colors_get (wb_is_dark ()),
    .scale = wb_zoom_get_pixels (widget),
    .zoomed = wb_zoom_get_pixels (widget) != gtk_widget_get_scale_factor (widget),
    .as_texture = renderer != NULL && !GSK_IS_CAIRO_RENDERER (renderer),
    .pages = self->pages,
  };

  if (view.width < 1 || view.height < 1)
    return;
  view.grid = wb_traces_get_view (self, &view.start, &view.end);
  gtk_snapshot_append_node (snapshot, wb_traces_image_get_node (self->image, &view, &self->layout));
  if (self->scene.pyramid != NULL)
    {
      wb_traces_snapshot_marks (self, snapshot, view.colors);
      snapshot_cursor (self, snapshot, &view);
      wb_traces_snapshot_length (self, snapshot, view.colors);
      wb_traces_snapshot_rough (self, snapshot, view.colors);
    }
  else
    gtk_widget_snapshot_child (widget, self->guidance, snapshot);
}

static void
wb_traces_realize (GtkWidget *widget)
{
  WbTraces *self = WB_TRACES (widget);

  GTK_WIDGET_CLASS (wb_traces_parent_class)->realize (widget);
  self->pages = wb_gl_pages_new (gtk_native_get_renderer (gtk_widget_get_native (widget)));
}

static void
wb_traces_unrealize (GtkWidget *widget)
{
  WbTraces *self = WB_TRACES (widget);

  wb_traces_image_invalidate (self->image);
  g_clear_pointer (&self->pages, wb_gl_pages_free);
  GTK_WIDGET_CLASS (wb_traces_parent_class)->unrealize (widget);
}

static void
wb_traces_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  WbTraces *self = WB_TRACES (widget);

  if (gtk_widget_should_layout (self->guidance))
    gtk_widget_allocate (self->guidance, width, height, baseline, NULL);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (self->mark_menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->mark_menu));
  update_layout (self);
}

static void
wb_traces_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  WbTraces *self = WB_TRACES (widget);
  int child = 0;

  if (gtk_widget_should_layout (self->guidance))
    gtk_widget_measure (self->guidance, orientation, -1, &child, NULL, NULL, NULL);
  *minimum = MAX (child, orientation == GTK_ORIENTATION_HORIZONTAL ? 280 : 180);
  *natural = MAX (*minimum, orientation == GTK_ORIENTATION_HORIZONTAL ? 900 : 480);
}

static void
changed_cb (WbViewSpan *span,
            WbTraces   *self)
{
  g_assert (WB_IS_TRACES (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_description (self);
}

static void
cursor_changed_cb (WbViewSpan *span,
                   WbTraces   *self)
{
  g_assert (WB_IS_TRACES (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
marks_changed_cb (WbMarks  *marks,
                  WbTraces *self)
{
  g_assert (WB_IS_TRACES (self));
  self->is_marked = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_description (self);
}

void
wb_traces_set_marks (WbTraces *self,
                     WbMarks  *marks)
{
  g_return_if_fail (WB_IS_TRACES (self) && WB_IS_MARKS (marks));

  g_signal_handlers_disconnect_by_func (self->marks, marks_changed_cb, self);
  g_object_ref (marks);
  g_object_unref (self->marks);
  self->marks = marks;
  g_signal_connect_object (marks, "changed", G_CALLBACK (marks_changed_cb), self, 0);
  marks_changed_cb (marks, self);
}

static void
wb_traces_dispose (GObject *object)
{
  WbTraces *self = WB_TRACES (object);

  wb_traces_dispose_rough (self);
  g_clear_pointer (&self->guidance, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->mark_menu, gtk_widget_unparent);
  g_clear_object (&self->span);
  g_clear_object (&self->marks);
  wb_scene_hold (&self->scene, NULL);
  G_OBJECT_CLASS (wb_traces_parent_class)->dispose (object);
}

static void
wb_traces_finalize (GObject *object)
{
  wb_traces_image_free (WB_TRACES (object)->image);
  G_OBJECT_CLASS (wb_traces_parent_class)->finalize (object);
}

static void
wb_traces_class_init (WbTracesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_traces_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_traces_finalize;
  widget_class->realize = wb_traces_realize;
  widget_class->unrealize = wb_traces_unrealize;
  widget_class->snapshot = wb_traces_snapshot;
  widget_class->measure = wb_traces_measure;
  widget_class->size_allocate = wb_traces_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "traces");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  wb_traces_class_init_input (widget_class);
  wb_traces_class_init_gutter (widget_class); /* its menu key first */
  wb_traces_class_init_marks (widget_class);
  wb_traces_class_init_rough (widget_class);
}

static void
wb_traces_init (WbTraces *self)
{
  self->image = wb_traces_image_new ();
  self->progress = 1;
  self->guidance = gtk_label_new ("Open a recording, or try the demo");
  gtk_widget_add_css_class (self->guidance, "guidance");
  gtk_widget_set_parent (self->guidance, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "Traces", -1);
  self->marks = wb_marks_new ();
  g_signal_connect_object (self->marks, "changed", G_CALLBACK (marks_changed_cb), self, 0);
  wb_traces_init_gutter (self);
  wb_traces_init_marks (self);
  wb_traces_init_marks_keys (self);
  wb_traces_init_input (self);
}

GtkWidget *
wb_traces_new (WbViewSpan *span)
{
  WbTraces *self;

  g_return_val_if_fail (WB_IS_VIEW_SPAN (span), NULL);

  self = g_object_new (WB_TYPE_TRACES, NULL);
  self->span = g_object_ref (span);
  g_signal_connect_object (span, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (span, "cursor-changed", G_CALLBACK (cursor_changed_cb), self, 0);
  update_description (self);
  return GTK_WIDGET (self);
}
