/* app-dialog.h: the frame of a dialog: a title, Cancel and one answer
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A modal window over `parent` that goes with it, is closed by Escape and Cancel, and frees `data` (nullable) by `free_data`
 * when it goes. `answer` is the text of the other button, with a mnemonic; Enter presses it, and `answered` is called with
 * `data`. To be given a child and presented. */
GtkWindow *app_dialog_new (GtkWindow *parent, const char *title, const char *answer, GCallback answered, gpointer data,
                           GDestroyNotify free_data);

/* A line of text that wraps. */
GtkWidget *app_dialog_text (const char *text);

/* A column with the margins of a dialog. */
GtkWidget *app_dialog_column (void);

G_END_DECLS
