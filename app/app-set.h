/* app-set.h: opens several files as one data set
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-set.h"

G_BEGIN_DECLS

/* Opens recordings and label files in any order and joins the recordings. A file of labels, or of one channel beside
 * recordings of several, belongs to the recording of the same base name, or to the only one there is. `first` (nullable): what
 * is open already and comes before them; without `again`, a file that it was made of, under whatever name, is SIG_ERROR_TWICE. A
 * file that is named twice is left out the second time; of more than two files those that cannot be opened are named in `*notes`
 * (nullable, transfer full) as long as one can. Blocking; reports progress over all files. Errors as sig_reader_open() and
 * sig_set_join(). */
gboolean app_set_open (const char *const *paths, const SigContent *first, SigSetRule rule, gboolean again,
                       const SigReadHooks *hooks, SigContent *out, char **notes, GError **error);

G_END_DECLS
