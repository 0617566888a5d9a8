/* app-indexer.h: builds a recording's pyramid in the background
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-pyramid.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only; builds on the thread "lamina-index". A pyramid may be drawn while it grows: whoever draws
 * it polls sig_pyramid_get_progress() while this is active.
 *
 * Signals:
 *   "notify::active"
 *   "failed" (const GError *error): the rest of the recording cannot be read */
#define APP_TYPE_INDEXER (app_indexer_get_type ())
G_DECLARE_FINAL_TYPE (AppIndexer, app_indexer, APP, INDEXER, GObject)

AppIndexer *app_indexer_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/* Gives up the one that is being built, if any. */
void        app_indexer_start     (AppIndexer *self, SigPyramid *pyramid);
void        app_indexer_forget    (AppIndexer *self);

gboolean    app_indexer_is_active (AppIndexer *self); /* more is to come */
gboolean    app_indexer_is_busy   (AppIndexer *self); /* a thread lives, if only one that was dropped */

G_END_DECLS
