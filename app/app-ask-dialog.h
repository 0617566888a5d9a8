/* app-ask-dialog.h: asks for one number of steps, or one name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AppAskNumberFunc) (gpointer user_data, gint64 number);
typedef void (*AppAskTextFunc)   (gpointer user_data, const char *text);

/* What the dialog says: its title, a sentence, the button that answers. Static strings. */
typedef struct
{
  const char *title, *sentence, *answer;
} AppQuestion;

/* A modal window over `parent`; `func` is called when it is answered, and not when it is closed. Numbers from 1 on. */
void app_ask_number (GtkWindow *parent, const AppQuestion *question, gint64 number, AppAskNumberFunc func, gpointer user_data);
void app_ask_text   (GtkWindow *parent, const AppQuestion *question, const char *text, AppAskTextFunc func, gpointer user_data);

G_END_DECLS
