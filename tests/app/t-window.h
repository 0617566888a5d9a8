/* t-window.h: the real window for tests: made in an application, pressed and closed as the user does
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-window.h"

G_BEGIN_DECLS

/* Begins a test program; FALSE, and a plan that is skipped, where there is no display. */
gboolean   t_window_init      (int *argc, char ***argv);

/* Runs the tests that were added inside an application; what main() returns. */
int        t_window_run       (void);

/* Borrowed from the application: with nothing in it and not shown yet, or shown with the demo in it. */
AppWindow *t_window_new_empty (void);
AppWindow *t_window_new       (void);

/* Activates an action: "win.train". */
void       t_window_press     (AppWindow *window, const char *action);

/* Closes it as the user does; the milliseconds until it and its threads are gone. */
double     t_window_close     (AppWindow *window);

G_END_DECLS
