/* sig-file.h: a regular file opened for reading with pread, or bytes that stand in for one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

#include "sig-error.h"

G_BEGIN_DECLS

/* Immutable and atomically ref-counted; reading is thread-safe. The length is fixed when the
 * file is opened: what is appended later is not seen, and a file that shrank gives an error. */
typedef struct _SigFile SigFile;

/* By what a file is known again: it is the same as long as all of these are. */
typedef struct
{
  guint64 device, inode;
  gint64  size, mtime_ns;
} SigFileStamp;

struct stat;
SigFileStamp sig_file_stamp_of (const struct stat *st);

/* The base name of a path for people: valid UTF-8, and where it holds characters that turn the direction of text, between
 * isolates, so that they turn nothing but the name (transfer full). */
char       *sig_file_dup_display_name (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* Refuses what is not a regular file, and an empty one, without ever blocking. */
SigFile    *sig_file_open       (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Bytes under a name, taken over (g_bytes_ref): text after a change of encoding, and tests. */
SigFile    *sig_file_new_bytes  (const char *name, GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;

/* Bytes of a file. */
typedef struct
{
  gint64 offset, size;
} SigFileSpan;

/* The `size` bytes of a file from `offset` on, which must lie in it, under another name: a member of an archive. */
SigFile    *sig_file_new_part   (SigFile *whole, const char *name, gint64 offset, gint64 size) G_GNUC_WARN_UNUSED_RESULT;

/* Some spans of a file, which must lie in it, one behind the other (copied). */
SigFile    *sig_file_new_spans  (SigFile *whole, const char *name, const SigFileSpan *spans,
                                 gsize n_spans) G_GNUC_WARN_UNUSED_RESULT;

SigFile    *sig_file_ref        (SigFile *self);
void        sig_file_unref      (SigFile *self);

const char *sig_file_get_name   (const SigFile *self); /* for people: the base name as UTF-8 */
const char *sig_file_get_path   (const SigFile *self); /* (nullable): NULL for bytes */
gint64      sig_file_get_size   (const SigFile *self);

/* (nullable): as the file was when it was opened; of a part, the whole; NULL for bytes. */
const SigFileStamp *sig_file_get_stamp (const SigFile *self);

/* Reads exactly `n` bytes at `offset`; SIG_ERROR_UNREADABLE when they are no longer there. */
gboolean    sig_file_read       (const SigFile *self, gint64 offset, gsize n, void *out, GError **error);

/* The first bytes, at most `n`: how many were copied. A failing read counts as none. */
gsize       sig_file_peek       (const SigFile *self, gsize n, void *out);

/* Sets an error whose message begins with the file's name and a colon. */
void        sig_file_fail       (const SigFile *self, GError **error, SigError code, const char *format,
                                 ...) G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigFile, sig_file_unref)

G_END_DECLS
