/* wb-overview-paint.h: the whole recording in one bar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-axis.h"
#include "wb-colors.h"
#include "wb-scene.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Where the bar's time axis is; lined up with the traces below it. A plain value. */
typedef struct
{
  double plot_x;
  WbAxis axis;
} WbOverviewLayout;

void wb_overview_layout     (const WbScene *scene, double width, double height, WbOverviewLayout *layout);

/* The height that suits what the scene has. */
int  wb_overview_get_height (const WbScene *scene);

/* Rows for what the scene has of split, truth and errors, with their names at the left; all but the visible span. */
void wb_overview_paint      (cairo_t *cr, const WbScene *scene, double width, double height, const WbColors *colors);

G_END_DECLS
