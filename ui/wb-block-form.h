/* wb-block-form.h: the arguments of one block
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One WbArgRow an argument, or a WbSourcesRow for the earlier blocks of a merge; a block that wraps another one also has a
 * drop-down of kinds and, nested, the inner block's form. CSS node "blockform".
 *
 * Signal "edit" (NnBlock *block, const char *what): a borrowed changed copy of the block and the label of what changed. */
#define WB_TYPE_BLOCK_FORM (wb_block_form_get_type ())
G_DECLARE_FINAL_TYPE (WbBlockForm, wb_block_form, WB, BLOCK_FORM, GtkWidget)

GtkWidget *wb_block_form_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/* Rows are kept, with their focus and cursor, while the kind stays the same. Not for merges: these need to know what is above
 * them. */
void       wb_block_form_set_block (WbBlockForm *self, const NnBlock *block);

/* The same for the block at `position` of the check's design. */
void       wb_block_form_set_position (WbBlockForm *self, const NnCheck *check, guint position);

G_END_DECLS
