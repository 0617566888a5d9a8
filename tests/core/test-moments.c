/* test-moments.c: a training that goes on from an earlier one's moments is the longer training, bit for bit
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-pool.h"
#include "nn-train.h"

#define STACK "Conv1D filters=5 kernel_size=3 padding=same; Dense units=4 trainable=no; BatchNormalization; " \
              "LSTM units=5 return_sequences=yes; Dense units=3 activation=softmax"

/* The weights of the latest epoch, whichever was the best. */
static void
keep_params (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  nn_model_get_params (model, user_data);
}

/* Trains `params`, Keras' order, `epochs` further from the moments, and leaves both there. */
static void
train (const NnSettings *usual, int epochs, float *params, NnMoments *moments)
{
  g_autoptr (NnModel) model = t_model_new (6, 3, 3, STACK, 3);
  g_autoptr (TWindows) windows = t_windows_new (20, 6, 3, 3, 0, 4);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  NnTrainHooks hooks = { .on_epoch = keep_params, .user_data = params, .moments = moments };
  NnSettings settings = *usual;
  NnTrainResult result;
  g_autoptr (GError) error = NULL;

  settings.epochs = epochs;
  settings.batch_size = 8;
  settings.shuffle = FALSE;
  nn_model_set_params (model, params);
  g_assert_true (nn_train (model, &windows->source, NULL, &settings, pool, &hooks, &result, &error));
  g_assert_no_error (error);
  nn_train_result_clear (&result);
}

static gint64
begin (float **params)
{
  g_autoptr (NnModel) model = t_model_new (6, 3, 3, STACK, 3);

  *params = g_new (float, nn_model_get_n_params (model));
  nn_model_get_params (model, *params);
  return nn_model_get_n_params (model);
}

static void
check_settings (const NnSettings *settings)
{
  g_autofree float *whole = NULL;
  g_autofree float *parts = NULL;
  g_auto (NnMoments) at_once = { 0 }, in_parts = { 0 };
  gint64 n = begin (&whole);

  begin (&parts);
  train (settings, 4, whole, &at_once);
  train (settings, 1, parts, &in_parts);
  g_assert_cmpint (in_parts.n_steps, ==, 3);
  train (settings, 3, parts, &in_parts);

  g_assert_cmpmem (whole, n * sizeof (float), parts, n * sizeof (float));
  g_assert_cmpint (in_parts.n_steps, ==, 12);
  g_assert_cmpuint (in_parts.n_arrays, ==, nn_moments_count (settings));
  g_assert_cmpmem (at_once.arrays, at_once.n_arrays * n * sizeof (float),
                   in_parts.arrays, in_parts.n_arrays * n * sizeof (float));
}

static void
test_goes_on (void)
{
  for (int optimizer = 0; optimizer < NN_N_OPTIMIZERS; optimizer++)
    for (int more = 0; more < 2; more++)
      {
        NnSettings settings = nn_settings_default ();

        nn_settings_set_optimizer (&settings, optimizer);
        settings.momentum = more ? 0.9 : 0.0;
        settings.centered = more;
        settings.schedule = more ? NN_SCHEDULE_EXPONENTIAL : NN_SCHEDULE_CONSTANT;
        settings.decay_steps = 5;
        settings.decay_rate = 0.5;
        check_settings (&settings);
      }
}

static void
test_count (void)
{
  NnSettings settings = nn_settings_default ();

  g_assert_cmpuint (nn_moments_count (&settings), ==, 2);
  settings.optimizer = NN_OPTIMIZER_SGD;
  g_assert_cmpuint (nn_moments_count (&settings), ==, 0);
  settings.momentum = 0.5;
  g_assert_cmpuint (nn_moments_count (&settings), ==, 1);
  settings.optimizer = NN_OPTIMIZER_RMSPROP;
  g_assert_cmpuint (nn_moments_count (&settings), ==, 2);
  settings.centered = TRUE;
  g_assert_cmpuint (nn_moments_count (&settings), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moments/count", test_count);
  g_test_add_func ("/moments/goes-on", test_goes_on);
  return g_test_run ();
}
