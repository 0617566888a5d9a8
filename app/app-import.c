/* app-import.c: how somebody says a file is to be read, as a value that can be handed on
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-import.h"

AppImport *
app_import_copy (const AppImport *self)
{
  AppImport *copy = g_memdup2 (self, sizeof *self);

  copy->roles = g_memdup2 (self->table.roles, self->table.n_columns * sizeof (SigRole));
  copy->table.roles = copy->roles;

  return copy;
}

void
app_import_free (AppImport *self)
{
  g_free (self->roles);
  g_free (self);
}

gboolean
app_import_open (const AppImport *self, const char *path, const SigReadHooks *hooks, SigContent *content, GError **error)
{
  return self->kind == APP_IMPORT_TABLE ? sig_import_open_table (path, &self->table, hooks, content, error)
                                        : sig_import_open_raw (path, &self->raw, hooks, content, error);
}
