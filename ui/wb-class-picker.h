/* wb-class-picker.h: all classes of a label track, found by a few letters, to mark the selection with
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-class-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The content of a popover: a field to type in and a list of classes with their colours and keys, of which those remain whose
 * names hold what was typed. Up and Down choose, Return marks the selection by the action "mark.class" (i). What no class is
 * called can be made one: "mark.new-class" (s). Both close the popover around it, as Escape does. CSS node "classpicker". */
#define WB_TYPE_CLASS_PICKER (wb_class_picker_get_type ())
G_DECLARE_FINAL_TYPE (WbClassPicker, wb_class_picker, WB, CLASS_PICKER, GtkWidget)

GtkWidget *wb_class_picker_new         (void) G_GNUC_WARN_UNUSED_RESULT;

/* `classes` (nullable). The list is made when it is seen. */
void       wb_class_picker_set_classes (WbClassPicker *self, const SigClassTable *classes);

G_END_DECLS
