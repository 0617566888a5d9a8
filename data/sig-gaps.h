/* sig-gaps.h: when a recording that was interrupted keeps its gaps as steps without samples
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* Whether `n_gaps` steps between the segments of a recording of `n_own` become steps, so that the time is right after them: they
 * do unless they are many times more than what was recorded. */
gboolean sig_gaps_are_kept (double n_own, double n_gaps, guint n_channels);

/* Says that they are not. */
void     sig_gaps_note     (SigReading *reading);

G_END_DECLS
