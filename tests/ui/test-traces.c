/* test-traces.c: the traces widget: when it redraws, how it moves, what it says
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "t-view.h"
#include "wb-traces.h"

#include <math.h>

#define N_STEPS 20000

/* A widget on a scene, in a window. */
typedef struct
{
  TScene      scene;
  WbViewSpan *span;
  GtkWidget  *traces, *window;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  t_scene_init (&fixture->scene, 16, N_STEPS, 0);
  fixture->span = wb_view_span_new ();
  wb_view_span_set_whole (fixture->span, N_STEPS, 250, 2000);
  fixture->traces = wb_traces_new (fixture->span);
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
  fixture->window = t_ui_show (fixture->traces, 900, 600);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_close (fixture->window, fixture->traces);
  g_assert_finalize_object (fixture->span);
  t_scene_clear (&fixture->scene);
}

static guint
count_redraws (Fixture *fixture)
{
  double median, p99;

  return wb_traces_get_cost (WB_TRACES (fixture->traces), &median, &p99);
}

/* The picture of the lanes is redrawn for new data, zoom and size, and for nothing else. */
static void
test_redraws (Fixture      *fixture,
              gconstpointer data)
{
  guint n = count_redraws (fixture);
  WbScene scene = fixture->scene.scene;

  g_assert_cmpuint (n, >, 0);
  for (int i = 0; i < 5; i++)
    {
      wb_view_span_set_cursor (fixture->span, 100 + i * 10);
      t_view_wait_for_frame (fixture->window);
    }
  wb_traces_set_scene (WB_TRACES (fixture->traces), &scene);
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (count_redraws (fixture), ==, n);

  wb_view_span_pan (fixture->span, 100);
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (count_redraws (fixture), ==, n + 1);

  scene.prediction = NULL;
  wb_traces_set_scene (WB_TRACES (fixture->traces), &scene);
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (count_redraws (fixture), ==, n + 2);
}

static void
assert_visible (Fixture *fixture,
                double   start,
                double   end)
{
  double is_start, is_end;

  wb_view_span_get_visible (fixture->span, &is_start, &is_end);
  g_assert_cmpfloat_with_epsilon (is_start, start, .01);
  g_assert_cmpfloat_with_epsilon (is_end, end, .01);
}

static void
test_keys (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_press (fixture->traces, "Right");
  assert_visible (fixture, 200, 2200);
  t_ui_press (fixture->traces, "Left");
  assert_visible (fixture, 0, 2000);
  t_ui_press (fixture->traces, "plus");
  assert_visible (fixture, 200, 1800);
  t_ui_press (fixture->traces, "minus");
  assert_visible (fixture, 0, 2000);
  t_ui_press (fixture->traces, "End");
  assert_visible (fixture, N_STEPS - 2000, N_STEPS);
  t_ui_press (fixture->traces, "Home");
  assert_visible (fixture, 0, 2000);
  t_ui_press (fixture->traces, "<Control>0");
  assert_visible (fixture, 0, N_STEPS);
}

static void
test_pointer (Fixture      *fixture,
              gconstpointer data)
{
  GtkEventController *motion = t_view_get_controller (fixture->traces, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  double cursor;

  g_signal_emit_by_name (motion, "motion", 500., 200.);
  cursor = wb_view_span_get_cursor (fixture->span);
  g_assert_cmpfloat (cursor, >, 800);
  g_assert_cmpfloat (cursor, <, 1200);
  g_assert_cmpfloat (cursor, ==, floor (cursor));
  t_view_wait_for_frame (fixture->window);

  /* Over the names there is no step. */
  g_signal_emit_by_name (motion, "motion", 20., 200.);
  g_assert_true (isnan (wb_view_span_get_cursor (fixture->span)));
  g_signal_emit_by_name (motion, "motion", 500., 200.);
  g_signal_emit_by_name (motion, "leave");
  g_assert_true (isnan (wb_view_span_get_cursor (fixture->span)));
}

static void
test_scroll_and_drag (Fixture      *fixture,
                      gconstpointer data)
{
  GtkEventController *scroll = t_view_get_controller (fixture->traces, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  GtkEventController *drag = t_view_get_named (fixture->traces, "pan");
  gboolean handled = FALSE;
  double start, end;

  g_signal_emit_by_name (scroll, "scroll", 0., 1., &handled);
  g_assert_true (handled);
  assert_visible (fixture, 200, 2200);
  g_signal_emit_by_name (scroll, "scroll", -1., 0., &handled);
  assert_visible (fixture, 0, 2000);

  wb_view_span_set_visible (fixture->span, 5000, 7000);
  g_signal_emit_by_name (drag, "drag-begin", 400., 10.);
  g_signal_emit_by_name (drag, "drag-update", 1., 0.);
  assert_visible (fixture, 5000, 7000);
  g_signal_emit_by_name (drag, "drag-update", -100., 0.);
  g_signal_emit_by_name (drag, "drag-update", -200., 0.);
  g_signal_emit_by_name (drag, "drag-end", -200., 0.);
  wb_view_span_get_visible (fixture->span, &start, &end);
  g_assert_cmpfloat (start, >, 5400);
  g_assert_cmpfloat (start, <, 5600);
  g_assert_cmpfloat_with_epsilon (end - start, 2000, .01);
}

/* Twice the scroll is not twice the drag: a double click on the ruler shows all. */
static void
test_double_click (Fixture      *fixture,
                   gconstpointer data)
{
  GtkEventController *click = t_view_get_controller (fixture->traces, GTK_TYPE_GESTURE_CLICK);

  g_signal_emit_by_name (click, "pressed", 1, 400., 10.);
  assert_visible (fixture, 0, 2000);
  g_signal_emit_by_name (click, "pressed", 2, 400., 10.);
  assert_visible (fixture, 0, N_STEPS);
}

static void
test_accessible (Fixture      *fixture,
                 gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->traces);
  g_autoptr (WbLaneView) all = wb_lane_view_new (16), fewer = wb_lane_view_with_hidden (all, 4, TRUE);
  g_autoptr (WbLaneView) chosen = wb_lane_view_with_selected (fewer, 2);
  WbScene scene = fixture->scene.scene;

  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Traces");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "0.0–8.0 s of 80.0 s, 16 channels");
  wb_view_span_pan (fixture->span, 250);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1.0–9.0 s of 80.0 s, 16 channels");
  scene.view = chosen;
  wb_traces_set_scene (WB_TRACES (fixture->traces), &scene);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1.0–9.0 s of 80.0 s, 15 of 16 channels; Ch 3 is chosen");
  wb_traces_set_scene (WB_TRACES (fixture->traces), &(WbScene) { NULL });
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "No recording is open");
}

/* Without a recording nothing moves and nothing fails. */
static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  wb_traces_set_scene (WB_TRACES (fixture->traces), NULL);
  t_view_wait_for_frame (fixture->window);
  t_ui_press (fixture->traces, "Right");
  assert_visible (fixture, 0, 2000);
}

/* While the pyramid is built on another thread's account, the picture follows it without being told. */
static void
test_grows (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (fixture->scene.recording);
  const char *unread /* the macro would take a literal for a format */
      = "0.0–8.0 s of 80.0 s, 16 channels; 0 % read";
  guint n;

  wb_traces_set_scene (WB_TRACES (fixture->traces), &(WbScene) { pyramid });
  t_view_wait_for_frame (fixture->window);
  n = count_redraws (fixture);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->traces), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, unread);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  t_view_wait_for_frame (fixture->window);
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (count_redraws (fixture), ==, n + 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->traces), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "0.0–8.0 s of 80.0 s, 16 channels");
}

static gboolean
read_scene (gpointer scene,
            guint    channel,
            gint64   start,
            gint64   n,
            float   *out,
            GError **error)
{
  return sig_recording_read (((const TScene *) scene)->recording, channel, start, n, out, error);
}

static void
count_cb (guint *n)
{
  ++*n;
}

/* Samples that are not in memory are not read by drawing: that is told in each such frame, until they have been fetched. */
static void
test_rough (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (SigRecording) recording
      = sig_recording_new_from_source ("file", 2, N_STEPS, 250, NULL, NULL, read_scene, &fixture->scene, NULL);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (recording);
  guint n_rough = 0, n_redraws;

  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  g_signal_connect_swapped (fixture->traces, "rough", G_CALLBACK (count_cb), &n_rough);
  wb_traces_set_scene (WB_TRACES (fixture->traces), &(WbScene) { pyramid });
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (n_rough, >, 0);

  g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, 0, N_STEPS, 2000. / 800, NULL, NULL, NULL));
  n_redraws = count_redraws (fixture);
  wb_traces_refine (WB_TRACES (fixture->traces));
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (count_redraws (fixture), ==, n_redraws + 1);

  n_rough = 0;
  wb_view_span_pan (fixture->span, 500);
  t_view_wait_for_frame (fixture->window);
  wb_traces_refine (WB_TRACES (fixture->traces)); /* nothing of it is rough: nothing is drawn anew */
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (n_rough, ==, 0);
  g_assert_cmpuint (count_redraws (fixture), ==, n_redraws + 2);
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
}

/* The same of a prediction that is not in memory. */
static void
test_rough_prediction (Fixture      *fixture,
                       gconstpointer data)
{
  guint n_rough = 0, n_redraws;
  double start, end, width;
  SigPyramid *pyramid;

  g_signal_connect_swapped (fixture->traces, "rough", G_CALLBACK (count_cb), &n_rough);
  t_scene_put_away_prediction (&fixture->scene);
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (n_rough, >, 0);

  width = wb_traces_get_ribbon (WB_TRACES (fixture->traces), &start, &end);
  g_assert_cmpfloat (width, >, 1);
  g_assert_cmpfloat (width, <, 4);
  g_assert_cmpfloat_with_epsilon (end - start, 2000, 2 * width);
  pyramid = sig_track_get_pyramid (fixture->scene.scene.prediction);
  g_assert_true (sig_pyramid_fetch (pyramid, SIG_PLACE_VIEW, start - 500, end + 500, width, NULL, NULL, NULL));
  n_redraws = count_redraws (fixture);
  wb_traces_refine (WB_TRACES (fixture->traces));
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (count_redraws (fixture), ==, n_redraws + 1);

  n_rough = 0;
  wb_view_span_pan (fixture->span, 300);
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (n_rough, ==, 0);
  wb_view_span_pan (fixture->span, 3000);
  t_view_wait_for_frame (fixture->window);
  g_assert_cmpuint (n_rough, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  #define ADD(name, func) g_test_add ("/traces/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("redraws", test_redraws);
  ADD ("keys", test_keys);
  ADD ("pointer", test_pointer);
  ADD ("scroll-and-drag", test_scroll_and_drag);
  ADD ("double-click", test_double_click);
  ADD ("accessible", test_accessible);
  ADD ("empty", test_empty);
  ADD ("grows", test_grows);
  ADD ("rough", test_rough);
  ADD ("rough-prediction", test_rough_prediction);
  #undef ADD
  return t_ui_run ();
}
