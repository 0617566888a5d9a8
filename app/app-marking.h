/* app-marking.h: what is done to labels, in the words in which it is undone
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-document.h"

G_BEGIN_DECLS

/* Each function makes one step of undo on the active track of the recording that is open ("Mark 120 steps as walk"), or gives
 * FALSE and a sentence that says why there was nothing to do. Steps are [start, end); where that is empty and more than a
 * selection makes sense, the whole recording is meant. No GTK. */

#define APP_MARKING_ERROR (app_marking_error_quark ())
typedef enum
{
  APP_MARKING_ERROR_NOTHING, /* nothing would change */
} AppMarkingError;
GQuark   app_marking_error_quark     (void);

/* `klass`: a class, SIG_UNLABELLED or SIG_DONT_KNOW. */
gboolean app_marking_set             (AppDocument *document, gint64 start, gint64 end, int klass, GError **error);

/* The class that has the digit 1 to 9; where none has, one of that name is made with the same step. 0 erases. */
gboolean app_marking_press_digit     (AppDocument *document, gint64 start, gint64 end, int digit, GError **error);

/* The class of that name; where none has it, one is made with the same step. */
gboolean app_marking_set_new         (AppDocument *document, gint64 start, gint64 end, const char *name, GError **error);

/* Gives the class to what is unlabelled, in the selection or everywhere. */
gboolean app_marking_set_rest        (AppDocument *document, gint64 start, gint64 end, int klass, GError **error);
gboolean app_marking_split           (AppDocument *document, gint64 step, GError **error);
gboolean app_marking_move_edge       (AppDocument *document, gint64 edge, gint64 to, GError **error);

/* Brings the edge that is nearest to `step` there. */
gboolean app_marking_bring_edge      (AppDocument *document, gint64 step, GError **error);
gboolean app_marking_merge           (AppDocument *document, gint64 start, gint64 end, GError **error);

/* All gaps in a selection: someone has looked at them. */
gboolean app_marking_fill_all        (AppDocument *document, gint64 start, gint64 end, GError **error);

/* Gaps and labels shorter than so many steps, in the selection or everywhere. */
gboolean app_marking_fill_gaps       (AppDocument *document, gint64 start, gint64 end, gint64 shorter_than, GError **error);
gboolean app_marking_drop_runs       (AppDocument *document, gint64 start, gint64 end, gint64 shorter_than, GError **error);

/* Takes the predictions, in the selection or everywhere. */
gboolean app_marking_accept          (AppDocument *document, gint64 start, gint64 end, GError **error);

/* The classes. A name must not be empty nor taken. */
gboolean app_marking_add_class       (AppDocument *document, const char *name, GError **error);
gboolean app_marking_rename_class    (AppDocument *document, int klass, const char *name, GError **error);
gboolean app_marking_set_color       (AppDocument *document, int klass, int color, GError **error);
gboolean app_marking_set_key         (AppDocument *document, int klass, int key, GError **error);

/* Its labels become those of `into`: a class, SIG_UNLABELLED or SIG_DONT_KNOW. */
gboolean app_marking_remove_class    (AppDocument *document, int klass, int into, GError **error);

/* Merges the classes whose names differ only in spelling into the first of each, as one step; and whether there are any. */
gboolean app_marking_merge_alike     (AppDocument *document, GError **error);
gboolean app_marking_has_alike       (AppDocument *document);

/* The tracks. A new one has the classes of the active one; a copy its labels as well. */
gboolean app_marking_add_track       (AppDocument *document, const char *name, GError **error);
gboolean app_marking_copy_track      (AppDocument *document, GError **error);
gboolean app_marking_rename_track    (AppDocument *document, const char *name, GError **error);

/* Down (1) or up (-1) among the others. */
gboolean app_marking_move_track      (AppDocument *document, int direction, GError **error);
gboolean app_marking_remove_track    (AppDocument *document, GError **error);
gboolean app_marking_choose_track    (AppDocument *document, guint track, GError **error);

G_END_DECLS
