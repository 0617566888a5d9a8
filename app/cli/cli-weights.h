/* cli-weights.h: trained models in files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"
#include "cli-source.h"

G_BEGIN_DECLS

/* The model with the run's normalisation, and the classes and the filter of its source; the old file or the new one is there
 * afterwards. */
gboolean cli_weights_save (const char *path, const NnModel *model, const AppRun *run, const CliSource *source, GError **error);

gboolean cli_weights_load (const char *path, NnTrained *trained, GError **error);

/* Whether a file begins as one of weights does; FALSE for all that cannot be read. */
gboolean cli_weights_is   (const char *path);

G_END_DECLS
