/* sig-track-writer.h: a track in the making: its probabilities come a piece at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-track.h"

G_BEGIN_DECLS

/* One owner, on one thread; the tracks that it gives may go to any. What takes 32 MiB or less stays in memory, the rest goes to a
 * file without a name (sig-scratch.h), so that a track of any length takes about as much memory as its runs and 48 MiB. */
typedef struct _SigTrackWriter SigTrackWriter;

/* Of steps [start, start + n_steps). SigError where there is neither memory nor room on the disk for it. */
SigTrackWriter *sig_track_writer_new         (gint64 start, gint64 n_steps, int n_classes, GError **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
void            sig_track_writer_free        (SigTrackWriter *self);

gint64          sig_track_writer_get_start   (const SigTrackWriter *self);
gint64          sig_track_writer_get_n_steps (const SigTrackWriter *self);
int             sig_track_writer_get_n_classes (const SigTrackWriter *self);
gint64          sig_track_writer_get_n_written (const SigTrackWriter *self);

/* The next `n` steps: class k's probabilities begin at probabilities + k * stride, and are copied. NaN where nothing was
 * predicted. FALSE with error where they cannot be kept: the writer is of no use then. */
gboolean        sig_track_writer_add         (SigTrackWriter *self, const float *probabilities, gint64 stride, gint64 n,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A track of what has come so far, but for the last few thousand steps (transfer full). Its curves go on growing with the writer,
 * its runs do not. Costs a copy of the runs. */
SigTrack       *sig_track_writer_dup_so_far  (const SigTrackWriter *self) G_GNUC_WARN_UNUSED_RESULT;

/* Frees the writer; all steps must have come. */
SigTrack       *sig_track_writer_finish      (SigTrackWriter *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigTrackWriter, sig_track_writer_free)

G_END_DECLS
