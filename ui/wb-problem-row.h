/* wb-problem-row.h: one problem in words, with its repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-problem.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Severity by icon and word, title, text; a button for each repair that says what the design would come to, or which setting is
 * changed. CSS node "problemrow".
 *
 * Signals:
 *   "repair" (const NnRepair *repair): a repair was pressed
 *   "activated" (guint block_id): the problem was clicked, or "Show block" pressed */
#define WB_TYPE_PROBLEM_ROW (wb_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (WbProblemRow, wb_problem_row, WB, PROBLEM_ROW, GtkWidget)

/* Copies what it needs. `brief`: only the words, where the block is on show already. */
GtkWidget *wb_problem_row_new (const NnProblem *problem, gboolean brief) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
