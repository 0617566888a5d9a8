/* wb-lanes-paint.h: all lanes of a scene into plain pixels: the fast half of painting traces
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-lane-paint.h"
#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* Draws all lanes of the scene, one below the other: columns grid->first … of the grid, each of them a device pixel wide
 * (`scale`: device pixels a pixel). A vertical min/max run a column, joined with its neighbour; lines between the steps where
 * there are few, and dots where they are far apart. A column looks the same whichever is the first. Nothing is read: FALSE where
 * the lanes are rough, as samples are not at hand. They are drawn over `grounds` (nullable): two of wb_lane_pen_draw_on(), that
 * of the first lane and every second one from there on, and that of the others; NULL: over what `target` holds. */
gboolean wb_lanes_paint (const WbScene  *scene,
                         const WbGrid   *grid,
                         const WbColors *colors,
                         int             scale,
                         const WbPixels *grounds,
                         const WbPixels *target);

G_END_DECLS
