/* test-trace-list.c: what a view of the channels comes to: lanes and scales, and the bars that tell them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-gutter-paint.h"
#include "wb-trace-list.h"

#include <math.h>

#define N_CHANNELS 5
#define N_STEPS    4000

/* Ramps: channel c of unit a or b goes from lows[c] to highs[c]. */
static const double lows[] = { 0, -10, 100, 0, 5 }, highs[] = { 1, 10, 140, 1000, 6 };
static const char *const units[] = { "µV", "µV", "µV", "mV", "mV" };

static SigPyramid *
make_pyramid (void)
{
  float *samples = g_new (float, N_CHANNELS * N_STEPS);
  g_autoptr (SigRecording) recording = NULL;
  SigPyramid *pyramid;

  for (guint c = 0; c < N_CHANNELS; c++)
    for (guint i = 0; i < N_STEPS; i++)
      samples[c * N_STEPS + i] = (float) (lows[c] + (highs[c] - lows[c]) * i / (N_STEPS - 1));
  recording = sig_recording_new_take_samples ("ramps", N_CHANNELS, N_STEPS, 100, NULL, units, samples);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  return pyramid;
}

static void
list_init (WbTraceList      *list,
           SigPyramid       *pyramid,
           const WbLaneView *view)
{
  wb_trace_list_init (list, &(WbScene) { .pyramid = pyramid, .view = view });
}

static void
test_default (void)
{
  g_autoptr (SigPyramid) pyramid = make_pyramid ();
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);
  g_auto (WbTraceList) without = { 0 }, with = { 0 };

  list_init (&without, pyramid, NULL);
  list_init (&with, pyramid, view);
  g_assert_cmpuint (without.n_lanes, ==, N_CHANNELS);
  g_assert_cmpuint (with.n_traces, ==, N_CHANNELS);
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_assert_cmpuint (with.traces[i].channel, ==, i);
      g_assert_cmpuint (with.traces[i].lane, ==, i);
      g_assert_cmpfloat (with.traces[i].low, ==, without.traces[i].low);
      g_assert_cmpfloat (with.traces[i].low, <, lows[i] + .01 * (highs[i] - lows[i]));
      g_assert_cmpfloat (with.traces[i].high, >, highs[i] - .01 * (highs[i] - lows[i]));
    }
}

static double
get_span (const WbTrace *trace)
{
  return (double) trace->high - trace->low;
}

static void
test_scales (void)
{
  g_autoptr (SigPyramid) pyramid = make_pyramid ();
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);
  g_autoptr (WbLaneView) common = wb_lane_view_with_scale (view, WB_SCALE_COMMON);
  g_autoptr (WbLaneView) axis = wb_lane_view_with_scale (view, WB_SCALE_AXIS);
  g_auto (WbTraceList) each = { 0 }, centred = { 0 }, same = { 0 };

  list_init (&each, pyramid, view);
  list_init (&centred, pyramid, common);
  list_init (&same, pyramid, axis);
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      const WbTrace *widest = &each.traces[i < 3 ? 2 : 3];

      g_assert_cmpfloat_with_epsilon (get_span (&centred.traces[i]), get_span (widest), 1e-3);
      g_assert_cmpfloat_with_epsilon ((centred.traces[i].low + centred.traces[i].high) / 2, (lows[i] + highs[i]) / 2,
                                      .01 * (highs[i] - lows[i]));
      g_assert_cmpfloat_with_epsilon (same.traces[i].low, each.traces[i < 3 ? 1 : 3].low, 1e-3);
      g_assert_cmpfloat_with_epsilon (same.traces[i].high, widest->high, 1e-3);
    }
}

static void
test_gain_and_offset (void)
{
  g_autoptr (SigPyramid) pyramid = make_pyramid ();
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);
  g_autoptr (WbLaneView) taller = wb_lane_view_with_gain (view, 1, 4);
  g_autoptr (WbLaneView) higher = wb_lane_view_with_offset (taller, 1, .25);
  g_auto (WbTraceList) before = { 0 }, after = { 0 };
  double span;

  list_init (&before, pyramid, view);
  list_init (&after, pyramid, higher);
  span = get_span (&after.traces[1]);
  g_assert_cmpfloat_with_epsilon (span, get_span (&before.traces[1]) / 4, 1e-4);
  /* Zero was in the middle; a quarter of a lane up from there now. */
  g_assert_cmpfloat_with_epsilon ((0 - after.traces[1].low) / span, .75, .01);
}

static void
test_lanes (void)
{
  g_autoptr (SigPyramid) pyramid = make_pyramid ();
  g_autoptr (WbLaneView) view = wb_lane_view_new (N_CHANNELS);
  g_autoptr (WbLaneView) hidden = wb_lane_view_with_hidden (view, 1, TRUE);
  g_autoptr (WbLaneView) moved = wb_lane_view_with_moved (hidden, 4, 0);
  g_autoptr (WbLaneView) rows = wb_lane_view_with_rows (moved, 2, 1);
  g_autoptr (WbLaneView) butterfly = wb_lane_view_with_butterfly (rows, TRUE);
  g_auto (WbTraceList) some = { 0 }, all = { 0 };
  WbTracesLayout layout;
  WbScene scene = { .pyramid = pyramid, .view = rows };

  list_init (&some, pyramid, rows);
  g_assert_cmpuint (some.n_lanes, ==, 2);
  g_assert_cmpuint (some.n_traces, ==, 2);
  g_assert_cmpuint (some.traces[0].channel, ==, 0);
  g_assert_cmpuint (some.traces[1].channel, ==, 2);
  g_assert_cmpuint (some.traces[1].lane, ==, 1);
  list_init (&all, pyramid, butterfly);
  g_assert_cmpuint (all.n_lanes, ==, 1);
  g_assert_cmpuint (all.n_traces, ==, 4);

  wb_traces_layout (&scene, 800, 400, &layout);
  g_assert_cmpuint (layout.n_lanes, ==, 2);
  g_assert_cmpint (wb_gutter_get_at (&scene, &layout, layout.lanes_y + 1), ==, 0);
  g_assert_cmpint (wb_gutter_get_at (&scene, &layout, layout.lanes_y + layout.lanes_height - 1), ==, 2);
  g_assert_cmpint (wb_gutter_get_at (&scene, &layout, layout.lanes_y - 1), ==, -1);
  scene.view = butterfly;
  wb_traces_layout (&scene, 800, 400, &layout);
  g_assert_cmpint (wb_gutter_get_at (&scene, &layout, layout.lanes_y + 1), ==, 4);
  g_assert_cmpint (wb_gutter_get_at (&scene, &layout, layout.lanes_y + 45), ==, 0);
}

static void
test_round_down (void)
{
  for (double most = 1e-9; most < 1e9; most *= 1.07)
    {
      double value = wb_gutter_round_down (most), mantissa = value / pow (10, floor (log10 (value) + 1e-9));

      g_assert_cmpfloat (value, <=, most * (1 + 1e-6));
      g_assert_cmpfloat (value, >=, most / 2.5 * (1 - 1e-6));
      g_assert_true (fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6 || fabs (mantissa - 5) < 1e-6);
    }
  g_assert_cmpfloat (wb_gutter_round_down (50), ==, 50);
}

/* Lanes lie one below the other without a gap, whatever their heights, and rows are in the lane that holds them. */
static void
test_edges (void)
{
  g_autoptr (SigPyramid) pyramid = make_pyramid ();
  g_auto (WbTraceList) even = { 0 };

  list_init (&even, pyramid, NULL);
  for (int height = 1; height < 400; height += 7)
    {
      g_assert_cmpint (wb_trace_list_get_edge (&even, 0, height), ==, 0);
      for (guint i = 0; i <= N_CHANNELS; i++)
        g_assert_cmpint (wb_trace_list_get_edge (&even, i, height), ==, (int) ((guint) height * i / N_CHANNELS));
      for (int y = 0; y < height; y++)
        {
          guint lane = wb_trace_list_find_lane (&even, y, height);

          g_assert_cmpint (wb_trace_list_get_edge (&even, lane, height), <=, y);
          g_assert_cmpint (wb_trace_list_get_edge (&even, lane + 1, height), >, y);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-list/default", test_default);
  g_test_add_func ("/trace-list/scales", test_scales);
  g_test_add_func ("/trace-list/gain-and-offset", test_gain_and_offset);
  g_test_add_func ("/trace-list/lanes", test_lanes);
  g_test_add_func ("/trace-list/round-down", test_round_down);
  g_test_add_func ("/trace-list/edges", test_edges);
  return g_test_run ();
}
