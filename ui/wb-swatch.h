/* wb-swatch.h: a small sample of a class' colour
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_SWATCH_DONT_KNOW (-1)

/* `color`: an index into WbColors.classes, or WB_SWATCH_DONT_KNOW for the hatching of what one does not know. It looks like
 * the runs in the ribbons, follows light and dark, and is not there for screen readers: a name beside it says it all. */
GtkWidget *wb_swatch_new (int color) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
