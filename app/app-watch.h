/* app-watch.h: asks now and then whether the files of a recording are still as they were
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig.h"

G_BEGIN_DECLS

/* Main thread only; the disk is asked on the thread "lamina-watch", which may take as long as it does. */
typedef struct _AppWatch AppWatch;

/* `change` is a sentence; it is told once, and again only when it is another. */
typedef void (*AppWatchFunc) (gpointer user_data, const char *change);

AppWatch *app_watch_new           (AppWatchFunc changed, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void      app_watch_free          (AppWatch *self);

/* Watches the files of this recording (nullable: of none), and forgets those of the one before. */
void      app_watch_set_recording (AppWatch *self, const SigRecording *recording);

/* Looks now, and tells what was told before once more. */
void      app_watch_remind        (AppWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppWatch, app_watch_free)

G_END_DECLS
