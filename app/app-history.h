/* app-history.h: undo: a ring of designs, each with the words of the edit that made it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"

G_BEGIN_DECLS

/* Designs are immutable, so that undo is keeping the old one: there are no inverse commands to get wrong.
 * No GTK; one owner. The current design is always in it. */
typedef struct _AppHistory AppHistory;

#define APP_HISTORY_MAX 200 /* edits that can be undone; the oldest is forgotten first */

AppHistory     *app_history_new          (const NnDesign *design) G_GNUC_WARN_UNUSED_RESULT;
void            app_history_free         (AppHistory *self);

const NnDesign *app_history_get_design   (const AppHistory *self);

/* A new edit, in words ("Add Conv1D"). Forgets what could be redone. With a `key` (nullable) equal to that
 * of the edit just made, the two are one step: a spin button that is held down is undone at once. */
void            app_history_push         (AppHistory *self, const NnDesign *design, const char *what,
                                          const char *key);

/* Puts `design` in the place of the current one without a step of its own: what opening a recording does
 * to the input. */
void            app_history_replace      (AppHistory *self, const NnDesign *design);

/* Ends the joining of edits with equal keys: the next one is a step of its own. */
void            app_history_seal         (AppHistory *self);

/* FALSE when there is nothing to undo or redo. */
gboolean        app_history_undo         (AppHistory *self);
gboolean        app_history_redo         (AppHistory *self);

/* (nullable): the words of the edit that would be undone or redone; NULL when there is none. */
const char     *app_history_get_undo     (const AppHistory *self);
const char     *app_history_get_redo     (const AppHistory *self);

/* Whether the current design is not the one that was last marked as saved. */
void            app_history_mark_saved   (AppHistory *self);
gboolean        app_history_is_modified  (const AppHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppHistory, app_history_free)

G_END_DECLS
