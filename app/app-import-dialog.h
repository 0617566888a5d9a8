/* app-import-dialog.h: asks how a file is to be read, beside a preview of its first rows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-import.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Both are borrowed. */
typedef void (*AppImportFunc) (gpointer user_data, const char *path, const AppImport *import);

/* Begins with what can be guessed from the file; `func` is called with the answer, not when the dialog was closed. It goes with
 * its parent. */
void app_import_dialog_ask (GtkWindow *parent, const char *path, AppImportFunc func, gpointer user_data);

G_END_DECLS
