/* sig-npz-columns.h: NPZ archives that hold one array for each channel
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"
#include "sig-zip.h"

G_BEGIN_DECLS

/* Whether all members but `skipped` (-1: none) are arrays of numbers along one axis and of one length, at least two of them. */
gboolean sig_npz_has_columns  (SigZip *zip, int skipped);

/* Opens them as a table whose columns have the names of the members (sig-columns.h). `rate_hz`: 0 where nobody knows it. */
gboolean sig_npz_open_columns (SigZip *zip, int skipped, double rate_hz, const SigFile *file, SigReading *reading,
                               SigContent *content, GError **error);

G_END_DECLS
