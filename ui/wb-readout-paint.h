/* wb-readout-paint.h: the cursor's line with the values of all channels, truth and prediction at its step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* What wb_readout_paint() may touch: so that moving the cursor redraws no more than that. FALSE: the step is not
 * visible. */
gboolean wb_readout_get_bounds (
    const WbTracesLayout *layout, double start, double end, double step, double *x, double *width);

/* Where it writes the time into the ruler, in pixels of the layout; FALSE as above. Sets the font. */
gboolean wb_readout_get_time_place (cairo_t *cr,
                                    const WbScene *scene,
                                    const WbTracesLayout *layout,
                                    double start,
                                    double end,
                                    double step,
                                    double *left,
                                    double *right);

/* `pointer_y`: where lanes are thinner than a line of text, the lane there is told and others as they fit. */
void wb_readout_paint (cairo_t *cr,
                       const WbScene *scene,
                       const WbTracesLayout *layout,
                       double start,
                       double end,
                       double step,
                       double pointer_y,
                       const WbColors *colors);

/* What is written for a channel at a step: "12.5 µV", "no value", "infinite", or "…" while it is fetched (transfer full). */
char    *wb_readout_get_value  (const WbScene *scene, guint channel, gint64 step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
