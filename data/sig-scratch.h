/* sig-scratch.h: a file without a name, for what is too large for memory and is of no use to anybody later
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

#include "sig-error.h"

G_BEGIN_DECLS

/* It has no name from the start, so that nothing is left of it however the program ends. One owner; one thread may write while
 * others read what was written before. */
typedef struct _SigScratch SigScratch;

/* A file of `size` bytes, all of them 0, in the user's cache folder; where none can be made there, in the folder for temporary
 * files. SIG_ERROR_TOO_LARGE, naming the folder, the bytes needed and the bytes free, where it has no room for so much. */
SigScratch *sig_scratch_new    (gint64 size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same in a folder, which is made where it is missing. */
SigScratch *sig_scratch_new_in (const char *folder, gint64 size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        sig_scratch_free   (SigScratch *self);

/* Bytes [offset, offset + n), which lie inside. What cannot be written is an error as above; what cannot be read is
 * SIG_ERROR_UNREADABLE. */
gboolean    sig_scratch_write  (SigScratch *self, gint64 offset, gsize n, const void *bytes, GError **error);
gboolean    sig_scratch_read   (const SigScratch *self, gint64 offset, gsize n, void *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigScratch, sig_scratch_free)

G_END_DECLS
