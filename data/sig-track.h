/* sig-track.h: what a network said: a class and its probabilities for every step it was asked about
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-pyramid.h"

G_BEGIN_DECLS

/* Immutable and atomically ref-counted, on the time base of one recording. Covers
 * [start, start + n_steps); a step that no window covered is SIG_UNLABELLED with NaN. */
typedef struct _SigTrack SigTrack;

/* `probabilities` is [n_classes][n_steps] (two classes: both are there), consumed (g_free); NaN where nothing was predicted.
 * Classes are the argmax. */
SigTrack    *sig_track_new_take      (gint64 start, gint64 n_steps, int n_classes, float *probabilities)
                                      G_GNUC_WARN_UNUSED_RESULT;
SigTrack    *sig_track_ref           (const SigTrack *self);
void         sig_track_unref         (SigTrack *self);

gint64       sig_track_get_start     (const SigTrack *self);
gint64       sig_track_get_n_steps   (const SigTrack *self);
int          sig_track_get_n_classes (const SigTrack *self);

/* The predicted class at a step of the recording; SIG_UNLABELLED outside or where unknown. */
int          sig_track_get           (const SigTrack *self, gint64 step);

/* The probability of a class at a step; NaN outside or where unknown. */
float        sig_track_get_probability (const SigTrack *self, gint64 step, int klass);

/* The predicted classes as runs; classes are named by their numbers. */
const SigLabels *sig_track_get_labels (const SigTrack *self);

/* The extremes of a class' probability, as sig_pyramid_get_columns(): a span of any length costs O(columns). */
void         sig_track_get_columns   (const SigTrack *self, int klass, double start, double end, guint n_columns,
                                      SigColumn *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigTrack, sig_track_unref)

G_END_DECLS
