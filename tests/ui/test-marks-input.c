/* test-marks-input.c: what drags, clicks and keys mark in the traces, and what they ask for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "t-view.h"
#include "wb-colors.h"
#include "wb-readout-paint.h"
#include "wb-traces-paint.h"
#include "wb-traces.h"

#include <math.h>

#define N_STEPS 20000
#define WIDTH   900
#define HEIGHT  600

/* A widget on a scene, and the actions that it asked for. Labels are 100 steps long, classes 0 and 1 in turn. */
typedef struct
{
  TScene      scene;
  WbViewSpan *span;
  WbMarks    *marks;
  GtkWidget  *traces, *window;
  TAsked      asked;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const char *const actions[] = {
    "accept", "bring-edge", "digit i", "dont-know", "erase", "fill", "merge", "split", "move-edge (xx)", NULL,
  };

  t_scene_init (&fixture->scene, 4, N_STEPS, 0);
  fixture->span = wb_view_span_new ();
  fixture->marks = wb_marks_new ();
  wb_view_span_set_whole (fixture->span, N_STEPS, 250, 2000);
  wb_marks_set_whole (fixture->marks, N_STEPS);
  wb_marks_set_snap (fixture->marks, WB_SNAP_EDGES, FALSE);
  fixture->traces = wb_traces_new (fixture->span);
  wb_traces_set_marks (WB_TRACES (fixture->traces), fixture->marks);
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
  t_asked_watch (&fixture->asked, fixture->traces, "mark", actions);
  fixture->window = t_ui_show (fixture->traces, WIDTH, HEIGHT);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_close (fixture->window, fixture->traces);
  g_assert_finalize_object (fixture->span);
  g_assert_finalize_object (fixture->marks);
  t_scene_clear (&fixture->scene);
  t_asked_clear (&fixture->asked);
}

/* Where things are in the widget. */
static WbTracesLayout
get_layout (Fixture *fixture)
{
  WbTracesLayout layout;

  wb_traces_layout (&fixture->scene.scene, gtk_widget_get_width (fixture->traces), gtk_widget_get_height (fixture->traces),
                    &layout);
  return layout;
}

static double
get_x (Fixture *fixture,
       double   step)
{
  WbTracesLayout layout = get_layout (fixture);
  double start, end;

  wb_view_span_get_visible (fixture->span, &start, &end);
  return layout.plot_x + (step - start) / (end - start) * layout.plot_width;
}

static double
get_truth_y (Fixture *fixture)
{
  WbTracesLayout layout = get_layout (fixture);

  return layout.truth_y + layout.ribbon_height / 2;
}

/* From a step to another at a height. */
static void
drag (Fixture *fixture,
      double   from,
      double   to,
      double   y)
{
  GtkEventController *gesture = t_view_get_named (fixture->traces, "mark");
  double x = get_x (fixture, from), dx = get_x (fixture, to) - x;

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  if (dx != 0)
    {
      g_signal_emit_by_name (gesture, "drag-update", dx / 2, 0.);
      g_signal_emit_by_name (gesture, "drag-update", dx, 0.);
      t_view_wait_for_frame (fixture->window);
    }
  g_signal_emit_by_name (gesture, "drag-end", dx, 0.);
}

/* As near as a pixel is. */
static void
assert_selection (Fixture *fixture,
                  gint64   start,
                  gint64   end,
                  gint64   slack)
{
  gint64 is_start, is_end;

  wb_marks_get_selection (fixture->marks, &is_start, &is_end);
  g_assert_cmpint (ABS (is_start - start), <=, slack);
  g_assert_cmpint (ABS (is_end - end), <=, slack);
}

static void
test_drag (Fixture      *fixture,
           gconstpointer data)
{
  drag (fixture, 500, 812, 200);
  assert_selection (fixture, 500, 812, 3);
  drag (fixture, 812, 500, 200); /* from its end */
  assert_selection (fixture, 500, 500, 3);
  drag (fixture, 1550, 1250, get_truth_y (fixture));
  assert_selection (fixture, 1250, 1550, 3);
  drag (fixture, 1250, 1050, 200); /* the other end stays */
  assert_selection (fixture, 1050, 1550, 3);

  /* At the ruler nothing is marked. */
  drag (fixture, 500, 700, 10);
  assert_selection (fixture, 1050, 1550, 3);
  t_asked_assert (&fixture->asked, "");
}

static void
test_click (Fixture      *fixture,
            gconstpointer data)
{
  GtkEventController *click = t_view_get_named (fixture->traces, "choose");

  drag (fixture, 640, 640, 200);
  assert_selection (fixture, 640, 640, 3);
  g_assert_cmpint (ABS (wb_marks_get_cursor (fixture->marks) - 640), <=, 3);
  drag (fixture, 640, 640, get_truth_y (fixture));
  assert_selection (fixture, 600, 700, 0);
  drag (fixture, 1640, 1640, 200);
  assert_selection (fixture, 1640, 1640, 3);
  g_signal_emit_by_name (click, "pressed", 2, get_x (fixture, 950), 200.);
  assert_selection (fixture, 900, 1000, 0);
  t_asked_assert (&fixture->asked, "");
}

/* The edge between labels 600–700 and 700–800 stops before it has eaten one of them. */
static void
test_edge (Fixture      *fixture,
           gconstpointer data)
{
  double y = get_truth_y (fixture);
  int edge, to;

  drag (fixture, 700, 750, y);
  g_assert_cmpint (sscanf (fixture->asked.text->str, "move-edge (%d, %d);", &edge, &to), ==, 2);
  g_assert_cmpint (edge, ==, 700);
  g_assert_cmpint (ABS (to - 750), <=, 3);
  g_string_truncate (fixture->asked.text, 0);
  drag (fixture, 700, 1200, y);
  t_asked_assert (&fixture->asked, "move-edge (700, 799);");
  drag (fixture, 700, 200, y);
  t_asked_assert (&fixture->asked, "move-edge (700, 601);");

  /* The label that is selected can be grabbed in the lanes as well, and its selection goes with it. */
  drag (fixture, 640, 640, y);
  drag (fixture, 600, 300, 200);
  t_asked_assert (&fixture->asked, "move-edge (600, 501);");
  assert_selection (fixture, 501, 700, 0);
}

/* Once something was marked, a drag from the end of the selection begins the next span and does not lengthen the last one. */
static void
test_next_span (Fixture      *fixture,
                gconstpointer data)
{
  const SigSpan span = { 500, 800, 1 };
  const char *const names[] = { "rest", "grasp" };
  g_autoptr (SigLabels) marked = sig_labels_new (N_STEPS, &span, 1, names, 2);
  const SigLabels *before = fixture->scene.scene.truth;

  wb_marks_set_snap (fixture->marks, WB_SNAP_EDGES, TRUE);
  drag (fixture, 500, 800, 200);
  fixture->scene.scene.truth = marked;
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
  drag (fixture, 800, 1100, 200);
  assert_selection (fixture, 800, 1100, 3);
  t_asked_assert (&fixture->asked, "");

  /* A label that somebody chooses is changed by its ends. */
  drag (fixture, 640, 640, get_truth_y (fixture));
  drag (fixture, 800, 1000, 200);
  g_assert_true (g_str_has_prefix (fixture->asked.text->str, "move-edge (800, "));
  fixture->scene.scene.truth = before;
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
}

static void
test_snap (Fixture      *fixture,
           gconstpointer data)
{
  WbTracesLayout layout = get_layout (fixture);
  double steps_a_pixel = 2000 / layout.plot_width;

  wb_marks_set_snap (fixture->marks, WB_SNAP_EDGES, TRUE);
  drag (fixture, 500 + 3 * steps_a_pixel, 900 - 4 * steps_a_pixel, 200);
  assert_selection (fixture, 500, 900, 0);
  wb_marks_set_snap (fixture->marks, WB_SNAP_EDGES, FALSE);
  wb_marks_set_snap (fixture->marks, WB_SNAP_WINDOWS, TRUE);
  wb_marks_set_window (fixture->marks, 437);
  drag (fixture, 437 + 3 * steps_a_pixel, 874 - 4 * steps_a_pixel, 200);
  assert_selection (fixture, 437, 874, 0);
}

/* The same by keyboard: the cursor, then the selection's end. Labels are 100 steps long, windows 437. */
static void
test_snap_key (Fixture      *fixture,
               gconstpointer data)
{
  float before, at;
  gint64 start, end;

  wb_marks_set_cursor (fixture->marks, 530);
  t_ui_press (fixture->traces, "x"); /* nothing attracts */
  assert_selection (fixture, 530, 530, 0);
  wb_marks_set_snap (fixture->marks, WB_SNAP_EDGES, TRUE);
  t_ui_press (fixture->traces, "x");
  assert_selection (fixture, 500, 500, 0);
  wb_marks_set_snap (fixture->marks, WB_SNAP_EDGES, FALSE);
  wb_marks_set_snap (fixture->marks, WB_SNAP_WINDOWS, TRUE);
  wb_marks_set_window (fixture->marks, 437);
  wb_marks_select (fixture->marks, 500, 800);
  t_ui_press (fixture->traces, "x");
  assert_selection (fixture, 500, 874, 0);

  wb_marks_set_snap (fixture->marks, WB_SNAP_WINDOWS, FALSE);
  wb_marks_set_snap (fixture->marks, WB_SNAP_ZERO, TRUE);
  wb_marks_set_cursor (fixture->marks, 1000);
  t_ui_press (fixture->traces, "x");
  wb_marks_get_selection (fixture->marks, &start, &end);
  g_assert_true (sig_pyramid_get_samples (fixture->scene.scene.pyramid, 0, start - 1, 1, &before));
  g_assert_true (sig_pyramid_get_samples (fixture->scene.scene.pyramid, 0, start, 1, &at));
  g_assert_true ((before < 0) != (at < 0));
}

/* By keyboard alone: a step, a pixel, the labels. */
static void
test_keys (Fixture      *fixture,
           gconstpointer data)
{
  double start, end, pixel = 2000 / get_layout (fixture).plot_width;

  t_ui_press (fixture->traces, "c");
  assert_selection (fixture, 1000, 1000, 0);
  t_ui_press (fixture->traces, "period");
  t_ui_press (fixture->traces, "period");
  t_ui_press (fixture->traces, "comma");
  assert_selection (fixture, 1001, 1001, 0);
  for (int i = 0; i < 9; i++)
    t_ui_press (fixture->traces, "greater");
  assert_selection (fixture, 1001, 1010, 0);
  t_ui_press (fixture->traces, "<Shift>Left");
  assert_selection (fixture, 1001, 1010 - (gint64) floor (pixel + .5), 0);
  t_ui_press (fixture->traces, "Escape");
  t_ui_press (fixture->traces, "<Alt>Right");
  assert_selection (fixture, 1010, 1010, 0);
  t_ui_press (fixture->traces, "n");
  assert_selection (fixture, 1100, 1200, 0);
  t_ui_press (fixture->traces, "bracketright");
  assert_selection (fixture, 1200, 1300, 0);
  t_ui_press (fixture->traces, "p");
  t_ui_press (fixture->traces, "bracketleft");
  assert_selection (fixture, 1000, 1100, 0);
  t_ui_press (fixture->traces, "<Control>a");
  assert_selection (fixture, 0, N_STEPS, 0);
  t_ui_press (fixture->traces, "<Alt>End");
  assert_selection (fixture, N_STEPS, N_STEPS, 0);
  wb_view_span_get_visible (fixture->span, &start, &end);
  g_assert_cmpfloat (end, ==, N_STEPS);
  t_ui_press (fixture->traces, "<Shift>Home");
  assert_selection (fixture, 0, N_STEPS, 0);
  t_ui_press (fixture->traces, "<Alt>Home");
  t_ui_press (fixture->traces, "<Alt>Left");
  assert_selection (fixture, 0, 0, 0);
  t_asked_assert (&fixture->asked, "");
}

static void
test_actions (Fixture      *fixture,
              gconstpointer data)
{
  static const char *const keys[][2] = {
    { "3", "digit 3;" },         { "KP_0", "digit 0;" },    { "Delete", "erase;" },    { "d", "dont-know;" },
    { "s", "split;" },           { "m", "merge;" },         { "f", "fill;" },          { "e", "bring-edge;" },
    { "Return", "accept;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      t_ui_press (fixture->traces, keys[i][0]);
      t_asked_assert (&fixture->asked, keys[i][1]);
    }
}

static void
assert_description (Fixture    *fixture,
                    const char *expected)
{
  g_autofree char *whole = g_strconcat ("0.0–8.0 s of 80.0 s, 4 channels", expected, NULL);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->traces), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, whole);
}

static void
test_accessible (Fixture      *fixture,
                 gconstpointer data)
{
  assert_description (fixture, "");
  wb_marks_set_cursor (fixture->marks, 12);
  assert_description (fixture, "; cursor at step 12");
  wb_marks_select (fixture->marks, 150, 160);
  assert_description (fixture, "; steps 150–160 selected, grasp");
  wb_marks_select (fixture->marks, 150, 260);
  assert_description (fixture, "; steps 150–260 selected, several labels");
}

/* The chosen channel's value goes with the cursor. */
static void
test_accessible_value (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (WbLaneView) plain = wb_lane_view_new (4), view = wb_lane_view_with_selected (plain, 2);
  g_autofree char *value = NULL, *expected = NULL;

  fixture->scene.scene.view = view;
  wb_traces_set_scene (WB_TRACES (fixture->traces), &fixture->scene.scene);
  wb_marks_set_cursor (fixture->marks, 12);
  value = wb_readout_get_value (&fixture->scene.scene, 2, 12);
  expected = g_strconcat ("; Ch 3 is chosen; cursor at step 12, Ch 3 ", value, NULL);
  assert_description (fixture, expected);
  fixture->scene.scene.view = NULL;
}

/* Marks are drawn over the picture: it is not painted again for them. */
static void
test_cheap (Fixture      *fixture,
            gconstpointer data)
{
  double median, p99;
  guint n = wb_traces_get_cost (WB_TRACES (fixture->traces), &median, &p99);

  for (int i = 0; i < 5; i++)
    {
      wb_marks_select (fixture->marks, 100, 200 + 50 * i);
      t_view_wait_for_frame (fixture->window);
    }
  g_assert_cmpuint (wb_traces_get_cost (WB_TRACES (fixture->traces), &median, &p99), ==, n);
}

/* A right click keeps the selection that it is in, and else makes one as a click does; its menu is there by key too. */
static void
test_menu (Fixture      *fixture,
           gconstpointer data)
{
  GtkEventController *click = t_view_get_named (fixture->traces, "mark-menu");
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *popover;

  g_menu_append (menu, "Split", "mark.split");
  wb_traces_set_mark_menu (WB_TRACES (fixture->traces), G_MENU_MODEL (menu));
  popover = t_ui_find (fixture->traces, GTK_TYPE_POPOVER_MENU, 0);
  wb_marks_select (fixture->marks, 500, 900);
  g_signal_emit_by_name (click, "pressed", 1, get_x (fixture, 700), 200.);
  assert_selection (fixture, 500, 900, 0);
  g_assert_true (gtk_widget_get_visible (popover));
  gtk_popover_popdown (GTK_POPOVER (popover));
  g_signal_emit_by_name (click, "pressed", 1, get_x (fixture, 1250), get_truth_y (fixture));
  assert_selection (fixture, 1200, 1300, 0);
  gtk_popover_popdown (GTK_POPOVER (popover));
  t_ui_press (fixture->traces, "Menu");
}

/* Escape gives a drag up, and nothing is asked for. */
static void
test_escape (Fixture      *fixture,
             gconstpointer data)
{
  GtkEventController *gesture = t_view_get_named (fixture->traces, "mark");

  g_signal_emit_by_name (gesture, "drag-begin", get_x (fixture, 700), get_truth_y (fixture));
  g_signal_emit_by_name (gesture, "drag-update", 40., 0.);
  t_ui_press (fixture->traces, "Escape");
  g_signal_emit_by_name (gesture, "drag-end", 40., 0.);
  t_asked_assert (&fixture->asked, "");
}

static cairo_surface_t *
draw (Fixture *fixture)
{
  cairo_surface_t *image = t_image_new (WIDTH, HEIGHT, 0xffffffff);
  g_autoptr (cairo_t) cr = cairo_create (image);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  GTK_WIDGET_GET_CLASS (fixture->traces)->snapshot (fixture->traces, snapshot);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  gsk_render_node_draw (node, cr);
  return image;
}

/* Pixels of the length's ground from row `y` on. */
static guint
count_accent (cairo_surface_t *image,
              double           y,
              int              height)
{
  const WbColor *accent = &wb_colors_get (FALSE)->train;
  guint32 color = (guint32) lround (accent->red * 255) << 16 | (guint32) lround (accent->green * 255) << 8
                  | (guint32) lround (accent->blue * 255);

  return WIDTH * (guint) height - t_image_count (image, color, 0, (int) y, WIDTH, height);
}

/* Told in the ruler, wherever the pointer is: the lanes show their samples and nothing else but the two borders. */
static void
test_length (Fixture      *fixture,
             gconstpointer data)
{
  WbTracesLayout layout = get_layout (fixture);

  wb_marks_select (fixture->marks, 600, 1400);
  for (double step = 0; step <= 2000; step += 50)
    {
      g_autoptr (cairo_surface_t) image = NULL;

      wb_view_span_set_cursor (fixture->span, step);
      image = draw (fixture);
      g_assert_cmpuint (count_accent (image, 1, 16), >, 400);
      g_assert_cmpuint (count_accent (image, layout.lanes_y, 40), <=, 2 * 40);
      g_assert_cmpuint (count_accent (image, layout.lanes_y, 40), >=, 30); /* the pointer's line may hide one */
    }
  wb_marks_clear (fixture->marks);
  {
    g_autoptr (cairo_surface_t) image = draw (fixture);

    g_assert_cmpuint (count_accent (image, 1, 16), ==, 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  #define ADD(name, func) g_test_add ("/marks-input/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("drag", test_drag);
  ADD ("click", test_click);
  ADD ("edge", test_edge);
  ADD ("next-span", test_next_span);
  ADD ("snap", test_snap);
  ADD ("snap-key", test_snap_key);
  ADD ("keys", test_keys);
  ADD ("actions", test_actions);
  ADD ("accessible", test_accessible);
  ADD ("accessible-value", test_accessible_value);
  ADD ("cheap", test_cheap);
  ADD ("menu", test_menu);
  ADD ("escape", test_escape);
  ADD ("length", test_length);
  #undef ADD
  return t_ui_run ();
}
