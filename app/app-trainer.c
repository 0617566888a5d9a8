/* app-trainer.c: training in the background, as phases and signals
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-trainer.h"

#include "app-job.h"
#include "app-mailbox.h"
#include "app-progress.h"

#define HOLD_BACK_US 500000 /* longer than the pauses within one gesture */

/* What goes to the thread and comes back. */
typedef struct
{
  NnDesign      *design;
  SigRecording  *recording;
  SigLabels     *labels;
  NnSettings     settings;
  AppCut         cut;
  AppMailbox    *mailbox;
  AppProgress   *preparing;
  AppTicket     *ticket; /* borrowed; set on the thread */
  NnPool        *pool;   /* while it trains */

  gboolean       trained; /* there is a result; FALSE without an error: cancelled while it was prepared */
  NnTrainResult  result;
  NnWeights     *weights;
  GError        *error;
} Training;

struct _AppTrainer
{
  GObject        parent_instance;

  AppJob        *job;
  AppMailbox    *mailbox; /* (nullable): of the run that is active */
  AppProgress   *preparing; /* (nullable): likewise */
  AppPhase       phase;

  NnDesign      *design;
  AppRun        *run;
  NnWeights     *weights;
  NnTrainResult  result;
  char          *reason;
};

enum { PROP_0, PROP_PHASE, N_PROPS };
enum { PREPARED, STEP, EPOCH, WEIGHTS, ENDED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppTrainer, app_trainer, G_TYPE_OBJECT)

/* --- on the thread -------------------------------------------------------------- */

static gboolean
prepare_stop_hook (gpointer user_data)
{
  Training *training = user_data;

  return app_ticket_is_cancelled (training->ticket);
}

static void
prepare_tell_hook (gpointer user_data, double fraction)
{
  Training *training = user_data;

  app_progress_set (training->preparing, fraction);
}

static void
step_hook (gpointer user_data, const NnTrainStep *step)
{
  Training *training = user_data;

  app_mailbox_put_step (training->mailbox, step);
}

static void
epoch_hook (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  Training *training = user_data;
  g_autoptr (NnWeights) weights = nn_model_dup_weights (model);

  app_mailbox_put_epoch (training->mailbox, epoch, weights);
}

static gboolean
stop_hook (gpointer user_data)
{
  Training *training = user_data;
  guint n_threads = nn_pool_get_n_threads (training->pool);

  nn_pool_set_n_active (training->pool, app_ticket_is_held_back (training->ticket) ? n_threads - 1 : n_threads);

  return app_ticket_pass (training->ticket);
}

static void
training_run (gpointer data, AppTicket *ticket)
{
  Training *training = data;
  AppRunHooks preparing = { prepare_stop_hook, prepare_tell_hook, training };
  NnTrainHooks hooks = { step_hook, epoch_hook, stop_hook, training };
  g_autoptr (AppRun) run = NULL;
  g_autoptr (NnModel) model = NULL;

  training->ticket = ticket;
  run = app_run_new_with_hooks (training->design, training->recording, training->labels, &training->settings,
                                &training->cut, &preparing, &training->error);
  if (g_error_matches (training->error, SIG_ERROR, SIG_ERROR_CANCELLED))
    g_clear_error (&training->error);
  if (run == NULL || app_ticket_is_cancelled (ticket))
    return;

  app_mailbox_put_run (training->mailbox, run);
  training->pool = nn_pool_new (training->settings.threads);
  training->trained = app_run_train (run, training->pool, &hooks, &model, &training->result, &training->error);
  g_clear_pointer (&training->pool, nn_pool_free);
  if (training->trained)
    training->weights = nn_model_dup_weights (model);
}

/* --- on the main thread --------------------------------------------------------- */

static void
training_free (gpointer data)
{
  Training *training = data;

  nn_design_unref (training->design);
  sig_recording_unref (training->recording);
  g_clear_pointer (&training->labels, sig_labels_unref);
  app_mailbox_unref (training->mailbox);
  app_progress_unref (training->preparing);
  nn_train_result_clear (&training->result);
  g_clear_pointer (&training->weights, nn_weights_unref);
  g_clear_error (&training->error);
  g_free (training);
}

static void
set_phase (AppTrainer *self, AppPhase phase)
{
  if (self->phase == phase)
    return;

  self->phase = phase;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PHASE]);
}

static void
set_weights (AppTrainer *self, NnWeights *weights)
{
  g_clear_pointer (&self->weights, nn_weights_unref);
  self->weights = nn_weights_ref (weights);
}

static void
forget (AppTrainer *self)
{
  g_clear_pointer (&self->mailbox, app_mailbox_unref);
  g_clear_pointer (&self->preparing, app_progress_unref);
  g_clear_pointer (&self->design, nn_design_unref);
  g_clear_pointer (&self->run, app_run_unref);
  g_clear_pointer (&self->weights, nn_weights_unref);
  g_clear_pointer (&self->reason, g_free);
  nn_train_result_clear (&self->result);
  self->result = (NnTrainResult) { 0 };
}

static void
training_done (gpointer owner, gpointer data)
{
  g_autoptr (AppTrainer) self = g_object_ref (owner);
  Training *training = data;
  AppPhase phase = APP_PHASE_IDLE;

  app_trainer_poll (self);

  if (training->error != NULL)
    {
      phase = APP_PHASE_FAILED;
      self->reason = g_strdup (training->error->message);
    }
  else if (training->trained)
    {
      phase = training->result.end == NN_TRAIN_DIVERGED ? APP_PHASE_DIVERGED : APP_PHASE_DONE;
      self->result = training->result;
      training->result = (NnTrainResult) { 0 };
      self->reason = g_strdup (self->result.reason);
      set_weights (self, training->weights);
    }

  set_phase (self, phase);
  g_signal_emit (self, signals[ENDED], 0);
}

static const AppJobKind training_kind = {
  .name = "lamina-train",
  .nice = 5,
  .run = training_run,
  .done = training_done,
  .free_data = training_free,
};

AppTrainer *
app_trainer_new (void)
{
  return g_object_new (APP_TYPE_TRAINER, NULL);
}

AppPhase
app_trainer_get_phase (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), APP_PHASE_IDLE);

  return self->phase;
}

gboolean
app_trainer_is_active (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), FALSE);

  return self->phase >= APP_PHASE_PREPARING && self->phase <= APP_PHASE_STOPPING;
}

gboolean
app_trainer_is_busy (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), FALSE);

  return app_job_is_busy (self->job);
}

double
app_trainer_get_preparing (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), 0);

  return self->preparing != NULL ? app_progress_get (self->preparing) : 0;
}

AppRun *
app_trainer_get_run (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), NULL);

  return self->run;
}

NnWeights *
app_trainer_get_weights (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), NULL);

  return self->weights;
}

const NnDesign *
app_trainer_get_design (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), NULL);

  return self->design;
}

const NnTrainResult *
app_trainer_get_result (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), NULL);

  return &self->result;
}

const char *
app_trainer_get_reason (AppTrainer *self)
{
  g_return_val_if_fail (APP_IS_TRAINER (self), NULL);

  return self->reason;
}

gboolean
app_trainer_start (AppTrainer *self, const NnDesign *design, const SigRecording *recording,
                   const SigLabels *labels, const NnSettings *settings, const AppCut *cut, GError **error)
{
  Training *training;

  g_return_val_if_fail (APP_IS_TRAINER (self), FALSE);
  g_return_val_if_fail (!app_trainer_is_active (self), FALSE);

  forget (self);
  self->design = nn_design_ref (design);
  self->mailbox = app_mailbox_new ();
  self->preparing = app_progress_new ();

  training = g_new0 (Training, 1);
  training->design = nn_design_ref (design);
  training->recording = sig_recording_ref (recording);
  training->labels = labels != NULL ? sig_labels_ref (labels) : NULL;
  training->settings = *settings;
  training->cut = *cut;
  training->mailbox = app_mailbox_ref (self->mailbox);
  training->preparing = app_progress_ref (self->preparing);

  if (!app_job_start (self->job, training, error))
    {
      forget (self);
      set_phase (self, APP_PHASE_IDLE);
      return FALSE;
    }

  set_phase (self, APP_PHASE_PREPARING);

  return TRUE;
}

void
app_trainer_pause (AppTrainer *self)
{
  g_return_if_fail (APP_IS_TRAINER (self));

  if (self->phase != APP_PHASE_RUNNING)
    return;

  app_job_set_paused (self->job, TRUE);
  set_phase (self, APP_PHASE_PAUSING);
}

void
app_trainer_resume (AppTrainer *self)
{
  g_return_if_fail (APP_IS_TRAINER (self));

  if (self->phase != APP_PHASE_PAUSING && self->phase != APP_PHASE_PAUSED)
    return;

  app_job_set_paused (self->job, FALSE);
  set_phase (self, APP_PHASE_RUNNING);
}

void
app_trainer_hold_back (AppTrainer *self)
{
  g_return_if_fail (APP_IS_TRAINER (self));

  if (app_trainer_is_active (self))
    app_job_hold_back (self->job, g_get_monotonic_time () + HOLD_BACK_US);
}

void
app_trainer_stop (AppTrainer *self)
{
  g_return_if_fail (APP_IS_TRAINER (self));

  if (!app_trainer_is_active (self))
    return;

  app_job_cancel (self->job);
  set_phase (self, APP_PHASE_STOPPING);
}

void
app_trainer_abandon (AppTrainer *self)
{
  g_return_if_fail (APP_IS_TRAINER (self));

  app_job_drop (self->job);
  forget (self);
  set_phase (self, APP_PHASE_IDLE);
}

void
app_trainer_poll (AppTrainer *self)
{
  g_auto (AppMail) mail = { 0 };

  g_return_if_fail (APP_IS_TRAINER (self));

  if (self->mailbox == NULL)
    return;

  app_mailbox_take (self->mailbox, &mail);
  if (mail.run != NULL)
    {
      self->run = g_steal_pointer (&mail.run);
      if (self->phase == APP_PHASE_PREPARING)
        set_phase (self, APP_PHASE_RUNNING);
      g_signal_emit (self, signals[PREPARED], 0, self->run);
    }
  if (self->phase == APP_PHASE_PAUSING && app_job_is_waiting (self->job))
    set_phase (self, APP_PHASE_PAUSED);
  if (mail.has_step)
    g_signal_emit (self, signals[STEP], 0, &mail.step);
  for (guint i = 0; i < mail.n_epochs; i++)
    g_signal_emit (self, signals[EPOCH], 0, &mail.epochs[i]);
  if (mail.weights != NULL)
    {
      set_weights (self, mail.weights);
      g_signal_emit (self, signals[WEIGHTS], 0, self->weights);
    }
}

static void
app_trainer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AppTrainer *self = APP_TRAINER (object);

  if (prop_id == PROP_PHASE)
    g_value_set_int (value, self->phase);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_trainer_dispose (GObject *object)
{
  AppTrainer *self = APP_TRAINER (object);

  g_clear_pointer (&self->job, app_job_free);
  forget (self);

  G_OBJECT_CLASS (app_trainer_parent_class)->dispose (object);
}

static guint
pointer_signal (const char *name)
{
  return g_signal_new (name, APP_TYPE_TRAINER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                       G_TYPE_POINTER);
}

static void
app_trainer_class_init (AppTrainerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_trainer_get_property;
  object_class->dispose = app_trainer_dispose;

  props[PROP_PHASE] = g_param_spec_int ("phase", NULL, NULL, APP_PHASE_IDLE, APP_PHASE_DIVERGED,
                                        APP_PHASE_IDLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[PREPARED] = pointer_signal ("prepared");
  signals[STEP] = pointer_signal ("step");
  signals[EPOCH] = pointer_signal ("epoch");
  signals[WEIGHTS] = pointer_signal ("weights");
  signals[ENDED] = g_signal_new ("ended", APP_TYPE_TRAINER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
app_trainer_init (AppTrainer *self)
{
  self->job = app_job_new (&training_kind, self);
}
