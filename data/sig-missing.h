/* sig-missing.h: finds the samples of a recording that are missing or not finite
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* What was found in the segments; gaps between them do not count. */
typedef struct
{
  gint64 count;
  guint  channel; /* of the first one: the earliest, and of these the one of the lowest channel */
  gint64 step;
} SigMissing;

/* Adds what is missing of a channel's samples from step `start` on; blocks may come in any order. */
void          sig_missing_add      (SigMissing *self, guint channel, gint64 start, const float *samples, gint64 n);

/* Reads every sample. */
gboolean      sig_missing_count    (const SigRecording *recording, SigMissing *missing, GError **error);

/* "18 samples are missing or not finite, the first in channel “Cz” at 0.003 s" (transfer full); NULL when there is none. */
char         *sig_missing_describe (const SigMissing *missing, const SigRecording *recording) G_GNUC_WARN_UNUSED_RESULT;

/* The recording with segments that leave out every step at which a sample of any channel is missing: no window holds one.
 * Reads every sample. SIG_ERROR_MISMATCH when no step is left. */
SigRecording *sig_missing_cut      (const SigRecording *recording, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
