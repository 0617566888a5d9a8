/* sig-set.h: several recordings of the same channels as one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reader.h"

G_BEGIN_DECLS

#define SIG_SET_MAX_PARTS 10000

/* What is done where a recording lacks a channel that another has. */
typedef enum
{
  SIG_SET_ASK,    /* SIG_ERROR_UNDECIDED, whose message says what is missing and how many all have */
  SIG_SET_COMMON, /* the channels that all have are taken, with a note on the others */
} SigSetRule;

/* Puts `parts` one behind the other, a break between any two: no window, and so no training, reaches across. Channels are those
 * of the first part, in its order; those of the others are found by their names, whatever their order (case and blanks around do
 * not count), or by position where a part has no names of its own. Voltages are brought to the first part's unit. Classes are
 * those of all parts, matched by name; steps of a part without labels are unlabelled. Rates and pages must be the same
 * (SIG_ERROR_MISMATCH); a part without a rate is taken to have that of the others. The notes of all parts are kept, with the
 * parts' titles before them. Each part has a recording; the samples are shared, not copied. */
gboolean sig_set_join (const SigContent *parts, guint n_parts, SigSetRule rule, SigContent *out, GError **error);

G_END_DECLS
