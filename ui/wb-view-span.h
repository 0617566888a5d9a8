/* wb-view-span.h: the span of time that all plots of a window share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only. Steps as real numbers. Every plot, ruler and scroll bar binds to one of these, so
 * that they can never disagree. Emits "changed" once for each change of the visible span or the
 * whole, "cursor-changed" for the cursor. */
#define WB_TYPE_VIEW_SPAN (wb_view_span_get_type ())
G_DECLARE_FINAL_TYPE (WbViewSpan, wb_view_span, WB, VIEW_SPAN, GObject)

WbViewSpan *wb_view_span_new         (void) G_GNUC_WARN_UNUSED_RESULT;

/* The recording's length; shows all of it where it is short, else the first `show` steps. */
void        wb_view_span_set_whole   (WbViewSpan *self, double n_steps, double rate_hz, double show);
double      wb_view_span_get_n_steps (WbViewSpan *self);
double      wb_view_span_get_rate_hz (WbViewSpan *self); /* 0: no rate, show steps */

/* Clamped into the whole; at least 8 steps wide. */
void        wb_view_span_set_visible (WbViewSpan *self, double start, double end);
void        wb_view_span_get_visible (WbViewSpan *self, double *start, double *end);

/* Zooms by `factor` (< 1: closer) and keeps step `at` where it is. */
void        wb_view_span_zoom        (WbViewSpan *self, double factor, double at);
void        wb_view_span_pan         (WbViewSpan *self, double steps);
void        wb_view_span_show_all    (WbViewSpan *self);

/* The step under the pointer, shared by all plots; NaN: none. */
void        wb_view_span_set_cursor  (WbViewSpan *self, double step);
double      wb_view_span_get_cursor  (WbViewSpan *self);

G_END_DECLS
