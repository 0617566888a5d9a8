/* bench-traces.c: what the traces cost in a real window, on 16 channels of ten million steps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-init.h"
#include "wb-traces.h"

#include <math.h>
#include <stdlib.h>

#define N_CHANNELS 16
#define RATE_HZ    1000
#define FRAMES     180
#define WIDTH      1600
#define HEIGHT     900

/* One way to move, for some frames. */
typedef struct
{
  const char *name;
  double      show; /* steps visible at first */
  double      pan;  /* of the visible span a frame */
  double      zoom; /* factor a frame */
} Phase;

static const Phase phases[] = {
  { "pan, 1,500 px for 64 steps", 64, .01, 1 },
  { "pan, half a step a pixel", 750, .01, 1 },
  { "pan, 2.5 steps a pixel", 3750, .01, 1 },
  { "pan, 20 steps a pixel", 30000, .01, 1 },
  { "pan, 60 steps a pixel", 90000, .01, 1 },
  { "pan, 700 steps a pixel", 1050000, .003, 1 },
  { "pan, 3,300 steps a pixel", 5000000, .001, 1 },
  { "zoom out, 64 steps to all", 64, 0, 1.07 },
  { "zoom in, all to 64 steps", 1e9, 0, 1 / 1.07 },
};

typedef struct
{
  GMainLoop  *loop;
  GtkWidget  *window, *traces;
  WbViewSpan *span;
  WbScene     scene;
  gsize       phase;
  guint       n_frames;
  gint64      began, frame_began;
  float       frames[FRAMES]; /* ms from before-paint to after-paint */
  double      worst_median, worst_p99, least_rate;
} Bench;

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.;
}

/* Slow waves, noise and rare spikes; own arithmetic, so that it is quick and the same everywhere. */
static SigRecording *
make_recording (gint64 n_steps)
{
  float *samples = g_new (float, n_steps * N_CHANNELS);
  guint32 state = 1;

  for (guint c = 0; c < N_CHANNELS; c++)
    for (gint64 i = 0; i < n_steps; i++)
      {
        float wave = (float) (i % (9000 + 700 * c)) / (9000 + 700 * c) - .5f;

        state = state * 1664525 + 1013904223;
        samples[c * n_steps + i] = wave * wave + (float) (state >> 8) / (1 << 26) + (state >> 12 == 0 ? 3 : 0);
      }
  return sig_recording_new_take_samples ("bench", N_CHANNELS, n_steps, RATE_HZ, NULL, NULL, samples);
}

static void
make_labels (gint64   n_steps,
             WbScene *scene)
{
  const char *const names[] = { "rest", "grasp" };
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  float *probabilities = g_new (float, n_steps * 2);

  for (gint64 i = 0; i < n_steps; i += 700)
    {
      SigSpan span = { i, MIN (i + 700, n_steps), (int) (i / 700 % 2) };

      g_array_append_val (spans, span);
    }
  scene->truth = sig_labels_new (n_steps, (const SigSpan *) (gpointer) spans->data, spans->len, names, 2);
  for (gint64 i = 0; i < n_steps; i++)
    {
      probabilities[2 * i + 1] = .5f + .45f * sinf ((float) (i % 1400) / 1400 * 2 * (float) G_PI + 2.8f);
      probabilities[2 * i] = 1 - probabilities[2 * i + 1];
    }
  scene->prediction = sig_track_new_take (0, n_steps, 2, probabilities);
}

static int
compare_floats (const void *a,
                const void *b)
{
  float first = *(const float *) a, second = *(const float *) b;

  return (first > second) - (first < second);
}

static void
report_phase (Bench *bench)
{
  double median, p99, rate = bench->n_frames * 1e6 / (g_get_monotonic_time () - bench->began);
  guint n = wb_traces_get_cost (WB_TRACES (bench->traces), &median, &p99);

  qsort (bench->frames, FRAMES, sizeof *bench->frames, compare_floats);
  g_print ("%-28s columns + paint median %5.2f ms, p99 %5.2f ms (%u redraws) | frame median %5.1f ms, p95 %5.1f ms | "
           "%4.1f frames/s\n",
           phases[bench->phase].name, median, p99, n, bench->frames[FRAMES / 2], bench->frames[FRAMES * 95 / 100],
           rate);
  bench->worst_median = MAX (bench->worst_median, median);
  bench->worst_p99 = MAX (bench->worst_p99, p99);
  bench->least_rate = MIN (bench->least_rate, rate);
}

static void
before_paint_cb (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->frame_began = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  if (bench->n_frames > 0 && bench->n_frames <= FRAMES)
    bench->frames[bench->n_frames - 1] = (g_get_monotonic_time () - bench->frame_began) / 1000.f;
}

static void start_phase (Bench *bench);

static gboolean
move_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Bench *bench = user_data;
  const Phase *phase = &phases[bench->phase];
  double start, end;

  if (bench->n_frames == FRAMES)
    {
      report_phase (bench);
      bench->phase++;
      if (bench->phase == G_N_ELEMENTS (phases))
        g_main_loop_quit (bench->loop);
      else
        start_phase (bench);
      return G_SOURCE_REMOVE;
    }
  if (bench->n_frames++ == 0)
    bench->began = g_get_monotonic_time ();
  wb_view_span_get_visible (bench->span, &start, &end);
  wb_view_span_pan (bench->span, phase->pan * (end - start));
  if (phase->zoom != 1)
    wb_view_span_zoom (bench->span, phase->zoom, 4321000);
  return G_SOURCE_CONTINUE;
}

/* A fresh widget for each phase: its costs are its own. */
static void
start_phase (Bench *bench)
{
  double n_steps = wb_view_span_get_n_steps (bench->span), show = phases[bench->phase].show;

  bench->traces = wb_traces_new (bench->span);
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->traces);
  wb_traces_set_scene (WB_TRACES (bench->traces), &bench->scene);
  wb_view_span_set_visible (bench->span, n_steps * .4, n_steps * .4 + show);
  bench->n_frames = 0;
  gtk_widget_add_tick_callback (bench->traces, move_cb, bench, NULL);
}

static void
build_scene (Bench *bench,
             gint64 n_steps)
{
  g_autoptr (SigRecording) recording = make_recording (n_steps);
  double began = now_ms ();

  bench->scene.pyramid = sig_pyramid_new (recording);
  sig_pyramid_build (bench->scene.pyramid, NULL, NULL, NULL);
  g_print ("pyramid of %u × %" G_GINT64_FORMAT " steps: %.0f ms\n", N_CHANNELS, n_steps, now_ms () - began);
  began = now_ms ();
  make_labels (n_steps, &bench->scene);
  g_print ("labels and prediction: %.0f ms\n", now_ms () - began);
}

static void
open_window (Bench *bench)
{
  GtkWidget *empty = wb_traces_new (bench->span);
  GdkFrameClock *clock;
  double began = now_ms (), median, p99;

  bench->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (bench->window), empty);
  gtk_window_present (GTK_WINDOW (bench->window));
  while (wb_traces_get_cost (WB_TRACES (empty), &median, &p99) < 1)
    g_main_context_iteration (NULL, TRUE);
  g_print ("window to first frame: %.0f ms\n", now_ms () - began);

  began = now_ms ();
  wb_traces_set_scene (WB_TRACES (empty), &bench->scene);
  while (wb_traces_get_cost (WB_TRACES (empty), &median, &p99) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_print ("scene to first trace: %.0f ms\n", now_ms () - began);

  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .least_rate = INFINITY };
  gint64 n_steps = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 10000000;

  if (n_steps < 1000 || !gtk_init_check ())
    {
      g_printerr ("bench-traces [STEPS]: needs a display and at least 1,000 steps\n");
      return 77;
    }
  wb_init ();
  build_scene (&bench, n_steps);
  bench.span = wb_view_span_new ();
  wb_view_span_set_whole (bench.span, n_steps, RATE_HZ, 10 * RATE_HZ);
  bench.loop = g_main_loop_new (NULL, FALSE);
  open_window (&bench);
  start_phase (&bench);
  g_main_loop_run (bench.loop);
  g_print ("worst: median %.2f ms, p99 %.2f ms, %.1f frames/s (%s)\n", bench.worst_median, bench.worst_p99,
           bench.least_rate, G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (bench.window))));
  return 0;
}
