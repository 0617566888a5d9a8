/* wb-trace-list.h: which channel is drawn in which lane, and at which scale
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-scene.h"

G_BEGIN_DECLS

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
} WbTraceList;

/* The lanes that the scene has in sight, 0 without a recording; the scene needs no view. */
guint wb_trace_list_count (const WbScene *scene);

/* The scene has a pyramid. */
void  wb_trace_list_init  (WbTraceList *self, const WbScene *scene);
void  wb_trace_list_clear (WbTraceList *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbTraceList, wb_trace_list_clear)

G_END_DECLS
