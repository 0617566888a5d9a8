/* wb-sources-row.h: the earlier blocks that a merge joins, to be ticked in a list of those above it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One check button for the input and for each block above, with its name and the shape that it gives, the nearest first; a block
 * that is named but gone or below has one as well, to be unticked. Under them stands the order in which all is joined. What is
 * ticked goes to the end of the list; when it is full the others cannot be ticked. CSS node "sourcesrow".
 *
 * Signal "changed": the user ticked or unticked a block. */
#define WB_TYPE_SOURCES_ROW (wb_sources_row_get_type ())
G_DECLARE_FINAL_TYPE (WbSourcesRow, wb_sources_row, WB, SOURCES_ROW, GtkWidget)

/* `arg` is of type NN_ARG_BLOCK_LIST and must live as long as the row: descriptors are static. */
GtkWidget     *wb_sources_row_new       (const NnArg *arg) G_GNUC_WARN_UNUSED_RESULT;

const NnValue *wb_sources_row_get_value (WbSourcesRow *self);

/* Shows what the block at `position` of the check's design names, and what it could. Emits nothing; keeps the buttons, and so the
 * focus, where the same blocks are to be listed. */
void           wb_sources_row_set_block (WbSourcesRow *self, const NnCheck *check, guint position);

G_END_DECLS
