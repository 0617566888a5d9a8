/* wb-legend-paint.h: what the colours and hatchings under the traces mean
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* As many rows as the layout's legend is high; entries that do not fit are counted at the end ("+ 3 more"). */
void   wb_legend_paint      (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, const WbColors *colors);

/* How high a legend of the layout's width has to be for all entries. */
double wb_legend_get_height (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout);

G_END_DECLS
