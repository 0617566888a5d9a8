/* test-predict.c: prediction does not depend on how windows are cut or shared out, stops, fails, and may run beside training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-error.h"
#include "nn-pool.h"
#include "nn-predict.h"
#include "nn-train.h"

#include <pthread.h>

#define DESIGN "Conv1D filters=6 kernel_size=3 padding=same; Dropout; LSTM units=7 return_sequences=yes; " \
               "Dense units=3 activation=softmax"
#define N      21
#define SIZE   (10 * 3)

static void
predict (const NnModel *model, const TWindows *windows, gint64 first, gint64 n, guint threads, float *y)
{
  g_autoptr (NnPool) pool = nn_pool_new (threads);
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_predict (model, &windows->source, first, n, pool, NULL, NULL, y, &error));
  g_assert_no_error (error);
}

static void
test_cuts (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 4, 3, DESIGN, 1);
  g_autoptr (TWindows) windows = t_windows_new (N, 10, 4, 3, 0, 2);
  float all[N * SIZE], parts[N * SIZE];
  gint64 n_steps;
  int n_outputs;

  nn_predict_shape (model, &n_steps, &n_outputs);
  g_assert_cmpint (n_steps, ==, 10);
  g_assert_cmpint (n_outputs, ==, 3);

  predict (model, windows, 0, N, 1, all);
  for (guint threads = 1; threads <= 4; threads++)
    {
      predict (model, windows, 0, N, threads, parts);
      g_assert_cmpmem (all, sizeof all, parts, sizeof parts);
    }
  predict (model, windows, 13, 5, 2, parts);
  for (guint i = 0; i < 5 * SIZE; i++)
    g_assert_cmpfloat_with_epsilon (all[13 * SIZE + i], parts[i], 1e-6);
  predict (model, windows, 0, 0, 2, parts);
}

#define LONG  "LSTM units=20 return_sequences=yes; GRU units=5 return_sequences=yes go_backwards=yes; Dense units=2"
#define STEPS 300

/* For a window alone, other threads work ahead of the walk along its steps. */
static void
test_alone (void)
{
  g_autoptr (NnModel) model = t_model_new (STEPS, 4, 2, LONG, 1);
  g_autoptr (TWindows) windows = t_windows_new (3, STEPS, 4, 2, 0, 2);
  float all[3 * STEPS * 2], one[STEPS * 2], again[STEPS * 2];

  predict (model, windows, 0, 3, 1, all);
  predict (model, windows, 1, 1, 1, one);
  for (guint i = 0; i < G_N_ELEMENTS (one); i++)
    g_assert_cmpfloat_with_epsilon (all[G_N_ELEMENTS (one) + i], one[i], 1e-6);
  for (guint threads = 2; threads <= 4; threads++)
    {
      predict (model, windows, 1, 1, threads, again);
      g_assert_cmpmem (one, sizeof one, again, sizeof again);
    }
}

static gboolean
stop_at_second (gpointer user_data)
{
  return ++*(int *) user_data == 2;
}

static void
test_stop (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 4, 3, DESIGN, 1);
  g_autoptr (TWindows) windows = t_windows_new (100, 10, 4, 3, 0, 2);
  g_autoptr (NnPool) pool = nn_pool_new (1);
  g_autoptr (GError) error = NULL;
  g_autofree float *y = g_new (float, 100 * SIZE);
  int asked = 0;

  g_assert_false (nn_predict (model, &windows->source, 0, 100, pool, stop_at_second, &asked, y, &error));
  g_assert_no_error (error);
  g_assert_cmpint (asked, ==, 2);
}

static void
test_errors (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 4, 3, DESIGN, 1);
  g_autoptr (TWindows) windows = t_windows_new (N, 10, 4, 3, 0, 2), narrow = t_windows_new (N, 10, 5, 3, 0, 2);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autoptr (GError) unreadable = NULL, unfitting = NULL;
  float y[N * SIZE];

  windows->fail_at = 17;
  g_assert_false (nn_predict (model, &windows->source, 0, N, pool, NULL, NULL, y, &unreadable));
  g_assert_error (unreadable, NN_ERROR, NN_ERROR_DATA);
  g_assert_nonnull (strstr (unreadable->message, "17"));
  g_assert_false (nn_predict (model, &narrow->source, 0, N, pool, NULL, NULL, y, &unfitting));
  g_assert_error (unfitting, NN_ERROR, NN_ERROR_DATA);
  g_assert_nonnull (strstr (unfitting->message, "10 × 5"));
}

typedef struct
{
  NnModel  *model;
  TWindows *windows;
} Other;

static void *
train_other (void *data)
{
  Other *other = data;
  NnSettings settings = nn_settings_default ();
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autoptr (GError) error = NULL;
  NnTrainResult result;

  settings.epochs = 3;
  g_assert_true (nn_train (other->model, &other->windows->source, NULL, &settings, pool, NULL, &result, &error));
  nn_train_result_clear (&result);
  return NULL;
}

static void
test_beside_training (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 4, 3, DESIGN, 1);
  g_autoptr (NnModel) copy = nn_model_copy (model);
  g_autoptr (TWindows) windows = t_windows_new (N, 10, 4, 3, 4, 2);
  Other other = { copy, windows };
  float before[N * SIZE], beside[N * SIZE], trained[N * SIZE];
  pthread_t thread;

  predict (model, windows, 0, N, 2, before);
  g_assert_cmpint (pthread_create (&thread, NULL, train_other, &other), ==, 0);
  for (guint i = 0; i < 20; i++)
    {
      predict (model, windows, 0, N, 2, beside);
      g_assert_cmpmem (before, sizeof before, beside, sizeof beside);
    }
  pthread_join (thread, NULL);
  predict (copy, windows, 0, N, 2, trained);
  g_assert_cmpint (memcmp (before, trained, sizeof before), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/predict/cuts", test_cuts);
  g_test_add_func ("/predict/alone", test_alone);
  g_test_add_func ("/predict/stop", test_stop);
  g_test_add_func ("/predict/errors", test_errors);
  g_test_add_func ("/predict/beside-training", test_beside_training);
  return g_test_run ();
}
