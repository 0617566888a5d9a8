/* wb-vector-paint.h: lanes as paths, for pictures without pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* Draws all lanes of steps [start, end) as paths: a line through the samples where there are few, else the area between the least
 * and the greatest of each half unit (of each unit in low lanes), so that nothing that sticks out is lost. */
void wb_vector_paint_lanes (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, double start, double end,
                            const WbColors *colors);

G_END_DECLS
