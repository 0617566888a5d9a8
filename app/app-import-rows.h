/* app-import-rows.h: the first rows of a file that is imported, and what each column is for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-import-form.h"

G_BEGIN_DECLS

/* A part of the form of the import dialog. Main thread only. */
typedef struct _AppImportRows AppImportRows;

AppImportRows *app_import_rows_new       (AppImportFormFunc changed, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void           app_import_rows_free      (AppImportRows *self);
GtkWidget     *app_import_rows_get       (AppImportRows *self); /* the widget; floating until it is put somewhere */

/* The roles that are shown (nullable), with what the user has chosen. */
const SigRole *app_import_rows_get_roles (AppImportRows *self, guint *n_columns);

void           app_import_rows_show      (AppImportRows *self, AppImportKind kind, const SigPreview *preview);

G_END_DECLS
