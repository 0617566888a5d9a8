/* test-golden-training.c: the same training as Keras: every optimizer, clipping, schedule, loss, weight and regulariser
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "../core/support/t-design.h"

#include "nn-k.h"
#include "nn-pool.h"
#include "nn-train.h"

#include <math.h>
#include <string.h>

#define N_WINDOWS    14
#define N_VALIDATION 4
#define N_STEPS      6
#define N_CHANNELS   3
#define BATCH        4
#define EPOCHS       4

/* The file's numbers, one piece after the other. */
static float *numbers;
static gsize n_numbers, n_taken;
static const float *windows;

static const float *
take (gsize n)
{
  const float *piece = numbers + n_taken;

  n_taken += n;
  g_assert_cmpuint (n_taken, <=, n_numbers);
  return piece;
}

/* --- one case ------------------------------------------------------------------------------- */

/* The fields of a line, and the numbers that follow in the other file. */
typedef struct
{
  char       **fields;
  gboolean     classes;
  gint64       n_labels;
  int          n; /* classes, or numbers of a label */
  const float *labels, *weights, *initial, *losses, *validation, *final;
  gint64       n_params;
} Case;

enum { NAME, DESIGN, KIND, N_LABELS, N, WEIGHTS, SETTINGS, N_FIELDS };

/* The training or the validation part of a case. */
typedef struct
{
  const Case *c;
  gint64      first;
} Part;

static gboolean
fill (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error)
{
  const Part *part = user_data;
  gint64 at = part->first + i;

  memcpy (x, windows + at * N_STEPS * N_CHANNELS, N_STEPS * N_CHANNELS * sizeof *x);
  for (gint64 t = 0; t < part->c->n_labels && y != NULL; t++)
    y[t] = (gint32) part->c->labels[at * part->c->n_labels + t];
  return TRUE;
}

static gboolean
fill_values (gpointer user_data, gint64 i, float *values, GError **error)
{
  const Part *part = user_data;
  gint64 n = part->c->n_labels * part->c->n;

  memcpy (values, part->c->labels + (part->first + i) * n, n * sizeof *values);
  return TRUE;
}

static gboolean
fill_weights (gpointer user_data, gint64 i, float *weights, GError **error)
{
  const Part *part = user_data;
  gint64 n = part->c->n_labels;

  memcpy (weights, part->c->weights + (part->first + i) * n, n * sizeof *weights);
  return TRUE;
}

static NnBatchSource
get_source (Part *part, gint64 n_windows)
{
  const Case *c = part->c;

  return (NnBatchSource) {
    .n_windows = n_windows, .n_steps = N_STEPS, .n_channels = N_CHANNELS, .n_classes = c->classes ? c->n : 0, .fill = fill,
    .user_data = part, .n_labels = c->n_labels == N_STEPS ? 0 : c->n_labels, .n_values = c->classes ? 0 : c->n,
    .fill_values = c->classes ? NULL : fill_values, .fill_weights = c->weights != NULL ? fill_weights : NULL,
  };
}

/* "optimizer=SGD learning_rate=0.3": the settings by their names, and class_weight. */
static NnSettings
read_settings (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  NnSettings settings = nn_settings_default ();

  settings.epochs = EPOCHS;
  settings.batch_size = BATCH;
  settings.shuffle = FALSE;
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);
      const NnSetting *setting = nn_setting_find (pair[0]);
      g_autoptr (GError) error = NULL;
      NnValue value;

      if (strcmp (pair[0], "class_weight") == 0)
        {
          g_auto (GStrv) weights = g_strsplit (pair[1], ",", -1);

          while (weights[settings.n_class_weights] != NULL)
            {
              settings.class_weight[settings.n_class_weights] = g_ascii_strtod (weights[settings.n_class_weights], NULL);
              settings.n_class_weights++;
            }
          continue;
        }
      nn_arg_value_from_text (&setting->arg, pair[1], &value, &error);
      g_assert_no_error (error);
      nn_setting_set (setting, &settings, &value);
    }
  return settings;
}

typedef struct
{
  float losses[EPOCHS], validation[EPOCHS];
  float *final;
} Found;

static void
keep_epoch (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  Found *found = user_data;

  found->losses[epoch->epoch - 1] = (float) epoch->train.loss;
  found->validation[epoch->epoch - 1] = (float) epoch->validation.loss;
  nn_model_get_params (model, found->final);
}

static void
check_near (const Case *c, const char *what, const float *found, const float *expected, gsize n, double tolerance)
{
  double worst = 0.0, most = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (isfinite (found[i]));
      worst = fmax (worst, fabs ((double) found[i] - (double) expected[i]));
      most = fmax (most, fabs ((double) expected[i]));
    }
  g_test_message ("%s, %s: worst %.2g of %.2g", c->fields[NAME], what, worst, most);
  g_assert_cmpfloat (worst, <=, tolerance * most);
}

static void
check_training (const Case *c, NnModel *model)
{
  Part parts[] = { { c, 0 }, { c, N_WINDOWS - N_VALIDATION } };
  NnBatchSource train = get_source (&parts[0], N_WINDOWS - N_VALIDATION), validation = get_source (&parts[1], N_VALIDATION);
  NnSettings settings = read_settings (c->fields[SETTINGS]);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autofree float *final = g_new (float, c->n_params);
  g_autoptr (GError) error = NULL;
  Found found = { .final = final };
  NnTrainHooks hooks = { .on_epoch = keep_epoch, .user_data = &found };
  NnTrainResult result;

  nn_model_set_params (model, c->initial);
  nn_train (model, &train, &validation, &settings, pool, &hooks, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.end, ==, NN_TRAIN_FINISHED);
  nn_train_result_clear (&result);
  check_near (c, "losses", found.losses, c->losses, EPOCHS, 1e-5);
  check_near (c, "validation losses", found.validation, c->validation, EPOCHS, 1e-5);
  check_near (c, "weights", final, c->final, c->n_params, 1e-4);
}

/* With each table of kernels that this processor runs. */
static void
test_case (gconstpointer data)
{
  const Case *c = data;

  for (guint i = 0; nn_k_nth (i) != NULL; i++)
    {
      g_autoptr (NnModel) model = NULL;

      g_setenv ("LAMINA_KERNELS", nn_k_nth (i)->name, TRUE);
      model = t_model_new (N_STEPS, N_CHANNELS, 0, c->fields[DESIGN], 1);
      check_training (c, model);
    }
  g_unsetenv ("LAMINA_KERNELS");
}

/* --- all of them ------------------------------------------------------------------------------- */

static void
read_case (const char *line, Case *c)
{
  g_autoptr (NnModel) model = NULL;

  *c = (Case) { .fields = g_strsplit (line, "|", N_FIELDS) };
  g_assert_cmpuint (g_strv_length (c->fields), ==, N_FIELDS);
  model = t_model_new (N_STEPS, N_CHANNELS, 0, c->fields[DESIGN], 1);
  c->classes = strcmp (c->fields[KIND], "classes") == 0;
  c->n_labels = g_ascii_strtoll (c->fields[N_LABELS], NULL, 10);
  c->n = (int) g_ascii_strtoll (c->fields[N], NULL, 10);
  c->n_params = nn_model_get_n_params (model);
  c->labels = take (N_WINDOWS * c->n_labels * (c->classes ? 1 : c->n));
  c->weights = *c->fields[WEIGHTS] != '\0' ? take (N_WINDOWS * c->n_labels) : NULL;
  c->initial = take (c->n_params);
  c->losses = take (EPOCHS);
  c->validation = take (EPOCHS);
  c->final = take (c->n_params);
}

static char *
read_file (const char *name, gsize *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;

  g_file_get_contents (path, &data, length, &error);
  g_assert_no_error (error);
  return data;
}

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Case *cases;
  guint n;
  int status;

  g_test_init (&argc, &argv, NULL);
  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  text = read_file ("training.txt", NULL);
  numbers = (float *) (void *) read_file ("training.bin", &n_numbers);
  n_numbers /= sizeof (float);
  windows = take (N_WINDOWS * N_STEPS * N_CHANNELS);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  n = g_strv_length (lines);
  cases = g_new (Case, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = NULL;

      read_case (lines[i], &cases[i]);
      path = g_strconcat ("/golden-training/", cases[i].fields[NAME], NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_assert_cmpuint (n_taken, ==, n_numbers);
  status = g_test_run ();
  for (guint i = 0; i < n; i++)
    g_strfreev (cases[i].fields);
  g_free (cases);
  g_free (numbers);
  return status;
}
