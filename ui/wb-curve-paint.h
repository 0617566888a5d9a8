/* wb-curve-paint.h: paints loss and accuracy over the epochs; cairo, no GTK
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-colors.h"

#include <cairo.h>

G_BEGIN_DECLS

/* One finished epoch; NaN: not known. */
typedef struct
{
  double train_loss, validation_loss;
  double train_accuracy, validation_accuracy;
} WbCurvePoint;

typedef enum { WB_CURVE_LOSS, WB_CURVE_ACCURACY } WbCurveKind;

/* Everything a curve picture shows. `points` is borrowed; point i is epoch i + 1. */
typedef struct
{
  const WbCurvePoint *points;
  guint               n_points;
  guint               n_epochs;   /* planned: the axis is at least so long */
  guint               best_epoch; /* 0: none */
  WbCurveKind         kind;
  gboolean            log;        /* loss only; values <= 0 are left out */
  double              hover;      /* x in pixels to read out at; negative: none */
  gboolean            held_up;    /* training cannot begin: no call to it where there is no point yet */
  gboolean            running;    /* it has begun: likewise */
} WbCurveScene;

/* Axes with titles, raw values always visible as dots joined by lines, train and validation told apart by dash and
 * by name at the line's end as well as by colour, the best epoch marked; guidance where there is no point yet. */
void wb_curve_paint (
    cairo_t *cr, const WbCurveScene *scene, const char *title, double width, double height, const WbColors *colors);

G_END_DECLS
