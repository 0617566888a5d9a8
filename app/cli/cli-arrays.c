/* cli-arrays.c: predict and train on NPY arrays, straight
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-arrays.h"
#include "app-arrays.h"
#include "cli-epochs.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-problems.h"
#include "cli-stop.h"

#include <math.h>
#include <string.h>

/* Opens model and X, and makes X what the model was trained on. */
static gboolean
open_both (const char *model_name,
           const char *x_path,
           CliModel   *model,
           AppArrays **arrays,
           GError    **error)
{
  const NnShape *found, *wanted;

  *arrays = app_arrays_new (x_path, error);
  if (*arrays == NULL || !cli_model_open (model_name, app_arrays_get_input (*arrays), model, error))
    return FALSE;
  found = app_arrays_get_input (*arrays);
  wanted = nn_design_get_input (model->keras.design);
  if (!nn_shape_equal (found, wanted))
    {
      g_autofree char *found_text = nn_shape_to_text (found);
      g_autofree char *wanted_text = nn_shape_to_text (wanted);

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "The windows of X are %s, the model takes %s.",
                   found_text, wanted_text);
      return FALSE;
    }
  if (model->norm != NULL)
    app_arrays_normalise (*arrays, model->norm);
  return TRUE;
}

/* --- predict ------------------------------------------------------------------------- */

/* The array's header and, behind it, room for its numbers. */
static char *
make_npy (gint64         n_windows,
          const NnShape *output,
          gsize         *start,
          gsize         *length,
          GError       **error)
{
  gint64 shape[1 + NN_MAX_RANK] = { n_windows };
  g_autoptr (GBytes) header = NULL;
  char *npy = NULL;

  memcpy (shape + 1, output->dim, output->rank * sizeof *shape);
  header = sig_array_make_header (shape, 1 + output->rank);
  *start = g_bytes_get_size (header);
  if (g_size_checked_mul (length, nn_shape_size (output), n_windows) && g_size_checked_mul (length, *length, sizeof (float))
      && g_size_checked_add (length, *length, *start))
    npy = g_try_malloc (*length);
  if (npy == NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE, "There is no memory for what comes out of %" G_GINT64_FORMAT " windows.",
                 n_windows);
  else
    memcpy (npy, g_bytes_get_data (header, NULL), *start);
  return npy;
}

CliExit
cli_arrays_predict (const char *model_name,
                    const char *x_path,
                    const char *output_path,
                    int         threads)
{
  const char *inputs[] = { x_path, model_name, NULL };
  g_auto (CliModel) model = { 0 };
  g_autoptr (AppArrays) arrays = NULL;
  g_autoptr (NnPool) pool = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *npy = NULL;
  AppArraysPart all;
  NnBatchSource source;
  gsize start, length;
  gboolean fresh;

  if (!cli_output_check (output_path, inputs, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  if (!open_both (model_name, x_path, &model, &arrays, &error))
    return cli_fail (error, CLI_UNREADABLE);
  fresh = model.keras.model == NULL;
  if (cli_model_get (&model, nn_settings_default ().seed, &error) == NULL)
    return cli_fail (error, CLI_UNREADABLE);
  if (fresh)
    cli_say ("“%s” has no weights: fresh ones are drawn.", model_name);

  all = (AppArraysPart) { arrays, 0, app_arrays_get_n_windows (arrays) };
  npy = make_npy (all.n, nn_check_get_output (nn_model_get_check (model.keras.model)), &start, &length, &error);
  if (npy == NULL)
    return cli_fail (error, CLI_UNREADABLE);
  cli_stop_catch ();
  pool = nn_pool_new (threads);
  source = app_arrays_get_source (&all);
  if (!nn_predict (model.keras.model, &source, 0, all.n, pool, cli_stop_is_asked, NULL, (float *) (npy + start), &error))
    return error != NULL ? cli_fail (error, CLI_UNREADABLE) : CLI_INTERRUPTED;
  return cli_output_write (output_path, npy, length, &error) ? CLI_OK : cli_fail (error, CLI_UNWRITABLE);
}

/* --- train ----------------------------------------------------------------------------- */

/* A training under way. */
typedef struct
{
  const CliTraining *what;
  CliModel           model;
  AppArrays         *arrays;
  gint64             n_train; /* windows that are not held back */
  NnSettings         settings;
  GString           *history;
  float             *latest; /* the weights after the latest epoch: Keras keeps those, not the best */
  gboolean           has_latest;
  NnMoments          moments; /* where the optimizer stands */
} Fit;

static void
on_epoch (gpointer       user_data,
          const NnEpoch *epoch,
          const NnModel *model)
{
  Fit *self = user_data;

  cli_epochs_say (epoch, &self->settings);
  cli_epochs_append (self->history, epoch);
  g_string_append_c (self->history, '\n');
  nn_model_get_params (model, self->latest);
  self->has_latest = TRUE;
}

/* What the flags say goes before what the file was compiled with; an optimizer that they name begins with its usual numbers.
 * FALSE after saying what is wrong. */
static gboolean
choose_settings (Fit *self)
{
  const CliSettings *given = self->what->given;
  const NnKeras *keras = &self->model.keras;
  gboolean other = cli_settings_has (given, "optimizer");
  g_autoptr (GError) error = NULL;

  if (keras->loss_why != NULL && !cli_settings_has (given, "loss"))
    return cli_refuse ("train", "%s Name another with --loss.", keras->loss_why), FALSE;
  if (keras->optimizer_why != NULL && !other)
    return cli_refuse ("train", "%s Name another with --optimizer.", keras->optimizer_why), FALSE;
  if (keras->schedule_why != NULL && !other && !cli_settings_has (given, "schedule"))
    return cli_refuse ("train", "%s Name another with --schedule (constant is one), and the rate it starts from with "
                       "--learning-rate.", keras->schedule_why), FALSE;
  self->settings = other ? nn_settings_default () : keras->settings;
  self->settings.loss = keras->settings.loss;
  if (!cli_settings_read (given, &self->settings))
    return FALSE;
  if (nn_settings_check (&self->settings, &error))
    return TRUE;
  cli_fail (error, CLI_USAGE);
  return FALSE;
}

/* A share may leave nothing to train on, or hold nothing back. */
static gboolean
hold_back (Fit *self)
{
  gint64 n = app_arrays_get_n_windows (self->arrays);
  gint64 n_train = app_arrays_hold_back (self->arrays, self->what->share, self->what->n_blocks);
  double share = self->what->share;

  self->n_train = n_train;
  if (n_train > 0 && (n_train < n || share <= 0))
    return TRUE;
  cli_refuse ("train", "--validation-split %g of the %" G_GINT64_FORMAT " windows in X leaves none to %s.", share, n,
              n_train > 0 ? "validate with" : "train on");
  return FALSE;
}

/* Classes that only held-back windows have; numbers that are no classes are none. */
static void
say_unseen (const Fit *self)
{
  gboolean of_numbers = self->settings.loss == NN_LOSS_MEAN_SQUARED_ERROR || self->settings.loss == NN_LOSS_MEAN_ABSOLUTE_ERROR
                        || self->settings.loss == NN_LOSS_HUBER;
  g_autoptr (GArray) problems = NULL;
  g_autofree char *text = NULL;
  NnContract contract;

  if (of_numbers || !app_arrays_read_contract (self->arrays, self->what->targets, &contract, NULL))
    return;
  problems = app_arrays_diagnose (self->arrays, self->what->share, self->what->n_blocks);
  text = cli_problems_list_to_text (problems);
  if (*text != '\0')
    cli_say ("%s", text);
}

/* What was not asked for but stands in the file. */
static void
say_settings (const Fit *self)
{
  static const char *const names[] = { "optimizer", "learning_rate", "schedule", "loss" };
  gboolean of_optimizer = self->model.keras.has_optimizer && !cli_settings_has (self->what->given, "optimizer");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const NnSetting *setting = nn_setting_find (names[i]);
      NnValue value = nn_setting_get (setting, &self->settings);
      g_autofree char *shown = nn_arg_value_to_text (&setting->arg, &value);
      g_autofree char *label = g_ascii_strdown (setting->arg.label, -1);
      gboolean of_file = i + 1 < G_N_ELEMENTS (names) ? of_optimizer : self->model.keras.has_loss;

      if (of_file && !cli_settings_has (self->what->given, names[i]))
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", label, shown);
    }
  if (text->len > 0)
    cli_say ("As the file was compiled: %s.", text->str);
}

/* Training goes on with the optimizer's state in the file, where it is that of the optimizer which is asked for. */
static void
take_moments (Fit *self)
{
  NnKeras *keras = &self->model.keras;

  if (keras->moments_why != NULL)
    cli_say ("%s It begins anew.", keras->moments_why);
  if (keras->moments.n_steps == 0)
    return;
  if (keras->settings.optimizer != self->settings.optimizer || keras->moments.n_arrays != nn_moments_count (&self->settings))
    {
      cli_say ("The file holds the state of another optimizer; this one begins anew.");
      return;
    }
  self->moments = keras->moments;
  keras->moments = (NnMoments) { 0 };
  cli_say ("The optimizer goes on from its state in the file, after %" G_GINT64_FORMAT " steps.", self->moments.n_steps);
}

static CliExit
prepare (Fit *self)
{
  const CliTraining *what = self->what;
  const char *inputs[] = { what->recording, what->targets, what->design, NULL };
  g_autoptr (GError) error = NULL;
  NnModel *model;

  if (g_strcmp0 (what->weights, what->history) == 0 && what->weights != NULL)
    return cli_refuse ("train", "--save and --history name the same file “%s”.", what->weights);
  if (what->weights != NULL && !cli_model_is_keras_path (what->weights))
    return cli_refuse ("train", "What is learnt from arrays is saved as a .keras archive; “%s” does not end so.", what->weights);
  if (!cli_output_check (what->weights, inputs, &error) || !cli_output_check (what->history, inputs, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  if (!open_both (what->design, what->recording, &self->model, &self->arrays, &error))
    return cli_fail (error, CLI_UNREADABLE);
  if (!choose_settings (self) || !hold_back (self))
    return CLI_USAGE;
  if (what->fit)
    app_arrays_fit_labels (self->arrays, self->model.keras.design);
  model = cli_model_get (&self->model, self->settings.seed, &error);
  if (model == NULL || !app_arrays_set_targets (self->arrays, what->targets, model, self->settings.loss, &error))
    return cli_fail (error, CLI_UNREADABLE);
  if (what->sample_weights != NULL && !app_arrays_set_weights (self->arrays, what->sample_weights, &error))
    return cli_fail (error, CLI_UNREADABLE);
  say_unseen (self);
  say_settings (self);
  take_moments (self);
  self->latest = g_new (float, nn_model_get_n_params (model) + 1);
  return CLI_OK;
}

static CliExit
leave_files (Fit             *self,
             const NnMoments *moments)
{
  const CliTraining *what = self->what;
  g_autoptr (GError) no_model = NULL;
  g_autoptr (GError) no_history = NULL;
  CliExit code = CLI_OK;

  if (what->weights != NULL && !cli_model_save (what->weights, self->model.keras.model, &self->settings, moments, &no_model))
    code = cli_fail (no_model, CLI_UNWRITABLE);
  if (what->history != NULL && !cli_output_write (what->history, self->history->str, self->history->len, &no_history))
    code = cli_fail (no_history, CLI_UNWRITABLE);
  return code;
}

/* What was learnt until a stop is kept as well. */
static CliExit
fit (Fit *self)
{
  gint64 n = app_arrays_get_n_windows (self->arrays);
  AppArraysPart parts[] = { { self->arrays, 0, self->n_train }, { self->arrays, self->n_train, n - self->n_train } };
  NnBatchSource train = app_arrays_get_source (&parts[0]), validation = app_arrays_get_source (&parts[1]);
  NnTrainHooks hooks = { .on_epoch = on_epoch, .should_stop = cli_stop_is_asked, .user_data = self,
                         .moments = &self->moments };
  g_autoptr (NnPool) pool = nn_pool_new (self->settings.threads);
  NnTrainResult result = { 0 };
  g_autoptr (GError) error = NULL;
  NnTrainEnd end;
  CliExit left;

  cli_stop_catch ();
  if (!nn_train (self->model.keras.model, &train, validation.n_windows > 0 ? &validation : NULL, &self->settings, pool, &hooks,
                 &result, &error))
    {
      nn_train_result_clear (&result);
      return cli_fail (error, CLI_UNREADABLE);
    }
  cli_epochs_say_end (nn_model_get_check (self->model.keras.model), &self->settings, &result);
  end = result.end;
  nn_train_result_clear (&result);
  if (self->has_latest)
    nn_model_set_params (self->model.keras.model, self->latest);
  left = leave_files (self, end == NN_TRAIN_FINISHED ? &self->moments : NULL);
  return end == NN_TRAIN_STOPPED ? CLI_INTERRUPTED : end == NN_TRAIN_DIVERGED ? CLI_DIVERGED : left;
}

CliExit
cli_arrays_train (const CliTraining *what)
{
  Fit self = { .what = what, .history = g_string_new (CLI_EPOCHS_TITLE "\n") };
  CliExit code = prepare (&self);

  if (code == CLI_OK)
    code = fit (&self);

  cli_model_clear (&self.model);
  nn_moments_clear (&self.moments);
  g_clear_pointer (&self.arrays, app_arrays_free);
  g_string_free (self.history, TRUE);
  g_free (self.latest);
  return code;
}
