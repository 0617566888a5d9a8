/* t-view.h: what the tests of plots need beyond t-ui.h: frames and pointers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "t-ui.h"

G_BEGIN_DECLS

/* Runs the main loop until the next frame is painted, and until nothing waits any more. */
void                t_view_wait_for_frame (GtkWidget *widget);

/* The widget's own controller of a type (transfer none): its signals can be emitted. */
GtkEventController *t_view_get_controller (GtkWidget *widget, GType type);

/* The same by the name that it was given. */
GtkEventController *t_view_get_named      (GtkWidget *widget, const char *name);

G_END_DECLS
