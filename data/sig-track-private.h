/* sig-track-private.h: how a track is made of its parts
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-track-writer.h"

G_BEGIN_DECLS

/* `labels`: the runs; `pyramid`: of a recording whose channels are the classes and whose step 0 is the track's first. Both are
 * consumed. */
SigTrack       *sig_track_new_parts          (gint64 start, gint64 n_steps, SigLabels *labels, SigPyramid *pyramid)
                                              G_GNUC_WARN_UNUSED_RESULT;

/* As sig_track_writer_new(), but with a file for all that takes more than `most_bytes`. */
SigTrackWriter *sig_track_writer_new_limited (gint64 start, gint64 n_steps, int n_classes, gint64 most_bytes, GError **error)
                                              G_GNUC_WARN_UNUSED_RESULT;

/* For tests: what sig_track_writer_new() keeps in memory from now on, in the whole process. */
void            sig_track_writer_set_most_bytes (gint64 most_bytes);

G_END_DECLS
