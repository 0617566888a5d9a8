/* app-import-form.h: the controls that say how a file is to be read, and its first rows below them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-import.h"
#include "sig-preview.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A part of the import dialog; goes with its window. Main thread only. */
typedef struct _AppImportForm AppImportForm;

/* Told when the user changed something. `roles_too`: roles that were chosen still hold; else the columns may be others. */
typedef void (*AppImportFormFunc) (gpointer user_data, gboolean roles_too);

AppImportForm *app_import_form_new     (AppImportFormFunc changed, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void           app_import_form_free    (AppImportForm *self);
GtkWidget     *app_import_form_get     (AppImportForm *self); /* the widget; floating until it is put somewhere */

AppImportKind  app_import_form_get_kind (AppImportForm *self);

/* What the controls say; the roles are those of the columns that are shown, or none of them. */
AppImport     *app_import_form_read    (AppImportForm *self, gboolean with_roles) G_GNUC_WARN_UNUSED_RESULT;

/* Sets the controls of the kind to what a preview was made with, without telling of a change. */
void           app_import_form_fill    (AppImportForm *self, AppImportKind kind, const SigPreview *preview);

/* Shows the rows and what they give. */
void           app_import_form_show    (AppImportForm *self, AppImportKind kind, const SigPreview *preview);

G_END_DECLS
