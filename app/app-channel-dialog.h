/* app-channel-dialog.h: asks which channel of a recording holds its labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AppChannelFunc) (gpointer user_data, guint channel);

/* `func` is called with the answer, not when the dialog was closed. It goes with its parent. */
void app_channel_dialog_ask (GtkWindow *parent, const SigRecording *recording, AppChannelFunc func,
                             gpointer user_data);

G_END_DECLS
