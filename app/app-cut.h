/* app-cut.h: how windows to train on and to score with are cut out of a recording
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-settings.h"
#include "sig.h"

G_BEGIN_DECLS

/* What training makes of samples that are missing or not finite. */
typedef enum
{
  APP_MISSING_REFUSE,    /* it does not begin: somebody has to choose */
  APP_MISSING_MEAN,      /* they count as the mean of their channel */
  APP_MISSING_LEAVE_OUT, /* no window holds one, and their steps are not predicted */
} AppMissing;

/* The name of a way, for command lines and actions: "refuse", "mean", "leave-out"; and the way of a name, FALSE when it is
 * none. */
const char     *app_missing_get_name        (AppMissing missing);
gboolean        app_missing_parse           (const char *name, AppMissing *missing);

/* What of it is no setting of the training; a plain value. */
typedef struct
{
  gint64     hop;     /* steps between training windows; 0: half a window, and in short recordings so much less that some 256
                       * windows come out, but not under a sixteenth of a window */
  AppMissing missing; /* default APP_MISSING_REFUSE */
} AppCut;

AppCut          app_cut_default      (void);

/* Whether its members, and those of the settings that say how a part is held back, are in their ranges; NN_ERROR_RANGE. */
gboolean        app_cut_check        (const AppCut *self, GError **error);

/* The recording as training takes it: as it is, or without the steps at which a sample is missing. Blocking: may read all of
 * it. */
SigRecording   *app_cut_settle       (const AppCut *self, const SigRecording *recording, GError **error)
                                      G_GNUC_WARN_UNUSED_RESULT;

/* Whether what was found missing may be: SIG_ERROR_MISMATCH where samples are missing and nobody chose. */
gboolean        app_cut_check_missing (const AppCut *self, const SigRecording *recording, const SigMissing *found,
                                       GError **error);

/* The parts, for windows of `length` steps: the settings' share of each of their blocks of time is held back, with a quarter of a
 * window unused at each border. */
SigSplit       *app_cut_split        (const SigRecording *recording, gint64 length, const NnSettings *settings, GError **error)
                                      G_GNUC_WARN_UNUSED_RESULT;

/* Steps of the training part, or, with `is_whole`, of all the recording but its gaps. */
gint64          app_cut_count_steps  (const SigRecording *recording, const SigSplit *split, gboolean is_whole);

/* The windows of a part; with `labels` (nullable) those in which something is labelled. Held-back windows overlap less: there
 * it is only for covering their steps. */
SigWindows     *app_cut_get_windows  (const AppCut *self, const SigSplit *split, SigPart part, gint64 length,
                                      const SigLabels *labels) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
