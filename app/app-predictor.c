/* app-predictor.c: prediction in the background on a snapshot of weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-predictor.h"

#include "app-job.h"

#include <stdatomic.h>

#define INTERVAL_MS 300
#define MOST_SHARE  20  /* of the time at most a twentieth goes into copies of what is so far predicted */
#define LEAST_GAIN  30  /* and each time there is at least a thirtieth more */

/* What goes to the thread and comes back. */
typedef struct
{
  AppRun        *run;
  NnWeights     *weights;
  gint64         start, end;
  AppPrediction  prediction;
  GError        *error;

  /* Of the whole recording. C11 atomics, which ThreadSanitizer understands. */
  gint64               interval_us;
  atomic_int_fast64_t  n_done;
  atomic_bool          is_wanted; /* what there is, even if it is stopped */
  _Atomic (SigTrack *) so_far; /* (nullable): the latest that nobody has taken yet */
} Request;

struct _AppPredictor
{
  GObject  parent_instance;

  AppJob  *parts, *whole;
  Request *waiting; /* (nullable): the part that starts when what runs has ended */
  Request *growing; /* (nullable): of `whole`, which frees it; while it is active */
  gint64   interval_us;
};

enum { PREDICTED, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppPredictor, app_predictor, G_TYPE_OBJECT)

/* --- on the threads ------------------------------------------------------------- */

/* (transfer full) (nullable). */
static NnModel *
make_model (Request *request)
{
  NnModel *model = nn_model_new (app_run_get_check (request->run), &request->error);

  if (model != NULL)
    nn_model_set_weights (model, request->weights);

  return model;
}

static void
part_run (gpointer data, AppTicket *ticket)
{
  Request *request = data;
  g_autoptr (NnModel) model = make_model (request);
  g_autoptr (NnPool) pool = nn_pool_new (1);

  if (model != NULL)
    request->prediction.track = app_run_predict (request->run, model, request->start, request->end, pool,
                                                 app_ticket_is_cancelled, ticket, &request->error);
}

/* The prediction of the whole, while it goes on. */
typedef struct
{
  Request        *request;
  AppTicket      *ticket;
  SigTrackWriter *writer;
  gint64          began_us, next_us; /* monotonic time: of all of it; when to tell again */
} Growth;

/* Puts what is so far predicted where the main thread finds it, unless it has not yet taken the last. */
static void
tell_growth (Growth *self)
{
  gint64 began = g_get_monotonic_time (), cost;

  if (began < self->next_us || atomic_load (&self->request->so_far) != NULL)
    return;
  atomic_store (&self->request->so_far, sig_track_writer_dup_so_far (self->writer));
  cost = g_get_monotonic_time () - began;
  self->next_us = began + MAX (MAX (self->request->interval_us, MOST_SHARE * cost), (began - self->began_us) / LEAST_GAIN);
}

/* Letting go of a large file takes long: the thread does it. */
static void
forget_growth (Request *request)
{
  SigTrack *so_far = atomic_exchange (&request->so_far, NULL);

  g_clear_pointer (&so_far, sig_track_unref);
}

/* Asked between the pieces. */
static gboolean
look_up_cb (gpointer user_data)
{
  Growth *self = user_data;

  atomic_store (&self->request->n_done, sig_track_writer_get_n_written (self->writer));
  tell_growth (self);

  return app_ticket_is_cancelled (self->ticket);
}

static void
whole_run (gpointer data, AppTicket *ticket)
{
  Request *request = data;
  AppPrediction *prediction = &request->prediction;
  g_autoptr (NnModel) model = make_model (request);
  g_autoptr (NnPool) pool = nn_pool_new (0);
  g_autoptr (SigTrackWriter) writer = NULL;
  gint64 now = g_get_monotonic_time ();
  Growth growth = { request, ticket, NULL, now, now + request->interval_us };

  if (model != NULL)
    writer = app_run_prepare_track (request->run, model, request->start, request->end, &request->error);
  if (writer == NULL)
    return;

  growth.writer = writer;
  if (app_run_predict_into (request->run, model, writer, pool, look_up_cb, &growth, &request->error))
    {
      prediction->what = APP_PREDICTED_WHOLE;
      prediction->track = sig_track_writer_finish (g_steal_pointer (&writer));
      app_run_score (request->run, prediction->track, SIG_PART_VALIDATION, &prediction->validation);
    }
  else if (request->error == NULL && atomic_load (&request->is_wanted))
    {
      prediction->what = APP_PREDICTED_STOPPED;
      prediction->track = sig_track_writer_dup_so_far (writer);
    }
  forget_growth (request);
}

/* --- on the main thread --------------------------------------------------------- */

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
tell (AppPredictor *self, const Request *request)
{
  if (request->error != NULL)
    g_signal_emit (self, signals[FAILED], 0, request->error);
  else if (request->prediction.track != NULL)
    g_signal_emit (self, signals[PREDICTED], 0, &request->prediction);
}

/* Consumes the request; FALSE, and told, where there can be no thread. */
static gboolean
start (AppPredictor *self, AppJob *job, Request *request)
{
  g_autoptr (GError) error = NULL;

  if (app_job_start (job, request, &error))
    return TRUE;
  g_signal_emit (self, signals[FAILED], 0, error);

  return FALSE;
}

static void
part_done (gpointer owner, gpointer data)
{
  g_autoptr (AppPredictor) self = g_object_ref (owner);

  if (self->waiting != NULL)
    (void) start (self, self->parts, g_steal_pointer (&self->waiting));
  tell (self, data);
}

static void
drop_parts (AppPredictor *self)
{
  app_job_drop (self->parts);
  g_clear_pointer (&self->waiting, request_free);
}

static void
whole_done (gpointer owner, gpointer data)
{
  g_autoptr (AppPredictor) self = g_object_ref (owner);
  Request *request = data;

  self->growing = NULL;
  if (request->prediction.what == APP_PREDICTED_WHOLE)
    drop_parts (self);
  tell (self, request);
}

static const AppJobKind part_kind = {
  .name = "lamina-predict",
  .nice = 5,
  .run = part_run,
  .done = part_done,
  .free_data = request_free,
};

static const AppJobKind whole_kind = {
  .name = "lamina-predict",
  .nice = 5,
  .run = whole_run,
  .done = whole_done,
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
  if (app_job_is_active (self->parts))
    self->waiting = request;
  else
    (void) start (self, self->parts, request);
}

void
app_predictor_request_whole (AppPredictor *self, AppRun *run, NnWeights *weights, gint64 n_steps)
{
  Request *request;

  g_return_if_fail (APP_IS_PREDICTOR (self) && run != NULL && weights != NULL);

  app_predictor_forget (self);
  request = request_new (run, weights, 0, n_steps);
  request->interval_us = self->interval_us;
  if (start (self, self->whole, request))
    self->growing = request;
}

void
app_predictor_poll (AppPredictor *self)
{
  AppPrediction prediction = { .what = APP_PREDICTED_SO_FAR };

  g_return_if_fail (APP_IS_PREDICTOR (self));

  if (self->growing != NULL)
    prediction.track = atomic_exchange (&self->growing->so_far, NULL);
  if (prediction.track == NULL)
    return;
  g_signal_emit (self, signals[PREDICTED], 0, &prediction);
  sig_track_unref (prediction.track);
}

double
app_predictor_get_progress (AppPredictor *self)
{
  g_return_val_if_fail (APP_IS_PREDICTOR (self), -1);

  if (self->growing == NULL)
    return -1;

  return (double) atomic_load (&self->growing->n_done) / (double) (self->growing->end - self->growing->start);
}

void
app_predictor_stop (AppPredictor *self)
{
  g_return_if_fail (APP_IS_PREDICTOR (self));

  if (self->growing == NULL)
    return;
  atomic_store (&self->growing->is_wanted, TRUE);
  app_job_cancel (self->whole);
}

void
app_predictor_set_interval (AppPredictor *self, guint interval_ms)
{
  g_return_if_fail (APP_IS_PREDICTOR (self));

  self->interval_us = (gint64) interval_ms * 1000;
}

void
app_predictor_forget (AppPredictor *self)
{
  g_return_if_fail (APP_IS_PREDICTOR (self));

  drop_parts (self);
  app_job_drop (self->whole);
  self->growing = NULL;
}

gboolean
app_predictor_is_active (AppPredictor *self)
{
  g_return_val_if_fail (APP_IS_PREDICTOR (self), FALSE);

  return app_job_is_active (self->parts) || app_job_is_active (self->whole);
}

gboolean
app_predictor_is_busy (AppPredictor *self)
{
  g_return_val_if_fail (APP_IS_PREDICTOR (self), FALSE);

  return app_job_is_busy (self->parts) || app_job_is_busy (self->whole);
}

static void
app_predictor_dispose (GObject *object)
{
  AppPredictor *self = APP_PREDICTOR (object);

  self->growing = NULL;
  g_clear_pointer (&self->parts, app_job_free);
  g_clear_pointer (&self->whole, app_job_free);
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
  self->parts = app_job_new (&part_kind, self);
  self->whole = app_job_new (&whole_kind, self);
  self->interval_us = INTERVAL_MS * 1000;
}
