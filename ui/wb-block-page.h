/* wb-block-page.h: the inspector's page for what is chosen in the stack: a block, the input or the labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Kind and summary, arguments, what the block comes to, and its problems in words. CSS node "blockpage".
 *
 * Signal "edit" (NnDesign *design, const char *what): as the inspector's. */
#define WB_TYPE_BLOCK_PAGE (wb_block_page_get_type ())
G_DECLARE_FINAL_TYPE (WbBlockPage, wb_block_page, WB, BLOCK_PAGE, GtkWidget)

GtkWidget *wb_block_page_new                (void) G_GNUC_WARN_UNUSED_RESULT;

/* `selected` as in wb-stack.h. */
void       wb_block_page_set_check          (WbBlockPage *self, const NnCheck *check, guint selected);

/* Whether a recording says how many channels there are: then they cannot be edited. */
void       wb_block_page_set_channels_known (WbBlockPage *self, gboolean known);

G_END_DECLS
