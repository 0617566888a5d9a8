/* wb-filter-form.h: what is filtered away, as rows to edit
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One row a member of the filter, and whether it counts for training too. CSS node "filterform".
 *
 * Signal "changed": the user gave another value. */
#define WB_TYPE_FILTER_FORM (wb_filter_form_get_type ())
G_DECLARE_FINAL_TYPE (WbFilterForm, wb_filter_form, WB, FILTER_FORM, GtkWidget)

GtkWidget           *wb_filter_form_new        (void) G_GNUC_WARN_UNUSED_RESULT;

/* Emits nothing. */
void                 wb_filter_form_set_filter (WbFilterForm *self, const SigFilterSpec *filter, gboolean trains);
const SigFilterSpec *wb_filter_form_get_filter (WbFilterForm *self);
gboolean             wb_filter_form_get_trains (WbFilterForm *self);

/* A sentence under the rows (nullable): why the filter cannot be applied. */
void                 wb_filter_form_set_wrong  (WbFilterForm *self, const char *sentence);

G_END_DECLS
