/* wb-trace-fit.h: scales at which what is seen of the channels fills their lanes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* The scene's view with other gains and offsets (transfer full): the extremes of `n_columns` columns of the grid lie a twentieth
 * of a lane inside it. Of the selected channel where one is, otherwise of all that are shown. Channels that share a scale go on
 * sharing it: all of the unit are measured and changed. A channel without a finite sample there stays as it is, and a constant
 * one is centred. Never reads: of what is not at hand the extremes are those of the pyramid's lowest level. The scene has a
 * pyramid and a view. */
WbLaneView *wb_trace_fit (const WbScene *scene, const WbGrid *grid, guint n_columns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
