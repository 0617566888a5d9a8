/* app-project-view.c: how a project's recording is shown, to JSON and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project-reader.h"

#include "wb-colors.h"

#include <math.h>

static const char *const scale_words[] = { "each", "common", "axis", NULL };
static const char *const time_words[] = { "seconds", "steps", "clock", NULL };
static const char *const snap_words[] = { "edges", "windows", "zero", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (scale_words) == WB_N_SCALES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (time_words) == WB_N_TIMES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (snap_words) == APP_PROJECT_N_SNAPS + 1);

void
app_project_view_clear (AppProjectView *self)
{
  g_clear_pointer (&self->lanes, wb_lane_view_unref);
}

/* --- to JSON ---------------------------------------------------------------------------- */

static json_t *
write_lanes (const WbLaneView *view)
{
  json_t *list = json_array ();
  const WbLane *lanes = wb_lane_view_get_lanes (view);

  for (guint i = 0; i < wb_lane_view_get_n_channels (view); i++)
    json_array_append_new (list, json_pack ("{s:i, s:f, s:f, s:f, s:b, s:i}", "channel", (int) lanes[i].channel, "gain",
                                            lanes[i].gain, "offset", lanes[i].offset, "height", lanes[i].height, "hidden",
                                            (int) lanes[i].hidden, "color", lanes[i].color));

  return list;
}

static json_t *
write_snaps (guint snaps)
{
  json_t *list = json_array ();

  for (guint i = 0; i < APP_PROJECT_N_SNAPS; i++)
    if ((snaps & 1u << i) != 0)
      json_array_append_new (list, json_string (snap_words[i]));

  return list;
}

json_t *
app_project_write_view (const AppProjectView *view)
{
  guint first, rows = wb_lane_view_get_rows (view->lanes, &first);
  json_t *json = json_object ();

  json_object_set_new (json, "scale", json_string (scale_words[wb_lane_view_get_scale (view->lanes)]));
  json_object_set_new (json, "time", json_string (time_words[wb_lane_view_get_time (view->lanes)]));
  json_object_set_new (json, "butterfly", json_boolean (wb_lane_view_is_butterfly (view->lanes)));
  json_object_set_new (json, "selected", json_integer (wb_lane_view_get_selected (view->lanes)));
  json_object_set_new (json, "spectrogram", json_integer (wb_lane_view_get_spectrogram (view->lanes)));
  json_object_set_new (json, "rows", json_integer (rows));
  json_object_set_new (json, "first", json_integer (first));
  json_object_set_new (json, "from", json_real (view->start));
  json_object_set_new (json, "to", json_real (view->end));
  json_object_set_new (json, "snap", write_snaps (view->snaps));
  json_object_set_new (json, "lanes", write_lanes (view->lanes));

  return json;
}

/* --- and back --------------------------------------------------------------------------- */

/* Everything that is not the lanes'. */
typedef struct
{
  int      scale, time;
  gboolean butterfly;
  gint64   selected, spectrogram, rows, first;
} Whole;

static gboolean
read_lane (const AppProjectReader *self, json_t *json, guint n, WbLane *lane)
{
  gint64 channel, color;

  if (!app_project_read_whole (self, json, "channel", 0, (gint64) n - 1, &channel)
      || !app_project_read_within (self, json, "gain", 1 / WB_GAIN_MAX, WB_GAIN_MAX, &lane->gain)
      || !app_project_read_within (self, json, "offset", -WB_OFFSET_MAX, WB_OFFSET_MAX, &lane->offset)
      || !app_project_read_within (self, json, "height", WB_HEIGHT_MIN, WB_HEIGHT_MAX, &lane->height)
      || !app_project_read_truth (self, json, "hidden", &lane->hidden)
      || !app_project_read_whole (self, json, "color", -1, WB_N_LANE_COLORS - 1, &color))
    return FALSE;
  lane->channel = (guint) channel;
  lane->color = (int) color;

  return TRUE;
}

/* Each channel once, and one of them at least in sight. */
static WbLaneView *
read_lanes (const AppProjectReader *self, json_t *list)
{
  guint n = (guint) json_array_size (list), n_shown = 0;
  g_autofree WbLane *lanes = NULL;
  g_autofree gboolean *seen = NULL;

  if (!json_is_array (list) || n < 1 || n > SIG_MAX_CHANNELS)
    {
      app_project_fail (self, "“lanes” must be a list of 1 - %d lanes", SIG_MAX_CHANNELS);
      return NULL;
    }
  lanes = g_new0 (WbLane, n);
  seen = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      if (!read_lane (self, json_array_get (list, i), n, &lanes[i]))
        return NULL;
      if (seen[lanes[i].channel])
        {
          app_project_fail (self, "“lanes” has channel %u twice", lanes[i].channel);
          return NULL;
        }
      seen[lanes[i].channel] = TRUE;
      n_shown += !lanes[i].hidden;
    }
  if (n_shown == 0)
    {
      app_project_fail (self, "“lanes” has all channels hidden");
      return NULL;
    }

  return wb_lane_view_new_full (lanes, n);
}

static gboolean
read_whole_view (const AppProjectReader *self, json_t *json, guint n, Whole *whole)
{
  return app_project_read_word (self, json_object_get (json, "scale"), "scale", scale_words, &whole->scale)
         && app_project_read_word (self, json_object_get (json, "time"), "time", time_words, &whole->time)
         && app_project_read_truth (self, json, "butterfly", &whole->butterfly)
         && app_project_read_whole (self, json, "selected", -1, (gint64) n - 1, &whole->selected)
         && app_project_read_whole (self, json, "spectrogram", -1, (gint64) n - 1, &whole->spectrogram)
         && app_project_read_whole (self, json, "rows", 0, (gint64) n, &whole->rows)
         && app_project_read_whole (self, json, "first", 0, (gint64) n - 1, &whole->first);
}

/* Consumes `lanes`. */
static WbLaneView *
apply (WbLaneView *lanes, const Whole *whole)
{
  g_autoptr (WbLaneView) plain = lanes;
  g_autoptr (WbLaneView) scaled = wb_lane_view_with_scale (plain, (WbScale) whole->scale);
  g_autoptr (WbLaneView) timed = wb_lane_view_with_time (scaled, (WbTime) whole->time);
  g_autoptr (WbLaneView) folded = wb_lane_view_with_butterfly (timed, whole->butterfly);
  g_autoptr (WbLaneView) selected = wb_lane_view_with_selected (folded, (int) whole->selected);
  g_autoptr (WbLaneView) seen = wb_lane_view_with_spectrogram (selected, (int) whole->spectrogram);

  return wb_lane_view_with_rows (seen, (guint) whole->rows, (int) whole->first);
}

static gboolean
read_span (const AppProjectReader *self, json_t *json, AppProjectView *view)
{
  double most = (double) self->out->n_steps + APP_PROJECT_LEAST_SPAN;

  if (!app_project_read_within (self, json, "from", 0, most, &view->start)
      || !app_project_read_within (self, json, "to", 0, most, &view->end))
    return FALSE;

  return view->start < view->end
         || app_project_fail (self, "“to” is %g, which is not after “from” (%g)", view->end, view->start);
}

static gboolean
read_snaps (const AppProjectReader *self, json_t *list, guint *snaps)
{
  if (!json_is_array (list) || json_array_size (list) > APP_PROJECT_N_SNAPS)
    return app_project_fail (self, "“snap” must be a list of at most %d words", APP_PROJECT_N_SNAPS);
  *snaps = 0;
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      int snap;

      if (!app_project_read_word (self, json_array_get (list, i), "snap", snap_words, &snap))
        return FALSE;
      *snaps |= 1u << snap;
    }

  return TRUE;
}

gboolean
app_project_read_view (AppProjectReader *self, json_t *root)
{
  json_t *json = json_object_get (root, "view");
  AppProjectView *view = &self->out->view;
  g_autoptr (WbLaneView) lanes = NULL;
  Whole whole;

  if (json == NULL || self->out->source == NULL)
    return TRUE;
  lanes = read_lanes (self, json_object_get (json, "lanes"));
  if (lanes == NULL || !read_whole_view (self, json, wb_lane_view_get_n_channels (lanes), &whole)
      || !read_span (self, json, view) || !read_snaps (self, json_object_get (json, "snap"), &view->snaps))
    return FALSE;
  view->lanes = apply (g_steal_pointer (&lanes), &whole);

  return TRUE;
}
