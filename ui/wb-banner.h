/* wb-banner.h: the one place where a window tells errors and notes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-card-face.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes no room while it has nothing to say. The newest message replaces the one before; the user closes it with its button.
 * Severity is told by icon and accessible name as well as by colour. CSS node "banner". */
#define WB_TYPE_BANNER (wb_banner_get_type ())
G_DECLARE_FINAL_TYPE (WbBanner, wb_banner, WB, BANNER, GtkWidget)

GtkWidget  *wb_banner_new      (void) G_GNUC_WARN_UNUSED_RESULT;

/* `tone`: WB_TONE_ERROR, WB_TONE_WARNING or WB_TONE_NOTE. */
void        wb_banner_show     (WbBanner *self, WbTone tone, const char *text);
void        wb_banner_hide     (WbBanner *self);

/* Gives the message that is shown a button, which goes with it. `label` has a mnemonic; `action`: what the button activates. */
void        wb_banner_offer    (WbBanner *self, const char *label, const char *action);
gboolean    wb_banner_has_offer (WbBanner *self);

/* Other words for the message that is shown; its tone and its button stay. */
void        wb_banner_update   (WbBanner *self, const char *text);

/* (nullable): what it says; NULL while it is hidden. */
const char *wb_banner_get_text (WbBanner *self);

G_END_DECLS
