/* app-application.h: the program: command line, windows and the actions that belong to no window
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define APP_TYPE_APPLICATION (app_application_get_type ())
G_DECLARE_FINAL_TYPE (AppApplication, app_application, APP, APPLICATION, GtkApplication)

/* `started_us`: the monotonic time at which main() began. */
AppApplication *app_application_new        (gint64 started_us) G_GNUC_WARN_UNUSED_RESULT;

/* Whether something that was asked for on the command line could not be done. */
gboolean        app_application_has_failed (AppApplication *self);

G_END_DECLS
