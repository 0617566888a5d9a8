/* sig-cue.h: the markers and regions that audio files carry beside their samples
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-riff.h"
#include "sig-reading.h"

G_BEGIN_DECLS

/* Gathers the chunks about markers, in whatever order a file has them: "cue " (points), LIST of "adtl" (names in labl and
 * note, lengths in ltxt), "smpl" (loops, whose lengths Reaper gives its regions), "r64m" (EBU Tech 3306), AIFF's "MARK" and
 * "COMT", CAF's "mark", "regn" and "strg" (Apple's Core Audio Format Specification 1.0). One owner. */
typedef struct _SigCues SigCues;

SigCues   *sig_cues_new         (gboolean big_endian) G_GNUC_WARN_UNUSED_RESULT;
void       sig_cues_free        (SigCues *self);

/* Takes a chunk, if it is one of those above; damage in it costs no more than what it would have said. */
void       sig_cues_take        (SigCues *self, const SigFile *file, const SigRiffChunk *chunk);

/* The regions and points as labels of the recording that the file holds: a point without a length becomes one step, with a note.
 * NULL where the file has none, or, with a note, none that could be used. */
SigLabels *sig_cues_make_labels (const SigCues *self, const SigFile *file, const SigRecording *recording,
                                 SigReading *reading) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigCues, sig_cues_free)

G_END_DECLS
