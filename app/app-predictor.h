/* app-predictor.h: prediction in the background on a snapshot of weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What was predicted; valid while the signal is told. */
typedef struct
{
  SigTrack *track;
  gboolean  whole;      /* the whole recording: then the score is there */
  AppScore  validation; /* of the held-back part */
} AppPrediction;

/* Main thread only; works on the thread "lamina-predict". One request runs and one waits: a newer one takes
 * the place of that which waits, so that a stream of epochs neither queues up nor starves.
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

/* All `n_steps` of it, on all processors, and its score. Drops what runs. */
void          app_predictor_request_whole (AppPredictor *self, AppRun *run, NnWeights *weights,
                                           gint64 n_steps);

/* Drops all requests; nothing of them is told any more. */
void          app_predictor_forget  (AppPredictor *self);

gboolean      app_predictor_is_active (AppPredictor *self); /* an answer is to be expected */
gboolean      app_predictor_is_busy (AppPredictor *self);   /* a thread lives, if only one that was dropped */

G_END_DECLS
