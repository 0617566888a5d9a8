/* sig-label-edit.h: edits of a label track: from one immutable track to the next
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-recording.h"
#include "sig-track.h"

G_BEGIN_DECLS

/* Pure functions; each gives a track (transfer full), a new ref of the old one where there is nothing to change. Spans of steps
 * [start, end) are clipped to the track. Each costs O(spans), mostly one copy of them: some 0.2 ms for ten thousand.
 *
 * A border between two spans of one class is kept: it tells two events that touch from one. Only marking anew, merging and
 * filling remove it. */

/* Marks the steps with a class, SIG_DONT_KNOW, or SIG_UNLABELLED, which erases. Joins with what it touches of the same class,
 * as paint does. */
SigLabels *sig_label_edit_set       (const SigLabels *labels, gint64 start, gint64 end, int klass)
                                     G_GNUC_WARN_UNUSED_RESULT;

/* As above, only where nothing is labelled: for recordings in which the events were marked and the rest is to be "rest". */
SigLabels *sig_label_edit_set_rest  (const SigLabels *labels, gint64 start, gint64 end, int klass)
                                     G_GNUC_WARN_UNUSED_RESULT;

/* Cuts the span that holds steps on both sides of `step` in two of the same class. */
SigLabels *sig_label_edit_split     (const SigLabels *labels, gint64 step) G_GNUC_WARN_UNUSED_RESULT;

/* Moves the edge at step `edge`: where two spans touch both move, so that they still touch. An edge never passes the other end
 * of its span nor a neighbour: it stops there, and no span becomes empty. */
SigLabels *sig_label_edit_move_edge (const SigLabels *labels, gint64 edge, gint64 to) G_GNUC_WARN_UNUSED_RESULT;

/* How far that edge can go; FALSE when there is no edge at `edge`. */
gboolean   sig_label_edit_get_reach (const SigLabels *labels, gint64 edge, gint64 *low, gint64 *high);

/* Makes one span of all spans that touch [start, end) and of the gaps between them, with the class of the first one; where that
 * is one span only, of it and the next one. Where a break of `recording` (nullable) lies between two of them, nothing: what is on
 * its other side does not go on from it. */
SigLabels *sig_label_edit_merge     (const SigLabels *labels, const SigRecording *recording, gint64 start, gint64 end)
                                     G_GNUC_WARN_UNUSED_RESULT;

/* Fills the gaps between two spans that are shorter than `shorter_than` steps and lie in [start, end): with the class of both
 * where they have one, so that they become one span; else each gets half, the first one the middle step. A gap that holds or
 * touches a break of `recording` (nullable) stays. */
SigLabels *sig_label_edit_fill_gaps (const SigLabels *labels, const SigRecording *recording, gint64 start, gint64 end,
                                     gint64 shorter_than) G_GNUC_WARN_UNUSED_RESULT;

/* Drops the spans that are shorter than `shorter_than` steps and lie in [start, end). Where one touched spans on both sides, its
 * steps are filled as gaps are; else, and at breaks, they become unlabelled. */
SigLabels *sig_label_edit_drop_runs (const SigLabels *labels, const SigRecording *recording, gint64 start, gint64 end,
                                     gint64 shorter_than) G_GNUC_WARN_UNUSED_RESULT;

/* Takes what was predicted for the steps; those without a prediction stay as they are. Classes of `track` must be classes of
 * `labels`. */
SigLabels *sig_label_edit_accept    (const SigLabels *labels, const SigTrack *track, gint64 start, gint64 end)
                                     G_GNUC_WARN_UNUSED_RESULT;

/* The same spans with other classes, at least as many of them. */
SigLabels *sig_label_edit_with_classes (const SigLabels *labels, const SigClassTable *classes) G_GNUC_WARN_UNUSED_RESULT;

/* Removes a class. Its spans become those of class `into` (numbered as before), joined with what they touch of it, or
 * SIG_UNLABELLED or SIG_DONT_KNOW. */
SigLabels *sig_label_edit_without_class (const SigLabels *labels, int klass, int into) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
