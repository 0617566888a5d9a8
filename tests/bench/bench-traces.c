/* bench-traces.c: what the traces cost in a real window, of a long recording in memory and of one in its file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bench-floor.h"
#include "bench-signal.h"
#include "sig-reader.h"
#include "wb-init.h"
#include "wb-traces.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH    1600
#define HEIGHT   900
#define START    .3     /* of the recording: where every phase begins */
#define PLOT     1480   /* columns of the traces in that width, about */
#define BUILD_US 100000 /* built before the traces are shown, as the loader does */

/* One way to move, for some frames. */
typedef struct
{
  const char *name;
  double      show; /* steps visible at first */
  double      pan;  /* of the visible span a frame */
  double      zoom; /* factor a frame */
} Phase;

/* A jump shows nothing in each frame that the frame before it showed. */
static const Phase phases[] = {
  { "pan, 0.04 steps a pixel", 64, .01, 1 },
  { "pan, 0.2 steps a pixel", 300, .01, 1 },
  { "pan, half a step a pixel", 750, .01, 1 },
  { "pan, 2.5 steps a pixel", 3750, .01, 1 },
  { "jump, 2.5 steps a pixel", 3750, 1, 1 },
  { "pan, 20 steps a pixel", 30000, .01, 1 },
  { "jump, 25 steps a pixel", 37500, 1, 1 },
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
  BenchFrames frames;
  BenchFloor  floor;
  double      worst_median, worst_p99, least_rate;
  gboolean    fetching;       /* on a thread, as the program does */
  const char *only;           /* (nullable): what the names of the phases that are run hold */
} Bench;

/* A recording on its way from the opening thread to the window. */
typedef struct
{
  const char   *path;      /* NULL: `recording` is there at first, in memory */
  SigRecording *recording;
  SigPyramid   *pyramid;
  GMainLoop    *loop;      /* left when there is something to show, or an error */
  gint64        build_until;
  GError       *error;
} Opening;

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.;
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
      probabilities[n_steps + i] = .5f + .45f * sinf ((float) (i % 1400) / 1400 * 2 * (float) G_PI + 2.8f);
      probabilities[i] = 1 - probabilities[n_steps + i];
    }
  scene->prediction = sig_track_new_take (0, n_steps, 2, probabilities);
}

/* What the columns of a whole frame cost where none are kept. */
static double
measure_columns (Bench *bench)
{
  g_autofree SigColumn *columns = g_new (SigColumn, PLOT);
  float costs[BENCH_FRAMES];
  double start, end;

  wb_view_span_get_visible (bench->span, &start, &end);
  for (int i = 0; i < BENCH_FRAMES; i++)
    {
      double began = bench_thread_ms (), width = (end - start) / PLOT;

      for (guint k = 0; k < sig_recording_get_n_channels (sig_pyramid_get_recording (bench->scene.pyramid)); k++)
        sig_pyramid_get_grid_columns (bench->scene.pyramid, k, 0, width, (gint64) (start / width) - i * 7, PLOT, columns);
      costs[i] = (float) (bench_thread_ms () - began);
    }
  return bench_quantile (costs, 50);
}

static void
report_phase (Bench *bench)
{
  double median, p99;
  guint n = wb_traces_get_cost (WB_TRACES (bench->traces), &median, &p99);
  BenchRate rate;

  g_print ("%-26s all columns %4.2f ms | columns + paint median %4.2f ms, p99 %4.2f ms (%u redraws) | ",
           phases[bench->phase].name, measure_columns (bench), median, p99, n);
  rate = bench_frames_report (&bench->frames);
  bench->least_rate = MIN (bench->least_rate, rate.rate);
  bench->worst_median = MAX (bench->worst_median, median);
  bench->worst_p99 = MAX (bench->worst_p99, p99);
}

static void
report_load (void)
{
  double load = 0;

  getloadavg (&load, 1);
  g_print ("load of the machine: %.1f on %u processors\n", load, g_get_num_processors ());
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

  if (!bench_frames_next (&bench->frames))
    {
      report_phase (bench);
      bench->phase++;
      start_phase (bench);
      return G_SOURCE_REMOVE;
    }
  wb_view_span_get_visible (bench->span, &start, &end);
  wb_view_span_pan (bench->span, phase->pan * (end - start));
  if (phase->zoom != 1)
    wb_view_span_zoom (bench->span, phase->zoom, 4321000);
  return G_SOURCE_CONTINUE;
}

/* What is seen, and as much on either side. */
typedef struct
{
  Bench      *bench;
  SigPyramid *pyramid;
  WbGrid      grid;
  double      n_columns;
} Fetch;

static gboolean
fetched_cb (gpointer data)
{
  Fetch *fetch = data;

  fetch->bench->fetching = FALSE;
  wb_traces_refine (WB_TRACES (fetch->bench->traces));
  sig_pyramid_unref (fetch->pyramid);
  g_free (fetch);
  return G_SOURCE_REMOVE;
}

static gpointer
fetch_run (gpointer data)
{
  Fetch *fetch = data;
  double width = fetch->grid.width, length = width * fetch->n_columns, start = width * (double) fetch->grid.first;

  sig_pyramid_fetch (fetch->pyramid, SIG_PLACE_VIEW, start - length, start + 2 * length, width, NULL, NULL, NULL);
  g_idle_add (fetched_cb, fetch);
  return NULL;
}

static void
rough_cb (WbTraces *traces,
          Bench    *bench)
{
  Fetch *fetch;

  if (bench->fetching)
    return;
  bench->fetching = TRUE;
  fetch = g_new0 (Fetch, 1);
  fetch->bench = bench;
  fetch->pyramid = sig_pyramid_ref (bench->scene.pyramid);
  fetch->n_columns = wb_traces_get_grid (traces, &fetch->grid);
  g_thread_unref (g_thread_new ("fetch", fetch_run, fetch));
}

/* The next one that was asked for, or the end; a fresh widget for each: its costs are its own. */
static void
start_phase (Bench *bench)
{
  double n_steps = wb_view_span_get_n_steps (bench->span), show;

  while (bench->phase < G_N_ELEMENTS (phases) && bench->only != NULL && strstr (phases[bench->phase].name, bench->only) == NULL)
    bench->phase++;
  if (bench->phase == G_N_ELEMENTS (phases))
    {
      g_main_loop_quit (bench->loop);
      return;
    }
  show = phases[bench->phase].show;
  bench->traces = wb_traces_new (bench->span);
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->traces);
  g_signal_connect (bench->traces, "rough", G_CALLBACK (rough_cb), bench);
  wb_traces_set_scene (WB_TRACES (bench->traces), &bench->scene);
  wb_view_span_set_visible (bench->span, n_steps * START, n_steps * START + show);
  bench_frames_start (&bench->frames);
  gtk_widget_add_tick_callback (bench->traces, move_cb, bench, NULL);
}

static gboolean
is_late (gpointer user_data)
{
  return g_get_monotonic_time () > ((Opening *) user_data)->build_until;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Opens and builds as the program does: shows what there is after a moment, and goes on. */
static gpointer
open_run (gpointer data)
{
  Opening *opening = data;
  g_auto (SigContent) content = { 0 };

  if (opening->path != NULL && sig_reader_open (opening->path, NULL, &content, &opening->error))
    opening->recording = g_steal_pointer (&content.recording);
  if (opening->recording != NULL)
    {
      opening->pyramid = sig_pyramid_new (opening->recording);
      opening->build_until = g_get_monotonic_time () + BUILD_US;
      sig_pyramid_build (opening->pyramid, is_late, opening, NULL);
    }
  g_idle_add (quit_cb, opening->loop);
  if (opening->pyramid != NULL)
    sig_pyramid_build (opening->pyramid, NULL, NULL, NULL);
  return NULL;
}

static void
show_empty (Bench *bench)
{
  double began = now_ms (), median, p99;

  bench->traces = wb_traces_new (bench->span);
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->traces);
  gtk_window_present (GTK_WINDOW (bench->window));
  while (wb_traces_get_cost (WB_TRACES (bench->traces), &median, &p99) < 1)
    g_main_context_iteration (NULL, TRUE);
  g_print ("window to first frame: %.0f ms\n", now_ms () - began);
}

static void
show_traces (Bench *bench,
             double began)
{
  const SigRecording *recording = sig_pyramid_get_recording (bench->scene.pyramid);
  gint64 n_steps = sig_recording_get_n_steps (recording);
  double median, p99;
  guint n_before = wb_traces_get_cost (WB_TRACES (bench->traces), &median, &p99);

  wb_view_span_set_whole (bench->span, n_steps, sig_recording_get_rate_hz (recording), 10 * BENCH_RATE_HZ);
  wb_traces_set_scene (WB_TRACES (bench->traces), &bench->scene);
  while (wb_traces_get_cost (WB_TRACES (bench->traces), &median, &p99) <= n_before)
    g_main_context_iteration (NULL, TRUE);
  g_print ("opening to first trace: %.0f ms, of %u channels of %" G_GINT64_FORMAT " steps %s\n", now_ms () - began,
           sig_recording_get_n_channels (recording), n_steps,
           sig_recording_peek_channel (recording, 0) != NULL ? "in memory" : "in their file");
}

static gboolean
run_phases (Bench        *bench,
            const char   *path,
            SigRecording *recording)
{
  Opening opening = { .path = path, .recording = recording, .loop = bench->loop };
  double began = now_ms ();
  GThread *thread = g_thread_new ("open", open_run, &opening);

  g_main_loop_run (bench->loop);
  if (opening.pyramid != NULL)
    {
      bench->scene.pyramid = opening.pyramid;
      show_traces (bench, began);
    }
  g_thread_join (thread);
  if (opening.pyramid == NULL)
    {
      g_printerr ("%s\n", opening.error->message);
      g_clear_error (&opening.error);
      return FALSE;
    }
  g_print ("opening to whole pyramid: %.0f ms\n", now_ms () - began);

  make_labels (sig_recording_get_n_steps (opening.recording), &bench->scene);
  bench->phase = 0;
  start_phase (bench);
  g_main_loop_run (bench->loop);
  while (bench->fetching)
    g_main_context_iteration (NULL, TRUE);

  g_clear_pointer (&bench->scene.pyramid, sig_pyramid_unref);
  sig_labels_unref ((SigLabels *) bench->scene.truth);
  sig_track_unref ((SigTrack *) bench->scene.prediction);
  bench->scene = (WbScene){ 0 };
  wb_traces_set_scene (WB_TRACES (bench->traces), &bench->scene);
  sig_recording_unref (opening.recording);
  return TRUE;
}

static void
open_window (Bench *bench)
{
  bench->loop = g_main_loop_new (NULL, FALSE);
  bench->span = wb_view_span_new ();
  bench->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench->window), WIDTH, HEIGHT);
  show_empty (bench);
  bench_frames_watch (&bench->frames, bench->window);
}

/* The phases on a WAV of the bench's own, which is gone afterwards. */
static gboolean
run_file_phases (Bench *bench,
                 gint64 n_steps)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-traces-XXXXXX", NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "bench.wav", NULL) : NULL;
  gboolean fine = path != NULL && bench_signal_write (path, n_steps) && run_phases (bench, path, NULL);

  if (path != NULL)
    {
      g_unlink (path);
      g_rmdir (folder);
    }
  return fine;
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .least_rate = INFINITY };
  g_autofree char *wav = NULL, *only = NULL;
  gint64 n_steps = 10000000;
  const GOptionEntry entries[]
      = { { "wav", 0, 0, G_OPTION_ARG_FILENAME, &wav, "Look at a recording instead of the bench's own signal", "FILE" },
          { "steps", 0, 0, G_OPTION_ARG_INT64, &n_steps, "Length of the bench's own signal", "N" },
          { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Only the phases whose names hold this", "TEXT" },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new ("- what the traces cost in a real window");
  gboolean fine;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || n_steps < 1000 || !gtk_init_check ())
    {
      g_printerr ("bench-traces needs a display and at least 1,000 steps; --help tells its options\n");
      return 77;
    }
  bench.only = only;
  wb_init ();
  report_load ();
  open_window (&bench);
  bench.floor = bench_floor_run (GTK_WINDOW (bench.window), &bench.frames, WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (bench.window), bench.traces = wb_traces_new (bench.span));
  fine = wav != NULL ? run_phases (&bench, wav, NULL)
                     : run_phases (&bench, NULL, bench_signal_new (n_steps)) && run_file_phases (&bench, n_steps);
  report_load ();
  g_print ("worst: columns + paint median %.2f ms, p99 %.2f ms, %.1f frames/s; the floor is %.1f frames/s of a colour, "
           "%.1f of a picture (%s)\n",
           bench.worst_median, bench.worst_p99, bench.least_rate, bench.floor.color.rate, bench.floor.picture.rate,
           G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (bench.window))));
  return fine ? 0 : 1;
}
