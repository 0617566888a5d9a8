/* test-run.c: from a recording to weights, scores and a prediction for every step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-run.h"

#include "sig-track-private.h"

#include <math.h>
#include <string.h>

#define N_STEPS 8000
#define LENGTH  100

/* A trained run on a short piece of the demo, made once. */
typedef struct
{
  SigRecording *recording;
  SigLabels    *labels;
  NnDesign     *design;
  NnSettings    settings;
  NnPool       *pool;
  AppRun       *run;
  NnModel      *model;
  NnTrainResult result;
  GArray       *losses;
} Bench;

static Bench bench;

static void
note_epoch (gpointer       user_data,
            const NnEpoch *epoch,
            const NnModel *model)
{
  g_array_append_val (bench.losses, epoch->train.loss);
}

static void
bench_init (void)
{
  NnTrainHooks hooks = { .on_epoch = note_epoch };
  AppCut cut = app_cut_default ();
  g_autoptr (GError) error = NULL;

  sig_synth_demo (N_STEPS, 5, &bench.recording, &bench.labels);
  bench.design = t_run_make_design (LENGTH, 16, 1);
  bench.settings = nn_settings_default ();
  bench.settings.epochs = 4;
  bench.settings.batch_size = 16;
  bench.settings.learning_rate = 0.01;
  bench.pool = nn_pool_new (2);
  bench.losses = g_array_new (FALSE, FALSE, sizeof (double));

  bench.run = app_run_new (bench.design, bench.recording, bench.labels, &bench.settings, &cut, &error);
  g_assert_no_error (error);
  g_assert_true (app_run_train (bench.run, bench.pool, &hooks, &bench.model, &bench.result, &error));
  g_assert_no_error (error);
}

static void
bench_clear (void)
{
  g_array_unref (bench.losses);
  nn_train_result_clear (&bench.result);
  nn_model_free (bench.model);
  app_run_unref (bench.run);
  nn_pool_free (bench.pool);
  nn_design_unref (bench.design);
  sig_labels_unref (bench.labels);
  sig_recording_unref (bench.recording);
}

static SigTrack *
predict (AppRun *run,
         gint64  start,
         gint64  end)
{
  g_autoptr (GError) error = NULL;
  SigTrack *track = app_run_predict (run, bench.model, start, end, bench.pool, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (track);
  return track;
}

static void
test_train (void)
{
  g_assert_cmpint (bench.result.end, ==, NN_TRAIN_FINISHED);
  g_assert_cmpuint (bench.losses->len, ==, 4);
  g_assert_cmpfloat (g_array_index (bench.losses, double, 3), <, 0.9 * g_array_index (bench.losses, double, 0));
  g_assert_cmpint (app_run_get_n_windows (bench.run, SIG_PART_TRAIN), >, 150);
  g_assert_cmpint (app_run_get_n_windows (bench.run, SIG_PART_VALIDATION), >, 10);
  g_assert_cmpint (app_run_get_n_windows (bench.run, SIG_PART_GUARD), ==, 0);
  g_assert_null (app_run_get_notes (bench.run));
}

static void
test_cover (void)
{
  g_autoptr (SigTrack) track = predict (bench.run, 0, N_STEPS);

  g_assert_cmpint (sig_track_get_n_classes (track), ==, 2);
  for (gint64 t = 0; t < N_STEPS; t++)
    {
      float p = sig_track_get_probability (track, t, 1);

      g_assert_true (p >= 0 && p <= 1);
      g_assert_cmpfloat (sig_track_get_probability (track, t, 0), ==, 1 - p);
      g_assert_cmpint (sig_track_get (track, t), ==, p > 1 - p);
    }
}

/* Each step comes from the window whose centre is nearest, computed here one window at a time. */
static void
test_nearest (void)
{
  g_autoptr (SigTrack) track = predict (bench.run, 0, N_STEPS);
  g_autoptr (SigWindows) windows = sig_windows_new_cover (bench.recording, 0, N_STEPS, LENGTH, LENGTH / 2);
  g_autoptr (SigBatch) batch = sig_batch_new (bench.recording, NULL, windows, app_run_get_norm (bench.run));
  g_autofree double *nearest = g_new (double, N_STEPS);
  g_autofree float *expected = g_new (float, N_STEPS);
  float output[LENGTH];

  for (gint64 t = 0; t < N_STEPS; t++)
    nearest[t] = G_MAXDOUBLE;
  for (gint64 i = 0; i < sig_windows_get_n (windows); i++)
    {
      gint64 start = sig_windows_get_start (windows, i);

      g_assert_true (nn_predict (bench.model, sig_batch_get_source (batch), i, 1, bench.pool, NULL, NULL, output, NULL));
      for (gint64 t = start; t < start + LENGTH; t++)
        {
          double distance = fabs (t - (start + (LENGTH - 1) / 2.0));

          if (distance < nearest[t])
            {
              nearest[t] = distance;
              expected[t] = output[t - start];
            }
        }
    }
  for (gint64 t = 0; t < N_STEPS; t++)
    g_assert_cmpfloat_with_epsilon (sig_track_get_probability (track, t, 1), expected[t], 1e-6);
}

static void
test_spans (void)
{
  g_autoptr (SigTrack) whole = predict (bench.run, 0, N_STEPS);
  const gint64 spans[][2] = { { 0, 1 }, { 0, 30 }, { 1234, 1300 }, { 3000, 7000 }, { N_STEPS - 60, N_STEPS },
                              { N_STEPS - 1, N_STEPS } };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (SigTrack) part = predict (bench.run, spans[i][0], spans[i][1]);

      g_assert_cmpint (sig_track_get_start (part), ==, spans[i][0]);
      g_assert_cmpint (sig_track_get_n_steps (part), ==, spans[i][1] - spans[i][0]);
      for (gint64 t = spans[i][0]; t < spans[i][1]; t++)
        g_assert_cmpfloat (sig_track_get_probability (part, t, 1), ==, sig_track_get_probability (whole, t, 1));
    }
}

static void
test_score (void)
{
  g_autoptr (SigTrack) track = predict (bench.run, 0, N_STEPS);
  const SigSplit *split = app_run_get_split (bench.run);
  gint64 n_steps = 0, n_right = 0, n_rest = 0;
  AppScore score;

  for (gint64 t = 0; t < N_STEPS; t++)
    if (sig_split_get_part (split, t) == SIG_PART_VALIDATION)
      {
        n_steps++;
        n_right += sig_track_get (track, t) == sig_labels_get (bench.labels, t);
        n_rest += sig_labels_get (bench.labels, t) == 0;
      }

  app_run_score (bench.run, track, SIG_PART_VALIDATION, &score);
  g_assert_cmpint (score.n_steps, ==, n_steps);
  g_assert_cmpint (score.n_right, ==, n_right);
  g_assert_cmpint (score.n_majority, ==, MAX (n_rest, n_steps - n_rest));
  g_assert_cmpint (score.majority, ==, 0);
  g_assert_cmpint (score.n_right, >, score.n_majority);
}

/* Parts that begin and end anywhere in the labels and in the split. */
static void
test_score_of_part (void)
{
  const SigSplit *split = app_run_get_split (bench.run);
  const gint64 spans[][2] = { { 0, 100 }, { 333, 5000 }, { N_STEPS / 2, N_STEPS }, { N_STEPS - 777, N_STEPS - 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (SigTrack) track = predict (bench.run, spans[i][0], spans[i][1]);
      gint64 n_steps = 0, n_right = 0;
      AppScore score;

      for (gint64 t = spans[i][0]; t < spans[i][1]; t++)
        if (sig_split_get_part (split, t) == SIG_PART_VALIDATION && sig_labels_get (bench.labels, t) >= 0)
          {
            n_steps++;
            n_right += sig_track_get (track, t) == sig_labels_get (bench.labels, t);
          }
      app_run_score (bench.run, track, SIG_PART_VALIDATION, &score);
      g_assert_cmpint (score.n_steps, ==, n_steps);
      g_assert_cmpint (score.n_right, ==, n_right);
    }
}

/* A track in a file says the same, and so do its parts while it is written. */
typedef struct
{
  SigTrackWriter *writer;
  const SigTrack *expected;
  guint           n_asked;
} Look;

static gboolean
look_cb (gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (SigTrack) so_far = sig_track_writer_dup_so_far (look->writer);

  look->n_asked++;
  for (gint64 t = 0; t < sig_track_get_n_steps (so_far); t += 7)
    g_assert_cmpint (sig_track_get (so_far, t), ==, sig_track_get (look->expected, t));
  return FALSE;
}

static void
test_in_file (void)
{
  g_autoptr (SigTrack) expected = predict (bench.run, 0, N_STEPS), found = NULL;
  g_autofree float *read = g_new (float, N_STEPS);
  g_autoptr (GError) error = NULL;
  Look look = { .writer = sig_track_writer_new_limited (0, N_STEPS, 2, 0, &error), .expected = expected };
  AppScore score, score_expected;

  g_assert_no_error (error);
  g_assert_true (app_run_predict_into (bench.run, bench.model, look.writer, bench.pool, look_cb, &look, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (look.n_asked, >, 1);
  found = sig_track_writer_finish (look.writer);
  g_assert_true (sig_labels_equal (sig_track_get_labels (found), sig_track_get_labels (expected)));
  for (int k = 0; k < 2; k++)
    {
      g_assert_true (sig_track_read (found, k, 0, N_STEPS, read, &error));
      for (gint64 t = 0; t < N_STEPS; t++)
        g_assert_cmpfloat (read[t], ==, sig_track_get_probability (expected, t, k));
    }
  app_run_score (bench.run, expected, SIG_PART_VALIDATION, &score_expected);
  app_run_score (bench.run, found, SIG_PART_VALIDATION, &score);
  g_assert_cmpmem (&score, sizeof score, &score_expected, sizeof score);
}

static void
test_majority (void)
{
  g_autoptr (SigTrack) track = predict (bench.run, 0, N_STEPS);
  const char *names[] = { "grasp", "rest" };
  gsize n_spans = 0;
  const SigSpan *spans = sig_labels_get_spans (bench.labels, &n_spans);
  g_autofree SigSpan *swapped = g_memdup2 (spans, n_spans * sizeof (SigSpan));
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (AppRun) run = NULL;
  AppCut cut = app_cut_default ();
  AppScore score;

  g_test_summary ("The commonest class is named, whatever its index; where nothing is labelled there is none.");

  for (gsize i = 0; i < n_spans; i++)
    swapped[i].klass = 1 - swapped[i].klass;
  labels = sig_labels_new (N_STEPS, swapped, n_spans, names, 2);
  run = app_run_new (bench.design, bench.recording, labels, &bench.settings, &cut, NULL);
  app_run_score (run, track, SIG_PART_VALIDATION, &score);
  g_assert_cmpint (score.majority, ==, 1);

  app_run_score (run, track, SIG_PART_GUARD, &score);
  g_assert_cmpint (score.majority, ==, score.n_steps > 0 ? 1 : SIG_UNLABELLED);
}

/* The weights go on to another recording, with the normalisation they were trained with. */
static void
test_for_prediction (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AppRun) run = app_run_new_for_prediction (bench.design, bench.recording, app_run_get_norm (bench.run), &error);
  g_autoptr (SigTrack) here = NULL;
  g_autoptr (SigTrack) there = NULL;

  g_assert_no_error (error);
  here = predict (bench.run, 100, 900);
  there = predict (run, 100, 900);
  for (gint64 t = 100; t < 900; t++)
    g_assert_cmpfloat (sig_track_get_probability (here, t, 1), ==, sig_track_get_probability (there, t, 1));
}

/* Pages do not belong together in time: alike pages get alike predictions, and no window straddles two. */
static void
test_pages (void)
{
  const gint64 page = 130, n_pages = 6;
  float *samples = g_new (float, 16 * page * n_pages);
  g_autoptr (SigRecording) plain = NULL;
  g_autoptr (SigRecording) paged = NULL;
  g_autoptr (AppRun) run = NULL;
  g_autoptr (SigTrack) track = NULL;
  g_autoptr (GError) error = NULL;

  for (int c = 0; c < 16; c++)
    for (gint64 t = 0; t < page * n_pages; t++)
      samples[c * page * n_pages + t] = sig_recording_peek_channel (bench.recording, c)[t % page];
  plain = sig_recording_new_take_samples ("pages", 16, page * n_pages, 250, NULL, NULL, samples);
  paged = sig_recording_with_page (plain, page);

  run = app_run_new_for_prediction (bench.design, paged, app_run_get_norm (bench.run), &error);
  g_assert_no_error (error);
  track = predict (run, 0, page * n_pages);
  for (gint64 t = 0; t < page * n_pages; t++)
    g_assert_cmpfloat (sig_track_get_probability (track, t, 1), ==, sig_track_get_probability (track, t % page, 1));
}

/* The same of segments; steps of the gap get no prediction, and neither do those of a segment too short for a window. */
static void
test_segments (void)
{
  const SigSegment segments[] = { { 0, 130 }, { 130, 260 }, { 300, 430 }, { 430, 500 } };
  float *samples = g_new (float, 16 * 500);
  g_autoptr (SigRecording) plain = NULL;
  g_autoptr (SigRecording) parted = NULL;
  g_autoptr (AppRun) run = NULL;
  g_autoptr (SigTrack) track = NULL;
  g_autoptr (GError) error = NULL;

  for (int c = 0; c < 16; c++)
    for (guint i = 0; i < G_N_ELEMENTS (segments); i++)
      for (gint64 t = segments[i].start; t < segments[i].end; t++)
        samples[c * 500 + t] = sig_recording_peek_channel (bench.recording, c)[t - segments[i].start];
  for (int c = 0; c < 16; c++)
    for (gint64 t = 260; t < 300; t++)
      samples[c * 500 + t] = NAN;
  plain = sig_recording_new_take_samples ("segments", 16, 500, 250, NULL, NULL, samples);
  parted = sig_recording_with_segments (plain, segments, G_N_ELEMENTS (segments));

  run = app_run_new_for_prediction (bench.design, parted, app_run_get_norm (bench.run), &error);
  g_assert_no_error (error);
  track = predict (run, 0, 500);
  for (gint64 t = 0; t < 130; t++)
    {
      g_assert_cmpfloat (sig_track_get_probability (track, 130 + t, 1), ==, sig_track_get_probability (track, t, 1));
      g_assert_cmpfloat (sig_track_get_probability (track, 300 + t, 1), ==, sig_track_get_probability (track, t, 1));
    }
  for (gint64 t = 260; t < 300; t++)
    g_assert_true (isnan (sig_track_get_probability (track, t, 1)));
  for (gint64 t = 430; t < 500; t++)
    g_assert_true (isnan (sig_track_get_probability (track, t, 1)));
}

/* Missing samples keep training from beginning, until somebody says what they are. */
static void
test_missing (void)
{
  AppCut cut = app_cut_default ();
  float *samples = g_new (float, 16 * 2000);
  gint32 *classes = g_new (gint32, 2000);
  const char *const names[] = { "a", "b" };
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (AppRun) refused = NULL;
  g_autoptr (AppRun) mean = NULL;
  g_autoptr (AppRun) without = NULL;
  g_autoptr (SigTrack) track = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 16 * 2000; i++)
    samples[i] = i % 17;
  for (int t = 0; t < 2000; t++)
    classes[t] = t / 50 % 2;
  samples[2000 + 1100] = NAN;
  samples[3 * 2000 + 1101] = INFINITY;
  recording = sig_recording_new_take_samples ("holes", 16, 2000, 250, NULL, NULL, samples);
  labels = sig_labels_new_from_steps (classes, 2000, names, 2);
  g_free (classes);

  refused = app_run_new (bench.design, recording, labels, &bench.settings, &cut, &error);
  g_assert_null (refused);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "In “holes” 2 samples are missing or not finite, the first in channel “Ch 2” at 4"));
  g_clear_error (&error);

  cut.missing = APP_MISSING_MEAN;
  mean = app_run_new (bench.design, recording, labels, &bench.settings, &cut, &error);
  g_assert_no_error (error);

  g_assert_true (app_missing_parse ("leave-out", &cut.missing));
  g_assert_cmpstr (app_missing_get_name (cut.missing), ==, "leave-out");
  g_assert_false (app_missing_parse ("guess", &cut.missing));
  without = app_run_new (bench.design, recording, labels, &bench.settings, &cut, &error);
  g_assert_no_error (error);
  g_assert_cmpint (app_run_get_n_windows (without, SIG_PART_TRAIN), <, app_run_get_n_windows (mean, SIG_PART_TRAIN));
  track = predict (without, 0, 2000);
  for (gint64 t = 0; t < 2000; t++)
    g_assert_cmpint (isnan (sig_track_get_probability (track, t, 1)), ==, t == 1100 || t == 1101);
}

static gboolean
say_yes (gpointer user_data)
{
  return TRUE;
}

static void
test_stop (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (app_run_predict (bench.run, bench.model, 0, N_STEPS, bench.pool, say_yes, NULL, &error));
  g_assert_no_error (error);
}

/* A network that gives fewer steps is held against the labels at those, trains, and predicts every step from the nearest. */
static void
test_fitted (void)
{
  NnSettings settings = bench.settings;
  AppCut cut = app_cut_default ();
  g_autoptr (NnDesign) pooled = NULL;
  g_autoptr (NnBlock) pool = nn_block_new (nn_kind_find ("MaxPooling1D"));
  g_autoptr (AppRun) refused = NULL, run = NULL, other = NULL;
  g_autoptr (NnPool) threads = nn_pool_new (1);
  g_autoptr (NnModel) model = NULL;
  g_autoptr (SigTrack) track = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_steps = sig_recording_get_n_steps (bench.recording);
  NnTrainResult result;

  settings.epochs = 1;
  pooled = nn_design_with_block (bench.design, 0, pool, NULL, NULL);
  refused = app_run_new (pooled, bench.recording, bench.labels, &settings, &cut, &error);
  g_assert_null (refused);
  g_clear_error (&error);

  settings.fit_labels = TRUE;
  run = app_run_new (pooled, bench.recording, bench.labels, &settings, &cut, &error);
  g_assert_no_error (error);
  g_assert_true (app_run_train (run, threads, NULL, &model, &result, &error));
  g_assert_cmpint (result.n_epochs, ==, 1);
  nn_train_result_clear (&result);
  track = app_run_predict (run, model, 0, n_steps, threads, NULL, NULL, &error);
  g_assert_no_error (error);

  /* The first output sees steps -6 to 9 (a kernel of 8 over pairs): its middle is step 2, and step 1 is as near as 3. */
  for (gint64 t = 1; t < LENGTH / 2; t += 2)
    g_assert_cmpfloat (sig_track_get_probability (track, t, 1), ==, sig_track_get_probability (track, t + 1, 1));

  other = app_run_new_for_prediction (pooled, bench.recording, app_run_get_norm (run), &error);
  g_assert_no_error (error);
  again = app_run_predict (other, model, 0, n_steps, threads, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gint64 t = 0; t < n_steps; t++)
    g_assert_cmpfloat (sig_track_get_probability (track, t, 1), ==, sig_track_get_probability (again, t, 1));
}

int
main (int    argc,
      char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  bench_init ();
  g_test_add_func ("/run/train", test_train);
  g_test_add_func ("/run/cover", test_cover);
  g_test_add_func ("/run/nearest", test_nearest);
  g_test_add_func ("/run/spans", test_spans);
  g_test_add_func ("/run/score", test_score);
  g_test_add_func ("/run/score-of-part", test_score_of_part);
  g_test_add_func ("/run/in-file", test_in_file);
  g_test_add_func ("/run/majority", test_majority);
  g_test_add_func ("/run/for-prediction", test_for_prediction);
  g_test_add_func ("/run/pages", test_pages);
  g_test_add_func ("/run/segments", test_segments);
  g_test_add_func ("/run/missing", test_missing);
  g_test_add_func ("/run/stop", test_stop);
  g_test_add_func ("/run/fitted", test_fitted);
  status = g_test_run ();
  bench_clear ();
  return status;
}
