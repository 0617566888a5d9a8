/* app-safe-file.h: a file that is written piece by piece and takes its place only when it is whole
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One owner, any thread. The pieces go to a file of another name in the same folder. Links are followed; a device or a pipe is
 * written to rather than replaced. */
typedef struct _AppSafeFile AppSafeFile;

/* For the whole program, once: a file that may not grow any further (ulimit -f) is an error of what writes it, not the end of the
 * program and of all that was not saved. */
void         app_safe_file_survive_limits (void);

/* Begins; an error when nothing can be written there. */
AppSafeFile *app_safe_file_new    (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds bytes; of the type that the exporters take as their sink. */
gboolean     app_safe_file_append (gpointer self, const void *bytes, gsize n, GError **error);

/* Puts the file in its place: afterwards there is the new one, or with an error still the old. To be called once. */
gboolean     app_safe_file_commit (AppSafeFile *self, GError **error);

/* Whether what was written can be read again: it is a regular file. */
gboolean     app_safe_file_is_regular (const AppSafeFile *self);

/* Whether a file of this name (without a folder) is the piece by piece written one of somebody, or was left by one that ended. */
gboolean     app_safe_file_is_temporary (const char *name);

/* Leaves no trace of what was not committed. */
void         app_safe_file_free   (AppSafeFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppSafeFile, app_safe_file_free)

G_END_DECLS
