/* app-window.h: the window: widgets in their places, bound to one document and one run
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-document.h"
#include "app-trainer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Everything is done through its actions (win.train …) and these functions. Every GError ends in its
 * banner. Closing it while something runs stops that first, out of sight, without blocking the main loop. */
#define APP_TYPE_WINDOW (app_window_get_type ())
G_DECLARE_FINAL_TYPE (AppWindow, app_window, APP, WINDOW, GtkApplicationWindow)

AppWindow   *app_window_new          (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;

AppDocument *app_window_get_document (AppWindow *self);
AppTrainer  *app_window_get_trainer  (AppWindow *self);

/* In the background: one file, or recordings and files of their labels as one data set. NULL-terminated, one at least. */
void         app_window_open         (AppWindow *self, const char *const *paths);
void         app_window_open_demo    (AppWindow *self);

/* Looks for work that an earlier program did not come to save, and asks whether to restore it. */
void         app_window_offer_recovery (AppWindow *self);

/* From now on it is closed, and other recordings are opened, without asking what is to become of unsaved changes. */
void         app_window_forgo_saving (AppWindow *self);

/* A file, or a template's id. */
void         app_window_open_design  (AppWindow *self, const char *path_or_id);

/* Whether anything is being opened, trained or predicted. */
gboolean     app_window_is_busy      (AppWindow *self);

/* (nullable): what the banner says; NULL while it is hidden. */
const char  *app_window_get_banner   (AppWindow *self);

/* What the status line says of the training: the score, or how it ended; "" when there is nothing to say. */
const char  *app_window_get_outcome  (AppWindow *self);

G_END_DECLS
