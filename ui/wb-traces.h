/* wb-traces.h: the view of a recording: lanes, ruler, ribbons, cursor
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-marks.h"
#include "wb-scene.h"
#include "wb-traces-paint.h"
#include "wb-view-span.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scroll pans, ctrl + scroll (and pinch) zooms at the pointer; a drag pans at the ruler, with the middle button or with Space
 * held, a double click on the ruler shows all; arrows, + and - and Home/End do the same by key. A drag over the lanes or the
 * truth selects a span; digits, letters and Return edit the labels there by actions of the group "mark", which whoever owns
 * the labels has. A click on a lane's name chooses the channel, a drag moves it, a right click has a menu; all that changes
 * the view is asked for by actions of the group "view", which whoever owns the view has. The pointer's step is read out with
 * every channel's value, truth and prediction. Its accessible description tells the visible span and what is marked. CSS node
 * "traces". Shows guidance ("Open a recording, or try the demo") while there is no pyramid. Never reads: what is not
 * at hand is drawn roughly, and "…" stands for values; whoever owns the scene fetches it, and calls wb_traces_refine().
 *
 * Signals:
 *   "rough": in a frame whose lanes or probability are rough. Nothing may be changed by it before the frame is over. */
#define WB_TYPE_TRACES (wb_traces_get_type ())
G_DECLARE_FINAL_TYPE (WbTraces, wb_traces, WB, TRACES, GtkWidget)

GtkWidget *wb_traces_new           (WbViewSpan *span) G_GNUC_WARN_UNUSED_RESULT;

/* Takes refs to what is not NULL. Cheap: call it whenever one part changes. */
void       wb_traces_set_scene     (WbTraces *self, const WbScene *scene);

/* What is seen or pointed at has been fetched. */
void       wb_traces_refine        (WbTraces *self);

/* The cursor and the selection, shared with all that edits labels; the widget has its own until then. */
void       wb_traces_set_marks     (WbTraces *self, WbMarks *marks);

/* The columns that are seen: their width and the first of them; returns how many. */
guint      wb_traces_get_grid      (WbTraces *self, WbGrid *grid);

/* The span of the ribbons; returns the width of the columns that the probability is drawn in, in steps; 0 without lanes. */
double     wb_traces_get_ribbon    (WbTraces *self, double *start, double *end);

/* What a right click in the lanes or the truth offers, and the menu key. */
void       wb_traces_set_mark_menu (WbTraces *self, GMenuModel *menu);

/* The cost of our own columns and paint in the last redraws, in ms of processor time, for benches: median, p99; the count of
 * snapshots. */
guint      wb_traces_get_cost      (WbTraces *self, double *median_ms, double *p99_ms);

G_END_DECLS
