/* wb-inspector.h: the arguments of the chosen block, the input or the training settings
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "nn-settings.h"
#include "sig-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows are made from the argument descriptors: spin button, switch, drop-down or entry, with the range in the tooltip and the
 * help sentence under it; a value out of range is refused beside its row with the range in words. Accessible labels are the
 * argument's label ("Filters", "Return sequences"). CSS node "inspector". Three pages: "Block", "Data" and "Training".
 *
 * Signals:
 *   "edit" (NnDesign *design, const char *what): a borrowed new design
 *   "settings-changed": see wb_inspector_get_settings()
 *   "filter-changed": see wb_inspector_get_filter() */
#define WB_TYPE_INSPECTOR (wb_inspector_get_type ())
G_DECLARE_FINAL_TYPE (WbInspector, wb_inspector, WB, INSPECTOR, GtkWidget)

GtkWidget        *wb_inspector_new          (void) G_GNUC_WARN_UNUSED_RESULT;

/* `selected` as in wb-stack.h. Keeps the keyboard focus and the cursor where a row only changed its value. */
void              wb_inspector_set_check    (WbInspector *self, const NnCheck *check, guint selected);

/* Whether a recording is open and says how many channels there are: then the input's channels cannot be edited. */
void              wb_inspector_set_channels_known (WbInspector *self, gboolean known);

void              wb_inspector_set_settings (WbInspector *self, const NnSettings *settings);
const NnSettings *wb_inspector_get_settings (WbInspector *self);

/* A text under the training settings: memory and windows ("29 windows for training, 8 for validation · plan 13.4 MB"). */
void              wb_inspector_set_plan     (WbInspector *self, const char *text);

/* What the recording is, on the data page. */
void              wb_inspector_set_facts    (WbInspector *self, const char *text);

/* The filter, on the same page; `trains`: it counts for training too. `sentence` (nullable): why it cannot be applied. */
void              wb_inspector_set_filter   (WbInspector *self, const SigFilterSpec *filter, gboolean trains);
const SigFilterSpec *wb_inspector_get_filter (WbInspector *self, gboolean *trains);
void              wb_inspector_set_filter_wrong (WbInspector *self, const char *sentence);

/* Turns to that page, with the keyboard focus in the filter. */
void              wb_inspector_show_data    (WbInspector *self);

G_END_DECLS
