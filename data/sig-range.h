/* sig-range.h: robust ranges of a recording's channels, for drawing
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Private to the pyramid: [n_channels][2] floats, low and high, as sig_pyramid_get_range() promises
 * them. A channel that cannot be read counts as one without finite samples. */
float *sig_range_measure (const SigRecording *recording) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
