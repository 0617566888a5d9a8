/* cli-picture.h: pictures of a run, as PNG files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"
#include "wb-curve-paint.h"

G_BEGIN_DECLS

/* Traces, truth, prediction and probability over the part of the recording that tells most: held-back time with changes of
 * label. */
gboolean cli_picture_overlay (const char *path, const AppRun *run, const SigRecording *recording,
                              const SigLabels *labels, const SigTrack *prediction, GError **error);

/* The loss over the epochs. */
gboolean cli_picture_loss    (const char *path, const char *title, const WbCurvePoint *points, guint n_points,
                              guint n_epochs, guint best_epoch, GError **error);

G_END_DECLS
