/* bench-signal.h: a long recording of 16 channels, in memory and as a WAV
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

#define BENCH_N_CHANNELS 16
#define BENCH_RATE_HZ    1000

/* Slow waves, noise and rare spikes, within -1 to 1; in memory, or written as 16-bit WAV. */
SigRecording *bench_signal_new   (gint64 n_steps) G_GNUC_WARN_UNUSED_RESULT;
gboolean      bench_signal_write (const char *path, gint64 n_steps);

G_END_DECLS
