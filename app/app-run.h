/* app-run.h: one run, whole and blocking: a recording, labels, a design and settings in; weights, scores and a prediction out
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-cut.h"
#include "nn.h"

G_BEGIN_DECLS

/* No GTK: the window's trainer thread and lamina-cli both stand on this, so that they give the same numbers. */

/* What a run is made of; all of it immutable, a ref is held. Prepared once, used by training and prediction. */
typedef struct _AppRun AppRun;

/* What the labels ask of a network whose windows are `n_steps` long and that is trained with `settings`; {n_steps, 0} for NULL
 * labels. */
NnContract      app_run_contract            (const SigLabels *labels, gint64 n_steps, const NnSettings *settings);

/* Bytes of memory that may be taken now: 70 % of the least of MemAvailable, what RLIMIT_AS leaves and what the cgroup leaves. */
gint64          app_run_get_memory_limit    (void);

/* "12,481 weights take 13.4 MB to train; 15.2 GB may be taken." in words, and whether it is too much. */
gboolean        app_run_check_memory        (const NnCheck *check, int batch_size, GError **error);

/* Splits, cuts, fits the normalisation and makes the batch sources. Blocking (reads the whole recording). Errors name
 * what does not fit: channels, lengths, labels, memory, missing samples. `labels` (nullable) only for prediction with
 * weights that bring their own norm. */
AppRun         *app_run_new                 (const NnDesign *design, const SigRecording *recording,
                                             const SigLabels *labels, const NnSettings *settings, const AppCut *cut,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who waits for a run while the recording is read, which may be gigabytes long; not called for one that is in memory. */
typedef struct
{
  gboolean (*should_stop) (gpointer user_data);
  void     (*tell)        (gpointer user_data, double fraction); /* how much has been read: never less than the last time */
  gpointer   user_data;
} AppRunHooks;

/* The same. SIG_ERROR_CANCELLED when `should_stop` said so. */
AppRun         *app_run_new_with_hooks      (const NnDesign *design, const SigRecording *recording,
                                             const SigLabels *labels, const NnSettings *settings, const AppCut *cut,
                                             const AppRunHooks *hooks, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A run for nothing but prediction, with the normalisation that belongs to the weights: nothing is split, no part has windows. */
AppRun         *app_run_new_for_prediction  (const NnDesign *design, const SigRecording *recording,
                                             const SigNorm *norm, GError **error) G_GNUC_WARN_UNUSED_RESULT;
AppRun         *app_run_ref                 (AppRun *self);
void            app_run_unref               (AppRun *self);

const NnCheck  *app_run_get_check           (const AppRun *self);
const SigSplit *app_run_get_split           (const AppRun *self); /* NULL in a run for nothing but prediction */
const SigLabels *app_run_get_labels         (const AppRun *self); /* (nullable) */
const NnSettings *app_run_get_settings      (const AppRun *self);
const SigNorm  *app_run_get_norm            (const AppRun *self);
const char     *app_run_get_notes           (const AppRun *self); /* (nullable): constant channels and the like */
const GArray   *app_run_get_problems        (const AppRun *self); /* of NnProblem: classes that training does not see */
gint64          app_run_get_n_windows       (const AppRun *self, SigPart part);

/* Makes a model with fresh weights and trains it. `*model` is the trained one (best weights). */
gboolean        app_run_train               (AppRun *self, NnPool *pool, const NnTrainHooks *hooks, NnModel **model,
                                             NnTrainResult *result, GError **error);

/* Predicts steps [start, end) of the recording: windows that cover the span, half overlapping, each step from the window whose
 * centre is nearest, so that the seams do not show. The windows lie on a grid of their own: a step gets the same
 * probabilities whatever span is asked for. A long track is not kept in memory (sig-track-writer.h). Safe on several threads at
 * once. NULL without an error when `should_stop` said so. */
SigTrack       *app_run_predict             (AppRun *self, const NnModel *model, gint64 start, gint64 end,
                                             NnPool *pool, gboolean (*should_stop) (gpointer), gpointer user_data,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same in two steps, for who wants to look at the track while it grows: a track to be written (transfer full), whose
 * steps [start, end) are then predicted into it, front to back. Between two pieces, some ten thousand steps each, `should_stop`
 * is asked, on the calling thread. FALSE without an error when it said so. */
SigTrackWriter *app_run_prepare_track       (const AppRun *self, const NnModel *model, gint64 start, gint64 end, GError **error)
                                             G_GNUC_WARN_UNUSED_RESULT;
gboolean        app_run_predict_into        (AppRun *self, const NnModel *model, SigTrackWriter *writer, NnPool *pool,
                                             gboolean (*should_stop) (gpointer), gpointer user_data, GError **error);

/* Steps labelled right in one part of the recording, as far as `prediction` spans it: labelled steps, those right (one without a
 * prediction is not), and those of the commonest class (the majority share). */
typedef struct
{
  gint64 n_steps, n_right, n_majority;
  int    majority; /* the commonest class; SIG_UNLABELLED where no step is labelled */
} AppScore;

void            app_run_score               (const AppRun *self, const SigTrack *prediction, SigPart part, AppScore *score);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppRun, app_run_unref)

G_END_DECLS
