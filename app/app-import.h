/* app-import.h: how somebody says a file is to be read, as a value that can be handed on
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-import.h"

G_BEGIN_DECLS

typedef enum
{
  APP_IMPORT_TABLE, /* of text */
  APP_IMPORT_RAW,   /* bare numbers */
} AppImportKind;

/* Immutable once it is handed on; one owner. */
typedef struct
{
  AppImportKind  kind;
  SigTableFormat table;
  SigRole       *roles; /* what `table` points to */
  SigRawFormat   raw;
} AppImport;

/* Copies the roles too. */
AppImport *app_import_copy (const AppImport *self) G_GNUC_WARN_UNUSED_RESULT;
void       app_import_free (AppImport *self);

/* Blocking, on a worker thread; as sig_reader_open(). */
gboolean   app_import_open (const AppImport *self, const char *path, const SigReadHooks *hooks, SigContent *content,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppImport, app_import_free)

G_END_DECLS
