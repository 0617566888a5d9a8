/* wb-trace-list.c: which channel is drawn in which lane, and at which scale
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-trace-list.h"

#include "wb-colors.h"

#include <float.h>
#include <math.h>

#define ON_EDGE 1e-6 /* of a row: what rounding may take from an edge that falls on a row */

/* What the channels of one unit need together. */
typedef struct
{
  double low, high; /* of all of them */
  double half;      /* half the range of the widest */
} Group;

static guint
get_n_channels (const WbScene *scene)
{
  return scene->pyramid != NULL ? sig_recording_get_n_channels (sig_pyramid_get_recording (scene->pyramid)) : 0;
}

guint
wb_trace_list_count (const WbScene *scene)
{
  guint n = get_n_channels (scene), rows;

  if (n == 0 || scene->view == NULL)
    return n;
  if (wb_lane_view_is_butterfly (scene->view))
    return 1;
  rows = wb_lane_view_get_rows (scene->view, NULL);
  return rows > 0 ? rows : wb_lane_view_get_n_shown (scene->view);
}

static void
widen (GHashTable *groups,
       const char *unit,
       double      low,
       double      high)
{
  Group *group = g_hash_table_lookup (groups, unit);

  if (group == NULL)
    {
      group = g_new (Group, 1);
      *group = (Group) { low, high, 0 };
      g_hash_table_insert (groups, (gpointer) unit, group);
    }
  group->low = MIN (group->low, low);
  group->high = MAX (group->high, high);
  group->half = MAX (group->half, (high - low) / 2);
}

/* One group a unit, of the channels that are shown. */
static GHashTable *
group_by_unit (const WbScene *scene)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  const WbLane *lanes = wb_lane_view_get_lanes (scene->view);

  for (guint i = 0; i < wb_lane_view_get_n_channels (scene->view); i++)
    if (!lanes[i].hidden)
      {
        float low, high;

        sig_pyramid_get_range (scene->pyramid, lanes[i].channel, &low, &high);
        widen (groups, sig_recording_get_channel_unit (recording, lanes[i].channel), low, high);
      }
  return groups;
}

/* `group` (nullable): of the channel's unit, where the scale is shared. */
static WbTrace
make_trace (const WbScene *scene,
            const WbLane  *lane,
            guint          row,
            const Group   *group)
{
  WbTrace trace = { .channel = lane->channel, .lane = row };
  float low, high;
  double middle, half;

  sig_pyramid_get_range (scene->pyramid, lane->channel, &low, &high);
  middle = ((double) low + high) / 2;
  half = ((double) high - low) / 2;
  if (group != NULL && wb_lane_view_get_scale (scene->view) == WB_SCALE_AXIS)
    {
      middle = (group->low + group->high) / 2;
      half = (group->high - group->low) / 2;
    }
  else if (group != NULL)
    half = group->half;
  half /= lane->gain;
  middle -= lane->offset * 2 * half;
  trace.low = (float) CLAMP (middle - half, -FLT_MAX, FLT_MAX);
  trace.high = (float) CLAMP (middle + half, -FLT_MAX, FLT_MAX);
  trace.color = (lane->color >= 0 ? (guint) lane->color : lane->channel) % WB_N_LANE_COLORS;
  trace.selected = scene->view != NULL && wb_lane_view_get_selected (scene->view) == (int) lane->channel;
  return trace;
}

static void
add_shown (WbTraceList   *self,
           const WbScene *scene)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  const WbLane *lanes = wb_lane_view_get_lanes (scene->view);
  gboolean butterfly = wb_lane_view_is_butterfly (scene->view);
  g_autoptr (GHashTable) groups = wb_lane_view_get_scale (scene->view) != WB_SCALE_EACH ? group_by_unit (scene) : NULL;
  guint first = 0, n_shown = 0;

  (void) wb_lane_view_get_rows (scene->view, &first);
  for (guint i = 0; i < wb_lane_view_get_n_channels (scene->view); i++)
    {
      const Group *group = NULL;

      if (lanes[i].hidden)
        continue;
      n_shown++;
      if (!butterfly && (n_shown <= first || n_shown > first + self->n_lanes))
        continue;
      if (groups != NULL)
        group = g_hash_table_lookup (groups, sig_recording_get_channel_unit (recording, lanes[i].channel));
      self->traces[self->n_traces++] = make_trace (scene, &lanes[i], butterfly ? 0 : n_shown - 1 - first, group);
    }
}

/* From the heights of the traces, as long as each has a lane of its own. */
static void
place_lanes (WbTraceList   *self,
             const WbScene *scene)
{
  double sum = 0;

  self->edges = g_new (double, self->n_lanes + 1);
  self->edges[0] = 0;
  for (guint i = 0; i < self->n_lanes; i++)
    {
      gboolean own = scene->view != NULL && self->n_traces == self->n_lanes;

      sum += own ? wb_lane_view_get_channel (scene->view, self->traces[i].channel)->height : 1;
      self->edges[i + 1] = sum;
    }
  for (guint i = 1; i <= self->n_lanes; i++)
    self->edges[i] /= sum;
}

void
wb_trace_list_init (WbTraceList   *self,
                    const WbScene *scene)
{
  guint n_channels = get_n_channels (scene);

  g_return_if_fail (n_channels > 0);

  *self = (WbTraceList) { .n_lanes = wb_trace_list_count (scene), .traces = g_new (WbTrace, n_channels) };
  if (scene->view != NULL)
    add_shown (self, scene);
  else
    for (guint i = 0; i < n_channels; i++)
      self->traces[self->n_traces++] = make_trace (scene, &(WbLane) { .channel = i, .gain = 1, .color = -1 }, i, NULL);
  place_lanes (self, scene);
}

void
wb_trace_list_clear (WbTraceList *self)
{
  g_clear_pointer (&self->traces, g_free);
  g_clear_pointer (&self->edges, g_free);
}

int
wb_trace_list_get_edge (const WbTraceList *self,
                        guint              lane,
                        int                height)
{
  g_return_val_if_fail (lane <= self->n_lanes, height);
  return (int) floor (self->edges[lane] * height + ON_EDGE);
}

guint
wb_trace_list_find_lane (const WbTraceList *self,
                         double             at,
                         int                height)
{
  guint lane = 0;

  while (lane + 1 < self->n_lanes && at >= wb_trace_list_get_edge (self, lane + 1, height))
    lane++;
  return lane;
}
