/* app-trail.h: the views that were looked at, one after the other
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-lane-view.h"

#include <glib.h>

G_BEGIN_DECLS

/* What has to be shown again. A plain value; the lanes are borrowed. */
typedef struct
{
  const WbLaneView *lanes;
  double            start, end; /* steps */
} AppTrailView;

/* Like the history of a browser: one goes back, and forward again until something else is looked at. How a recording is shown is
 * no edit of it, and so not among the steps of undo. Main thread only; one owner. */
typedef struct _AppTrail AppTrail;

#define APP_TRAIL_MAX      100    /* views; the oldest is forgotten first */
#define APP_TRAIL_PAUSE_US 600000 /* changes that follow each other sooner are one: a scroll, a drag */

AppTrail *app_trail_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void      app_trail_free    (AppTrail *self);

/* Nothing that was looked at until now can come back: it is another recording. */
void      app_trail_clear   (AppTrail *self);

/* What is looked at now, at a monotonic time. The same as before is nothing, nor is it another choice of a channel. */
void      app_trail_add     (AppTrail *self, const AppTrailView *view, gint64 time_us);

/* FALSE where there is none. What is given is what is looked at now, borrowed until the next call. */
gboolean  app_trail_back    (AppTrail *self, AppTrailView *view);
gboolean  app_trail_forward (AppTrail *self, AppTrailView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppTrail, app_trail_free)

G_END_DECLS
