/* app-predictor.h: prediction in the background on a snapshot of weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  APP_PREDICTED_PART,
  APP_PREDICTED_SO_FAR,  /* the whole recording, as far as it is done */
  APP_PREDICTED_STOPPED, /* the same, and no more will come */
  APP_PREDICTED_WHOLE,
} AppPredicted;

/* What was predicted; valid while the signal is told. */
typedef struct
{
  SigTrack    *track;
  AppPredicted what;
  AppScore     validation; /* of the held-back part, once the whole recording is predicted */
} AppPrediction;

/* Main thread only; works on threads "lamina-predict", one for parts and one for the whole. One part runs and one waits: a newer
 * one takes the place of that which waits, so that a stream of epochs neither queues up nor starves.
 *
 * Signals:
 *   "predicted" (const AppPrediction *prediction)
 *   "failed" (const GError *error) */
#define APP_TYPE_PREDICTOR (app_predictor_get_type ())
G_DECLARE_FINAL_TYPE (AppPredictor, app_predictor, APP, PREDICTOR, GObject)

AppPredictor *app_predictor_new     (void) G_GNUC_WARN_UNUSED_RESULT;

/* Steps [start, end) of the run's recording, on a single processor, beside the training. */
void          app_predictor_request (AppPredictor *self, AppRun *run, NnWeights *weights, gint64 start,
                                     gint64 end);

/* All `n_steps` of it, on all processors, and its score. Drops what runs. Parts may be asked for meanwhile; those that have not
 * come before the whole are dropped. What takes long is told as it grows, by app_predictor_poll(). */
void          app_predictor_request_whole (AppPredictor *self, AppRun *run, NnWeights *weights,
                                           gint64 n_steps);

/* Tells what has been predicted of the whole since the last time, if anything; to be called once a frame. */
void          app_predictor_poll    (AppPredictor *self);

/* How much of the whole recording is predicted, 0 to 1; negative when that is not being done. */
double        app_predictor_get_progress (AppPredictor *self);

/* Ends the prediction of the whole; what there is of it is told. */
void          app_predictor_stop    (AppPredictor *self);

/* How long to wait before what is so far predicted is told, at first and each time (default: 300 ms). */
void          app_predictor_set_interval (AppPredictor *self, guint interval_ms);

/* Drops all requests; nothing of them is told any more. */
void          app_predictor_forget  (AppPredictor *self);

gboolean      app_predictor_is_active (AppPredictor *self); /* an answer is to be expected */
gboolean      app_predictor_is_busy (AppPredictor *self);   /* a thread lives, if only one that was dropped */

G_END_DECLS
