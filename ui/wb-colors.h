/* wb-colors.h: the colours of traces, classes and curves, for light and dark
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Straight (not premultiplied), 0 to 1. */
typedef struct
{
  float red, green, blue, alpha;
} WbColor;

#define WB_N_LANE_COLORS  16
#define WB_N_CLASS_TONES  12 /* more classes are told apart by lines across their tone */

/* All that is painted with. Static data. Lane and class colours reach a contrast of 3 : 1 against the
 * background, texts 4.5 : 1 (tested). */
typedef struct
{
  WbColor background, lane_alternate, grid, text, dim_text;
  WbColor lanes[WB_N_LANE_COLORS];
  WbColor classes[WB_N_CLASS_TONES]; /* class 0 is quiet: it is mostly "nothing happens" */
  WbColor error;                      /* where truth and prediction differ */
  WbColor train, validation;          /* loss curves, and the split's bands */
  WbColor cursor, selection;
} WbColors;

const WbColors *wb_colors_get (gboolean dark);

/* What a lane's colour is called, "Blue", and a class' tone. Static. */
const char     *wb_colors_get_lane_name  (guint i);
const char     *wb_colors_get_tone_name  (guint i);

G_END_DECLS
