/* test-trail.c: going back and forward among the views
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-trail.h"

#define LONG (2 * APP_TRAIL_PAUSE_US)

static gint64 now;

/* Looks at [start, start + 10) after `pause`. */
static void
look (AppTrail *trail, const WbLaneView *lanes, double start, gint64 pause)
{
  now += pause;
  app_trail_add (trail, &(AppTrailView) { lanes, start, start + 10 }, now);
}

static void
test_back_and_forward (void)
{
  g_autoptr (AppTrail) trail = app_trail_new ();
  g_autoptr (WbLaneView) all = wb_lane_view_new (3), one = wb_lane_view_with_only (all, 1);
  AppTrailView view;

  g_assert_false (app_trail_back (trail, &view));
  g_assert_false (app_trail_forward (trail, &view));
  look (trail, all, 0, LONG);
  g_assert_false (app_trail_back (trail, &view));
  look (trail, all, 100, LONG);
  look (trail, one, 100, LONG);
  g_assert_true (app_trail_back (trail, &view));
  g_assert_true (view.lanes == all);
  g_assert_cmpfloat (view.start, ==, 100);
  g_assert_true (app_trail_back (trail, &view));
  g_assert_cmpfloat (view.start, ==, 0);
  g_assert_false (app_trail_back (trail, &view));
  g_assert_true (app_trail_forward (trail, &view));
  g_assert_cmpfloat (view.start, ==, 100);

  /* What is shown again is no new view; something else ends what lay ahead. */
  look (trail, all, 100, 0);
  g_assert_true (app_trail_forward (trail, &view));
  g_assert_true (view.lanes == one);
  g_assert_true (app_trail_back (trail, &view));
  look (trail, all, 50, 0);
  g_assert_false (app_trail_forward (trail, &view));
  g_assert_true (app_trail_back (trail, &view));
  g_assert_cmpfloat (view.start, ==, 100);
}

static void
test_gesture (void)
{
  g_autoptr (AppTrail) trail = app_trail_new ();
  g_autoptr (WbLaneView) all = wb_lane_view_new (3);
  AppTrailView view;

  g_test_summary ("What is scrolled in one go is one step, however long it takes; the first view stays.");
  look (trail, all, 0, LONG);
  for (int i = 1; i <= 50; i++)
    look (trail, all, i, APP_TRAIL_PAUSE_US / 4);
  look (trail, all, 500, LONG);
  g_assert_true (app_trail_back (trail, &view));
  g_assert_cmpfloat (view.start, ==, 50);
  g_assert_true (app_trail_back (trail, &view));
  g_assert_cmpfloat (view.start, ==, 0);
}

static void
test_choice_is_no_view (void)
{
  g_autoptr (AppTrail) trail = app_trail_new ();
  g_autoptr (WbLaneView) all = wb_lane_view_new (3), chosen = wb_lane_view_with_selected (all, 2);
  AppTrailView view;

  look (trail, all, 0, LONG);
  look (trail, chosen, 0, LONG);
  g_assert_false (app_trail_back (trail, &view));
}

static void
test_many (void)
{
  g_autoptr (AppTrail) trail = app_trail_new ();
  g_autoptr (WbLaneView) all = wb_lane_view_new (3);
  AppTrailView view;
  guint n = 0;

  for (int i = 0; i < 3 * APP_TRAIL_MAX; i++)
    look (trail, all, i, LONG);
  while (app_trail_back (trail, &view))
    n++;
  g_assert_cmpuint (n, ==, APP_TRAIL_MAX - 1);
  g_assert_cmpfloat (view.start, ==, 2 * APP_TRAIL_MAX);
  app_trail_clear (trail);
  g_assert_false (app_trail_back (trail, &view));
  g_assert_false (app_trail_forward (trail, &view));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trail/back-and-forward", test_back_and_forward);
  g_test_add_func ("/trail/gesture", test_gesture);
  g_test_add_func ("/trail/choice", test_choice_is_no_view);
  g_test_add_func ("/trail/many", test_many);
  return g_test_run ();
}
