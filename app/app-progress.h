/* app-progress.h: how far a job on a thread is, for the window to ask
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Atomically ref-counted; every function may be called from any thread. */
typedef struct _AppProgress AppProgress;

AppProgress *app_progress_new   (void) G_GNUC_WARN_UNUSED_RESULT;
AppProgress *app_progress_ref   (AppProgress *self);
void         app_progress_unref (AppProgress *self);

void         app_progress_set   (AppProgress *self, double fraction); /* 0 to 1 */
double       app_progress_get   (AppProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppProgress, app_progress_unref)

G_END_DECLS
