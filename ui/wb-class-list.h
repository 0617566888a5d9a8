/* wb-class-list.h: the classes of a label track as a list: colour, key, name, count
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for changes by the actions "mark.add-class" (s), "mark.rename-class" (is), "mark.color" (ii), "mark.key" (ii) and
 * "mark.remove-class" (ii). CSS node "classlist". */
#define WB_TYPE_CLASS_LIST (wb_class_list_get_type ())
G_DECLARE_FINAL_TYPE (WbClassList, wb_class_list, WB, CLASS_LIST, GtkWidget)

GtkWidget *wb_class_list_new        (void) G_GNUC_WARN_UNUSED_RESULT;

/* `labels` (nullable): none yet. Shown as soon as the list is. Rows come and go with the next turn of the main loop: one of them
 * may be what asked. */
void       wb_class_list_set_labels (WbClassList *self, const SigLabels *labels);

G_END_DECLS
