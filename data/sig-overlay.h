/* sig-overlay.h: lays labels of time spans over one another: the later one wins
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"

G_BEGIN_DECLS

/* Turns spans in the order of their lines, which may overlap, into sorted ones that do not: where several cover a step the last
 * one stays. Two of one class that only touch stay two; where they overlap they become one. `*n_overlaps`: how many spans lost
 * steps to a later one. O(n log n) whatever their lengths. The result is an array of SigSpan (transfer full). */
GArray *sig_overlay_flatten (const SigSpan *spans, gsize n_spans, gsize *n_overlaps) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
