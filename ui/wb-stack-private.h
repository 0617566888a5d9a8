/* wb-stack-private.h: what wb-stack.c, wb-stack-edit.c and wb-stack-drag.c share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-stack-column.h"
#include "wb-stack.h"

G_BEGIN_DECLS

/* A drag over the stack: where it is and what a drop there would make of the design. */
typedef struct
{
  guint      carried;     /* the block that a drag out of this stack carries; 0: none */
  double     x, y;        /* the pointer, in the stack's coordinates */
  int        gap;         /* the gap it means; -1: none */
  gboolean   over_bin;
  NnDesign  *outcome;     /* (nullable): the design after a drop; NULL where a drop changes nothing */
  NnBlockId  placed;      /* the block in `outcome` that the drag is about; 0 when it goes */
  char      *what;        /* "Add Conv1D"; NULL: the place under the pointer was not looked at yet */
  guint      scroll_tick;
  gint64     scroll_time; /* of the last frame that scrolled, µs; 0: none yet */
} WbStackDrag;

struct _WbStack
{
  GtkWidget    parent_instance;

  NnCheck     *check;       /* (nullable) before the first wb_stack_set_check() */
  NnContract   labels;      /* n_classes 0: none are known */
  guint        selected;
  NnBlockId    awaited;     /* a block that this stack asked for, to be chosen when it appears; 0: none */
  guint        reveal_tick;

  GtkWidget   *content;
  GtkWidget   *scroller;
  GtkWidget   *column;
  GtkWidget   *input_card;
  GtkWidget   *guidance;
  GPtrArray   *cards;       /* of the blocks, in order, with a ref each */
  GtkWidget   *labels_card;
  GtkWidget   *totals;
  GtkWidget   *cost;
  GtkWidget   *bin;

  WbStackDrag  drag;
};

/* Asks for an edit; `awaited` (0: none) is chosen once it is there. */
void wb_stack_request         (WbStack *self, NnDesign *design, NnBlockId awaited, const char *what);

/* Removes the chosen block, or moves it down by that many places, by "edit"; rings where there is none. */
void wb_stack_remove_selected (WbStack *self);
void wb_stack_shift_selected  (WbStack *self, int by);

/* Fills cards and totals from `check`: the stack's own, or with `preview` what would be. */
void wb_stack_show_check      (WbStack *self, const NnCheck *check, gboolean preview);

/* Makes the stack a drop target; makes a block's card a drag source. */
void wb_stack_drag_init       (WbStack *self);
void wb_stack_drag_add_source (WbStack *self, GtkWidget *card);

/* Forgets where a drag is and what it would give; the cards are left as they are. */
void wb_stack_drag_forget     (WbStack *self);

G_END_DECLS
