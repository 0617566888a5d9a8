/* app-errand.h: what the hidden options ask of a window: train, take a picture, measure, leave
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-window.h"

G_BEGIN_DECLS

/* A plain value. */
typedef struct
{
  char    *screenshot;         /* (nullable): path of a PNG file to write, then leave */
  gboolean after_train;        /* train first, and wait for the prediction of the whole recording */
  gboolean exit_after_startup; /* leave once the recording is drawn */
  gboolean heartbeat;          /* report the first frame and the main loop's longest gap on stderr */
  gint64   started_us;         /* monotonic time at which the program began */
} AppErrand;

/* Runs the errand on a window that is about to be shown; it goes with the window. `errand` is copied.
 * `*failed` is set, and the reason written to stderr, where it could not be done. */
void app_errand_run   (AppWindow *window, const AppErrand *errand, gboolean *failed);
void app_errand_clear (AppErrand *errand);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AppErrand, app_errand_clear)

G_END_DECLS
