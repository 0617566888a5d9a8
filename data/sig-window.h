/* sig-window.h: cutting a recording into windows; no data is copied
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* The windows of one recording, or of one part of it: window i starts at
 * sig_windows_get_start(). No window straddles a page or the ends. Immutable, ref-counted. */
typedef struct _SigWindows SigWindows;

/* All windows of `length` steps, `hop` apart, inside steps [start, end). For a paged recording each page
 * gives its own windows. */
SigWindows *sig_windows_new       (const SigRecording *recording, gint64 start, gint64 end, gint64 length, gint64 hop)
                                   G_GNUC_WARN_UNUSED_RESULT;

/* As above, and where the last hop does not reach the end, one more window that ends there: every step
 * of a span at least `length` long is covered. For prediction. */
SigWindows *sig_windows_new_cover (const SigRecording *recording, gint64 start, gint64 end, gint64 length, gint64 hop)
                                   G_GNUC_WARN_UNUSED_RESULT;

/* The windows of `a` followed by those of `b`; same recording and length. */
SigWindows *sig_windows_new_joined (const SigWindows *a, const SigWindows *b) G_GNUC_WARN_UNUSED_RESULT;

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
