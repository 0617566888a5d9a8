/* test-gutter-input.c: what clicks, drags and scrolling at the lanes' names ask for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "t-view.h"
#include "wb-gutter-paint.h"
#include "wb-traces-paint.h"
#include "wb-traces.h"

#define N_STEPS 20000

/* A widget on a scene, and the actions that it asked for, as text. */
typedef struct
{
  TScene              scene;
  WbViewSpan         *span;
  GtkWidget          *traces, *window;
  WbLaneView         *view;
  TAsked              asked;
} Fixture;

/* The height is as asked for at once, as in the window. */
static void
set_height_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  Fixture *fixture = user_data;
  WbLaneView *old = fixture->view;
  int channel;
  double height;

  g_variant_get (parameter, "(id)", &channel, &height);
  fixture->scene.scene.view = fixture->view = wb_lane_view_with_height (old, (guint) channel, height);
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
  wb_lane_view_unref (old);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const char *const actions[] = {
    "larger", "move (ii)", "scroll i", "select i", "set-height (id)", "smaller", NULL,
  };
  GActionMap *map;

  t_scene_init (&fixture->scene, 16, N_STEPS, 0);
  fixture->view = wb_lane_view_new (16);
  fixture->scene.scene.view = fixture->view;
  fixture->span = wb_view_span_new ();
  wb_view_span_set_whole (fixture->span, N_STEPS, 250, 2000);
  fixture->traces = wb_traces_new (fixture->span);
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
  map = t_asked_watch (&fixture->asked, fixture->traces, "view", actions);
  g_signal_connect (g_action_map_lookup_action (map, "set-height"), "activate", G_CALLBACK (set_height_cb), fixture);
  fixture->window = t_ui_show (fixture->traces, 900, 600);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_close (fixture->window, fixture->traces);
  g_assert_finalize_object (fixture->span);
  fixture->scene.scene.view = NULL;
  wb_lane_view_unref (fixture->view);
  t_scene_clear (&fixture->scene);
  t_asked_clear (&fixture->asked);
}

/* The gutter's controller of that type: the one that comes before the plot's. */
static gpointer
get_controller (Fixture *fixture,
                GType    type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->traces);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_type_is_a (G_OBJECT_TYPE (controller), type)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE
          && !(GTK_IS_GESTURE_CLICK (controller) && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) != 1))
        return controller;
    }
  g_assert_not_reached ();
}

static void
test_click (Fixture      *fixture,
            gconstpointer data)
{
  gpointer drag = get_controller (fixture, GTK_TYPE_GESTURE_DRAG);
  WbTracesLayout layout;
  double lane;

  wb_traces_layout (&fixture->scene.scene, gtk_widget_get_width (fixture->traces), gtk_widget_get_height (fixture->traces),
                    &layout);
  lane = layout.lanes_height / 16;
  g_signal_emit_by_name (drag, "drag-begin", 30., layout.lanes_y + 2.5 * lane);
  t_asked_assert (&fixture->asked, "select 2;");
  g_signal_emit_by_name (drag, "drag-begin", layout.plot_x + 5, layout.lanes_y + 2.5 * lane);
  g_signal_emit_by_name (drag, "drag-begin", 30., layout.lanes_y - 5);
  t_asked_assert (&fixture->asked, "");
}

/* What an edge's drag asks for makes it be where the pointer is. */
static void
test_height (Fixture      *fixture,
             gconstpointer data)
{
  const WbScene *scene = &fixture->scene.scene;
  g_autoptr (WbLaneView) changed = NULL;
  WbScene other = *scene;
  WbTracesLayout layout;
  double edge, height, moved, at;

  wb_traces_layout (scene, gtk_widget_get_width (fixture->traces), gtk_widget_get_height (fixture->traces), &layout);
  g_assert_cmpint (wb_gutter_find_edge (scene, &layout, layout.lanes_y + 3 * layout.lanes_height / 16 + 2, &edge), ==, 2);
  g_assert_cmpint (wb_gutter_find_edge (scene, &layout, layout.lanes_y + layout.lanes_height - 1, &moved), ==, -1);
  for (at = edge - 12, moved = at; moved < at + 200; moved += 17)
    {
      height = wb_gutter_get_height (scene, &layout, 2, moved);
      g_clear_pointer (&changed, wb_lane_view_unref);
      other.view = changed = wb_lane_view_with_height (fixture->view, 2, height);
      g_assert_cmpint (wb_gutter_find_edge (&other, &layout, moved, &edge), ==, 2);
      g_assert_cmpfloat_with_epsilon (edge, moved, 1);
    }
  g_assert_cmpfloat (wb_gutter_get_height (scene, &layout, 2, layout.lanes_y), ==, WB_HEIGHT_MIN);
  g_assert_cmpfloat (wb_gutter_get_height (scene, &layout, 2, 1e9), ==, WB_HEIGHT_MAX);
}

/* The second press of a double click, as GTK tells of it: to the click first, then to the drag. */
static void
double_click (Fixture *fixture,
              double   y)
{
  gpointer click = get_controller (fixture, GTK_TYPE_GESTURE_CLICK), drag = get_controller (fixture, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (click, "pressed", 2, 30., y);
  g_signal_emit_by_name (drag, "drag-begin", 30., y);
  g_signal_emit_by_name (click, "released", 2, 30., y);
  g_signal_emit_by_name (drag, "drag-end", 0., 0.);
}

/* The edge goes from under the pointer: what is there then is neither chosen nor dragged. */
static void
test_usual_height (Fixture      *fixture,
                   gconstpointer data)
{
  WbTracesLayout layout;
  double edge, y;

  gtk_widget_activate_action (fixture->traces, "view.set-height", "(id)", 2, 3.);
  g_string_truncate (fixture->asked.text, 0);
  wb_traces_layout (&fixture->scene.scene, gtk_widget_get_width (fixture->traces), gtk_widget_get_height (fixture->traces),
                    &layout);
  for (y = layout.lanes_y + 20; wb_gutter_find_edge (&fixture->scene.scene, &layout, y, &edge) != 2; y++)
    g_assert_cmpfloat (y, <, layout.lanes_y + layout.lanes_height);
  double_click (fixture, y);
  t_asked_assert (&fixture->asked, "set-height (2, 1.0);");
  g_assert_cmpint (wb_gutter_find_edge (&fixture->scene.scene, &layout, y, &edge), !=, 2);

  double_click (fixture, layout.lanes_y + 2.5 * layout.lanes_height / 16);
  t_asked_assert (&fixture->asked, "select 2;");
}

static void
test_scroll (Fixture      *fixture,
             gconstpointer data)
{
  gpointer scroll = get_controller (fixture, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  GtkEventController *motion = t_view_get_controller (fixture->traces, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  gboolean taken;

  g_signal_emit_by_name (motion, "motion", 30., 200.);
  g_signal_emit_by_name (scroll, "scroll", 0., 1., &taken);
  g_assert_true (taken);
  t_asked_assert (&fixture->asked, "scroll 3;");
  g_signal_emit_by_name (motion, "motion", 500., 200.);
  g_signal_emit_by_name (scroll, "scroll", 0., 1., &taken);
  g_assert_false (taken);
  t_asked_assert (&fixture->asked, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gutter-input/click", Fixture, NULL, set_up, test_click, tear_down);
  g_test_add ("/gutter-input/height", Fixture, NULL, set_up, test_height, tear_down);
  g_test_add ("/gutter-input/usual-height", Fixture, NULL, set_up, test_usual_height, tear_down);
  g_test_add ("/gutter-input/scroll", Fixture, NULL, set_up, test_scroll, tear_down);
  return t_ui_run ();
}
