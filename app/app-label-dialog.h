/* app-label-dialog.h: asks in which format labels are to be written, and tells what it cannot hold
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AppLabelFunc) (gpointer user_data, const SigExportFormat *format);

/* `func` is called with the answer, not when the dialog was closed. It goes with its parent. `scope` (nullable): a sentence on
 * what is left out whatever the format. */
void app_label_dialog_ask (GtkWindow *parent, const SigRecording *recording, const SigLabels *labels, const char *scope,
                           AppLabelFunc func, gpointer user_data);

G_END_DECLS
