/* wb-drag-chip.h: what follows the pointer while a block is dragged
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-kind.h"
#include "wb-card-face.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The kind's icon and name, and a line that the stack under the pointer fills: what the block would give there, or why it
 * would break. CSS node "dragchip". */
#define WB_TYPE_DRAG_CHIP (wb_drag_chip_get_type ())
G_DECLARE_FINAL_TYPE (WbDragChip, wb_drag_chip, WB, DRAG_CHIP, GtkWidget)

/* Makes a chip the icon of a drag that begins. */
void wb_drag_chip_attach   (GdkDrag *drag, const NnKind *kind);

/* Writes the line of the chip that `drag` (nullable) carries; nothing happens where it carries none. `text` (nullable): it
 * is over no stack. */
void wb_drag_chip_set_note (GdkDrag *drag, WbTone tone, const char *text);

G_END_DECLS
