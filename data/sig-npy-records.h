/* sig-npy-records.h: NPY arrays of records: several named fields in each step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* TRUE for an array whose type is a list of fields. */
gboolean sig_npy_is_records   (SigFile *file);

/* Opens it as a table with a header: each field of numbers is a column (of a record in the record: "a.b"), text in the field of
 * the labels is their classes, dates (datetime64) are the time (sig-columns.h). `rate_hz`: 0 where nobody knows it. */
gboolean sig_npy_open_records (SigFile *file, double rate_hz, SigReading *reading, SigContent *content, GError **error);

G_END_DECLS
