/* app-window-trail.c: back to the views that were looked at before
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

void
app_window_note_view (AppWindow *self)
{
  AppTrailView view = { .lanes = self->view };

  if (self->view == NULL)
    return;
  wb_view_span_get_visible (self->span, &view.start, &view.end);
  app_trail_add (self->trail, &view, g_get_monotonic_time ());
}

void
app_window_begin_trail (AppWindow *self)
{
  app_trail_clear (self->trail);
  app_window_note_view (self);
}

/* The lanes and the span come one after the other: what is between them is no view that anybody looked at. */
static void
go (AppWindow *self, gboolean (*step) (AppTrail *trail, AppTrailView *view))
{
  AppTrailView view;
  AppTrail *trail = self->trail;

  if (!step (trail, &view))
    return;
  self->trail = app_trail_new ();
  app_window_set_lanes (self, view.lanes);
  wb_view_span_set_visible (self->span, view.start, view.end);
  app_trail_free (self->trail);
  self->trail = trail;
}

static void
back_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  go (user_data, app_trail_back);
}

static void
forward_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  go (user_data, app_trail_forward);
}

void
app_window_bind_trail (AppWindow *self)
{
  static const GActionEntry entries[] = { { "back", back_action }, { "forward", forward_action } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->view_actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->span, "changed", G_CALLBACK (app_window_note_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::recording", G_CALLBACK (app_window_begin_trail), self, G_CONNECT_SWAPPED);
}
