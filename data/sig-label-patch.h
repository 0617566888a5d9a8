/* sig-label-patch.h: what tells two label tracks apart, so that many versions of one take little memory
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"

G_BEGIN_DECLS

/* Immutable, one owner. Holds the spans that differ and nothing else: an edit of one span among ten thousand takes 100 bytes
 * where the track takes 240 kB. */
typedef struct _SigLabelPatch SigLabelPatch;

/* From `before` to `after`; NULL where they differ in more than their spans. */
SigLabelPatch *sig_label_patch_new     (const SigLabels *before, const SigLabels *after) G_GNUC_WARN_UNUSED_RESULT;
void           sig_label_patch_free    (SigLabelPatch *self);

/* The track after from the one before, or the other way round. */
SigLabels     *sig_label_patch_apply   (const SigLabelPatch *self, const SigLabels *before) G_GNUC_WARN_UNUSED_RESULT;
SigLabels     *sig_label_patch_revert  (const SigLabelPatch *self, const SigLabels *after) G_GNUC_WARN_UNUSED_RESULT;

gsize          sig_label_patch_get_size (const SigLabelPatch *self); /* spans that it holds */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigLabelPatch, sig_label_patch_free)

G_END_DECLS
