/* sig-filter-private.h: how filtered samples are kept, for tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-filter.h"

G_BEGIN_DECLS

/* sig_filter_apply() with another bound for what is computed at once. */
SigRecording *sig_filter_apply_within (const SigRecording *recording, const SigFilterSpec *spec, gsize in_memory_bytes,
                                       gboolean (*should_stop) (gpointer), gpointer user_data,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
