/* wb-stack-column.h: the rows of the stack one under another, with connectors and the insertion line
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-stack-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Places its rows by wb-stack-layout.h. CSS node "stackcolumn". */
#define WB_TYPE_STACK_COLUMN (wb_stack_column_get_type ())
G_DECLARE_FINAL_TYPE (WbStackColumn, wb_stack_column, WB, STACK_COLUMN, GtkWidget)

GtkWidget *wb_stack_column_new      (void) G_GNUC_WARN_UNUSED_RESULT;

/* Makes `rows` (GtkWidgets, top to bottom, the first is the input) the children; those that were there before and are not in
 * the array are let go. Connectors below a WbBlockCard that lost time are dashed. */
void       wb_stack_column_set_rows (WbStackColumn *self, GPtrArray *rows);

/* Lines from rows whose output a merge joins to the merge, beside the cards, which make room for them. `lane` is set here. */
void       wb_stack_column_set_links (WbStackColumn *self, const WbStackLink *links, guint n_links);

/* The gap that a pointer at `y` means: 0 to rows - 1. */
guint      wb_stack_column_gap_at   (WbStackColumn *self, double y);

/* Where the insertion line is shown; -1: nowhere. */
void       wb_stack_column_set_gap  (WbStackColumn *self, int gap);

/* Top and height of a row, in pixels of the column. FALSE where `row` is not one of them. */
gboolean   wb_stack_column_get_extent (WbStackColumn *self, GtkWidget *row, int *top, int *height);

G_END_DECLS
