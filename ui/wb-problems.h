/* wb-problems.h: the list of problems, each with its one-click repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Always there, also at "No problems". A repair's tooltip and second line preview the shapes and parameters it gives,
 * or the setting it changes. Severity is told by icon and word. CSS node "problems".
 *
 * Signals:
 *   "repair" (const NnRepair *repair): a repair was pressed
 *   "activated" (guint block_id): a problem was clicked: show its block */
#define WB_TYPE_PROBLEMS (wb_problems_get_type ())
G_DECLARE_FINAL_TYPE (WbProblems, wb_problems, WB, PROBLEMS, GtkWidget)

GtkWidget *wb_problems_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void       wb_problems_set_check (WbProblems *self, const NnCheck *check);

/* Problems that are none of the design's alone (nullable: none), each beside those of the check that are as grave, and before
 * them. A ref is held: they are not to change. */
void       wb_problems_set_more  (WbProblems *self, GArray *problems);

/* Of both. */
guint      wb_problems_get_n     (WbProblems *self);

G_END_DECLS
