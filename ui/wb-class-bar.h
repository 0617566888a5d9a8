/* wb-class-bar.h: the tracks and classes that labels are marked with, in one row
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-label-set.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button for each class that fits, which marks the selection, and one for "don't know"; a list of all classes, found by name; a
 * menu of tracks, a popover to edit the classes, and a menu for all else. Asks for changes by actions of the group "mark". The
 * buttons leave the focus where it is, and popovers give it back, so that keys go on marking. While there is no class it says how
 * to begin. CSS node "classbar". */
#define WB_TYPE_CLASS_BAR (wb_class_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbClassBar, wb_class_bar, WB, CLASS_BAR, GtkWidget)

/* `tracks` and `edits`: the menus. */
GtkWidget *wb_class_bar_new        (GMenuModel *tracks, GMenuModel *edits) G_GNUC_WARN_UNUSED_RESULT;

void       wb_class_bar_set_tracks (WbClassBar *self, const SigLabelSet *tracks);

/* Opens the list of all classes, to mark the selection with one; where there is none, that in which they are made. */
void       wb_class_bar_pick_class   (WbClassBar *self);

/* Opens the popover in which classes are edited. */
void       wb_class_bar_edit_classes (WbClassBar *self);

G_END_DECLS
