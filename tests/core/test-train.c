/* test-train.c: training learns, stops, diverges with a reason, keeps the best weights, and gives the same bits on any threads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-error.h"
#include "nn-k.h"
#include "nn-pool.h"
#include "nn-train.h"

#include <math.h>

/* What the hooks saw. */
typedef struct
{
  int     n_steps, n_epochs, n_asked;
  int     stop_after; /* questions; 0: never */
  NnEpoch epochs[200];
} Seen;

static void
on_step (gpointer user_data, const NnTrainStep *step)
{
  Seen *seen = user_data;

  g_assert_cmpint (step->batch, >=, 1);
  g_assert_cmpint (step->batch, <=, step->n_batches);
  g_assert_cmpint (step->epoch, ==, seen->n_epochs + 1);
  seen->n_steps++;
}

static void
on_epoch (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  Seen *seen = user_data;

  g_assert_nonnull (model);
  g_assert_cmpint (epoch->epoch, ==, seen->n_epochs + 1);
  seen->epochs[seen->n_epochs++] = *epoch;
}

static gboolean
should_stop (gpointer user_data)
{
  Seen *seen = user_data;

  return ++seen->n_asked == seen->stop_after;
}

static NnTrainResult
train (NnModel *model, const TWindows *windows, const TWindows *validation, const NnSettings *settings, guint threads,
       Seen *seen)
{
  g_autoptr (NnPool) pool = nn_pool_new (threads);
  g_autoptr (GError) error = NULL;
  NnTrainHooks hooks = { on_step, on_epoch, should_stop, seen };
  NnTrainResult result;

  g_assert_true (nn_train (model, &windows->source, validation != NULL ? &validation->source : NULL, settings, pool,
                           seen != NULL ? &hooks : NULL, &result, &error));
  g_assert_no_error (error);
  return result;
}

/* Class 1 where just one of two channels is positive: no single unit can tell. */
static void
set_xor (TWindows *windows)
{
  for (gint64 i = 0; i < windows->source.n_windows * windows->source.n_steps; i++)
    windows->y[i] = (windows->x[2 * i] > 0.0f) != (windows->x[2 * i + 1] > 0.0f);
}

static void
test_learns (void)
{
  for (NnOptimizerKind kind = NN_OPTIMIZER_ADAM; kind <= NN_OPTIMIZER_SGD; kind++)
    {
      g_autoptr (NnModel) model = t_model_new (20, 2, 2, "Dense units=12 activation=tanh; Dense units=1 activation=sigmoid", 3);
      g_autoptr (TWindows) windows = t_windows_new (40, 20, 2, 2, 0, 4), validation = t_windows_new (10, 20, 2, 2, 0, 5);
      NnSettings settings = nn_settings_default ();
      Seen seen = { 0 };
      NnTrainResult result;

      set_xor (windows);
      set_xor (validation);
      settings.optimizer = kind;
      settings.learning_rate = kind == NN_OPTIMIZER_ADAM ? 0.02 : 0.5;
      settings.epochs = 80;
      settings.batch_size = 9;
      result = train (model, windows, validation, &settings, 2, &seen);
      g_assert_cmpint (result.end, ==, NN_TRAIN_FINISHED);
      g_assert_null (result.reason);
      g_assert_cmpint (result.n_epochs, ==, 80);
      g_assert_cmpint (seen.n_epochs, ==, 80);
      g_assert_cmpint (seen.n_steps, ==, 80 * 5);
      g_assert_cmpfloat (seen.epochs[0].train.loss, >, 0.5);
      g_assert_cmpfloat (result.best.accuracy, >, 0.95);
      nn_train_result_clear (&result);
    }
}

/* The model ends with the weights of the epoch with the lowest validation loss, and that is the one the hook was told of. */
static void
test_best (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 3, 2, "LSTM units=8 return_sequences=yes; Dense units=1 activation=sigmoid", 3);
  g_autoptr (TWindows) windows = t_windows_new (6, 10, 3, 2, 0, 4), validation = t_windows_new (5, 10, 3, 2, 3, 5);
  g_autoptr (NnPool) pool = nn_pool_new (1);
  g_autoptr (GError) error = NULL;
  NnSettings settings = nn_settings_default ();
  Seen seen = { 0 };
  NnTrainResult result;
  NnScore score;
  int best = 0;

  settings.epochs = 60;
  settings.learning_rate = 0.03; /* random labels: soon worse on what it does not see */
  result = train (model, windows, validation, &settings, 1, &seen);
  for (int i = 1; i < seen.n_epochs; i++)
    if (seen.epochs[i].validation.loss < seen.epochs[best].validation.loss)
      best = i;
  g_assert_cmpint (result.best_epoch, ==, best + 1);
  g_assert_cmpint (best + 1, <, 60);
  g_assert_true (seen.epochs[best].best);
  g_assert_cmpfloat (result.best.loss, ==, seen.epochs[best].validation.loss);
  g_assert_true (nn_evaluate (model, &validation->source, &settings, pool, &score, &error));
  g_assert_cmpfloat (score.loss, ==, result.best.loss);
  g_assert_cmpfloat (score.accuracy, ==, result.best.accuracy);
  nn_train_result_clear (&result);
}

static void
test_stop (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 3, 2, "Dense units=1 activation=sigmoid", 3);
  g_autoptr (TWindows) windows = t_windows_new (30, 10, 3, 2, 0, 4);
  NnSettings settings = nn_settings_default ();
  Seen seen = { .stop_after = 12 };
  NnTrainResult result;

  settings.batch_size = 4; /* 8 mini-batches an epoch */
  result = train (model, windows, NULL, &settings, 1, &seen);
  g_assert_cmpint (result.end, ==, NN_TRAIN_STOPPED);
  g_assert_cmpint (seen.n_steps, ==, 11);
  g_assert_cmpint (result.n_epochs, ==, 1);
  g_assert_nonnull (strstr (result.reason, "epoch 2, after mini-batch 3 of 8"));
  nn_train_result_clear (&result);
}

/* Time in should_stop is a pause. */
static gboolean
wait_a_little (gpointer user_data)
{
  g_usleep (30000);
  return FALSE;
}

static void
test_pause (void)
{
  g_autoptr (NnModel) model = t_model_new (4, 3, 2, "Dense units=1 activation=sigmoid", 3);
  g_autoptr (TWindows) windows = t_windows_new (4, 4, 3, 2, 0, 4);
  g_autoptr (NnPool) pool = nn_pool_new (1);
  NnSettings settings = nn_settings_default ();
  NnTrainHooks hooks = { .should_stop = wait_a_little };
  NnTrainResult result;

  settings.epochs = 5;
  g_assert_true (nn_train (model, &windows->source, NULL, &settings, pool, &hooks, &result, NULL));
  g_assert_cmpfloat (result.elapsed_s, <, 0.1);
  nn_train_result_clear (&result);
}

static void
check_finite (const NnModel *model)
{
  gint64 n = nn_model_get_n_params (model);
  g_autofree float *params = g_new (float, n);

  nn_model_get_params (model, params);
  for (gint64 i = 0; i < n; i++)
    g_assert_true (isfinite (params[i]));
}

static void
test_diverges (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 3, 2, "Dense units=4 activation=linear; Dense units=4 activation=linear; "
                                           "Dense units=1 activation=sigmoid", 3);
  g_autoptr (TWindows) windows = t_windows_new (64, 10, 3, 2, 0, 4);
  NnSettings settings = nn_settings_default ();
  Seen seen = { 0 };
  NnTrainResult result;

  for (guint i = 0; i < 64 * 10 * 3; i++)
    windows->x[i] *= 1e8f;
  settings.optimizer = NN_OPTIMIZER_SGD;
  settings.learning_rate = 10.0;
  settings.momentum = 0.999;
  settings.epochs = 100;
  settings.batch_size = 4;
  result = train (model, windows, NULL, &settings, 2, &seen);
  g_assert_cmpint (result.end, ==, NN_TRAIN_DIVERGED);
  g_assert_nonnull (strstr (result.reason, "(Dense)"));
  g_assert_false (result.early);
  g_assert_cmpint (result.bad_place, >=, 0);
  check_finite (model);
  nn_train_result_clear (&result);
}

/* The reason names the block where the first bad value comes up. */
static void
test_names_block (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 3, 2, "Dense units=4 activation=tanh; "
                                           "Conv1D filters=3 kernel_size=2 padding=same; Dense units=1 activation=sigmoid", 3);
  g_autoptr (TWindows) windows = t_windows_new (20, 10, 3, 2, 0, 4);
  g_autofree float *params = g_new (float, nn_model_get_n_params (model));
  NnSettings settings = nn_settings_default ();
  NnTrainResult result;
  gint64 at;

  nn_model_get_params (model, params);
  nn_model_get_tensor (model, 2, NULL, NULL, NULL, &at);
  for (guint i = 0; i < 2 * 4 * 3; i++)
    params[at + i] = 3e38f;
  nn_model_set_params (model, params);
  result = train (model, windows, NULL, &settings, 2, NULL);
  g_assert_cmpint (result.end, ==, NN_TRAIN_DIVERGED);
  g_assert_nonnull (strstr (result.reason, "block 2 (Conv1D)"));
  g_assert_true (g_str_has_suffix (result.reason, "The last good weights are kept."));
  g_assert_true (result.early);
  g_assert_cmpint (result.bad_place, ==, 1);
  nn_train_result_clear (&result);

  windows->x[7 * 30 + 5] = NAN;
  result = train (model, windows, NULL, &settings, 2, NULL);
  g_assert_cmpint (result.end, ==, NN_TRAIN_DIVERGED);
  g_assert_nonnull (strstr (result.reason, "the windows that came in"));
  g_assert_nonnull (strstr (result.reason, "look for what is missing in the data."));
  g_assert_cmpint (result.bad_place, ==, -1);
  g_assert_cmpint (result.best_epoch, ==, 0);
  nn_train_result_clear (&result);
}

/* Where the fourth mini-batch is bad, the weights that are kept are those which the third was computed with and found good. */
static void
test_keeps_last_good (void)
{
  static const char stack[] = "Dense units=4 activation=tanh; Dense units=1 activation=sigmoid";
  g_autoptr (NnModel) model = t_model_new (10, 3, 2, stack, 3), other = t_model_new (10, 3, 2, stack, 3);
  g_autoptr (TWindows) windows = t_windows_new (20, 10, 3, 2, 0, 4);
  g_autofree float *kept = g_new (float, nn_model_get_n_params (model)), *wanted = g_new (float, nn_model_get_n_params (model));
  NnSettings settings = nn_settings_default ();
  Seen seen = { .stop_after = 3 };
  NnTrainResult result;

  settings.shuffle = FALSE;
  settings.batch_size = 4;
  result = train (other, windows, NULL, &settings, 2, &seen);
  g_assert_cmpint (result.end, ==, NN_TRAIN_STOPPED);
  nn_train_result_clear (&result);

  windows->x[13 * 30 + 5] = NAN;
  result = train (model, windows, NULL, &settings, 2, NULL);
  g_assert_cmpint (result.end, ==, NN_TRAIN_DIVERGED);
  nn_train_result_clear (&result);
  nn_model_get_params (other, wanted);
  nn_model_get_params (model, kept);
  g_assert_cmpmem (kept, nn_model_get_n_params (model) * sizeof (float), wanted, nn_model_get_n_params (model) * sizeof (float));
}

static void
test_errors (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 3, 2, "Dense units=1 activation=sigmoid", 3);
  g_autoptr (TWindows) windows = t_windows_new (20, 10, 3, 2, 0, 4), classes = t_windows_new (20, 10, 3, 4, 0, 4);
  g_autoptr (TWindows) bare = t_windows_new (20, 10, 3, 2, 1, 4), shorter = t_windows_new (20, 9, 3, 2, 0, 4);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  struct { const TWindows *windows; const char *says; } cases[] = {
    { windows, "window 13" }, { classes, "4" }, { bare, "label" }, { shorter, "9 × 3" },
  };

  windows->fail_at = 13;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NnSettings settings = nn_settings_default ();
      g_autoptr (GError) error = NULL;
      NnTrainResult result;

      g_assert_false (nn_train (model, &cases[i].windows->source, NULL, &settings, pool, NULL, &result, &error));
      g_assert_error (error, NN_ERROR, NN_ERROR_DATA);
      g_assert_cmpint (result.end, ==, NN_TRAIN_FAILED);
      g_assert_cmpstr (result.reason, ==, error->message);
      g_assert_nonnull (strstr (result.reason, cases[i].says));
      nn_train_result_clear (&result);
    }
}

/* As in Keras there is a loss all the same, and it stays. */
static void
test_no_weights (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 1, 2, "Activation activation=sigmoid", 3);
  g_autoptr (TWindows) windows = t_windows_new (20, 10, 1, 2, 2, 4), validation = t_windows_new (7, 10, 1, 2, 2, 5);
  NnSettings settings = nn_settings_default ();
  Seen seen = { 0 };
  NnTrainResult result;

  settings.epochs = 3;
  settings.shuffle = FALSE;
  result = train (model, windows, validation, &settings, 2, &seen);
  g_assert_cmpint (result.end, ==, NN_TRAIN_FINISHED);
  g_assert_cmpint (seen.n_epochs, ==, 3);
  g_assert_cmpfloat (seen.epochs[0].train.loss, >, 0.1);
  g_assert_cmpfloat (seen.epochs[0].train.loss, ==, seen.epochs[2].train.loss);
  g_assert_cmpfloat (seen.epochs[0].validation.loss, ==, seen.epochs[2].validation.loss);
  nn_train_result_clear (&result);
}

static const char *const mixed[] = {
  "Conv1D filters=6 kernel_size=5 padding=same; Dropout rate=0.3; MaxPooling1D pool_size=2; LSTM units=10 return_sequences=yes; "
  "UpSampling1D size=2; TimeDistributed: Dropout; Dense units=3 activation=softmax",

  /* All that draws at random or needs the whole mini-batch, in one. */
  "GaussianNoise stddev=0.2; Bidirectional: LSTM units=5 return_sequences=yes dropout=0.2 recurrent_dropout=0.1; "
  "BatchNormalization; SpatialDropout1D rate=0.2; Conv1D filters=6 kernel_size=3 activation=relu; BatchNormalization; "
  "Dropout rate=0.3; TimeDistributed: BatchNormalization; Bidirectional merge_mode=sum: GRU units=4 return_sequences=yes; "
  "Dense units=3 activation=softmax",
};

/* Weights after two epochs, those among them that no optimiser touches. */
static float *
train_mixed (const char *text, guint threads, guint64 seed)
{
  g_autoptr (NnModel) model = t_model_new (24, 5, 3, text, 3);
  g_autoptr (TWindows) windows = t_windows_new (77, 24, 5, 3, 6, 4), validation = t_windows_new (13, 24, 5, 3, 6, 5);
  float *params = g_new (float, nn_model_get_n_params (model));
  NnSettings settings = nn_settings_default ();
  NnTrainResult result;

  settings.epochs = 2;
  settings.seed = seed;
  result = train (model, windows, validation, &settings, threads, NULL);
  g_assert_cmpint (result.end, ==, NN_TRAIN_FINISHED);
  nn_train_result_clear (&result);
  nn_model_get_params (model, params);
  return params;
}

static void
test_same_bits (gconstpointer text)
{
  g_autoptr (NnModel) model = t_model_new (24, 5, 3, text, 3);
  gsize bytes = nn_model_get_n_params (model) * sizeof (float);

  for (guint i = 0; nn_k_nth (i) != NULL; i++)
    {
      const guint threads[] = { 1, 2, 3, 4, 8 };
      g_autofree float *one = NULL, *other = NULL;

      g_setenv ("LAMINA_KERNELS", nn_k_nth (i)->name, TRUE);
      one = train_mixed (text, 1, 7);
      for (guint j = 0; j < G_N_ELEMENTS (threads); j++)
        {
          g_autofree float *params = train_mixed (text, threads[j], 7);

          g_assert_cmpmem (one, bytes, params, bytes);
        }
      other = train_mixed (text, 1, 8);
      g_assert_cmpint (memcmp (one, other, bytes), !=, 0);
    }
  g_unsetenv ("LAMINA_KERNELS");
}

/* With unlabelled steps, the loss of an epoch is that of the labelled ones: labels that are not there cannot matter. */
static void
test_mask (void)
{
  g_autoptr (TWindows) windows = t_windows_new (16, 10, 3, 2, 2, 4);
  float params[2][4];

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (NnModel) model = t_model_new (10, 3, 2, "Dense units=1 activation=sigmoid", 3);
      NnSettings settings = nn_settings_default ();
      NnTrainResult result;

      /* A window of which no step is labelled: its numbers cannot matter either. */
      for (guint t = 0; t < 10; t++)
        windows->y[30 + t] = NN_UNLABELLED;
      for (guint t = 0; t < 30; t++)
        windows->x[90 + t] = (float) round * 5.0f;
      settings.epochs = 3;
      settings.batch_size = 4;
      result = train (model, windows, NULL, &settings, 1, NULL);
      nn_train_result_clear (&result);
      nn_model_get_params (model, params[round]);
    }
  g_assert_cmpmem (params[0], sizeof params[0], params[1], sizeof params[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/learns", test_learns);
  g_test_add_func ("/train/best", test_best);
  g_test_add_func ("/train/stop", test_stop);
  g_test_add_func ("/train/pause", test_pause);
  g_test_add_func ("/train/diverges", test_diverges);
  g_test_add_func ("/train/keeps-last-good", test_keeps_last_good);
  g_test_add_func ("/train/names-block", test_names_block);
  g_test_add_func ("/train/errors", test_errors);
  g_test_add_func ("/train/no-weights", test_no_weights);
  g_test_add_data_func ("/train/same-bits", mixed[0], test_same_bits);
  g_test_add_data_func ("/train/same-bits-at-random", mixed[1], test_same_bits);
  g_test_add_func ("/train/mask", test_mask);
  return g_test_run ();
}
