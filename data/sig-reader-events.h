/* sig-reader-events.h: opens lists of labels with a header: start, end or duration, and name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-event-columns.h"
#include "sig-reading.h"

G_BEGIN_DECLS

/* The labels of a list whose columns are known. Where it says both seconds and steps the steps are taken, as long as they agree.
 * Whether an end in steps is the last step of a label or the first one after it is seen from labels that touch, and told. */
SigLabels *sig_reader_events_open (SigFile *file, const SigEventColumns *columns, const SigRecording *recording,
                                   SigReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
