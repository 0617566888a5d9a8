/* app-recovery.h: a copy of unsaved work on disk, for the case that the program ends before it is saved
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-project.h"

G_BEGIN_DECLS

/* One copy of one window. It lies in a folder as a project beside a lock that is held as long as its owner lives, however that
 * ends. All functions but new() may block; any thread, one at a time waits for the other. */
typedef struct _AppRecovery AppRecovery;

/* Where copies lie: of the user's state folder (transfer full). */
char        *app_recovery_dup_folder (void) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing is on disk yet. */
AppRecovery *app_recovery_new        (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Lets go: what is on disk stays, and is found at the next start. */
void         app_recovery_free       (AppRecovery *self);

/* Whatever was asked before this and is not done yet is not done any more. For the thread that asks. */
guint        app_recovery_next       (AppRecovery *self);

/* Writes the copy anew, where `ticket` is still the last that app_recovery_next() gave; else does nothing. */
gboolean     app_recovery_save       (AppRecovery *self, guint ticket, const AppProject *project, GError **error);

/* Removes the copy from disk: the work is saved, or was given up. */
void         app_recovery_forget     (AppRecovery *self, guint ticket);

/* Takes a copy that was left as its own, in place of the one it has; FALSE where another holds it, or it is gone. What was
 * asked before is not done any more. */
gboolean     app_recovery_adopt      (AppRecovery *self, const char *path);

/* Whether a file lies where this one's copies lie. */
gboolean     app_recovery_has        (const AppRecovery *self, const char *path);

/* The copies in a folder whose owners ended without saving, the newest first (transfer full, g_strfreev). Removes what is there
 * of others that were never whole. */
char       **app_recovery_find       (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Removes one of them for good; not where somebody has taken it meanwhile. */
void         app_recovery_remove     (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppRecovery, app_recovery_free)

G_END_DECLS
