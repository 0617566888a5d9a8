/* cli-training.c: one training from the opening of the recording to the files it leaves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-text.h"
#include "cli-epochs.h"
#include "cli-output.h"
#include "cli-picture.h"
#include "cli-problems.h"
#include "cli-stop.h"
#include "cli-train.h"
#include "cli-weights.h"

/* A training under way. */
typedef struct
{
  const CliTraining *what;
  CliSource          source;
  AppRun            *run;
  NnPool            *pool;
  GArray            *points;  /* of WbCurvePoint, one each epoch */
  GString           *history; /* CSV, as Keras' CSVLogger writes it */
  NnTrainResult      result;
} Training;

static void
on_epoch (gpointer       user_data,
          const NnEpoch *epoch,
          const NnModel *model)
{
  Training *self = user_data;
  WbCurvePoint point = { epoch->train.loss, epoch->validation.loss, epoch->train.accuracy, epoch->validation.accuracy };

  g_array_append_val (self->points, point);
  cli_epochs_say (epoch, &self->what->settings);
  cli_epochs_append (self->history, epoch);
  cli_append_number (self->history, ",", "%.3f", epoch->elapsed_s);
  g_string_append_c (self->history, '\n');
}

/* What does not fit is told in full, with its repairs: the run itself would give the headline only. */
static gboolean
say_problems (Training       *self,
              const NnDesign *design)
{
  NnContract contract = app_run_contract (self->source.labels, nn_design_get_input (design)->dim[0],
                                          &self->what->settings);
  g_autoptr (NnCheck) check = nn_check_new (design, &contract);
  g_autofree char *problems = cli_problems_to_text (check);

  if (*problems != '\0')
    cli_say ("%s", problems);
  return !nn_check_is_trainable (check);
}

static CliExit
prepare (Training *self)
{
  const CliTraining *what = self->what;
  const char *inputs[] = { what->recording, what->design, what->source.labels, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) design = NULL;
  g_autofree char *about = NULL;
  g_autofree char *unseen = NULL;
  g_autofree char *plan = NULL;

  if (!nn_settings_check (&what->settings, &error))
    return cli_fail (error, CLI_USAGE);
  if (g_strcmp0 (what->weights, what->history) == 0 && what->weights != NULL)
    {
      cli_say ("lamina-cli: --save and --history name the same file “%s”.", what->weights);
      return CLI_USAGE;
    }
  if (!cli_output_check (what->weights, inputs, &error) || !cli_output_check (what->history, inputs, &error)
      || !cli_output_check_folder (what->picture_dir, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  if (!cli_source_open (what->recording, &what->source, &self->source, &error))
    return cli_fail (error, CLI_UNREADABLE);
  about = app_text_recording (self->source.recording, self->source.labels);
  cli_say ("%s: %s", sig_recording_get_title (self->source.recording), about);
  if (self->source.labels == NULL)
    {
      cli_say ("lamina-cli: The recording has no labels; --labels or --label-channel names them.");
      return CLI_UNREADABLE;
    }

  design = cli_source_design (&self->source, what->design, &what->source, &error);
  if (design == NULL)
    return cli_fail (error, CLI_UNREADABLE);
  if (say_problems (self, design))
    return CLI_NO;
  self->run = app_run_new (design, self->source.recording, self->source.labels, &what->settings, &what->cut, &error);
  if (self->run == NULL)
    return cli_fail (error, CLI_UNREADABLE);
  if (app_run_get_notes (self->run) != NULL)
    cli_say ("%s", app_run_get_notes (self->run));
  unseen = cli_problems_list_to_text (app_run_get_problems (self->run));
  if (*unseen != '\0')
    cli_say ("%s", unseen);
  plan = app_text_plan (app_run_get_check (self->run), what->settings.batch_size, self->run);
  cli_say ("%s", plan);
  return CLI_OK;
}

/* --- results ------------------------------------------------------------------------ */

static CliExit
print_result (Training       *self,
              const SigTrack *prediction)
{
  g_autoptr (GString) text = g_string_new (NULL);
  AppScore score;

  app_run_score (self->run, prediction, SIG_PART_VALIDATION, &score);
  g_string_append_printf (text, "epochs: %d\nbest epoch: %d\n", self->result.n_epochs, self->result.best_epoch);
  cli_append_number (text, "seconds: ", "%.1f", self->result.elapsed_s);
  cli_append_number (text, "\nbest val_loss: ", "%.4f", self->result.best.loss);
  g_string_append_printf (text, "\nheld-back steps labelled right: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                          score.n_right, score.n_steps);
  if (score.n_steps > 0)
    {
      cli_append_number (text, " (", "%.1f", 100.0 * score.n_right / score.n_steps);
      cli_append_number (text, " %)\nmajority share: ", "%.1f", 100.0 * score.n_majority / score.n_steps);
      g_string_append (text, " %");
    }
  g_string_append_c (text, '\n');
  return cli_print (text->str) ? CLI_OK : CLI_UNWRITABLE;
}

static gboolean
write_pictures (Training       *self,
                const SigTrack *prediction,
                GError        **error)
{
  const char *dir = self->what->picture_dir;
  g_autofree char *overlay = g_build_filename (dir, "overlay.png", NULL);
  g_autofree char *loss = g_build_filename (dir, "loss.png", NULL);
  const char *name = nn_design_get_name (nn_check_get_design (app_run_get_check (self->run)));
  g_autofree char *title = g_strdup_printf ("%s · %s · loss", sig_recording_get_title (self->source.recording), name);

  if (!cli_picture_overlay (overlay, self->run, self->source.recording, self->source.labels, prediction, error)
      || !cli_picture_loss (loss, title, (const WbCurvePoint *) self->points->data, self->points->len,
                            self->what->settings.epochs,
                            self->result.best_epoch, error))
    return FALSE;
  cli_say ("%s\n%s", overlay, loss);
  return TRUE;
}

/* One file that cannot be written keeps none of the others back. */
static CliExit
leave_files (Training       *self,
             const NnModel  *model,
             const SigTrack *prediction)
{
  const CliTraining *what = self->what;
  g_autoptr (GError) no_weights = NULL;
  g_autoptr (GError) no_history = NULL;
  g_autoptr (GError) no_pictures = NULL;
  CliExit code = CLI_OK;

  if (what->weights != NULL && !cli_weights_save (what->weights, model, self->run, &self->source, &no_weights))
    code = cli_fail (no_weights, CLI_UNWRITABLE);
  if (what->history != NULL && !cli_output_write (what->history, self->history->str, self->history->len, &no_history))
    code = cli_fail (no_history, CLI_UNWRITABLE);
  if (what->picture_dir != NULL && !write_pictures (self, prediction, &no_pictures))
    code = cli_fail (no_pictures, CLI_UNWRITABLE);
  return code;
}

/* What was learnt until a stop is kept and told as well. */
static CliExit
train (Training *self)
{
  NnTrainHooks hooks = { .on_epoch = on_epoch, .should_stop = cli_stop_is_asked, .user_data = self };
  g_autoptr (NnModel) model = NULL;
  g_autoptr (SigTrack) prediction = NULL;
  g_autoptr (GError) error = NULL;
  CliExit printed, left;

  cli_stop_catch ();
  self->pool = nn_pool_new (self->what->settings.threads);
  if (!app_run_train (self->run, self->pool, &hooks, &model, &self->result, &error))
    return cli_fail (error, CLI_UNREADABLE);
  cli_epochs_say_end (app_run_get_check (self->run), &self->what->settings, &self->result);

  prediction = app_run_predict (self->run, model, 0, sig_recording_get_n_steps (self->source.recording), self->pool,
                                NULL, NULL, &error);
  if (prediction == NULL)
    return cli_fail (error, CLI_UNREADABLE);
  printed = print_result (self, prediction);
  left = leave_files (self, model, prediction);
  return self->result.end == NN_TRAIN_STOPPED ? CLI_INTERRUPTED
         : self->result.end == NN_TRAIN_DIVERGED ? CLI_DIVERGED
         : left != CLI_OK ? left : printed;
}

CliExit
cli_training_run (const CliTraining *what)
{
  Training self = { .what = what };
  CliExit code;

  self.points = g_array_new (FALSE, FALSE, sizeof (WbCurvePoint));
  self.history = g_string_new (CLI_EPOCHS_TITLE ",seconds\n");
  code = prepare (&self);
  if (code == CLI_OK)
    code = train (&self);

  nn_train_result_clear (&self.result);
  g_clear_pointer (&self.pool, nn_pool_free);
  g_clear_pointer (&self.run, app_run_unref);
  g_array_unref (self.points);
  g_string_free (self.history, TRUE);
  cli_source_clear (&self.source);
  return code;
}
