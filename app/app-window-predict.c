/* app-window-predict.c: what the network says, as the window shows it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-text.h"

#define PAN_PAUSE_MS    80     /* the span must rest so long before it is predicted anew */
#define MOST_LIVE_STEPS 65536  /* predicted at a time beside other work: about a second of it for R1 */

/* The steps that are seen. */
static void
get_visible (AppWindow *self, gint64 *start, gint64 *end)
{
  double n_steps = wb_view_span_get_n_steps (self->span), low, high;

  wb_view_span_get_visible (self->span, &low, &high);
  *start = (gint64) MAX (low, 0);
  *end = (gint64) MIN (high + 1, n_steps);
}

/* `track` (nullable). */
static gboolean
covers_visible (AppWindow *self, const SigTrack *track)
{
  gint64 start, end;

  get_visible (self, &start, &end);

  return track != NULL && sig_track_get_start (track) <= start
         && sig_track_get_start (track) + sig_track_get_n_steps (track) >= end;
}

static void
show (AppWindow *self, const SigTrack *track)
{
  app_document_set_prediction (self->document, track, app_trainer_get_design (self->trainer),
                               app_run_get_labels (app_trainer_get_run (self->trainer)));
}

/* The steps that are seen, about their middle where they are too many to keep up with the epochs. */
void
app_window_predict_visible (AppWindow *self)
{
  AppRun *run = app_trainer_get_run (self->trainer);
  NnWeights *weights = app_trainer_get_weights (self->trainer);
  gint64 start, end;

  if (run == NULL || weights == NULL)
    return;

  get_visible (self, &start, &end);
  if (end - start > MOST_LIVE_STEPS)
    {
      start = (start + end - MOST_LIVE_STEPS) / 2;
      end = start + MOST_LIVE_STEPS;
    }
  self->asked_start = start;
  self->asked_end = end;
  app_predictor_request (self->predictor, run, weights, start, end);
}

/* While the whole is not there yet: of the part and of what is so far predicted, that which shows more of what is seen. A part
 * that is not there is asked for. */
static void
show_so_far (AppWindow *self)
{
  gboolean is_asked;
  gint64 start, end;

  get_visible (self, &start, &end);
  is_asked = self->asked_start <= start && self->asked_end >= end;
  if (covers_visible (self, self->so_far) || (end - start > MOST_LIVE_STEPS && self->so_far != NULL))
    {
      if (app_document_get_prediction (self->document) != self->so_far)
        show (self, self->so_far);
    }
  else if (!covers_visible (self, self->part) && !is_asked)
    app_window_predict_visible (self);
  else if (self->part != NULL && app_document_get_prediction (self->document) != self->part)
    show (self, self->part);
}

/* --- letting go ------------------------------------------------------------------ */

static void
release_run (gpointer data, AppTicket *ticket)
{
  SigPyramid **pyramid = data;

  g_clear_pointer (pyramid, sig_pyramid_unref);
}

static void
release_done (gpointer owner, gpointer data)
{
}

static void
release_free (gpointer data)
{
  SigPyramid **pyramid = data;

  g_clear_pointer (pyramid, sig_pyramid_unref);
  g_free (pyramid);
}

static const AppJobKind release_kind = { "lamina-release", 0, release_run, release_done, release_free };

static gboolean
is_in_memory (SigPyramid *pyramid)
{
  return sig_recording_peek_channel (sig_pyramid_get_recording (pyramid), 0) != NULL;
}

/* Consumes the pyramid (nullable) of a prediction. To close a file of gigabytes takes the system half a second: a thread does
 * it. */
static void
release (AppWindow *self, SigPyramid *pyramid)
{
  if (pyramid != NULL && !is_in_memory (pyramid))
    (void) app_job_start (self->releaser, g_memdup2 (&pyramid, sizeof pyramid), NULL);
  else if (pyramid != NULL)
    sig_pyramid_unref (pyramid);
}

static void
set_track (AppWindow *self, SigTrack **member, SigTrack *track)
{
  SigPyramid *last = *member != NULL ? sig_pyramid_ref (sig_track_get_pyramid (*member)) : NULL;
  SigTrack *held = track != NULL ? sig_track_ref (track) : NULL;

  g_clear_pointer (member, sig_track_unref);
  *member = held;
  release (self, last);
}

/* The window is the last to let go of what the document showed. */
static void
shown_cb (AppWindow *self)
{
  const SigTrack *track = app_document_get_prediction (self->document);
  SigPyramid *pyramid = track != NULL ? sig_track_get_pyramid (track) : NULL, *last;

  if (pyramid == self->predicted)
    return;
  last = self->predicted;
  self->predicted = pyramid != NULL ? sig_pyramid_ref (pyramid) : NULL;
  release (self, last);
}

/* --- the whole -------------------------------------------------------------------- */

void
app_window_forget_predicting (AppWindow *self)
{
  g_clear_handle_id (&self->pan, g_source_remove);
  app_predictor_forget (self->predictor);
  self->incomplete = FALSE;
  self->asked_start = self->asked_end = 0;
  set_track (self, &self->so_far, NULL);
  set_track (self, &self->part, NULL);
}

void
app_window_predict_whole (AppWindow *self)
{
  const SigRecording *recording = app_document_get_recording (self->document);

  app_window_forget_predicting (self);
  self->incomplete = TRUE;
  self->predicting_since = g_get_monotonic_time ();
  app_predictor_request_whole (self->predictor, app_trainer_get_run (self->trainer),
                               app_trainer_get_weights (self->trainer), sig_recording_get_n_steps (recording));
  app_window_keep_ticking (self);
}

/* --- in words ------------------------------------------------------------------- */

gboolean
app_window_is_predicting (AppWindow *self)
{
  return app_predictor_get_progress (self->predictor) >= 0
         && g_get_monotonic_time () - self->predicting_since > APP_PATIENCE_US;
}

void
app_window_tell_predicting (AppWindow *self)
{
  double progress = app_predictor_get_progress (self->predictor);
  g_autofree char *text = g_strdup_printf ("Predicting the recording: %.0f %%%s%s", 100 * progress,
                                           self->result != NULL ? " · " : "", self->result != NULL ? self->result : "");

  wb_run_bar_set_progress (self->run_bar, progress);
  app_window_set_progress (self, text);
}

/* Once it has ended. */
static void
stop_telling (AppWindow *self)
{
  if (!self->told_predicting)
    return;
  self->told_predicting = FALSE;
  app_window_update_run (self);
}

gboolean
app_window_poll_predicting (AppWindow *self)
{
  app_predictor_poll (self->predictor);
  if (app_window_is_predicting (self))
    {
      if (!self->told_predicting)
        app_window_update_run (self);
      app_window_tell_predicting (self);
      self->told_predicting = TRUE;
    }
  else
    stop_telling (self);

  return app_predictor_get_progress (self->predictor) >= 0;
}

static void
tell_stopped (AppWindow *self, const SigTrack *track)
{
  double share = (double) sig_track_get_n_steps (track) / MAX (wb_view_span_get_n_steps (self->span), 1);
  g_autofree char *text = g_strdup_printf ("Predicting was stopped at %.0f %%, so no score%s%s", 100 * share,
                                           self->result != NULL ? " · " : "", self->result != NULL ? self->result : "");

  app_window_set_result (self, text);
}

/* --- what comes ----------------------------------------------------------------- */

static void
predicted_part (AppWindow *self, SigTrack *track)
{
  if (!self->incomplete)
    {
      show (self, track);
      return;
    }
  set_track (self, &self->part, track);
  show_so_far (self);
}

static void
predicted_cb (AppWindow *self, const AppPrediction *prediction)
{
  const SigLabels *labels = app_run_get_labels (app_trainer_get_run (self->trainer));
  g_autofree char *score = NULL;

  switch (prediction->what)
    {
    case APP_PREDICTED_PART:
      predicted_part (self, prediction->track);
      break;
    case APP_PREDICTED_STOPPED:
      tell_stopped (self, prediction->track);
      stop_telling (self);
      G_GNUC_FALLTHROUGH;
    case APP_PREDICTED_SO_FAR:
      if (sig_track_get_n_steps (prediction->track) == 0)
        break;
      set_track (self, &self->so_far, prediction->track);
      show_so_far (self);
      break;
    case APP_PREDICTED_WHOLE:
    default:
      app_window_forget_predicting (self);
      show (self, prediction->track);
      score = app_text_score (&prediction->validation, labels);
      app_window_set_result (self, score);
      stop_telling (self);
    }
}

static void
prediction_failed_cb (AppWindow *self, const GError *error)
{
  if (app_predictor_get_progress (self->predictor) < 0)
    stop_telling (self);
  wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
}

static gboolean
pan_cb (gpointer user_data)
{
  AppWindow *self = user_data;

  self->pan = 0;
  if (self->incomplete)
    show_so_far (self);
  else
    app_window_predict_visible (self);

  return G_SOURCE_REMOVE;
}

/* Once all of it is predicted there is nothing to do. */
static void
span_cb (AppWindow *self)
{
  if (!app_trainer_is_active (self->trainer) && !self->incomplete)
    return;

  g_clear_handle_id (&self->pan, g_source_remove);
  self->pan = g_timeout_add (PAN_PAUSE_MS, pan_cb, self);
}

void
app_window_bind_predicting (AppWindow *self)
{
  self->releaser = app_job_new (&release_kind, self);
  g_signal_connect_object (self->predictor, "predicted", G_CALLBACK (predicted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->predictor, "failed", G_CALLBACK (prediction_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->span, "changed", G_CALLBACK (span_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::prediction", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
}
