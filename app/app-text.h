/* app-text.h: the sentences of the status line and the run bar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

G_BEGIN_DECLS

/* All (transfer full); locale-proof. */

/* "12,481". */
char *app_text_count     (gint64 n) G_GNUC_WARN_UNUSED_RESULT;

/* "16 channels × 48,000 steps at 250 Hz · 2 classes: rest, grasp". `labels` (nullable). */
char *app_text_recording (const SigRecording *recording, const SigLabels *labels) G_GNUC_WARN_UNUSED_RESULT;

/* "Epoch 3 of 20 · loss 0.412". */
char *app_text_step      (const NnTrainStep *step) G_GNUC_WARN_UNUSED_RESULT;

/* "Held-back part: 95.1 % of steps right (always “rest”: 70.3 %)". */
char *app_text_score     (const AppScore *score, const SigLabels *labels) G_GNUC_WARN_UNUSED_RESULT;

/* "20 epochs, the best was 17, in 12.3 s"; with the reason where it was stopped or diverged. */
char *app_text_result    (const NnTrainResult *result) G_GNUC_WARN_UNUSED_RESULT;

/* "12,481 weights take 13.4 MB to train · 171 windows for training, 42 held back". `run` (nullable). */
char *app_text_plan      (const NnCheck *check, int batch_size, const AppRun *run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
