/* app-label-export.h: labels into a file of another program's format, and the proof that they arrived
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig.h"

G_BEGIN_DECLS

/* Writes the file, reads it again and says what came back: "labels.csv was written. Read again: 42 of 42 labels are identical."
 * Blocking; on any thread. Afterwards there is the new file, or with an error the old one. NULL and an error when it could not be
 * written, or not be read again (transfer full). */
char *app_label_export_run (const SigExportFormat *format, const char *path, const SigRecording *recording,
                            const SigLabels *labels, const SigReadHooks *hooks, gboolean *is_whole,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
