/* app-screenshot.h: a picture of a window as it is on the screen
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws what the window shows into a PNG file. G_IO_ERROR_PENDING where it shows nothing, as before its first frame, and with
 * some GTKs while it is laid out anew; G_IO_ERROR_FAILED where the file cannot be written. */
gboolean app_screenshot_save (GtkWidget *window, const char *path, GError **error);

G_END_DECLS
