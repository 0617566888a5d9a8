/* wb-overview.h: the whole recording in one bar: split, labels, errors, and the visible span to drag
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-scene.h"
#include "wb-view-span.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* CSS node "overview". Click or drag moves the visible span there. */
#define WB_TYPE_OVERVIEW (wb_overview_get_type ())
G_DECLARE_FINAL_TYPE (WbOverview, wb_overview, WB, OVERVIEW, GtkWidget)

GtkWidget *wb_overview_new       (WbViewSpan *span) G_GNUC_WARN_UNUSED_RESULT;
void       wb_overview_set_scene (WbOverview *self, const WbScene *scene);

G_END_DECLS
