/* wb-curve.h: the loss curve
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-curve-paint.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has its own switches for loss/accuracy and for the log scale. CSS node "curve". Its accessible description tells
 * the last values ("Epoch 12: loss 0.213, validation loss 0.254"). */
#define WB_TYPE_CURVE (wb_curve_get_type ())
G_DECLARE_FINAL_TYPE (WbCurve, wb_curve, WB, CURVE, GtkWidget)

GtkWidget *wb_curve_new        (void) G_GNUC_WARN_UNUSED_RESULT;

/* Forgets all points; `n_epochs` are planned. */
void       wb_curve_start      (WbCurve *self, guint n_epochs);
void       wb_curve_add        (WbCurve *self, const WbCurvePoint *point);
void       wb_curve_set_best   (WbCurve *self, guint epoch);
guint      wb_curve_get_n_points (WbCurve *self);

/* Whether training cannot begin now, and whether it has begun; both FALSE at first. Where no point is drawn yet the guidance
 * then calls for no training. */
void       wb_curve_set_held_up (WbCurve *self, gboolean held_up);
void       wb_curve_set_running (WbCurve *self, gboolean running);

G_END_DECLS
