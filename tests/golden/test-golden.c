/* test-golden.c: the same numbers as Keras: outputs, and three epochs of losses, accuracies and weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "../core/support/t-design.h"

#include "nn-k.h"
#include "nn-pool.h"
#include "nn-predict.h"
#include "nn-train.h"

#include <math.h>
#include <string.h>

#define N_WINDOWS  20
#define N_STEPS    24
#define N_CHANNELS 6
#define EPOCHS     3

typedef struct
{
  const char *name, *text;
  int         n_classes;
} Case;

static const Case cases[] = {
  { "r1",
    "Conv1D filters=8 kernel_size=5 padding=same; LSTM units=6 return_sequences=yes; Dense units=1 activation=sigmoid", 2 },
  { "r2",
    "Conv1D filters=6 kernel_size=4 padding=valid; MaxPooling1D pool_size=3; LSTM units=7; "
    "Dense units=24 activation=sigmoid", 2 },
  { "r4", "Conv1D filters=5 kernel_size=4 padding=same; MaxPooling1D pool_size=4; LSTM units=6 return_sequences=yes; "
          "UpSampling1D size=4; Dense units=1 activation=sigmoid", 2 },
  { "classes",
    "Conv1D filters=6 kernel_size=3 padding=causal dilation_rate=2 activation=tanh; LSTM units=5 return_sequences=yes; "
               "Dense units=4 activation=softmax", 4 },
  { "across", "Reshape target_shape=(24,6,1); Conv2D filters=3 kernel_size=1,3 activation=relu; MaxPooling2D pool_size=1,2; "
              "TimeDistributed: LSTM units=4; Dense units=1 activation=sigmoid", 2 },
  { "strided", "Conv1D filters=5 kernel_size=5 strides=2 padding=same; AveragePooling1D pool_size=3 strides=2 padding=same; "
               "Conv1D filters=4 kernel_size=2 padding=valid activation=tanh; Flatten; Dense units=24 activation=sigmoid", 2 },
};

/* Hands out the file's numbers one piece after the other. */
typedef struct
{
  float *data;
  gsize  n, at;
} Golden;

static Golden
load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".bin", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, file, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  return (Golden) { (float *) (void *) data, length / sizeof (float), 0 };
}

static const float *
next (Golden *golden, gsize n)
{
  const float *piece = golden->data + golden->at;

  golden->at += n;
  g_assert_cmpuint (golden->at, <=, golden->n);
  return piece;
}

static void
check_near (const char *what, const float *found, const float *expected, gsize n, double tolerance)
{
  double worst = 0.0, most = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      worst = fmax (worst, fabs ((double) found[i] - (double) expected[i]));
      most = fmax (most, fabs ((double) expected[i]));
      g_assert_true (isfinite (found[i]));
    }
  g_test_message ("%s: worst %.2g of %.2g", what, worst, most);
  g_assert_cmpfloat (worst, <=, tolerance * most);
}

static void
keep_epoch (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  float *kept = user_data;

  kept[epoch->epoch - 1] = (float) epoch->train.loss;
  kept[EPOCHS + epoch->epoch - 1] = (float) epoch->train.accuracy;
  nn_model_get_params (model, kept + 2 * EPOCHS);
}

static void
check_training (NnModel *model, const float *initial, const TWindows *windows, NnOptimizerKind optimizer,
                Golden *golden, NnPool *pool)
{
  gint64 n = nn_model_get_n_params (model);
  g_autofree float *kept = g_new (float, n + 2 * EPOCHS);
  g_autoptr (GError) error = NULL;
  NnSettings settings = nn_settings_default ();
  NnTrainHooks hooks = { .on_epoch = keep_epoch, .user_data = kept };
  NnTrainResult result;

  settings.optimizer = optimizer;
  settings.learning_rate = optimizer == NN_OPTIMIZER_ADAM ? 0.01 : 0.1;
  settings.momentum = 0.9;
  settings.epochs = EPOCHS;
  settings.batch_size = 8;
  settings.shuffle = FALSE;
  nn_model_set_params (model, initial);
  g_assert_true (nn_train (model, &windows->source, NULL, &settings, pool, &hooks, &result, &error));
  nn_train_result_clear (&result);
  check_near ("losses", kept, next (golden, EPOCHS), EPOCHS, 1e-5);
  check_near ("accuracies", kept + EPOCHS, next (golden, EPOCHS), EPOCHS,
              1.5 / (N_WINDOWS * N_STEPS)); /* one step on the edge */
  check_near ("weights", kept + 2 * EPOCHS, next (golden, n), n, 1e-4);
}

static void
check_case (const Case *c)
{
  g_autoptr (NnModel) model = t_model_new (N_STEPS, N_CHANNELS, c->n_classes, c->text, 1);
  g_autoptr (TWindows) windows = t_windows_new (N_WINDOWS, N_STEPS, N_CHANNELS, c->n_classes, 0, 1);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autoptr (GError) error = NULL;
  g_autofree float *y = NULL;
  Golden golden = load (c->name);
  const float *initial = next (&golden, nn_model_get_n_params (model)), *labels;
  gint64 n_steps;
  int n_outputs;

  memcpy (windows->x, next (&golden, N_WINDOWS * N_STEPS * N_CHANNELS), N_WINDOWS * N_STEPS * N_CHANNELS * sizeof (float));
  labels = next (&golden, N_WINDOWS * N_STEPS);
  for (guint i = 0; i < N_WINDOWS * N_STEPS; i++)
    windows->y[i] = (gint32) labels[i];

  nn_model_set_params (model, initial);
  nn_predict_shape (model, &n_steps, &n_outputs);
  y = g_new (float, N_WINDOWS * n_steps * n_outputs);
  g_assert_true (nn_predict (model, &windows->source, 0, N_WINDOWS, pool, NULL, NULL, y, &error));
  check_near ("output", y, next (&golden, N_WINDOWS * n_steps * n_outputs), N_WINDOWS * n_steps * n_outputs, 1e-5);

  check_training (model, initial, windows, NN_OPTIMIZER_ADAM, &golden, pool);
  check_training (model, initial, windows, NN_OPTIMIZER_SGD, &golden, pool);
  g_assert_cmpuint (golden.at, ==, golden.n);
  g_free (golden.data);
}

/* With each table of kernels that this processor runs. */
static void
test_case (gconstpointer data)
{
  for (guint i = 0; nn_k_nth (i) != NULL; i++)
    {
      g_setenv ("LAMINA_KERNELS", nn_k_nth (i)->name, TRUE);
      g_test_message ("kernels: %s", nn_k_get_name ());
      check_case (data);
    }
  g_unsetenv ("LAMINA_KERNELS");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/golden/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
