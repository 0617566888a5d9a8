/* sig-derive.h: a recording that is made of another one's channels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Gives steps of channel `channel` of `from`. */
typedef gboolean (*SigDeriveFunc) (const SigRecording *from, guint channel, gint64 start, gint64 n, float *out, GError **error);

/* A recording of `n_channels` of the channels of `from`, in that order, whose samples `read` gives: with their names and units,
 * and the title, rate and times of `from`. In memory where `from` is, else read as they are asked for. `channels` is copied. */
SigRecording *sig_derive_new (const SigRecording *from, const guint *channels, guint n_channels, SigDeriveFunc read,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same channels as they are, with their paces. */
SigRecording *sig_derive_subset (const SigRecording *from, const guint *channels, guint n_channels,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
