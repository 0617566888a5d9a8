/* wb-chip-row.h: as many chips as fit into two rows, between what begins and what ends them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Chips stand side by side in the order in which they came, between a head and a tail, in a second row where one does not hold
 * them. None is cut: those that do not fit are not drawn and not reached by Tab, and "more", which shows only then, leads to
 * them. Notifies its property "n-hidden" after it was laid out with another number of them. */
#define WB_TYPE_CHIP_ROW (wb_chip_row_get_type ())
G_DECLARE_FINAL_TYPE (WbChipRow, wb_chip_row, WB, CHIP_ROW, GtkWidget)

/* All (transfer floating). `head` and `tail` always show; the tail gets the rest of its row. What it and `more` need at least
 * must not follow "n-hidden". */
GtkWidget *wb_chip_row_new          (GtkWidget *head, GtkWidget *more, GtkWidget *tail) G_GNUC_WARN_UNUSED_RESULT;

/* `chip` (transfer floating). */
void       wb_chip_row_append       (WbChipRow *self, GtkWidget *chip);
void       wb_chip_row_clear        (WbChipRow *self);
guint      wb_chip_row_get_n_hidden (WbChipRow *self);

G_END_DECLS
