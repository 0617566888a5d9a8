/* spans.h: labels as one line of text, for comparing in tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reader.h"

G_BEGIN_DECLS

/* "0-10:walk 20-35:rest"; "none" for NULL (transfer full). */
char *spans_to_text (const SigLabels *labels);

/* A silent recording of one channel. */
SigRecording *spans_recording (gint64 n_steps, double rate_hz);

/* Reads labels from a file of that name and content onto a recording: their spans, or "!" and the error. The notes go to
 * `*notes`, never NULL (transfer full). */
char *spans_read (const char *name, const void *content, gsize n, const SigRecording *recording, char **notes);

G_END_DECLS
