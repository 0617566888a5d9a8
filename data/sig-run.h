/* sig-run.h: the samples of one channel side by side, wherever the recording keeps them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Private to the pyramid. */

#define SIG_RUN_STEPS 4096 /* copied at a time from a recording that is not in memory */

/* Looks at one channel from anywhere to anywhere, cheapest front to back. Owns nothing; the recording must live. */
typedef struct
{
  const SigRecording *recording;
  guint               channel;
  gint64              start, end; /* the steps that `samples` holds; empty at first */
  const float        *samples;    /* NULL: they cannot be read */
  gboolean            closed;     /* there are no others */
  float               copy[SIG_RUN_STEPS];
} SigRun;

void         sig_run_init (SigRun *self, const SigRecording *recording, guint channel);

/* Looks at `samples` (borrowed) of steps [start, end) alone, and never reads. */
void         sig_run_init_at_hand (SigRun *self, const SigRecording *recording, guint channel, const float *samples, gint64 start,
                                   gint64 end);

/* The samples from `step` on, and how many of them lie side by side (at least 1); NULL where they cannot be
 * read. Valid until the next call. */
const float *sig_run_get  (SigRun *self, gint64 step, gint64 *n);

G_END_DECLS
