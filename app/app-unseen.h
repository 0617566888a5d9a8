/* app-unseen.h: classes that the held-back part has and the training part has not, and what would let them be learnt
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

G_BEGIN_DECLS

/* The part of a recording that is held back for windows of `length` steps, as app_run_new() takes it. */
SigSplit *app_unseen_split       (const SigRecording *recording, gint64 length, const AppCut *cut, GError **error)
                                  G_GNUC_WARN_UNUSED_RESULT;

/* A sentence for each such class, with how many steps it has (transfer full); empty where training sees them all. */
GStrv     app_unseen_describe    (const SigSplit *split, const SigLabels *labels) G_GNUC_WARN_UNUSED_RESULT;

/* From how many blocks of time the held-back part would have to be taken so that training sees all classes that it has: the
 * number nearest to that of `cut`, up to a hundred; 0 where none will do. */
guint     app_unseen_find_blocks (const SigRecording *recording, const SigLabels *labels, gint64 length, const AppCut *cut);

/* That as a sentence without its stop (transfer full); NULL where none will do. */
char     *app_unseen_advise      (const SigRecording *recording, const SigLabels *labels, gint64 length, const AppCut *cut)
                                  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
