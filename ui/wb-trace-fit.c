/* wb-trace-fit.c: scales at which what is seen of the channels fills their lanes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-trace-fit.h"

#include "wb-trace-list.h"

#define FILLED .9 /* of a lane */

/* What is seen of a channel, and the range that fills its lane as long as nobody changes that. */
typedef struct
{
  guint       channel;
  const char *unit;
  double      low, high;   /* low > high: nothing is seen */
  double      middle, half;
} Seen;

static void
measure (const WbScene *scene,
         const WbGrid  *grid,
         guint          n_columns,
         Seen          *seen)
{
  g_autofree SigColumn *columns = g_new (SigColumn, n_columns);

  (void) sig_pyramid_get_grid_columns (scene->pyramid, seen->channel, grid->origin, grid->width, grid->first, n_columns,
                                       columns);
  seen->low = G_MAXDOUBLE;
  seen->high = -G_MAXDOUBLE;
  for (guint i = 0; i < n_columns; i++)
    if (columns[i].min <= columns[i].max)
      {
        seen->low = MIN (seen->low, (double) columns[i].min);
        seen->high = MAX (seen->high, (double) columns[i].max);
      }
}

/* All channels that are shown. */
static GArray *
measure_all (const WbScene *scene,
             const WbGrid  *grid,
             guint          n_columns)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Seen));
  g_autoptr (WbLaneView) usual = wb_lane_view_with_reset (scene->view);
  g_autoptr (WbLaneView) whole = wb_lane_view_with_rows (usual, 0, 0);
  WbScene plain = *scene;
  g_auto (WbTraceList) list = { 0 };

  plain.view = whole;
  wb_trace_list_init (&list, &plain);
  for (guint i = 0; i < list.n_traces; i++)
    {
      const WbTrace *trace = &list.traces[i];
      Seen seen = {
        .channel = trace->channel,
        .unit = sig_recording_get_channel_unit (recording, trace->channel),
        .middle = ((double) trace->low + trace->high) / 2,
        .half = ((double) trace->high - trace->low) / 2,
      };

      measure (scene, grid, n_columns, &seen);
      g_array_append_val (all, seen);
    }
  return all;
}

/* Whether channels of one unit have their gains, and maybe their offsets, together. */
static gboolean
are_bound (const WbScene *scene,
           const Seen    *a,
           const Seen    *b)
{
  return a->channel == b->channel
         || (wb_lane_view_get_scale (scene->view) != WB_SCALE_EACH && g_str_equal (a->unit, b->unit));
}

/* The range that fills the lane of all[i]; FALSE where nothing of it is seen. */
static gboolean
find_range (const WbScene *scene,
            GArray        *all,
            guint          i,
            double        *middle,
            double        *half)
{
  const Seen *own = &g_array_index (all, Seen, i);
  double low = own->low, high = own->high, widest = (own->high - own->low) / 2;

  if (own->low > own->high)
    return FALSE;
  for (guint k = 0; k < all->len; k++)
    {
      const Seen *other = &g_array_index (all, Seen, k);

      if (other->low > other->high || !are_bound (scene, own, other))
        continue;
      widest = MAX (widest, (other->high - other->low) / 2);
      if (wb_lane_view_get_scale (scene->view) == WB_SCALE_AXIS)
        {
          low = MIN (low, other->low);
          high = MAX (high, other->high);
        }
    }
  widest = MAX (widest, (high - low) / 2);
  *middle = (low + high) / 2;
  *half = widest > 0 ? widest / FILLED : own->half;
  return TRUE;
}

/* Whether a change of the selected channel, or of all, is one of `seen` too. */
static gboolean
is_meant (const WbScene *scene,
          GArray        *all,
          const Seen    *seen)
{
  int selected = wb_lane_view_get_selected (scene->view);

  if (selected < 0)
    return TRUE;
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, Seen, i).channel == (guint) selected)
      return are_bound (scene, &g_array_index (all, Seen, i), seen);
  return FALSE;
}

WbLaneView *
wb_trace_fit (const WbScene *scene,
              const WbGrid  *grid,
              guint          n_columns)
{
  g_autoptr (GArray) all = NULL;
  g_autoptr (WbLaneView) view = NULL;

  g_return_val_if_fail (scene != NULL && scene->pyramid != NULL && scene->view != NULL && grid != NULL, NULL);

  all = measure_all (scene, grid, n_columns);
  view = wb_lane_view_ref (scene->view);
  for (guint i = 0; i < all->len; i++)
    {
      const Seen *seen = &g_array_index (all, Seen, i);
      g_autoptr (WbLaneView) scaled = NULL;
      double middle, half;

      if (!is_meant (scene, all, seen) || !find_range (scene, all, i, &middle, &half))
        continue;
      scaled = wb_lane_view_with_gain (view, (int) seen->channel,
                                       seen->half / half / wb_lane_view_get_channel (view, seen->channel)->gain);
      /* The offset is in lanes as they are then: where the gain met its bound, that one counts. */
      half = seen->half / wb_lane_view_get_channel (scaled, seen->channel)->gain;
      wb_lane_view_unref (view);
      view = wb_lane_view_with_offset (scaled, seen->channel, (seen->middle - middle) / (2 * half));
    }
  return g_steal_pointer (&view);
}
