/* app-window-run.c: training, as the window shows it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-text.h"

static WbRunState
run_state (AppPhase phase, gboolean blocked, gboolean predicting)
{
  switch (phase)
    {
    case APP_PHASE_PREPARING: return WB_RUN_PREPARING;
    case APP_PHASE_RUNNING:   return WB_RUN_RUNNING;
    case APP_PHASE_PAUSING:   return WB_RUN_PAUSING;
    case APP_PHASE_PAUSED:    return WB_RUN_PAUSED;
    case APP_PHASE_STOPPING:  return WB_RUN_STOPPING;
    case APP_PHASE_IDLE:
    case APP_PHASE_DONE:
    case APP_PHASE_FAILED:
    case APP_PHASE_DIVERGED:
    default:
      if (predicting)
        return blocked ? WB_RUN_PREDICTING_BLOCKED : WB_RUN_PREDICTING;
      return blocked ? WB_RUN_BLOCKED : WB_RUN_IDLE;
    }
}

/* Buttons, words and the plan, from the phase and what stands in the way. */
void
app_window_update_run (AppWindow *self)
{
  AppPhase phase = app_trainer_get_phase (self->trainer);
  gboolean active = app_trainer_is_active (self->trainer), predicting = app_window_is_predicting (self);
  g_autofree char *obstacle = NULL;
  g_autofree char *plan = NULL;
  AppRun *run = app_document_is_stale (self->document) ? NULL : app_trainer_get_run (self->trainer);

  if (app_loader_is_active (self->loader) && app_document_get_recording (self->document) == NULL)
    obstacle = g_strdup ("Opening…");
  else
    obstacle = app_document_dup_obstacle (self->document);

  /* The header bar has room for the state; the status line says the rest. */
  wb_run_bar_set_state (self->run_bar, run_state (phase, obstacle != NULL, predicting), NULL);
  app_window_set_obstacle (self, obstacle);
  wb_curve_set_held_up (self->curve, !active && obstacle != NULL);
  wb_curve_set_running (self->curve, active);
  if (!active && predicting)
    app_window_tell_predicting (self);
  else if (!active)
    {
      wb_run_bar_set_progress (self->run_bar, -1);
      app_window_set_progress (self, NULL);
    }

  app_window_enable_action (self, "train", !active && obstacle == NULL);
  app_window_enable_action (self, "pause", phase == APP_PHASE_RUNNING || phase == APP_PHASE_PAUSING
                            || phase == APP_PHASE_PAUSED);
  app_window_enable_action (self, "stop", active ? phase != APP_PHASE_STOPPING : predicting);

  plan = app_text_plan (app_document_get_check (self->document),
                        app_document_get_settings (self->document)->batch_size, run);
  wb_inspector_set_plan (self->inspector, plan);
}

static void
inhibit (AppWindow *self, gboolean active)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL || active == (self->inhibition != 0))
    return;

  if (active)
    self->inhibition = gtk_application_inhibit (application, GTK_WINDOW (self),
                                                GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND,
                                                "A network is being trained.");
  else
    {
      gtk_application_uninhibit (application, self->inhibition);
      self->inhibition = 0;
    }
}

static void
phase_cb (AppWindow *self)
{
  gboolean active = app_trainer_is_active (self->trainer);

  inhibit (self, active);
  if (active)
    app_window_keep_ticking (self);
  if (app_trainer_get_phase (self->trainer) == APP_PHASE_PREPARING)
    {
      self->preparing_since = g_get_monotonic_time ();
      app_window_set_progress (self, "Splitting and normalising the recording…");
    }
  app_window_update_run (self);
}

static void
prepared_cb (AppWindow *self, AppRun *run)
{
  const char *notes = app_run_get_notes (run);
  const GArray *problems = app_run_get_problems (run);

  app_document_set_split (self->document, app_run_get_split (run));
  wb_run_bar_set_progress (self->run_bar, 0);
  app_window_update_run (self);
  if (problems != NULL && problems->len > 0)
    {
      const NnProblem *first = &g_array_index (problems, NnProblem, 0);
      g_autofree char *text = g_strdup_printf ("%s: %s", first->title, first->text);

      wb_banner_show (self->banner, WB_TONE_WARNING, text);
    }
  else if (notes != NULL)
    wb_banner_show (self->banner, WB_TONE_NOTE, notes);
}

static void
tell_preparing (AppWindow *self)
{
  double fraction = app_trainer_get_preparing (self->trainer);
  g_autofree char *text = NULL;

  if (app_trainer_get_phase (self->trainer) != APP_PHASE_PREPARING || fraction == 0
      || g_get_monotonic_time () - self->preparing_since < APP_PATIENCE_US)
    return;

  text = g_strdup_printf ("Normalising the recording: %.0f %%", 100 * fraction);
  wb_run_bar_set_progress (self->run_bar, fraction);
  app_window_set_progress (self, text);
}

void
app_window_poll_run (AppWindow *self)
{
  app_trainer_poll (self->trainer);
  tell_preparing (self);
}

static void
step_cb (AppWindow *self, const NnTrainStep *step)
{
  g_autofree char *text = app_text_step (step);
  double done = step->epoch - 1 + (step->n_batches > 0 ? (double) step->batch / step->n_batches : 0);

  app_window_set_progress (self, text);
  wb_run_bar_set_progress (self->run_bar, CLAMP (done / step->epochs, 0.0, 1.0));
}

static void
epoch_cb (AppWindow *self, const NnEpoch *epoch)
{
  WbCurvePoint point = {
    .train_loss = epoch->train.loss,
    .validation_loss = epoch->validation.loss,
    .train_accuracy = epoch->train.accuracy,
    .validation_accuracy = epoch->validation.accuracy,
  };

  wb_curve_add (self->curve, &point);
  if (epoch->best)
    wb_curve_set_best (self->curve, epoch->epoch);
}

static void
ended_cb (AppWindow *self)
{
  AppPhase phase = app_trainer_get_phase (self->trainer);
  const char *reason = app_trainer_get_reason (self->trainer);
  g_autofree char *result = NULL;

  g_clear_handle_id (&self->pan, g_source_remove);
  if (phase == APP_PHASE_FAILED)
    wb_banner_show (self->banner, WB_TONE_ERROR, reason);
  if (phase == APP_PHASE_DIVERGED)
    {
      wb_banner_show (self->banner, WB_TONE_ERROR, reason);
      app_window_tell_divergence (self);
    }
  if (phase != APP_PHASE_DONE && phase != APP_PHASE_DIVERGED)
    return;

  result = app_text_result (app_trainer_get_result (self->trainer));
  app_window_set_result (self, result);
  app_window_predict_whole (self);
}

void
app_window_train (AppWindow *self)
{
  const NnSettings *settings = app_document_get_settings (self->document);
  g_autoptr (GError) error = NULL;
  g_autofree char *obstacle = app_document_dup_obstacle (self->document);

  if (app_trainer_is_active (self->trainer) || obstacle != NULL)
    return;

  app_document_seal (self->document);
  app_window_forget_predicting (self);
  app_window_forget_divergence (self);
  app_window_update_problems (self);
  wb_banner_hide (self->banner);
  app_window_set_result (self, NULL);
  app_window_show_page (self, GTK_WIDGET (self->curve));
  wb_curve_start (self->curve, settings->epochs);

  if (!app_trainer_start (self->trainer, app_document_get_design (self->document),
                          app_document_get_training (self->document), app_document_get_labels (self->document),
                          settings, app_document_get_cut (self->document), &error))
    wb_banner_show (self->banner, WB_TONE_ERROR, error->message);

  /* The banner that may have said so has just been hidden. */
  app_watch_remind (self->watch);
}

void
app_window_pause_or_resume (AppWindow *self)
{
  if (app_trainer_get_phase (self->trainer) == APP_PHASE_RUNNING)
    app_trainer_pause (self->trainer);
  else
    app_trainer_resume (self->trainer);
}

void
app_window_stop (AppWindow *self)
{
  if (app_trainer_is_active (self->trainer))
    app_trainer_stop (self->trainer);
  else
    app_predictor_stop (self->predictor);
}

/* The recording or its labels are no longer those of the run. */
void
app_window_give_up_run (AppWindow *self)
{
  app_window_forget_predicting (self);
  app_trainer_abandon (self->trainer);
  app_window_forget_divergence (self);
  app_window_update_problems (self);
  app_window_set_result (self, NULL);
  wb_curve_start (self->curve, app_document_get_settings (self->document)->epochs);
}

/* Whoever moves or presses something wants to see what it does. */
static gboolean
event_cb (AppWindow *self)
{
  if (self->trainer != NULL)
    app_trainer_hold_back (self->trainer);

  return GDK_EVENT_PROPAGATE;
}

static void
watch_events (AppWindow *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (controller, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
app_window_bind_run (AppWindow *self)
{
  watch_events (self);
  g_signal_connect_object (self->trainer, "notify::phase", G_CALLBACK (phase_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trainer, "prepared", G_CALLBACK (prepared_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trainer, "step", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trainer, "epoch", G_CALLBACK (epoch_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trainer, "weights", G_CALLBACK (app_window_predict_visible), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trainer, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  app_window_bind_predicting (self);
}
