/* wb-spectrogram-paint.h: a channel's spectrogram under the lanes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* The scene's spectrogram at the layout's place, its frequencies and the range of its colours at the left. Where it has
 * other columns than the view they are stretched: what it shows stays in its place in time. */
void    wb_spectrogram_paint    (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, double start, double end,
                                 const WbColors *colors);

/* The colour of a level, opaque: evenly spaced in lightness from the ground of the palette on. Level 0, where nothing
 * is known, is hatched by whoever paints. */
WbColor wb_spectrogram_get_color (const WbColors *colors, guint8 level);

/* "42.5 Hz · -12 dB" at a step and a height; NULL where there is nothing. */
char   *wb_spectrogram_get_text  (const WbScene *scene, const WbTracesLayout *layout, double step, double y)
                                 G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
