/* test-lane-view.c: every change of the view of the channels, and that the old view stays as it was
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-view.h"

#define N_CHANNELS 6

/* Replaces `*view`, consuming both. */
static void
change (WbLaneView **view,
        WbLaneView  *other)
{
  wb_lane_view_unref (*view);
  *view = other;
}

static void
assert_order (const WbLaneView *view,
              const char       *order)
{
  const WbLane *lanes = wb_lane_view_get_lanes (view);

  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_assert_cmpuint (lanes[i].channel, ==, (guint) (order[i] - '0'));
      g_assert_cmpuint (wb_lane_view_get_position (view, lanes[i].channel), ==, i);
    }
}

static void
test_immutable (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);
  g_autoptr (WbLaneView) other = wb_lane_view_with_gain (view, 2, 3);
  g_autoptr (WbLaneView) same = wb_lane_view_with_gain (other, 2, 1);

  g_assert_true (other != view);
  g_assert_true (same == other);
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 2)->gain, ==, 1);
  g_assert_cmpfloat (wb_lane_view_get_channel (other, 2)->gain, ==, 3);
  g_assert_cmpfloat (wb_lane_view_get_channel (other, 1)->gain, ==, 1);
}

static void
test_gain (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);

  change (&view, wb_lane_view_with_gain (view, 0, 2));
  change (&view, wb_lane_view_with_gain (view, -1, 5));
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 0)->gain, ==, 10);
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 5)->gain, ==, 5);
  for (int i = 0; i < 100; i++)
    change (&view, wb_lane_view_with_gain (view, -1, 10));
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 5)->gain, ==, WB_GAIN_MAX);
  change (&view, wb_lane_view_with_offset (view, 3, 1e30));
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 3)->offset, ==, WB_OFFSET_MAX);
  change (&view, wb_lane_view_with_moved (view, 3, 0));
  change (&view, wb_lane_view_with_color (view, 3, 7));
  change (&view, wb_lane_view_with_hidden (view, 4, TRUE));
  change (&view, wb_lane_view_with_reset (view));
  assert_order (view, "012345");
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 5)->gain, ==, 1);
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 3)->offset, ==, 0);
  g_assert_cmpint (wb_lane_view_get_channel (view, 3)->color, ==, 7);
  g_assert_true (wb_lane_view_get_channel (view, 4)->hidden);
}

static void
test_height (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);

  change (&view, wb_lane_view_with_height (view, 2, 3));
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 2)->height, ==, 3);
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 1)->height, ==, 1);
  change (&view, wb_lane_view_with_height (view, 2, 1e9));
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 2)->height, ==, WB_HEIGHT_MAX);
  change (&view, wb_lane_view_with_height (view, -1, 1));
  for (guint i = 0; i < N_CHANNELS; i++)
    g_assert_cmpfloat (wb_lane_view_get_channel (view, i)->height, ==, 1);
  change (&view, wb_lane_view_with_height (view, 4, 1e-9));
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 4)->height, ==, WB_HEIGHT_MIN);
  change (&view, wb_lane_view_with_reset (view));
  g_assert_cmpfloat (wb_lane_view_get_channel (view, 4)->height, ==, 1);
}

static void
test_order (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);

  change (&view, wb_lane_view_with_moved (view, 1, 4));
  assert_order (view, "023415");
  change (&view, wb_lane_view_with_moved (view, 5, 0));
  assert_order (view, "502341");
  change (&view, wb_lane_view_with_moved (view, 0, 99));
  assert_order (view, "523410");
}

static void
test_hidden (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);

  change (&view, wb_lane_view_with_selected (view, 2));
  change (&view, wb_lane_view_with_hidden (view, 2, TRUE));
  g_assert_cmpint (wb_lane_view_get_selected (view), ==, -1);
  g_assert_cmpuint (wb_lane_view_get_n_shown (view), ==, 5);
  change (&view, wb_lane_view_with_only_these (view, (const int[]) { 3, 0 }, 2));
  g_assert_cmpuint (wb_lane_view_get_n_shown (view), ==, 2);
  g_assert_false (wb_lane_view_get_channel (view, 0)->hidden);
  change (&view, wb_lane_view_with_only (view, 3));
  g_assert_cmpuint (wb_lane_view_get_n_shown (view), ==, 1);
  change (&view, wb_lane_view_with_hidden (view, 3, TRUE));
  g_assert_cmpuint (wb_lane_view_get_n_shown (view), ==, 1);
  change (&view, wb_lane_view_with_all (view));
  g_assert_cmpuint (wb_lane_view_get_n_shown (view), ==, N_CHANNELS);
}

static void
test_next (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);

  change (&view, wb_lane_view_with_hidden (view, 0, TRUE));
  change (&view, wb_lane_view_with_hidden (view, 2, TRUE));
  change (&view, wb_lane_view_with_next (view, 1));
  g_assert_cmpint (wb_lane_view_get_selected (view), ==, 1);
  change (&view, wb_lane_view_with_next (view, 1));
  g_assert_cmpint (wb_lane_view_get_selected (view), ==, 3);
  change (&view, wb_lane_view_with_next (view, -1));
  change (&view, wb_lane_view_with_next (view, -1));
  g_assert_cmpint (wb_lane_view_get_selected (view), ==, 1);
  change (&view, wb_lane_view_with_selected (view, -1));
  change (&view, wb_lane_view_with_next (view, -1));
  g_assert_cmpint (wb_lane_view_get_selected (view), ==, 5);
}

static void
test_spectrogram (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);

  g_assert_cmpint (wb_lane_view_get_spectrogram (view), ==, -1);
  change (&view, wb_lane_view_with_spectrogram (view, 3));
  g_assert_cmpint (wb_lane_view_get_spectrogram (view), ==, 3);
}

static void
test_rows (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);
  guint first;

  change (&view, wb_lane_view_with_rows (view, 4, 9));
  g_assert_cmpuint (wb_lane_view_get_rows (view, &first), ==, 4);
  g_assert_cmpuint (first, ==, 2);
  change (&view, wb_lane_view_with_rows (view, 4, -3));
  wb_lane_view_get_rows (view, &first);
  g_assert_cmpuint (first, ==, 0);
  change (&view, wb_lane_view_with_rows (view, 4, 2));
  change (&view, wb_lane_view_with_hidden (view, 1, TRUE));
  wb_lane_view_get_rows (view, &first);
  g_assert_cmpuint (first, ==, 1);
  change (&view, wb_lane_view_with_rows (view, 5, 0));
  g_assert_cmpuint (wb_lane_view_get_rows (view, NULL), ==, 0);
}

static void
test_looks_like (void)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (3), same = wb_lane_view_new (3);
  g_autoptr (WbLaneView) chosen = wb_lane_view_with_selected (view, 1), hidden = wb_lane_view_with_hidden (view, 1, TRUE);
  g_autoptr (WbLaneView) larger = wb_lane_view_with_gain (view, -1, 2), butterfly = wb_lane_view_with_butterfly (view, TRUE);
  g_autoptr (WbLaneView) moved = wb_lane_view_with_moved (view, 0, 2), other = wb_lane_view_new (4);
  const WbLaneView *different[] = { hidden, larger, butterfly, moved, other };

  g_assert_true (wb_lane_view_looks_like (view, same));
  g_assert_true (wb_lane_view_looks_like (view, chosen));
  for (guint i = 0; i < G_N_ELEMENTS (different); i++)
    g_assert_false (wb_lane_view_looks_like (view, different[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lane-view/immutable", test_immutable);
  g_test_add_func ("/lane-view/gain", test_gain);
  g_test_add_func ("/lane-view/height", test_height);
  g_test_add_func ("/lane-view/order", test_order);
  g_test_add_func ("/lane-view/hidden", test_hidden);
  g_test_add_func ("/lane-view/next", test_next);
  g_test_add_func ("/lane-view/spectrogram", test_spectrogram);
  g_test_add_func ("/lane-view/rows", test_rows);
  g_test_add_func ("/lane-view/looks-like", test_looks_like);
  return g_test_run ();
}
