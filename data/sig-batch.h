/* sig-batch.h: windows of a recording, normalised and labelled, as the core's batch source
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-norm.h"
#include "nn-batch.h"

G_BEGIN_DECLS

/* Holds refs to all it is made of; immutable, ref-counted. Windows come out as [step][channel]. */
typedef struct _SigBatch SigBatch;

/* `labels` (nullable): of each step, or of those at `places`. */
SigBatch            *sig_batch_new        (const SigRecording *recording, const SigLabels *labels,
                                           const SigWindows *windows, const SigNorm *norm) G_GNUC_WARN_UNUSED_RESULT;
SigBatch            *sig_batch_new_at     (const SigRecording *recording, const SigLabels *labels, const SigWindows *windows,
                                           const SigNorm *norm, const NnPlaces *places) G_GNUC_WARN_UNUSED_RESULT;
SigBatch            *sig_batch_ref        (const SigBatch *self);
void                 sig_batch_unref      (SigBatch *self);

/* Valid as long as `self`. */
const NnBatchSource *sig_batch_get_source (const SigBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigBatch, sig_batch_unref)

G_END_DECLS
