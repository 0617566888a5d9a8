/* cli-model.c: a model as a command line names it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-model.h"
#include "app-design-file.h"
#include "app-keras-file.h"
#include "cli-output.h"
#include "cli-weights.h"

#define STEPS     400 /* of a template's windows, where nothing says another */
#define CHANNELS  16
#define N_CLASSES 2

void
cli_model_clear (CliModel *self)
{
  nn_keras_clear (&self->keras);
  g_clear_pointer (&self->norm, sig_norm_unref);
}

static gboolean
open_weights (const char *path,
              CliModel   *model,
              GError    **error)
{
  g_auto (NnTrained) trained = { 0 };

  if (!cli_weights_load (path, &trained, error))
    return FALSE;
  model->norm = sig_norm_new (trained.n_channels, trained.means, trained.deviations);
  model->keras.model = g_steal_pointer (&trained.model);
  model->keras.design = nn_design_ref ((NnDesign *) nn_check_get_design (nn_model_get_check (model->keras.model)));
  return TRUE;
}

gboolean
cli_model_open (const char    *name,
                const NnShape *input,
                CliModel      *model,
                GError       **error)
{
  NnShape usual = nn_shape_2 (STEPS, CHANNELS);

  *model = (CliModel) { .keras = { .settings = nn_settings_default () } };
  if (app_keras_file_is (name))
    return app_keras_file_load (name, input, &model->keras, error);
  if (cli_weights_is (name))
    return open_weights (name, model, error);
  model->keras.design = app_design_file_resolve (name, input != NULL ? input : &usual, N_CLASSES, error);
  return model->keras.design != NULL;
}

/* Why the design cannot be run: the first problem that is an error, in full. */
static void
refuse_design (const NnCheck *check,
               GError       **error)
{
  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    {
      const NnProblem *problem = nn_check_get_problem (check, i);
      const NnDesign *design = nn_check_get_design (check);
      int position = nn_design_find_block (design, problem->block);
      g_autofree char *place = NULL;

      if (problem->severity != NN_SEVERITY_ERROR)
        continue;
      place = position >= 0 ? g_strdup_printf ("Block %d (%s): ", position + 1,
                                               nn_block_get_kind (nn_design_get_block (design, position))->name) : g_strdup ("");
      g_set_error (error, NN_ERROR, NN_ERROR_DESIGN, "The model cannot be run. %s%s. %s", place, problem->title, problem->text);
      return;
    }
  g_set_error_literal (error, NN_ERROR, NN_ERROR_DESIGN, "The model cannot be run: it has no block.");
}

NnModel *
cli_model_get (CliModel *self,
               guint64   seed,
               GError  **error)
{
  if (self->keras.model == NULL)
    {
      g_autoptr (NnCheck) check = nn_check_new (self->keras.design, NULL);

      if (!nn_check_is_runnable (check))
        {
          refuse_design (check, error);
          return NULL;
        }
      self->keras.model = nn_model_new (check, error);
      if (self->keras.model != NULL)
        nn_model_init (self->keras.model, seed);
    }
  return self->keras.model;
}

gboolean
cli_model_save (const char       *path,
                const NnModel    *model,
                const NnSettings *settings,
                const NnMoments  *moments,
                GError          **error)
{
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;

  bytes = nn_keras_to_bytes (model, settings, moments, &length, error);
  if (bytes != NULL && cli_output_write (path, (const char *) bytes, length, error))
    return TRUE;
  g_prefix_error (error, "Could not save the model as “%s”: ", path);
  return FALSE;
}

gboolean
cli_model_is_keras_path (const char *path)
{
  return g_str_has_suffix (path, ".keras");
}
