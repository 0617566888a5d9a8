/* wb-arg-row.h: one argument with its editor, made from its descriptor
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-kind.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Label, editor and help sentence. Whole numbers get spin buttons, reals and lists an entry that takes effect with Return or
 * when the focus leaves, choices a drop-down, yes or no a switch. What is out of range is refused in words under the
 * editor, and the old value stands. The editor's accessible label is the argument's label; a pair's second number has " 2"
 * behind it. CSS node "argrow".
 *
 * Signal "changed": the user gave another value. */
#define WB_TYPE_ARG_ROW (wb_arg_row_get_type ())
G_DECLARE_FINAL_TYPE (WbArgRow, wb_arg_row, WB, ARG_ROW, GtkWidget)

/* `arg` must live as long as the row: descriptors are static. Starts with the fallback value. */
GtkWidget     *wb_arg_row_new       (const NnArg *arg) G_GNUC_WARN_UNUSED_RESULT;

const NnValue *wb_arg_row_get_value (WbArgRow *self);

/* Emits nothing. A text that is being typed stays when the value is the one that the row has already. */
void           wb_arg_row_set_value (WbArgRow *self, const NnValue *value);

G_END_DECLS
