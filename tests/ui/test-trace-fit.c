/* test-trace-fit.c: after it, what is seen of the channels fills their lanes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-trace-fit.h"
#include "wb-trace-list.h"

#include <math.h>

#define N_CHANNELS 5
#define N_STEPS    20000
#define N_COLUMNS  500
#define FIRST      8000 /* what is seen: steps [8000, 10000), four a column */
#define LAST       10000

static const char *const units[] = { "µV", "µV", "µV", "mV", "mV" };

/* Waves of so much either side, on ramps that are a thousand times as high; the last but one is constant, the last has no sample
 * in sight. */
static const double swings[] = { 1, 20, 5, 0, NAN };

static float
get_sample (guint  channel,
            gint64 step)
{
  if (channel == 3)
    return 7;
  if (channel == 4)
    return step >= FIRST - 100 && step < LAST + 100 ? NAN : (float) step;
  return (float) (swings[channel] * (sin (step * .1) + step / 10.));
}

static SigPyramid *
make_pyramid (void)
{
  float *samples = g_new (float, N_CHANNELS * N_STEPS);
  g_autoptr (SigRecording) recording = NULL;
  SigPyramid *pyramid;

  for (guint c = 0; c < N_CHANNELS; c++)
    for (gint64 t = 0; t < N_STEPS; t++)
      samples[c * N_STEPS + t] = get_sample (c, t);
  recording = sig_recording_new_take_samples ("drift", N_CHANNELS, N_STEPS, 100, NULL, units, samples);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));
  return pyramid;
}

/* A recording, and what is seen of it after the fit. */
typedef struct
{
  SigPyramid *pyramid;
  WbLaneView *view;
  WbTraceList list;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->pyramid = make_pyramid ();
  self->view = wb_lane_view_new (N_CHANNELS);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  sig_pyramid_unref (self->pyramid);
  wb_lane_view_unref (self->view);
  wb_trace_list_clear (&self->list);
}

/* Consumes `other`. */
static void
change (Fixture    *self,
        WbLaneView *other)
{
  wb_lane_view_unref (self->view);
  self->view = other;
}

static void
fit (Fixture *self)
{
  WbScene scene = { .pyramid = self->pyramid, .view = self->view };

  change (self, wb_trace_fit (&scene, &(WbGrid) { 0, (LAST - FIRST) / (double) N_COLUMNS, FIRST * N_COLUMNS / (LAST - FIRST) },
                              N_COLUMNS));
  scene.view = self->view;
  wb_trace_list_clear (&self->list);
  wb_trace_list_init (&self->list, &scene);
}

/* The extremes of what is seen, by looking at each sample. */
static void
get_extremes (guint   channel,
              double *low,
              double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gint64 t = FIRST; t < LAST; t++)
    {
      *low = MIN (*low, (double) get_sample (channel, t));
      *high = MAX (*high, (double) get_sample (channel, t));
    }
}

/* That the extremes of `channel` lie at `low` and `high` of the height of its lane, from 0 below to 1. */
static void
assert_at (const Fixture *self,
           guint          channel,
           double         low,
           double         high)
{
  const WbTrace *trace = &self->list.traces[channel];
  double least, greatest, height = (double) trace->high - trace->low;

  g_assert_cmpuint (trace->channel, ==, channel);
  get_extremes (channel, &least, &greatest);
  g_assert_cmpfloat_with_epsilon ((least - trace->low) / height, low, .005);
  g_assert_cmpfloat_with_epsilon ((greatest - trace->low) / height, high, .005);
}

static void
assert_filled (const Fixture *self,
               guint          channel)
{
  assert_at (self, channel, .05, .95);
}

static void
test_each (Fixture      *self,
           gconstpointer data)
{
  float low, high;

  fit (self);
  for (guint c = 0; c < 3; c++)
    assert_filled (self, c);
  assert_at (self, 3, .5, .5);
  sig_pyramid_get_range (self->pyramid, 4, &low, &high);
  g_assert_cmpfloat (self->list.traces[4].low, ==, low);
  g_assert_cmpfloat (self->list.traces[4].high, ==, high);

  /* From whatever scale there was, and twice is once. */
  change (self, wb_lane_view_with_gain (self->view, -1, 30));
  change (self, wb_lane_view_with_offset (self->view, 1, -17));
  fit (self);
  fit (self);
  for (guint c = 0; c < 3; c++)
    assert_filled (self, c);
}

static void
test_selected (Fixture      *self,
               gconstpointer data)
{
  change (self, wb_lane_view_with_selected (self->view, 1));
  fit (self);
  assert_filled (self, 1);
  for (guint c = 0; c < N_CHANNELS; c++)
    if (c != 1)
      {
        g_assert_cmpfloat (wb_lane_view_get_channel (self->view, c)->gain, ==, 1);
        g_assert_cmpfloat (wb_lane_view_get_channel (self->view, c)->offset, ==, 0);
      }
}

/* One scale for each unit: the widest fills its lane, the others are as many units a pixel, each in the middle. */
static void
test_common (Fixture      *self,
             gconstpointer data)
{
  double low, high, other_low, other_high;

  change (self, wb_lane_view_with_scale (self->view, WB_SCALE_COMMON));
  change (self, wb_lane_view_with_selected (self->view, 0));
  fit (self);
  assert_filled (self, 1);
  get_extremes (1, &low, &high);
  get_extremes (2, &other_low, &other_high);
  assert_at (self, 2, .5 - .45 * (other_high - other_low) / (high - low), .5 + .45 * (other_high - other_low) / (high - low));
  g_assert_cmpfloat (wb_lane_view_get_channel (self->view, 3)->gain, ==, 1);
}

/* One axis for each unit: all of it fills the lanes, and one value is at one height. */
static void
test_axis (Fixture      *self,
           gconstpointer data)
{
  double low, high, lowest = INFINITY, highest = -INFINITY, height;

  change (self, wb_lane_view_with_scale (self->view, WB_SCALE_AXIS));
  fit (self);
  for (guint c = 0; c < 3; c++)
    {
      get_extremes (c, &low, &high);
      lowest = MIN (lowest, low);
      highest = MAX (highest, high);
    }
  height = (highest - lowest) / .9;
  for (guint c = 0; c < 3; c++)
    {
      g_assert_cmpfloat_with_epsilon (self->list.traces[c].low, lowest - .05 * height, .005 * height);
      g_assert_cmpfloat_with_epsilon (self->list.traces[c].high, highest + .05 * height, .005 * height);
    }
}

/* Hidden ones are neither measured nor changed, those below the lanes in sight are. */
static void
test_rows (Fixture      *self,
           gconstpointer data)
{
  change (self, wb_lane_view_with_hidden (self->view, 1, TRUE));
  change (self, wb_lane_view_with_rows (self->view, 1, 0));
  fit (self);
  g_assert_cmpuint (self->list.n_traces, ==, 1);
  g_assert_cmpfloat (wb_lane_view_get_channel (self->view, 1)->gain, ==, 1);
  g_assert_cmpfloat (wb_lane_view_get_channel (self->view, 2)->gain, >, 5);
  assert_filled (self, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/trace-fit/each", Fixture, NULL, set_up, test_each, tear_down);
  g_test_add ("/trace-fit/selected", Fixture, NULL, set_up, test_selected, tear_down);
  g_test_add ("/trace-fit/common", Fixture, NULL, set_up, test_common, tear_down);
  g_test_add ("/trace-fit/axis", Fixture, NULL, set_up, test_axis, tear_down);
  g_test_add ("/trace-fit/rows", Fixture, NULL, set_up, test_rows, tear_down);
  return g_test_run ();
}
