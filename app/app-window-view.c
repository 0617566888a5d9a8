/* app-window-view.c: the actions that change how the recording is shown, not what it is
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"
#include "wb-trace-fit.h"

#define GAIN_STEP   1.25
#define OFFSET_STEP .125 /* of a lane */
#define HEIGHT_STEP 1.25

static const char *const scales[WB_N_SCALES] = { "each", "common", "axis" };
static const char *const times[WB_N_TIMES] = { "seconds", "steps", "clock" };

/* --- the view, and the states that tell it ------------------------------------------ */

static void
set_state (AppWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->view_actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
enable (AppWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->view_actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
tell_states (AppWindow *self)
{
  static const char *const for_selected[] = { "color", "hide", "lane-shorter", "lane-taller", "lane-usual", "lower", "move-down",
                                              "move-up", "only", "raise" };
  int selected = wb_lane_view_get_selected (self->view);
  int color = selected >= 0 ? wb_lane_view_get_channel (self->view, selected)->color : -1;

  set_state (self, "scale", g_variant_new_string (scales[wb_lane_view_get_scale (self->view)]));
  set_state (self, "time", g_variant_new_string (times[wb_lane_view_get_time (self->view)]));
  set_state (self, "butterfly", g_variant_new_boolean (wb_lane_view_is_butterfly (self->view)));
  set_state (self, "select", g_variant_new_int32 (selected));
  set_state (self, "color", g_variant_new_int32 (color));
  for (guint i = 0; i < G_N_ELEMENTS (for_selected); i++)
    enable (self, for_selected[i], selected >= 0);
}

/* Consumes `view`. */
static void
take_view (AppWindow *self, WbLaneView *view)
{
  g_clear_pointer (&self->view, wb_lane_view_unref);
  self->view = view;
  tell_states (self);
  app_window_note_view (self);
  app_window_update_scene (self);
  app_window_update_spectrum (self);
}

void
app_window_set_lanes (AppWindow *self, const WbLaneView *lanes)
{
  take_view (self, wb_lane_view_ref (lanes));
}

void
app_window_toggle_spectrogram (AppWindow *self)
{
  int selected = wb_lane_view_get_selected (self->view), shown = wb_lane_view_get_spectrogram (self->view);
  int wanted = selected >= 0 ? selected : shown >= 0 ? shown : (int) wb_lane_view_get_lanes (self->view)[0].channel;

  take_view (self, wb_lane_view_with_spectrogram (self->view, wanted == shown ? -1 : wanted));
}

/* A recording with as many channels keeps the view: it is likely the next of a row of them. */
void
app_window_fit_view (AppWindow *self)
{
  guint n = sig_recording_get_n_channels (app_document_get_recording (self->document));

  if (self->view == NULL || wb_lane_view_get_n_channels (self->view) != n)
    take_view (self, wb_lane_view_new (n));
}

void
app_window_get_view (AppWindow *self, AppProjectView *view)
{
  view->lanes = wb_lane_view_ref (self->view);
  wb_view_span_get_visible (self->span, &view->start, &view->end);
  view->snaps = wb_marks_get_snap (self->marks);
}

void
app_window_set_view (AppWindow *self, const AppProjectView *view)
{
  if (view->lanes == NULL)
    return;
  app_window_set_lanes (self, view->lanes);
  wb_view_span_set_visible (self->span, view->start, view->end);
  app_window_begin_trail (self);
  app_window_set_snaps (self, view->snaps);
}

/* --- what the keys and menus without a parameter do --------------------------------- */

/* The least and greatest number of lanes at a time, in steps that are felt. */
static WbLaneView *
make_lanes (const WbLaneView *view, gboolean taller)
{
  guint n_shown = wb_lane_view_get_n_shown (view), first, rows = wb_lane_view_get_rows (view, &first);

  if (rows == 0)
    rows = n_shown;
  rows = taller ? MAX (rows * 3 / 4, 1) : rows + MAX (rows / 3, 1);
  return wb_lane_view_with_rows (view, rows, (int) first);
}

static WbLaneView *
change (const WbLaneView *view, const char *name)
{
  int selected = wb_lane_view_get_selected (view);
  const WbLane *lane = selected >= 0 ? wb_lane_view_get_channel (view, selected) : NULL;
  guint at = lane != NULL ? wb_lane_view_get_position (view, selected) : 0;

  if (g_str_equal (name, "larger"))
    return wb_lane_view_with_gain (view, selected, GAIN_STEP);
  if (g_str_equal (name, "smaller"))
    return wb_lane_view_with_gain (view, selected, 1 / GAIN_STEP);
  if (g_str_equal (name, "taller"))
    return make_lanes (view, TRUE);
  if (g_str_equal (name, "shorter"))
    return make_lanes (view, FALSE);
  if (g_str_equal (name, "next"))
    return wb_lane_view_with_next (view, 1);
  if (g_str_equal (name, "previous"))
    return wb_lane_view_with_next (view, -1);
  if (g_str_equal (name, "show-all"))
    return wb_lane_view_with_all (view);
  if (g_str_equal (name, "equal-heights"))
    return wb_lane_view_with_height (view, -1, 1);
  if (g_str_equal (name, "reset"))
    return wb_lane_view_with_reset (view);
  g_return_val_if_fail (lane != NULL, wb_lane_view_ref (view));

  if (g_str_equal (name, "raise"))
    return wb_lane_view_with_offset (view, selected, lane->offset + OFFSET_STEP);
  if (g_str_equal (name, "lower"))
    return wb_lane_view_with_offset (view, selected, lane->offset - OFFSET_STEP);
  if (g_str_equal (name, "lane-taller"))
    return wb_lane_view_with_height (view, selected, lane->height * HEIGHT_STEP);
  if (g_str_equal (name, "lane-shorter"))
    return wb_lane_view_with_height (view, selected, lane->height / HEIGHT_STEP);
  if (g_str_equal (name, "lane-usual"))
    return wb_lane_view_with_height (view, selected, 1);
  if (g_str_equal (name, "move-up"))
    return wb_lane_view_with_moved (view, selected, at > 0 ? at - 1 : 0);
  if (g_str_equal (name, "move-down"))
    return wb_lane_view_with_moved (view, selected, at + 1);
  if (g_str_equal (name, "hide"))
    return wb_lane_view_with_hidden (view, selected, TRUE);
  if (g_str_equal (name, "only"))
    return wb_lane_view_with_only (view, selected);
  g_return_val_if_reached (wb_lane_view_ref (view));
}

static void
change_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;

  if (self->view != NULL)
    take_view (self, change (self->view, g_action_get_name (G_ACTION (action))));
}

/* The scale at which what is seen of the selected channel, or of all, fills its lane. */
static void
fit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  WbScene scene = app_window_make_scene (self);
  WbGrid grid;
  guint n_columns = scene.pyramid != NULL && scene.view != NULL ? wb_traces_get_grid (self->traces, &grid) : 0;

  if (n_columns > 0)
    take_view (self, wb_trace_fit (&scene, &grid, n_columns));
}

/* --- with a parameter --------------------------------------------------------------- */

/* Whether there is such a channel. */
static gboolean
is_channel (AppWindow *self, int channel)
{
  return self->view != NULL && channel >= 0 && channel < (int) wb_lane_view_get_n_channels (self->view);
}

static void
select_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int channel = g_variant_get_int32 (parameter);

  if (self->view != NULL && (channel == -1 || is_channel (self, channel)))
    take_view (self, wb_lane_view_with_selected (self->view, channel));
}

static void
color_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int selected = self->view != NULL ? wb_lane_view_get_selected (self->view) : -1;

  if (selected >= 0)
    take_view (self, wb_lane_view_with_color (self->view, selected, g_variant_get_int32 (parameter)));
}

static void
move_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int channel, to;

  g_variant_get (parameter, "(ii)", &channel, &to);
  if (is_channel (self, channel))
    take_view (self, wb_lane_view_with_moved (self->view, channel, MAX (to, 0)));
}

static void
set_hidden_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int channel;
  gboolean hidden;

  g_variant_get (parameter, "(ib)", &channel, &hidden);
  if (is_channel (self, channel))
    take_view (self, wb_lane_view_with_hidden (self->view, channel, hidden));
}

static void
only_these_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  gsize n = 0;
  const int *channels = g_variant_get_fixed_array (parameter, &n, sizeof (int));

  for (gsize i = 0; i < n; i++)
    if (!is_channel (self, channels[i]))
      return;
  if (self->view != NULL)
    take_view (self, wb_lane_view_with_only_these (self->view, channels, n));
}

static void
multiply_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int channel;
  double factor;

  g_variant_get (parameter, "(id)", &channel, &factor);
  if (factor > 0 && (channel == -1 ? self->view != NULL : is_channel (self, channel)))
    take_view (self, wb_lane_view_with_gain (self->view, channel, factor));
}

static void
set_height_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int channel;
  double height;

  g_variant_get (parameter, "(id)", &channel, &height);
  if (height > 0 && is_channel (self, channel))
    take_view (self, wb_lane_view_with_height (self->view, channel, height));
}

static void
set_color_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int channel, color;

  g_variant_get (parameter, "(ii)", &channel, &color);
  if (is_channel (self, channel))
    take_view (self, wb_lane_view_with_color (self->view, channel, MAX (color, -1)));
}

static void
scroll_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  guint rows, first;

  if (self->view == NULL)
    return;
  rows = wb_lane_view_get_rows (self->view, &first);
  take_view (self, wb_lane_view_with_rows (self->view, rows, (int) first + g_variant_get_int32 (parameter)));
}

static guint
find_word (const char *const *words, guint n, const char *word)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (words[i], word))
      return i;
  return n;
}

static void
scale_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  guint scale = find_word (scales, WB_N_SCALES, g_variant_get_string (parameter, NULL));

  if (self->view != NULL && scale < WB_N_SCALES)
    take_view (self, wb_lane_view_with_scale (self->view, (WbScale) scale));
}

static void
next_scale_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;

  if (self->view != NULL)
    take_view (self, wb_lane_view_with_scale (self->view,
                                              (WbScale) ((wb_lane_view_get_scale (self->view) + 1) % WB_N_SCALES)));
}

/* Says why the ruler is not what was asked for. */
static void
explain_time (AppWindow *self, WbTime time)
{
  const SigRecording *recording = app_document_get_recording (self->document);

  if (time != WB_TIME_STEPS && !sig_recording_has_rate (recording))
    wb_banner_show (self->banner, WB_TONE_NOTE, "This recording does not say how many steps a second has: the ruler has steps.");
  else if (time == WB_TIME_CLOCK && sig_recording_get_start_us (recording) == SIG_START_UNKNOWN)
    wb_banner_show (self->banner, WB_TONE_NOTE,
                    "This recording does not say when it began: the ruler has the time since its first step.");
}

static void
time_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  guint time = find_word (times, WB_N_TIMES, g_variant_get_string (parameter, NULL));

  if (self->view == NULL || time >= WB_N_TIMES)
    return;
  take_view (self, wb_lane_view_with_time (self->view, (WbTime) time));
  explain_time (self, (WbTime) time);
}

static void
recording_only_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (action));

  app_window_set_recording_only (user_data, !g_variant_get_boolean (state));
}

static void
butterfly_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;

  if (self->view != NULL)
    take_view (self, wb_lane_view_with_butterfly (self->view, !wb_lane_view_is_butterfly (self->view)));
}

/* --- zoom --------------------------------------------------------------------------- */

static void
zoom_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  wb_view_span_show_all (APP_WINDOW (user_data)->span);
}

/* As long as a window of the design, about the cursor or the middle. */
static void
zoom_window_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  double length = (double) nn_design_get_input (app_document_get_design (self->document))->dim[0];
  double start, end, at = wb_view_span_get_cursor (self->span);

  wb_view_span_get_visible (self->span, &start, &end);
  if (!(at >= start && at < end))
    at = (start + end) / 2;
  wb_view_span_set_visible (self->span, at - length / 2, at + length / 2);
}

static void
channels_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_menu_button_popup (APP_WINDOW (user_data)->channels_button);
}

static void
zoom_selection_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  gint64 start, end;

  if (wb_marks_get_selection (self->marks, &start, &end))
    wb_view_span_set_visible (self->span, (double) start, (double) end);
}

static void
filter_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;

  app_window_set_recording_only (self, FALSE);
  wb_inspector_show_data (self->inspector);
}

/* --- putting it together ------------------------------------------------------------ */

void
app_window_bind_view (AppWindow *self)
{
  static const GActionEntry entries[] = {
    { "butterfly",  butterfly_action, NULL, "false" },
    { "channels",   channels_action },
    { "color",      color_action, "i", "-1" },
    { "equal-heights", change_action },
    { "filter",     filter_action },
    { "fit",        fit_action },
    { "hide",       change_action },
    { "lane-shorter", change_action },
    { "lane-taller", change_action },
    { "lane-usual", change_action },
    { "larger",     change_action },
    { "lower",      change_action },
    { "move",       move_action, "(ii)" },
    { "move-down",  change_action },
    { "move-up",    change_action },
    { "multiply",   multiply_action, "(id)" },
    { "next",       change_action },
    { "next-scale", next_scale_action },
    { "only",       change_action },
    { "only-these", only_these_action, "ai" },
    { "previous",   change_action },
    { "raise",      change_action },
    { "recording-only", recording_only_action, NULL, "false" },
    { "reset",      change_action },
    { "scale",      scale_action, "s", "'each'" },
    { "scroll",     scroll_action, "i" },
    { "select",     select_action, "i", "-1" },
    { "set-color",  set_color_action, "(ii)" },
    { "set-height", set_height_action, "(id)" },
    { "set-hidden", set_hidden_action, "(ib)" },
    { "shorter",    change_action },
    { "show-all",   change_action },
    { "smaller",    change_action },
    { "taller",     change_action },
    { "time",       time_action, "s", "'seconds'" },
    { "zoom-all",   zoom_all_action },
    { "zoom-selection", zoom_selection_action },
    { "zoom-window", zoom_window_action },
  };

  self->view_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->view_actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (self->view_actions));
}
