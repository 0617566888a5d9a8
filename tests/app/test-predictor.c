/* test-predictor.c: parts and the whole, a flood of requests, and requests that are forgotten
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-predictor.h"

#include "t-app.h"

#define N_STEPS 6000
#define N_LONG  400000 /* takes long enough to be looked at meanwhile */

/* A predictor, a run to predict with, and what came of it. */
typedef struct
{
  AppPredictor *predictor;
  AppRun       *run;
  NnWeights    *weights;
  int           n_predicted, n_failed;
  gint64        start, n_steps;
  AppPredicted  what;
  AppScore      score;
} Bench;

static void
predicted_cb (Bench *bench, const AppPrediction *prediction)
{
  bench->n_predicted++;
  bench->start = sig_track_get_start (prediction->track);
  bench->n_steps = sig_track_get_n_steps (prediction->track);
  bench->what = prediction->what;
  bench->score = prediction->validation;
}

static void
failed_cb (Bench *bench, const GError *error)
{
  bench->n_failed++;
}

static void
bench_init (Bench *bench, gint64 n_steps)
{
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) pyramid = t_demo (n_steps, &labels);
  g_autoptr (NnDesign) design = t_design (50, 16);
  g_autoptr (NnModel) model = NULL;
  NnSettings settings = t_settings (1);
  AppCut cut = app_cut_default ();

  *bench = (Bench) { .predictor = app_predictor_new () };
  bench->run = app_run_new (design, sig_pyramid_get_recording (pyramid), labels, &settings, &cut, NULL);
  g_assert_nonnull (bench->run);
  model = nn_model_new (app_run_get_check (bench->run), NULL);
  nn_model_init (model, 1);
  bench->weights = nn_model_dup_weights (model);
  g_signal_connect_swapped (bench->predictor, "predicted", G_CALLBACK (predicted_cb), bench);
  g_signal_connect_swapped (bench->predictor, "failed", G_CALLBACK (failed_cb), bench);
}

static void
bench_clear (Bench *bench)
{
  g_assert_cmpint (bench->n_failed, ==, 0);
  g_assert_finalize_object (bench->predictor);
  t_drain ();
  app_run_unref (bench->run);
  nn_weights_unref (bench->weights);
}

static void
settle (Bench *bench)
{
  t_wait_until (!app_predictor_is_busy (bench->predictor), (void) 0);
}

static void
test_part (void)
{
  Bench bench;

  bench_init (&bench, N_STEPS);
  app_predictor_request (bench.predictor, bench.run, bench.weights, 100, 400);
  settle (&bench);
  g_assert_cmpint (bench.n_predicted, ==, 1);
  g_assert_cmpint (bench.start, ==, 100);
  g_assert_cmpint (bench.n_steps, ==, 300);
  g_assert_cmpint (bench.what, ==, APP_PREDICTED_PART);
  bench_clear (&bench);
}

static void
test_whole (void)
{
  Bench bench;

  bench_init (&bench, N_STEPS);
  app_predictor_request (bench.predictor, bench.run, bench.weights, 100, 400);
  app_predictor_request_whole (bench.predictor, bench.run, bench.weights, N_STEPS);
  settle (&bench);
  g_assert_cmpint (bench.n_predicted, ==, 1); /* the part was dropped */
  g_assert_cmpint (bench.what, ==, APP_PREDICTED_WHOLE);
  g_assert_cmpint (bench.n_steps, ==, N_STEPS);
  g_assert_cmpint (bench.score.n_steps, >, 0);
  g_assert_cmpint (bench.score.n_majority, >=, bench.score.n_steps / 2);
  g_assert_cmpint (bench.score.majority, >=, 0);
  bench_clear (&bench);
}

/* What has come of the whole so far, and a part beside it. */
static void
test_growth (void)
{
  Bench bench;
  gint64 n_so_far = 0;
  gboolean grew = FALSE;
  double progress = 0;

  bench_init (&bench, N_LONG);
  g_assert_cmpfloat (app_predictor_get_progress (bench.predictor), <, 0);
  app_predictor_set_interval (bench.predictor, 0);
  app_predictor_request_whole (bench.predictor, bench.run, bench.weights, N_LONG);
  g_assert_cmpfloat (app_predictor_get_progress (bench.predictor), >=, 0);
  while (app_predictor_is_active (bench.predictor))
    {
      double now = app_predictor_get_progress (bench.predictor);

      g_assert_cmpfloat (now, >=, progress);
      g_assert_cmpfloat (now, <=, 1);
      progress = now;
      app_predictor_poll (bench.predictor);
      if (bench.n_predicted > 0 && bench.what == APP_PREDICTED_SO_FAR)
        {
          g_assert_cmpint (bench.start, ==, 0);
          g_assert_cmpint (bench.n_steps, >=, n_so_far);
          n_so_far = bench.n_steps;
          grew = TRUE;
        }
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_true (grew);
  g_assert_cmpint (bench.what, ==, APP_PREDICTED_WHOLE);
  g_assert_cmpint (bench.n_steps, ==, N_LONG);
  g_assert_cmpfloat (app_predictor_get_progress (bench.predictor), <, 0);
  settle (&bench);
  bench_clear (&bench);
}

/* What is stopped tells what there is; it has no score. */
static void
test_stop (void)
{
  Bench bench;

  bench_init (&bench, N_LONG);
  app_predictor_request_whole (bench.predictor, bench.run, bench.weights, N_LONG);
  app_predictor_stop (bench.predictor);
  settle (&bench);
  g_assert_cmpint (bench.n_predicted, ==, 1);
  g_assert_cmpint (bench.what, ==, APP_PREDICTED_STOPPED);
  g_assert_cmpint (bench.n_steps, <, N_LONG);
  g_assert_cmpint (bench.score.n_steps, ==, 0);
  bench_clear (&bench);
}

static void
test_flood (void)
{
  Bench bench;

  g_test_summary ("Of a hundred requests the first and the last are answered, and few between them.");

  bench_init (&bench, N_STEPS);
  for (int i = 0; i < 100; i++)
    app_predictor_request (bench.predictor, bench.run, bench.weights, i, 1000 + i);
  settle (&bench);
  g_assert_cmpint (bench.n_predicted, ==, 2);
  g_assert_cmpint (bench.start, ==, 99);
  bench_clear (&bench);
}

static void
test_forget (void)
{
  Bench bench;

  bench_init (&bench, N_STEPS);
  app_predictor_request (bench.predictor, bench.run, bench.weights, 0, N_STEPS);
  app_predictor_request (bench.predictor, bench.run, bench.weights, 0, 500);
  app_predictor_forget (bench.predictor);
  g_assert_false (app_predictor_is_active (bench.predictor));
  settle (&bench);
  g_assert_cmpint (bench.n_predicted, ==, 0);

  app_predictor_request (bench.predictor, bench.run, bench.weights, 0, N_STEPS);
  bench_clear (&bench);
  g_assert_cmpint (bench.n_predicted, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/predictor/part", test_part);
  g_test_add_func ("/predictor/whole", test_whole);
  g_test_add_func ("/predictor/growth", test_growth);
  g_test_add_func ("/predictor/stop", test_stop);
  g_test_add_func ("/predictor/flood", test_flood);
  g_test_add_func ("/predictor/forget", test_forget);

  return g_test_run ();
}
