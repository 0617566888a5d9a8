/* wb-block-card.h: one card of the stack: the input, a block or the labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-card-face.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a face. CSS node "blockcard"; :selected when chosen, classes "preview" while it shows figures that would be other
 * than they are and "dragged" while it is being carried. A list item for screen readers, with the face's spoken text as its
 * label. */
#define WB_TYPE_BLOCK_CARD (wb_block_card_get_type ())
G_DECLARE_FINAL_TYPE (WbBlockCard, wb_block_card, WB, BLOCK_CARD, GtkWidget)

/* `id` as in wb-stack.h: a block's id, 0 for the input, G_MAXUINT for the labels. */
GtkWidget *wb_block_card_new            (guint id) G_GNUC_WARN_UNUSED_RESULT;
guint      wb_block_card_get_id         (WbBlockCard *self);
gboolean   wb_block_card_get_keeps_time (WbBlockCard *self);

void       wb_block_card_set_face       (WbBlockCard *self, const WbCardFace *face);

/* Shows what would be without changing the card's height, so that nothing moves under a pointer that drags. */
void       wb_block_card_set_preview    (WbBlockCard *self, const WbCardFace *face);

/* Only the chosen card takes the keyboard focus, so that Tab passes the stack in one step. */
void       wb_block_card_set_selected   (WbBlockCard *self, gboolean selected);

G_END_DECLS
