/* wb-legend-paint.h: what the colours and hatchings under the traces mean
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* One row in the layout's legend; entries that do not fit are counted at the end ("+ 3 more"). */
void wb_legend_paint (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, const WbColors *colors);

G_END_DECLS
