/* test-window-predict.c: a long recording in the real window: read before training, its prediction shown as it grows, and stopped
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "sig-track-private.h"
#include "t-app.h"
#include "t-window.h"

#include <stdatomic.h>
#include <string.h>

#define N_STEPS  500000
#define N_SPANS  14
#define LENGTH   100
#define CLOSE_MS (500 * T_SLOW)

static const SigTrack *
get_prediction (AppWindow *window)
{
  return app_document_get_prediction (app_window_get_document (window));
}

/* An LSTM that takes seconds for all of it. */
static NnDesign *
make_slow_design (void)
{
  NnShape input = nn_shape_2 (LENGTH, 2);
  g_autoptr (NnDesign) design = nn_template_build (nn_template_find ("R1"), &input, 0);
  g_autoptr (NnBlock) large = nn_block_with_whole (nn_design_get_block (design, 1), "units", 128);

  return nn_design_with_replaced (design, 1, large);
}

/* Two channels, in memory. */
static SigRecording *
make_long (void)
{
  float *samples = g_new (float, 2 * N_STEPS);

  for (gint64 i = 0; i < N_STEPS; i++)
    {
      samples[i] = (float) (i * 7919 % 1000) / 1000 + (i / 1000 % 2 ? 3.f : 0.f);
      samples[N_STEPS + i] = (float) (i * 104729 % 1000) / 1000;
    }
  return sig_recording_new_take_samples ("long", 2, N_STEPS, 250, NULL, NULL, samples);
}

static atomic_bool is_held;

/* From memory, as if from a file whose second half is not to be had for a while. */
static gboolean
read_held (gpointer source, guint channel, gint64 start, gint64 n, float *out, GError **error)
{
  while (atomic_load (&is_held) && start >= N_STEPS / 2)
    g_usleep (200);

  return sig_recording_read (source, channel, start, n, out, error);
}

/* A long recording, labelled for a small part of it, so that training is short and predicting is not. Takes both. */
static AppWindow *
open_recording (SigRecording *taken_recording, NnDesign *taken_design)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  const char *const names[] = { "rest", "burst" };
  g_autofree SigSpan *spans = g_new (SigSpan, N_SPANS);
  g_autoptr (SigRecording) recording = taken_recording;
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (recording);
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (NnDesign) design = taken_design;
  NnSettings settings = t_settings (1);

  for (int i = 0; i < N_SPANS; i++)
    spans[i] = (SigSpan) { i * 1000, (i + 1) * 1000, i % 2 };
  labels = sig_labels_new (N_STEPS, spans, N_SPANS, names, 2);
  app_document_set_recording (document, pyramid, labels);
  app_document_edit (document, design, "Design");
  app_document_set_settings (document, &settings);
  t_drain ();

  return window;
}

static AppWindow *
open_long (NnDesign *taken)
{
  return open_recording (make_long (), taken);
}

static void
train (AppWindow *window)
{
  app_predictor_set_interval (window->predictor, 0);
  t_window_press (window, "win.train");
  t_wait_until (app_trainer_get_phase (window->trainer) == APP_PHASE_DONE, (void) 0);
}

static gboolean
says (AppWindow *window, const char *what)
{
  return strstr (app_window_get_outcome (window), what) != NULL;
}

/* Whether the prediction that is shown has all that is seen. */
static gboolean
shows_visible (AppWindow *window)
{
  const SigTrack *track = get_prediction (window);
  double start, end;

  wb_view_span_get_visible (window->span, &start, &end);

  return track != NULL && (double) sig_track_get_start (track) <= start
         && (double) (sig_track_get_start (track) + sig_track_get_n_steps (track)) >= end;
}

static void
look_at (AppWindow *window, double start)
{
  double from, to;

  wb_view_span_get_visible (window->span, &from, &to);
  wb_view_span_pan (window->span, start - from);
}

/* The probability under the pointer, once it is at hand. */
static float
read_out (AppWindow *window, gint64 step)
{
  wb_view_span_set_cursor (window->span, (double) step);
  t_wait_until (!isnan (sig_track_get_probability (get_prediction (window), step, 1)), (void) 0);

  return sig_track_get_probability (get_prediction (window), step, 1);
}

static void
test_read (void)
{
  g_autoptr (SigRecording) memory = make_long ();
  AppWindow *window = open_recording (sig_recording_like_from_source (memory, NULL, 2, read_held, memory, NULL),
                                      make_slow_design ());

  g_test_summary ("Before training a file is read: how far that is is told, once it takes long.");

  t_wait_until (!app_window_is_busy (window), (void) 0);
  atomic_store (&is_held, TRUE);
  t_window_press (window, "win.train");
  t_wait_until (app_trainer_get_preparing (window->trainer) > 0, (void) 0);
  g_assert_false (says (window, "Normalising the recording: "));
  t_wait_until (says (window, "Normalising the recording: 5"), (void) 0);
  g_assert_cmpfloat (app_trainer_get_preparing (window->trainer), >, .49);
  g_assert_cmpfloat (app_trainer_get_preparing (window->trainer), <, .60);
  atomic_store (&is_held, FALSE);
  t_wait_until (app_trainer_get_phase (window->trainer) == APP_PHASE_DONE, (void) 0);
  g_assert_false (says (window, "Normalising"));
  t_window_close (window);
}

static void
test_grows (void)
{
  AppWindow *window = open_long (make_slow_design ());
  float at_first, at_last;

  g_test_summary ("What one looks at is predicted before its turn; at the end all is there, in a file, and can be read out.");

  train (window);
  look_at (window, N_STEPS - 5000);
  t_wait_until (shows_visible (window), (void) 0);
  g_assert_cmpint (sig_track_get_start (get_prediction (window)), >, 0);
  at_first = read_out (window, N_STEPS - 3000);
  look_at (window, 0);
  t_wait_until (shows_visible (window), (void) 0);
  g_assert_cmpint (sig_track_get_start (get_prediction (window)), ==, 0);

  t_wait_until (!app_window_is_busy (window), (void) 0);
  g_assert_cmpint (sig_track_get_n_steps (get_prediction (window)), ==, N_STEPS);
  g_assert_true (says (window, "Held-back part: "));
  g_assert_null (sig_recording_peek_channel (sig_pyramid_get_recording (sig_track_get_pyramid (get_prediction (window))), 0));

  look_at (window, N_STEPS - 5000);
  at_last = read_out (window, N_STEPS - 3000);
  g_assert_cmpfloat (at_first, ==, at_last);
  t_window_close (window);
}

static void
test_stop (void)
{
  AppWindow *window = open_long (make_slow_design ());

  g_test_summary ("Predicting is told in words, and can be stopped; what one then looks at is predicted.");

  train (window);
  t_wait_until (says (window, "Predicting the recording: ") && window->so_far != NULL, (void) 0);
  g_assert_cmpint (wb_run_bar_get_state (window->run_bar), ==, WB_RUN_PREDICTING);
  t_window_press (window, "win.stop");
  t_wait_until (!app_window_is_busy (window), (void) 0);
  t_wait_until (wb_run_bar_get_state (window->run_bar) == WB_RUN_IDLE, (void) 0);
  g_assert_true (says (window, "Predicting was stopped at "));
  g_assert_cmpint (sig_track_get_n_steps (get_prediction (window)), <, N_STEPS);
  g_assert_cmpint (sig_track_get_n_steps (get_prediction (window)), >, 0);

  look_at (window, N_STEPS - 5000);
  t_wait_until (shows_visible (window), (void) 0);
  t_window_close (window);
}

static void
test_leave (void)
{
  g_test_summary ("Closing, training again and another recording end it at once.");

  for (int i = 0; i < 3; i++)
    {
      AppWindow *window = open_long (make_slow_design ());

      train (window);
      t_wait_until (window->so_far != NULL && get_prediction (window) == window->so_far, (void) 0);
      g_assert_cmpfloat (app_predictor_get_progress (window->predictor), >=, 0);
      if (i == 1)
        {
          t_window_press (window, "win.train");
          g_assert_cmpfloat (app_predictor_get_progress (window->predictor), <, 0);
        }
      if (i == 2)
        {
          app_window_open_demo (window);
          t_wait_until (!app_window_is_busy (window), (void) 0);
          g_assert_null (get_prediction (window));
        }
      g_assert_cmpfloat (t_window_close (window), <=, CLOSE_MS);
    }
}

int
main (int argc, char **argv)
{
  if (!t_window_init (&argc, &argv))
    return 0;
  sig_track_writer_set_most_bytes (0);
  g_test_add_func ("/window-predict/read", test_read);
  g_test_add_func ("/window-predict/grows", test_grows);
  g_test_add_func ("/window-predict/stop", test_stop);
  g_test_add_func ("/window-predict/leave", test_leave);

  return t_window_run ();
}
