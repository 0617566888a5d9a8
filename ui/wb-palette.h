/* wb-palette.h: the kinds of blocks, to drag into the stack or to click
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-kind.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Made from nn-kind.h, with headings and a search entry. An entry is a button (accessible label: the kind's name, tooltip: its
 * summary) and a drag source whose value is a G_TYPE_POINTER with the const NnKind. CSS node "palette".
 *
 * Signal "chosen" (const NnKind *kind): clicked, or Return pressed. */
#define WB_TYPE_PALETTE (wb_palette_get_type ())
G_DECLARE_FINAL_TYPE (WbPalette, wb_palette, WB, PALETTE, GtkWidget)

GtkWidget *wb_palette_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
