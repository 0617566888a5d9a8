/* wb-frame-paint.h: everything around the traces, in its parts
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* The parts that make up wb_traces_paint_frame() together with the ruler, its grid and the legend; all at the layout's place. */

/* The background of everything, and of every second lane. */
void wb_frame_paint_grounds (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, const WbColors *colors);

/* What is below the lanes: ribbons, probability. */
void wb_frame_paint_ribbons (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, double start, double end,
                             const WbColors *colors);

G_END_DECLS
