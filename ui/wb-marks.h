/* wb-marks.h: the cursor and the selection of a window, and what they snap to
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only. Borders of steps: a selection is [start, end), the cursor stands before the step of its number. All that
 * edits labels reads them here: keys, buttons and menus mean the same span. Emits "changed" once for each change. */
#define WB_TYPE_MARKS (wb_marks_get_type ())
G_DECLARE_FINAL_TYPE (WbMarks, wb_marks, WB, MARKS, GObject)

/* What a pointer snaps to beside whole steps. */
typedef enum
{
  WB_SNAP_EDGES = 1 << 0,   /* of labels */
  WB_SNAP_WINDOWS = 1 << 1, /* borders of the design's windows */
  WB_SNAP_ZERO = 1 << 2,    /* where the channel under the pointer crosses zero */
} WbSnapTo;

WbMarks *wb_marks_new           (void) G_GNUC_WARN_UNUSED_RESULT;

/* A recording of so many steps: nothing is marked. */
void     wb_marks_set_whole     (WbMarks *self, gint64 n_steps);
gint64   wb_marks_get_n_steps   (WbMarks *self);

/* Puts the cursor there (clamped into the recording) and drops the selection; -1: no cursor. */
void     wb_marks_set_cursor    (WbMarks *self, gint64 step);
gint64   wb_marks_get_cursor    (WbMarks *self); /* -1: none */

/* Selects what lies between the two (clamped), in whichever order; the cursor is at `head`. Extending moves the head alone:
 * from the selection's anchor, else from the cursor, else from `head` itself. */
void     wb_marks_select        (WbMarks *self, gint64 anchor, gint64 head);
void     wb_marks_extend        (WbMarks *self, gint64 head);

/* Drops the selection and leaves the cursor. */
void     wb_marks_clear         (WbMarks *self);

/* FALSE for an empty selection: both are the cursor's step then, or -1. */
gboolean wb_marks_get_selection (WbMarks *self, gint64 *start, gint64 *end);

void     wb_marks_set_snap      (WbMarks *self, WbSnapTo snap, gboolean on);
WbSnapTo wb_marks_get_snap      (WbMarks *self);

/* The length of a window of the design, in steps; 0: not known. */
void     wb_marks_set_window    (WbMarks *self, gint64 window);
gint64   wb_marks_get_window    (WbMarks *self);

G_END_DECLS
