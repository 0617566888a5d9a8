/* wb-init.h: makes the widgets' types, style and icons known
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Once, after gtk_init. Registers the resource, the style sheet and the icons. */
void wb_init        (void);

/* Follows the desktop's colour scheme (settings portal), or forces one: "system", "light" or "dark". */
void wb_init_scheme (const char *scheme);

/* Whether dark colours are in force now: widgets pass it to wb_colors_get(). */
gboolean wb_is_dark (void);

G_END_DECLS
