/* app-keras-file.h: .keras archives in files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-keras.h"

G_BEGIN_DECLS

/* All blocking; no GTK. */

/* Whether a file begins as an archive does; FALSE for all that cannot be read. */
gboolean app_keras_file_is   (const char *path);

/* nn_keras_from_bytes() on a file; the error names it. */
gboolean app_keras_file_load (const char *path, const NnShape *windows, NnKeras *keras, GError **error);

G_END_DECLS
