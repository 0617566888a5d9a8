/* wb-widgets.h: the small steps that every widget of the design half takes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-card-face.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label of one line that ellipsises at its end and then has its text as a tooltip; it has no name of its own for screen
 * readers, since the widget around it speaks for it. `css_class` (nullable); `xalign` 0 left, 1 right. */
GtkWidget *wb_label_new         (const char *css_class, float xalign) G_GNUC_WARN_UNUSED_RESULT;

/* The same, at the left, and read by screen readers. */
GtkWidget *wb_label_new_read    (const char *css_class) G_GNUC_WARN_UNUSED_RESULT;

/* A label that wraps, for sentences; screen readers read it. */
GtkWidget *wb_label_new_wrapped (const char *css_class, const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Adds or removes a class. */
void       wb_widget_set_class  (GtkWidget *widget, const char *css_class, gboolean on);

/* Leaves exactly the class of that tone on the widget. */
void       wb_widget_set_tone   (GtkWidget *widget, WbTone tone);

/* Shows the tone's icon, or hides the image for WB_TONE_PLAIN. */
void       wb_image_set_tone    (GtkImage *image, WbTone tone);

/* Sets the accessible label. */
void       wb_widget_set_spoken (GtkWidget *widget, const char *label);

/* A button with a text and a mnemonic, spoken once and without the underscore, which GTK 4.8's own are not. */
GtkWidget *wb_button_new_with_mnemonic (const char *label) G_GNUC_WARN_UNUSED_RESULT;

/* Whenever the popover closes, keys go on where they went before it opened; after a choice in a submenu they would go nowhere
 * (GTK 4.8). A button that opens it should leave the focus where it is (focus-on-click). */
void       wb_popover_give_focus_back (GtkPopover *popover);

/* A popover of widgets lets its window's keys through and closes with them, and with a press beside it, which GTK 4.8 forgets
 * once something in it was clicked. */
void       wb_popover_hear_window     (GtkPopover *popover);

/* A menu button that leaves the focus where it is, and whose popover gives it back. */
void       wb_menu_button_keep_focus  (GtkMenuButton *button);

/* Removes every child of a box. */
void       wb_box_clear         (GtkBox *box);

G_END_DECLS
