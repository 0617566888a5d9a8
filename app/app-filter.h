/* app-filter.h: filters a recording in the background, as far as it can be shown
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-filter.h"
#include "sig-pyramid.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only; works on the thread "lamina-filter". One request at a time: a newer one drops the older.
 *
 * Signals:
 *   "filtered" (SigPyramid *pyramid, const SigFilterSpec *spec): of the filtered recording: measured, and built as far as a tenth
 *   of a second reaches
 *   "failed" (const GError *error)
 *   "notify::active" */
#define APP_TYPE_FILTER (app_filter_get_type ())
G_DECLARE_FINAL_TYPE (AppFilter, app_filter, APP, FILTER, GObject)

AppFilter *app_filter_new       (void) G_GNUC_WARN_UNUSED_RESULT;

void       app_filter_start     (AppFilter *self, const SigRecording *recording, const SigFilterSpec *spec);
void       app_filter_forget    (AppFilter *self);

gboolean   app_filter_is_active (AppFilter *self); /* an answer is to be expected */
gboolean   app_filter_is_busy   (AppFilter *self); /* a thread lives, if only one that was dropped */

G_END_DECLS
