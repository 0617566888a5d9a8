/* wb-gutter-paint.h: the names of the lanes, and how much a height in them is
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* Every lane's name with a bar that is as tall as the value beside it ("50 µV"), so that heights can be read; where lanes are
 * thinner than a line of text, every second, third … one's. In a butterfly all names that fit, one below the other, and a bar
 * for those next to each other that share a unit and a scale. */
void   wb_gutter_paint    (cairo_t *cr, const WbScene *scene, const WbTracesLayout *layout, const WbColors *colors);

/* The channel whose lane is at height `y`, in a butterfly the one whose name is; -1: none. */
int    wb_gutter_get_at   (const WbScene *scene, const WbTracesLayout *layout, double y);

/* The channel whose lane's lower edge is near height `y`, and where that is; -1: none. The last lane's is no such edge. */
int    wb_gutter_find_edge (const WbScene *scene, const WbTracesLayout *layout, double y, double *edge);

/* How high the channel's lane must be (WbLane.height) for its lower edge to be at height `y`; all other lanes keep theirs. */
double wb_gutter_get_height (const WbScene *scene, const WbTracesLayout *layout, guint channel, double y);

/* The greatest of 1, 2, 5 × 10^k that is at most `most`, which is above 0. */
double wb_gutter_round_down (double most);

G_END_DECLS
