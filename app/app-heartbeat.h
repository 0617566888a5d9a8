/* app-heartbeat.h: measures how long the main loop was busy with one thing
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A source that wants to beat every 20 ms; the longest gap between two beats is the longest freeze a user
 * could feel. Main thread only. */
typedef struct _AppHeartbeat AppHeartbeat;

#define APP_HEARTBEAT_MS 20

AppHeartbeat *app_heartbeat_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void          app_heartbeat_free  (AppHeartbeat *self);

/* Forgets what was measured: start-up is not a freeze. */
void          app_heartbeat_reset (AppHeartbeat *self);

guint         app_heartbeat_get_n_beats    (const AppHeartbeat *self);
double        app_heartbeat_get_max_gap_ms (const AppHeartbeat *self);

/* The longest gap without the time in which the thread was ready but other programs had the processors:
 * what the program itself is to blame for. The same as above where the kernel does not count that time. */
double        app_heartbeat_get_max_own_ms (const AppHeartbeat *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppHeartbeat, app_heartbeat_free)

G_END_DECLS
