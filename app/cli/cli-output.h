/* cli-output.h: files that a command leaves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a file can be written at `path`, and is none of the files `inputs` (up to a NULL) that are read. To be asked
 * before long work, so that a mistyped path does not cost its result. TRUE for a NULL path, which asks for no file. */
gboolean cli_output_check        (const char *path, const char *const *inputs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes a folder, with those above it, that files can be written to. TRUE for NULL. */
gboolean cli_output_check_folder (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes a file. Afterwards a regular file is the old one or the new one; links are followed, and a device or a pipe is
 * written to rather than replaced, as is whatever standard output goes to. */
gboolean cli_output_write        (const char *path, const char *bytes, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
