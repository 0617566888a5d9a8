/* app-screenshot.h: a picture of a window as it is on the screen
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws what the window shows into a PNG file; the window must have been drawn once. */
gboolean app_screenshot_save (GtkWidget *window, const char *path, GError **error);

G_END_DECLS
