/* test-overview.c: dragging the visible span in the overview
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "t-view.h"
#include "wb-overview.h"

#define N_STEPS 20000

typedef struct
{
  TScene      scene;
  WbViewSpan *span;
  GtkWidget  *overview, *window;
  double      start, end;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  t_scene_init (&fixture->scene, 4, N_STEPS, 0);
  fixture->span = wb_view_span_new ();
  wb_view_span_set_whole (fixture->span, N_STEPS, 250, 2000);
  wb_view_span_set_visible (fixture->span, 8000, 12000);
  fixture->overview = wb_overview_new (fixture->span);
  wb_overview_set_scene (WB_OVERVIEW (fixture->overview), &fixture->scene.scene);
  fixture->window = t_ui_show (fixture->overview, 900, 70);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_close (fixture->window, fixture->overview);
  g_assert_finalize_object (fixture->span);
  t_scene_clear (&fixture->scene);
}

static void
drag (Fixture *fixture,
      double   x,
      double   dx)
{
  GtkEventController *controller = t_view_get_controller (fixture->overview, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (controller, "drag-begin", x, 20.);
  g_signal_emit_by_name (controller, "drag-update", dx / 2, 0.);
  g_signal_emit_by_name (controller, "drag-update", dx, 0.);
  wb_view_span_get_visible (fixture->span, &fixture->start, &fixture->end);
  t_view_wait_for_frame (fixture->window);
}

/* The axis' pixel of a step: the bar lies between the gutter and the margin that traces have too. */
static double
get_x (Fixture *fixture,
       double   step)
{
  double width = gtk_widget_get_width (fixture->overview);

  return 108 + step / N_STEPS * (width - 108 - 12);
}

static void
test_drag_span (Fixture      *fixture,
                gconstpointer data)
{
  drag (fixture, get_x (fixture, 10000), get_x (fixture, 3000) - get_x (fixture, 0));
  g_assert_cmpfloat_with_epsilon (fixture->start, 11000, 1);
  g_assert_cmpfloat_with_epsilon (fixture->end, 15000, 1);
  drag (fixture, get_x (fixture, 13000), 5000);
  g_assert_cmpfloat_with_epsilon (fixture->end, N_STEPS, 1);
  g_assert_cmpfloat_with_epsilon (fixture->end - fixture->start, 4000, 1);
}

static void
test_drag_edges (Fixture      *fixture,
                 gconstpointer data)
{
  drag (fixture, get_x (fixture, 12000), get_x (fixture, 2000) - get_x (fixture, 0));
  g_assert_cmpfloat_with_epsilon (fixture->start, 8000, 1);
  g_assert_cmpfloat_with_epsilon (fixture->end, 14000, 1);
  drag (fixture, get_x (fixture, 8000), -5000);
  g_assert_cmpfloat_with_epsilon (fixture->start, 0, 1);
  g_assert_cmpfloat_with_epsilon (fixture->end, 14000, 1);
  drag (fixture, get_x (fixture, 0), 5000);
  g_assert_cmpfloat_with_epsilon (fixture->end, 14000, 1);
  g_assert_cmpfloat_with_epsilon (fixture->end - fixture->start, 8, 1);
}

/* A press beside the span brings its middle there. */
static void
test_click (Fixture      *fixture,
            gconstpointer data)
{
  drag (fixture, get_x (fixture, 4000), 0);
  g_assert_cmpfloat_with_epsilon ((fixture->start + fixture->end) / 2, 4000, 40);
  g_assert_cmpfloat_with_epsilon (fixture->end - fixture->start, 4000, 1);
}

static void
test_keys_and_words (Fixture      *fixture,
                     gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->overview);
  const char *before = "20 % of the recording is visible, from 40 % on",
             *after = "20 % of the recording is visible, from 80 % on";

  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Overview");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, before);
  t_ui_press (fixture->overview, "End");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, after);
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  wb_overview_set_scene (WB_OVERVIEW (fixture->overview), NULL);
  drag (fixture, 300, 100);
  g_assert_cmpfloat (fixture->start, ==, 8000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/overview/drag-span", Fixture, NULL, set_up, test_drag_span, tear_down);
  g_test_add ("/overview/drag-edges", Fixture, NULL, set_up, test_drag_edges, tear_down);
  g_test_add ("/overview/click", Fixture, NULL, set_up, test_click, tear_down);
  g_test_add ("/overview/keys-and-words", Fixture, NULL, set_up, test_keys_and_words, tear_down);
  g_test_add ("/overview/empty", Fixture, NULL, set_up, test_empty, tear_down);
  return t_ui_run ();
}
