/* wb-ruler-paint.h: the time ruler, its grid lines and the borders of windows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* The grid is the same again after so many pixels downwards. */
#define WB_RULER_PERIOD 8

/* The time axis of a layout for steps [start, end). */
WbAxis wb_ruler_get_axis   (const WbTracesLayout *layout, double start, double end);

/* The rate to tell times in: 0 (steps) where the recording has none, or the view wants steps. */
double wb_ruler_get_rate   (const WbScene *scene);

/* A step in words, as the view wants time to be told. */
char  *wb_ruler_get_text   (const WbScene *scene, double step) G_GNUC_WARN_UNUSED_RESULT;

/* Ticks with their texts, window numbers of a paged recording, and the split as a thin band. */
void wb_ruler_paint (cairo_t *cr,
                     const WbScene *scene,
                     const WbTracesLayout *layout,
                     double start,
                     double end,
                     const WbColors *colors);

/* Clears the ticks' texts between `left` and `right`, pixels of the layout, for another one; what that would cut is cleared as a
 * whole. */
void wb_ruler_make_room (cairo_t *cr,
                         const WbScene *scene,
                         const WbTracesLayout *layout,
                         double start,
                         double end,
                         double left,
                         double right,
                         const WbColors *colors);

/* Grid lines at the ticks and the borders of windows, from the ruler down through the lanes. */
void wb_ruler_paint_grid (cairo_t *cr,
                          const WbScene *scene,
                          const WbTracesLayout *layout,
                          double start,
                          double end,
                          const WbColors *colors);

G_END_DECLS
