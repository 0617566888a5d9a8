/* sig-window.h: cutting a recording into windows; no data is copied
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* The windows of one recording, or of one part of it: window i starts at
 * sig_windows_get_start(). No window straddles a page, the border of a segment or the ends, and none lies in a
 * gap. Immutable, ref-counted. */
typedef struct _SigWindows SigWindows;

/* All windows of `length` steps, `hop` apart, inside steps [start, end). Each page of a paged
 * recording and each segment gives its own windows. */
SigWindows *sig_windows_new       (const SigRecording *recording, gint64 start, gint64 end, gint64 length, gint64 hop)
                                   G_GNUC_WARN_UNUSED_RESULT;

/* As above, and where the last hop does not reach the end, one more window that ends there: every step
 * of a page or segment at least `length` long is covered. For prediction. */
SigWindows *sig_windows_new_cover (const SigRecording *recording, gint64 start, gint64 end, gint64 length, gint64 hop)
                                   G_GNUC_WARN_UNUSED_RESULT;

/* The windows of sig_windows_new() inside each of `n_spans` spans, one span after the other. */
SigWindows *sig_windows_new_within (const SigRecording *recording, const SigSegment *spans, gsize n_spans, gint64 length,
                                    gint64 hop) G_GNUC_WARN_UNUSED_RESULT;

/* The windows of `self` for which `keep` says TRUE of their first step, in the same order. */
SigWindows *sig_windows_new_where (const SigWindows *self, gboolean (*keep) (gpointer user_data, gint64 start),
                                   gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
SigWindows *sig_windows_ref       (const SigWindows *self);
void        sig_windows_unref     (SigWindows *self);

gint64      sig_windows_get_n     (const SigWindows *self);
gint64      sig_windows_get_length (const SigWindows *self);
gint64      sig_windows_get_start (const SigWindows *self, gint64 i); /* first step of window i */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigWindows, sig_windows_unref)

G_END_DECLS
