/* wb-stack.h: the design as a stack of blocks with live shapes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Top to bottom: Input, the blocks, Labels (the contract). Each block shows its kind, its main arguments, its output shape,
 * its parameters, whether it keeps time, and its problem in words. A block can be dragged to any gap and to the bin at the
 * bottom; palette entries (see wb-palette.h) drop into any gap, and while one hovers the blocks below show the shapes they
 * would have. By key: Up/Down choose, Alt+Up/Alt+Down move, Delete removes. CSS node "blockstack" (GtkStack's is "stack");
 * accessible label "Network stack", and every block's accessible label says kind, arguments and output ("Conv1D 32, kernel 8,
 * same, relu, output 400 × 32, 4,128 parameters").
 *
 * The widget never changes the design: it shows a check and asks for edits.
 *
 * Signals:
 *   "edit" (NnDesign *design, const char *what): a borrowed new design and what was done ("Add Conv1D")
 *   "notify::selected": the chosen block's id; 0: the input; G_MAXUINT: the labels */
#define WB_TYPE_STACK (wb_stack_get_type ())
G_DECLARE_FINAL_TYPE (WbStack, wb_stack, WB, STACK, GtkWidget)

GtkWidget *wb_stack_new          (void) G_GNUC_WARN_UNUSED_RESULT;

/* `labels` (nullable): the contract drawn at the bottom; both are copied or referenced. */
void       wb_stack_set_check    (WbStack *self, const NnCheck *check, const NnContract *labels);
void       wb_stack_set_selected (WbStack *self, guint id);
guint      wb_stack_get_selected (WbStack *self);

/* Appends a block of that kind after the last one, by "edit": what a click in the palette does. */
void       wb_stack_append       (WbStack *self, const NnKind *kind);

G_END_DECLS
