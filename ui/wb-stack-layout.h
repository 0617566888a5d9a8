/* wb-stack-layout.h: where the rows of a stack lie, which gap a pointer means, and how fast its edges scroll; no GTK
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_STACK_SPACING 12 /* pixels between two cards, where the connector runs */
#define WB_STACK_EDGE    36 /* pixels at either end of the page that scroll while something is dragged */

/* One row: row 0 is the input, rows 1 to n - 1 are the blocks. Pixels from the top of the column. */
typedef struct
{
  int top, height;
} WbStackRow;

/* A line beside the cards, from the row whose output a merge further down joins to the merge. */
#define WB_STACK_LANES 4 /* lines side by side at most; what is more shares the outermost */
#define WB_STACK_LANE  8 /* pixels from one to the next */

typedef struct
{
  guint from, to; /* rows, from < to */
  guint lane;     /* 0 is next to the cards */
} WbStackLink;

/* Sets every `lane`: short lines are next to the cards, and lines that pass the same row are side by side. Sorts the links by
 * length; returns how many lanes are taken. */
guint    wb_stack_layout_link         (WbStackLink *links, guint n_links);

/* Sets every `top` from the heights; returns the height of the column, which ends with
 * one more spacing: the connector to the labels. */
int      wb_stack_layout_place        (WbStackRow *rows, guint n_rows);

/* The gap between blocks that a pointer at `y` means: 0 (before the first block) to n_rows - 1 (after the
 * last). The upper half of a block belongs to the gap above it, the lower half to the one below. */
guint    wb_stack_layout_gap_at       (const WbStackRow *rows, guint n_rows, double y);

/* The middle of a gap: where the insertion line is drawn. */
int      wb_stack_layout_gap_y        (const WbStackRow *rows, guint n_rows, guint gap);

/* Whether taking the block at `from` to `gap` changes the order. */
gboolean wb_stack_layout_is_move      (guint from, guint gap);

/* Pixels a second to scroll when something is dragged at `y` of a page of that height: negative is up, 0
 * outside the edges, growing to 900 at the very end. Edges never take more than a third of the page. */
double   wb_stack_layout_scroll_speed (double y, double page);

G_END_DECLS
