/* sig-set-channels.h: which channels of several recordings belong together
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-set.h"

G_BEGIN_DECLS

/* The channels of a set, found in each of its parts. Clear with sig_set_channels_clear(). */
typedef struct
{
  guint  n_channels; /* of the set, in the order of the first part */
  guint *channels;   /* [n_parts][n_channels]: of the part */
  float *factors;    /* [n_parts][n_channels]: what its samples are multiplied with to be in the unit of the first part */
} SigSetChannels;

/* Finds them by name, or by place where a part has no names. `notes` gets a sentence (char *) on what was put in order,
 * converted or left out. SIG_ERROR_UNDECIDED where the rule is to ask and some are not in all parts, SIG_ERROR_MISMATCH where
 * none are. */
gboolean sig_set_channels_find  (SigSetChannels *self, const SigContent *parts, guint n_parts, SigSetRule rule,
                                 GPtrArray *notes, GError **error);
void     sig_set_channels_clear (SigSetChannels *self);

/* "Fz, Cz and 3 more": a name behind `n_before` others, and the end of a list of n. */
void     sig_set_append_name    (GString *text, const char *name, guint n_before);
void     sig_set_append_more    (GString *text, guint n);

G_END_DECLS
