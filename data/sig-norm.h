/* sig-norm.h: per-channel normalisation, fitted on the training part only and applied everywhere
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-missing.h"
#include "sig-split.h"

G_BEGIN_DECLS

/* Immutable, ref-counted: (x - mean) / deviation for each channel. */
typedef struct _SigNorm SigNorm;

/* Mean and standard deviation (in double) of the finite samples in the training part of `split`; a
 * channel that is constant or has no finite sample gets deviation 1 and is named in `*notes` (nullable, transfer
 * full). With `missing` (nullable) the other parts are read as well, in the same pass, and what is missing anywhere is counted as
 * sig_missing_count() does. */
SigNorm *sig_norm_fit          (const SigRecording *recording, const SigSplit *split, SigMissing *missing, char **notes,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
SigNorm *sig_norm_new          (guint n_channels, const double *means, const double *deviations) G_GNUC_WARN_UNUSED_RESULT;
SigNorm *sig_norm_ref          (const SigNorm *self);
void     sig_norm_unref        (SigNorm *self);

guint    sig_norm_get_n_channels (const SigNorm *self);
double   sig_norm_get_mean     (const SigNorm *self, guint channel);
double   sig_norm_get_deviation (const SigNorm *self, guint channel);

/* Normalises `n` samples of one channel from `in` to `out` (may be the same), `stride` floats apart in
 * `out`; a sample that is not finite becomes 0, the mean. */
void     sig_norm_apply        (const SigNorm *self, guint channel, const float *in, gint64 n, float *out, gsize stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigNorm, sig_norm_unref)

G_END_DECLS
