/* wb-trace-list.h: which channel is drawn in which lane, and at which scale
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-scene.h"

G_BEGIN_DECLS

/* The height from which on every second lane has a ground of its own, in pixels. */
#define WB_LEAST_STRIPE 3

/* One channel in its lane: `low` is at the bottom, `high` at the top. A plain value. */
typedef struct
{
  guint    channel;
  guint    lane;   /* from the top, of those in sight */
  float    low, high;
  guint    color;  /* index into WbColors.lanes */
  gboolean selected;
} WbTrace;

/* What a scene's view comes to, in drawing order. wb_trace_list_clear() frees it. */
typedef struct
{
  guint    n_traces, n_lanes;
  WbTrace *traces;
  double  *edges; /* n_lanes + 1 of them, from 0 to 1: lane i lies between edges i and i + 1 */
} WbTraceList;

/* The lanes that the scene has in sight, 0 without a recording; the scene needs no view. */
guint wb_trace_list_count (const WbScene *scene);

/* The scene has a pyramid. */
void  wb_trace_list_init  (WbTraceList *self, const WbScene *scene);
void  wb_trace_list_clear (WbTraceList *self);

/* The first of `height` rows that is lane's; of lane n_lanes: `height`. */
int   wb_trace_list_get_edge  (const WbTraceList *self, guint lane, int height);

/* The lane that row `at` of `height` rows is in; rows above and below are the first's and the last's. */
guint wb_trace_list_find_lane (const WbTraceList *self, double at, int height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbTraceList, wb_trace_list_clear)

G_END_DECLS
