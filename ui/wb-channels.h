/* wb-channels.h: all channels of a recording in a list: shown, colour, scale, order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-scene.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row a channel, in the order of the lanes: a check box for what is shown, the colour, the name, and how much a lane's
 * height is, to be typed. Rows are dragged, or moved by Alt+Up and Alt+Down. Many channels have a search. All changes are
 * asked for by actions of the group "view". CSS node "channels". */
#define WB_TYPE_CHANNELS (wb_channels_get_type ())
G_DECLARE_FINAL_TYPE (WbChannels, wb_channels, WB, CHANNELS, GtkWidget)

GtkWidget *wb_channels_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/* Takes refs. Rows are made only while the widget is mapped. */
void       wb_channels_set_scene (WbChannels *self, const WbScene *scene);

G_END_DECLS
