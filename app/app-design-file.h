/* app-design-file.h: designs in files, and wherever a template's id may stand for one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn.h"

G_BEGIN_DECLS

/* All blocking; no GTK: for worker threads and lamina-cli. Errors name the file. */

/* A design in JSON, or that of a .keras archive; `n_steps` stands for an axis of time that an archive leaves open. */
NnDesign *app_design_file_load    (const char *path, gint64 n_steps, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The old file or the new one is there afterwards, whatever happens; a symbolic link stays one. */
gboolean  app_design_file_save    (const char *path, const NnDesign *design, GError **error);

/* A template's id ("R1") gives its design on `input` for `n_classes`, anything else is loaded as a file
 * and is taken as it stands. */
NnDesign *app_design_file_resolve (const char *path_or_id, const NnShape *input, int n_classes,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
