/* sig-label-join.h: the label tracks of several recordings one behind the other
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reader.h"

G_BEGIN_DECLS

/* One track over all parts, each of which has a recording; a part without labels is unlabelled. Classes are matched by name, and
 * in order as files' classes are. `notes` (of char *): gets a sentence for names that differ only in case. */
SigLabels *sig_label_join (const SigContent *parts, guint n_parts, GPtrArray *notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
