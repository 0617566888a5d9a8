/* test-trainer.c: the phases of training: to the end, paused, stopped, given up, diverged, failed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-trainer.h"

#include "t-app.h"

#define STOP_MS (500 * T_SLOW) /* from the press to the end, at most */

/* A trainer and all it told. */
typedef struct
{
  AppTrainer *trainer;
  SigPyramid *pyramid;
  SigLabels  *labels;
  GString    *phases;   /* one letter each */
  int         n_prepared, n_steps, n_epochs, n_weights, n_ended;
  int         last_epoch;
} Bench;

static void
phase_cb (Bench *bench)
{
  static const char letters[] = "IPRgpSDFX";

  g_string_append_c (bench->phases, letters[app_trainer_get_phase (bench->trainer)]);
}

static void
prepared_cb (Bench *bench, AppRun *run)
{
  g_assert_true (run == app_trainer_get_run (bench->trainer));
  bench->n_prepared++;
}

static void
step_cb (Bench *bench, const NnTrainStep *step)
{
  g_assert_cmpint (step->epoch, >, 0);
  bench->n_steps++;
}

static void
epoch_cb (Bench *bench, const NnEpoch *epoch)
{
  g_assert_cmpint (epoch->epoch, ==, ++bench->last_epoch);
  bench->n_epochs++;
}

static void
weights_cb (Bench *bench, NnWeights *weights)
{
  g_assert_true (weights == app_trainer_get_weights (bench->trainer));
  bench->n_weights++;
}

static void
ended_cb (Bench *bench)
{
  g_assert_false (app_trainer_is_active (bench->trainer));
  bench->n_ended++;
}

static void
bench_init (Bench *bench)
{
  *bench = (Bench) { .phases = g_string_new (NULL) };
  bench->pyramid = t_demo (6000, &bench->labels);
  bench->trainer = app_trainer_new ();
  g_signal_connect_swapped (bench->trainer, "notify::phase", G_CALLBACK (phase_cb), bench);
  g_signal_connect_swapped (bench->trainer, "prepared", G_CALLBACK (prepared_cb), bench);
  g_signal_connect_swapped (bench->trainer, "step", G_CALLBACK (step_cb), bench);
  g_signal_connect_swapped (bench->trainer, "epoch", G_CALLBACK (epoch_cb), bench);
  g_signal_connect_swapped (bench->trainer, "weights", G_CALLBACK (weights_cb), bench);
  g_signal_connect_swapped (bench->trainer, "ended", G_CALLBACK (ended_cb), bench);
}

static void
bench_clear (Bench *bench)
{
  g_assert_finalize_object (bench->trainer);
  t_drain ();
  sig_pyramid_unref (bench->pyramid);
  sig_labels_unref (bench->labels);
  g_string_free (bench->phases, TRUE);
}

static void
start (Bench *bench, const NnDesign *design, const NnSettings *settings)
{
  AppCut cut = app_cut_default ();

  bench->last_epoch = 0;
  g_assert_true (app_trainer_start (bench->trainer, design, sig_pyramid_get_recording (bench->pyramid),
                                    bench->labels, settings, &cut, NULL));
}

static void
start_small (Bench *bench, int epochs)
{
  g_autoptr (NnDesign) design = t_design (50, 16);
  NnSettings settings = t_settings (epochs);

  start (bench, design, &settings);
}

#define wait_until(bench, condition) t_wait_until (condition, app_trainer_poll ((bench)->trainer))

/* Microseconds of processor time that the workers of all pools have used. */
static gint64
get_workers_us (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  gint64 sum = 0;
  const char *id;

  while ((id = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *name_path = g_build_filename ("/proc/self/task", id, "comm", NULL);
      g_autofree char *time_path = g_build_filename ("/proc/self/task", id, "schedstat", NULL);
      g_autofree char *name = NULL, *time = NULL;

      if (g_file_get_contents (name_path, &name, NULL, NULL) && g_str_has_prefix (name, "nn-")
          && g_file_get_contents (time_path, &time, NULL, NULL))
        sum += g_ascii_strtoll (time, NULL, 10) / 1000;
    }

  return sum;
}

static void
wait_for_steps (Bench *bench, int n)
{
  int until = bench->n_steps + n;

  wait_until (bench, bench->n_steps >= until);
}

/* While somebody uses the window the last of the threads rests, and the training goes on. */
static void
test_hold_back (void)
{
  g_autoptr (NnDesign) design = t_design (50, 16);
  NnSettings settings = t_settings (100000);
  gint64 used_us;
  Bench bench;

  if (!g_file_test ("/proc/self/schedstat", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("this kernel does not say how long a thread ran");
      return;
    }

  settings.threads = 2;
  bench_init (&bench);
  start (&bench, design, &settings);
  used_us = get_workers_us ();
  wait_until (&bench, get_workers_us () > used_us);

  app_trainer_hold_back (bench.trainer);
  wait_for_steps (&bench, 2);
  used_us = get_workers_us ();
  for (int i = 0; i < 10; i++)
    {
      app_trainer_hold_back (bench.trainer);
      wait_for_steps (&bench, 1);
    }
  g_assert_cmpint (get_workers_us () - used_us, <, 1000);

  wait_until (&bench, get_workers_us () > used_us + 1000);
  app_trainer_stop (bench.trainer);
  wait_until (&bench, bench.n_ended == 1);
  bench_clear (&bench);
}

static void
test_end (void)
{
  Bench bench;

  bench_init (&bench);
  start_small (&bench, 3);
  g_assert_cmpint (app_trainer_get_phase (bench.trainer), ==, APP_PHASE_PREPARING);
  wait_until (&bench, bench.n_ended == 1);

  g_assert_cmpstr (bench.phases->str, ==, "PRD");
  g_assert_cmpint (bench.n_prepared, ==, 1);
  g_assert_cmpint (bench.n_epochs, ==, 3);
  g_assert_cmpint (bench.n_steps, >, 0);
  g_assert_cmpint (app_trainer_get_result (bench.trainer)->n_epochs, ==, 3);
  g_assert_cmpint (app_trainer_get_result (bench.trainer)->best_epoch, >, 0);
  g_assert_nonnull (app_trainer_get_weights (bench.trainer));
  g_assert_false (app_trainer_is_busy (bench.trainer));

  /* Again, on the same trainer. */
  g_string_truncate (bench.phases, 0);
  start_small (&bench, 2);
  wait_until (&bench, bench.n_ended == 2);
  g_assert_cmpstr (bench.phases->str, ==, "PRD");
  g_assert_cmpint (app_trainer_get_result (bench.trainer)->n_epochs, ==, 2);
  bench_clear (&bench);
}

static void
test_pause (void)
{
  Bench bench;
  int n;

  bench_init (&bench);
  start_small (&bench, 100000);
  app_trainer_pause (bench.trainer); /* not yet: ignored */
  wait_until (&bench, bench.n_epochs > 0);

  app_trainer_pause (bench.trainer);
  wait_until (&bench, app_trainer_get_phase (bench.trainer) == APP_PHASE_PAUSED);
  app_trainer_poll (bench.trainer);
  n = bench.n_steps;
  for (int i = 0; i < 200; i++)
    {
      app_trainer_poll (bench.trainer);
      g_thread_yield ();
    }
  g_assert_cmpint (bench.n_steps, ==, n);

  app_trainer_resume (bench.trainer);
  wait_until (&bench, bench.n_steps > n);
  app_trainer_pause (bench.trainer);
  app_trainer_resume (bench.trainer); /* before it was reached */
  n = bench.n_steps;
  wait_until (&bench, bench.n_steps > n);
  g_assert_cmpstr (bench.phases->str, ==, "PRgpRgR");
  bench_clear (&bench);
}

/* Stops and waits; the milliseconds it took. */
static double
stop (Bench *bench)
{
  gint64 start_us = g_get_monotonic_time ();
  int n = bench->n_ended;

  app_trainer_stop (bench->trainer);
  wait_until (bench, bench->n_ended == n + 1);

  return (g_get_monotonic_time () - start_us) / 1000.0;
}

static void
test_stop (void)
{
  Bench bench;

  g_test_summary ("Stop ends within half a second with the best weights kept, from running, pausing and paused.");

  bench_init (&bench);
  start_small (&bench, 100000);
  wait_until (&bench, bench.n_epochs > 1);
  g_assert_cmpfloat (stop (&bench), <=, STOP_MS);
  g_assert_cmpstr (bench.phases->str, ==, "PRSD");
  g_assert_cmpint (app_trainer_get_result (bench.trainer)->end, ==, NN_TRAIN_STOPPED);
  g_assert_cmpint (app_trainer_get_result (bench.trainer)->best_epoch, >, 0);
  g_assert_nonnull (app_trainer_get_weights (bench.trainer));

  start_small (&bench, 100000);
  wait_until (&bench, app_trainer_get_phase (bench.trainer) == APP_PHASE_RUNNING);
  app_trainer_pause (bench.trainer);
  wait_until (&bench, app_trainer_get_phase (bench.trainer) == APP_PHASE_PAUSED);
  g_assert_cmpfloat (stop (&bench), <=, STOP_MS);

  start_small (&bench, 100000); /* while it is prepared */
  g_assert_cmpfloat (stop (&bench), <=, STOP_MS);
  bench_clear (&bench);
}

static void
test_abandon (void)
{
  Bench bench;
  int n;

  g_test_summary ("What is given up is never heard of again, and does not hold up the next run.");

  bench_init (&bench);
  start_small (&bench, 100000);
  wait_until (&bench, bench.n_epochs > 0);
  app_trainer_abandon (bench.trainer);
  g_assert_cmpint (app_trainer_get_phase (bench.trainer), ==, APP_PHASE_IDLE);
  g_assert_null (app_trainer_get_run (bench.trainer));
  g_assert_null (app_trainer_get_weights (bench.trainer));
  n = bench.n_epochs;

  start_small (&bench, 1);
  wait_until (&bench, bench.n_ended == 1);
  g_assert_cmpint (bench.n_epochs, ==, n + 1);
  wait_until (&bench, !app_trainer_is_busy (bench.trainer));
  g_assert_cmpint (bench.n_ended, ==, 1);
  bench_clear (&bench);
}

static void
test_dispose (void)
{
  Bench bench;

  g_test_summary ("A trainer that goes while it trains, or is paused, takes its thread with it.");

  bench_init (&bench);
  start_small (&bench, 100000);
  wait_until (&bench, bench.n_epochs > 0);
  bench_clear (&bench);
  g_assert_cmpint (bench.n_ended, ==, 0);

  bench_init (&bench);
  start_small (&bench, 100000);
  wait_until (&bench, app_trainer_get_phase (bench.trainer) == APP_PHASE_RUNNING);
  app_trainer_pause (bench.trainer);
  bench_clear (&bench);
}

/* 16 channels that are quiet in the training part; the last steps of each fifth, which are held back, hold
 * samples so large that no finite loss comes of them. */
static SigPyramid *
loud (gint64 n_steps)
{
  float *samples = g_new0 (float, 16 * n_steps);
  g_autoptr (SigRecording) recording = NULL;

  for (gint64 i = 0; i < 16 * n_steps; i++)
    if (i % (n_steps / 5) >= n_steps / 5 - 100)
      samples[i] = i % 2 == 0 ? G_MAXFLOAT : -G_MAXFLOAT;
  recording = sig_recording_new_take_samples ("Loud", 16, n_steps, 1, NULL, NULL, samples);

  return sig_pyramid_new (recording);
}

static void
test_diverge (void)
{
  Bench bench;
  const float *params;

  g_test_summary ("A loss that is not finite: training ends, the reason is told and the weights kept are finite.");

  bench_init (&bench);
  sig_pyramid_unref (bench.pyramid);
  bench.pyramid = loud (6000);
  start_small (&bench, 3);
  wait_until (&bench, bench.n_ended == 1);

  g_assert_cmpint (app_trainer_get_phase (bench.trainer), ==, APP_PHASE_DIVERGED);
  g_assert_nonnull (app_trainer_get_reason (bench.trainer));
  params = nn_weights_get_params (app_trainer_get_weights (bench.trainer));
  for (gint64 i = 0; i < nn_weights_get_n_params (app_trainer_get_weights (bench.trainer)); i++)
    g_assert_true (params[i] - params[i] == 0); /* neither NaN nor infinite */
  bench_clear (&bench);
}

static void
test_fail (void)
{
  Bench bench;
  g_autoptr (NnDesign) design = t_design (50, 3);
  NnSettings settings = t_settings (1);

  bench_init (&bench);
  start (&bench, design, &settings);
  wait_until (&bench, bench.n_ended == 1);
  g_assert_cmpstr (bench.phases->str, ==, "PF");
  g_assert_nonnull (app_trainer_get_reason (bench.trainer));
  g_assert_null (app_trainer_get_weights (bench.trainer));
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trainer/hold-back", test_hold_back);
  g_test_add_func ("/trainer/end", test_end);
  g_test_add_func ("/trainer/pause", test_pause);
  g_test_add_func ("/trainer/stop", test_stop);
  g_test_add_func ("/trainer/abandon", test_abandon);
  g_test_add_func ("/trainer/dispose", test_dispose);
  g_test_add_func ("/trainer/diverge", test_diverge);
  g_test_add_func ("/trainer/fail", test_fail);

  return g_test_run ();
}
