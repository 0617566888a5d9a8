/* sig-split.h: splitting a recording in time into a training and a validation part, with a guard gap
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-window.h"

G_BEGIN_DECLS

typedef enum { SIG_PART_TRAIN, SIG_PART_VALIDATION, SIG_PART_GUARD } SigPart;

/* A run of steps [start, end) of one part; parts tile the recording. */
typedef struct
{
  gint64  start, end;
  SigPart part;
} SigBlock;

/* Immutable, ref-counted. */
typedef struct _SigSplit SigSplit;

/* Cuts the recording into `n_blocks` blocks of time (paged: of whole pages; gaps between segments do not count, and are of no
 * part but the guard) and takes the last `fraction` of every block as validation, with `guard` unused steps between the parts
 * on every border, so that no window of one part overlaps a window of the other. n_blocks 1 is "the end of the recording".
 * Where the recording is too short for a block to hold a training and a validation window of `length` steps,
 * fewer blocks are made; where even one is too short for that, the fraction is bent, to that of a segment's border if need
 * be. SIG_ERROR_MISMATCH where not even that will do: the message says how many steps are there and how many are needed. */
SigSplit       *sig_split_new          (const SigRecording *recording, gint64 length, double fraction, guint n_blocks,
                                        gint64 guard, GError **error) G_GNUC_WARN_UNUSED_RESULT;
SigSplit       *sig_split_ref          (const SigSplit *self);
void            sig_split_unref        (SigSplit *self);

const SigBlock *sig_split_get_blocks   (const SigSplit *self, gsize *n_blocks);
SigPart         sig_split_get_part     (const SigSplit *self, gint64 step);

/* The windows that lie wholly inside one part. With `labels` (nullable) those without a single labelled
 * step are left out. */
SigWindows     *sig_split_get_windows  (const SigSplit *self, SigPart part, gint64 length, gint64 hop,
                                        const SigLabels *labels) G_GNUC_WARN_UNUSED_RESULT;

/* Labelled steps of each class in one part: as many counts as the labels have classes. */
void            sig_split_count        (const SigSplit *self, SigPart part, const SigLabels *labels, gint64 *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigSplit, sig_split_unref)

G_END_DECLS
