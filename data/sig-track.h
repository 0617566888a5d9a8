/* sig-track.h: what a network said: a class and its probabilities for every step it was asked about
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-pyramid.h"

G_BEGIN_DECLS

/* Immutable and atomically ref-counted, on the time base of one recording. Covers [start, start + n_steps); a step that no window
 * covered is SIG_UNLABELLED with NaN. The classes are the argmax, the first of several. They are kept as runs, in memory; the
 * probabilities of a long track are in a file (sig-track-writer.h), and what is looked at closely must be fetched first, as
 * of a recording that is not in memory. */
typedef struct _SigTrack SigTrack;

/* Of what is all there: `probabilities` is [n_classes][n_steps] (two classes: both are there), consumed (g_free); NaN where
 * nothing was predicted. In memory, whatever its length; NULL where that is not enough. */
SigTrack    *sig_track_new_take      (gint64 start, gint64 n_steps, int n_classes, float *probabilities)
                                      G_GNUC_WARN_UNUSED_RESULT;
SigTrack    *sig_track_ref           (const SigTrack *self);
void         sig_track_unref         (SigTrack *self);

gint64       sig_track_get_start     (const SigTrack *self);
gint64       sig_track_get_n_steps   (const SigTrack *self);
int          sig_track_get_n_classes (const SigTrack *self);

/* The predicted class at a step of the recording, O(log runs); SIG_UNLABELLED outside or where unknown. */
int          sig_track_get           (const SigTrack *self, gint64 step);

/* The probability of a class at a step; NaN outside, where unknown, and where it is not at hand. Never reads. */
float        sig_track_get_probability (const SigTrack *self, gint64 step, int klass);

/* The probabilities of a class at steps [start, start + n), which lie inside; reads them where they are not in memory. */
gboolean     sig_track_read          (const SigTrack *self, int klass, gint64 start, gint64 n, float *probabilities,
                                      GError **error);

/* The predicted classes as runs; classes are named by their numbers. */
const SigLabels *sig_track_get_labels (const SigTrack *self);

/* What the probabilities are fetched with: a channel for each class, of which step 0 is the track's first. */
SigPyramid  *sig_track_get_pyramid   (const SigTrack *self);

/* The extremes of a class' probability, as sig_pyramid_get_columns_at_hand(): a span of any length costs O(columns). */
gboolean     sig_track_get_columns   (const SigTrack *self, int klass, double start, double end, guint n_columns,
                                      SigColumn *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigTrack, sig_track_unref)

G_END_DECLS
