/* sig-foreign.h: knows the files that people try and that are not read, and says what to do with them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-file.h"

G_BEGIN_DECLS

/* "is an HDF5 file, which is not read; save NPY or CSV", by what the file begins with; NULL for one that is not known. */
const char *sig_foreign_find (const SigFile *file);

G_END_DECLS
