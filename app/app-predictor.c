/* app-predictor.c: prediction in the background on a snapshot of weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-predictor.h"

#include "app-job.h"

/* What goes to the thread and comes back. */
typedef struct
{
  AppRun        *run;
  NnWeights     *weights;
  gint64         start, end;
  AppPrediction  prediction;
  GError        *error;
} Request;

struct _AppPredictor
{
  GObject  parent_instance;

  AppJob  *job;
  Request *waiting; /* (nullable): starts when what runs has ended */
};

enum { PREDICTED, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppPredictor, app_predictor, G_TYPE_OBJECT)

static void
request_run (gpointer data, AppTicket *ticket)
{
  Request *request = data;
  AppPrediction *prediction = &request->prediction;
  g_autoptr (NnPool) pool = NULL;
  g_autoptr (NnModel) model = NULL;

  model = nn_model_new (app_run_get_check (request->run), &request->error);
  if (model == NULL)
    return;

  nn_model_set_weights (model, request->weights);
  pool = nn_pool_new (prediction->whole ? 0 : 1);
  prediction->track = app_run_predict (request->run, model, request->start, request->end, pool,
                                       app_ticket_is_cancelled, ticket, &request->error);
  if (prediction->track != NULL && prediction->whole)
    app_run_score (request->run, prediction->track, SIG_PART_VALIDATION, &prediction->validation);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  app_run_unref (request->run);
  nn_weights_unref (request->weights);
  g_clear_pointer (&request->prediction.track, sig_track_unref);
  g_clear_error (&request->error);
  g_free (request);
}

static void
start (AppPredictor *self, Request *request)
{
  g_autoptr (GError) error = NULL;

  if (!app_job_start (self->job, request, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
request_done (gpointer owner, gpointer data)
{
  g_autoptr (AppPredictor) self = g_object_ref (owner);
  Request *request = data;

  if (self->waiting != NULL)
    start (self, g_steal_pointer (&self->waiting));

  if (request->error != NULL)
    g_signal_emit (self, signals[FAILED], 0, request->error);
  else if (request->prediction.track != NULL)
    g_signal_emit (self, signals[PREDICTED], 0, &request->prediction);
}

static const AppJobKind request_kind = {
  .name = "lamina-predict",
  .nice = 5,
  .run = request_run,
  .done = request_done,
  .free_data = request_free,
};

AppPredictor *
app_predictor_new (void)
{
  return g_object_new (APP_TYPE_PREDICTOR, NULL);
}

static Request *
request_new (AppRun *run, NnWeights *weights, gint64 first, gint64 end)
{
  Request *request = g_new0 (Request, 1);

  request->run = app_run_ref (run);
  request->weights = nn_weights_ref (weights);
  request->start = first;
  request->end = end;

  return request;
}

void
app_predictor_request (AppPredictor *self, AppRun *run, NnWeights *weights, gint64 first, gint64 end)
{
  Request *request;

  g_return_if_fail (APP_IS_PREDICTOR (self) && run != NULL && weights != NULL);

  request = request_new (run, weights, first, end);
  g_clear_pointer (&self->waiting, request_free);
  if (app_job_is_active (self->job))
    self->waiting = request;
  else
    start (self, request);
}

void
app_predictor_request_whole (AppPredictor *self, AppRun *run, NnWeights *weights, gint64 n_steps)
{
  Request *request;

  g_return_if_fail (APP_IS_PREDICTOR (self) && run != NULL && weights != NULL);

  app_predictor_forget (self);
  request = request_new (run, weights, 0, n_steps);
  request->prediction.whole = TRUE;
  start (self, request);
}

void
app_predictor_forget (AppPredictor *self)
{
  g_return_if_fail (APP_IS_PREDICTOR (self));

  app_job_drop (self->job);
  g_clear_pointer (&self->waiting, request_free);
}

gboolean
app_predictor_is_active (AppPredictor *self)
{
  g_return_val_if_fail (APP_IS_PREDICTOR (self), FALSE);

  return app_job_is_active (self->job);
}

gboolean
app_predictor_is_busy (AppPredictor *self)
{
  g_return_val_if_fail (APP_IS_PREDICTOR (self), FALSE);

  return app_job_is_busy (self->job);
}

static void
app_predictor_dispose (GObject *object)
{
  AppPredictor *self = APP_PREDICTOR (object);

  g_clear_pointer (&self->job, app_job_free);
  g_clear_pointer (&self->waiting, request_free);

  G_OBJECT_CLASS (app_predictor_parent_class)->dispose (object);
}

static void
app_predictor_class_init (AppPredictorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_predictor_dispose;

  signals[PREDICTED] = g_signal_new ("predicted", APP_TYPE_PREDICTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FAILED] = g_signal_new ("failed", APP_TYPE_PREDICTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
app_predictor_init (AppPredictor *self)
{
  self->job = app_job_new (&request_kind, self);
}
