/* app-history.h: undo: versions of design, labels and settings, each with the words of the edit that made it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"
#include "nn-settings.h"
#include "sig-label-set.h"

G_BEGIN_DECLS

/* Designs, labels and settings are immutable, so that undo is keeping the old ones: there are no inverse commands to get wrong.
 * One history for all: they are undone in the order in which they were made. Of versions of a track the spans that differ are
 * kept, so that a thousand edits among ten thousand labels take some 100 kB. No GTK; one owner. */
typedef struct _AppHistory AppHistory;

#define APP_HISTORY_MAX 2000 /* edits that can be undone; the oldest is forgotten first */

AppHistory        *app_history_new                 (const NnDesign *design, const SigLabelSet *labels, const NnSettings *settings)
                                                    G_GNUC_WARN_UNUSED_RESULT;
void               app_history_free                (AppHistory *self);

/* The current version. */
const NnDesign    *app_history_get_design          (const AppHistory *self);
const SigLabelSet *app_history_get_labels          (const AppHistory *self);
const NnSettings  *app_history_get_settings        (const AppHistory *self);

/* A new edit, in words ("Add Conv1D"). Forgets what could be redone. With a `key` (nullable) equal to that
 * of the edit just made, the two are one step: a spin button that is held down is undone at once. */
void               app_history_push                (AppHistory *self, const NnDesign *design, const SigLabelSet *labels,
                                                    const char *what, const char *key);

/* The same for the settings, beside the current design and labels. */
void               app_history_push_settings       (AppHistory *self, const NnSettings *settings, const char *what,
                                                    const char *key);

/* Puts `design` in the place of the current one without a step of its own: what opening a recording does
 * to the input. */
void               app_history_replace             (AppHistory *self, const NnDesign *design);

/* The labels are those of another recording now: no step brings back the old ones, and edits of nothing but them are
 * forgotten. They count as saved. */
void               app_history_start_labels        (AppHistory *self, const SigLabelSet *labels);

/* Ends the joining of edits with equal keys: the next one is a step of its own. */
void               app_history_seal                (AppHistory *self);

/* FALSE when there is nothing to undo or redo. */
gboolean           app_history_undo                (AppHistory *self);
gboolean           app_history_redo                (AppHistory *self);

/* (nullable): the words of the edit that would be undone or redone; NULL when there is none. */
const char        *app_history_get_undo            (const AppHistory *self);
const char        *app_history_get_redo            (const AppHistory *self);

/* Whether the current design, or the labels, are not those that were last marked as saved. */
void               app_history_mark_design_saved   (AppHistory *self);
gboolean           app_history_is_design_modified  (const AppHistory *self);
void               app_history_mark_labels_saved   (AppHistory *self);

/* As if both had been saved while there were no labels and no blocks. */
void               app_history_mark_unsaved        (AppHistory *self);
gboolean           app_history_is_labels_modified  (const AppHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppHistory, app_history_free)

G_END_DECLS
