/* app-files.h: the file dialogs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  APP_FILES_RECORDING,
  APP_FILES_ADD,
  APP_FILES_FIND,
  APP_FILES_IMPORT,
  APP_FILES_LABELS,
  APP_FILES_DESIGN,
  APP_FILES_SAVE_DESIGN,
  APP_FILES_SAVE_PROJECT,
  APP_FILES_EXPORT_LABELS,
  APP_FILES_EXPORT_PICTURE,
} AppFilesPurpose;

/* `path` is borrowed. */
typedef void (*AppFilesFunc) (gpointer user_data, const char *path);

/* `paths` are borrowed: one at least. */
typedef void (*AppManyFilesFunc) (gpointer user_data, const char *const *paths);

/* Asks for files to open, any number of them; `func` as below. */
void app_files_choose_many (GtkWindow *parent, AppFilesPurpose purpose, AppManyFilesFunc func, gpointer user_data);

/* Asks for a file; `func` is called once it was chosen, not when the dialog was cancelled or its parent is
 * gone. `name` (nullable): what a new file is called at first. */
void app_files_choose (GtkWindow *parent, AppFilesPurpose purpose, const char *name, AppFilesFunc func,
                       gpointer user_data);

G_END_DECLS
