/* app-trail.c: the views that were looked at, one after the other
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-trail.h"

struct _AppTrail
{
  GArray *views;   /* of AppTrailView, oldest first; each holds a ref to its lanes */
  guint   current; /* index; as long as there is one */
  gint64  last_us; /* when the current one was last changed */
};

static void
clear_view (gpointer data)
{
  AppTrailView *view = data;

  wb_lane_view_unref ((WbLaneView *) view->lanes);
}

AppTrail *
app_trail_new (void)
{
  AppTrail *self = g_new0 (AppTrail, 1);

  self->views = g_array_new (FALSE, FALSE, sizeof (AppTrailView));
  g_array_set_clear_func (self->views, clear_view);
  return self;
}

void
app_trail_free (AppTrail *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->views);
  g_free (self);
}

void
app_trail_clear (AppTrail *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->views, 0);
  self->current = 0;
}

static void
replace_current (AppTrail *self, const AppTrailView *view)
{
  AppTrailView *current = &g_array_index (self->views, AppTrailView, self->current);
  const WbLaneView *old = current->lanes;

  *current = *view;
  current->lanes = wb_lane_view_ref (view->lanes);
  wb_lane_view_unref ((WbLaneView *) old);
}

static void
append (AppTrail *self, const AppTrailView *view)
{
  AppTrailView added = *view;

  added.lanes = wb_lane_view_ref (view->lanes);
  if (self->views->len > 0)
    g_array_set_size (self->views, self->current + 1);
  if (self->views->len == APP_TRAIL_MAX)
    g_array_remove_index (self->views, 0);
  g_array_append_val (self->views, added);
  self->current = self->views->len - 1;
}

void
app_trail_add (AppTrail *self, const AppTrailView *view, gint64 time_us)
{
  const AppTrailView *current;

  g_return_if_fail (self != NULL && view->lanes != NULL);

  current = self->views->len > 0 ? &g_array_index (self->views, AppTrailView, self->current) : NULL;
  if (current != NULL && current->start == view->start && current->end == view->end
      && wb_lane_view_looks_like (current->lanes, view->lanes))
    {
      replace_current (self, view);
      return;
    }
  /* The first view of a recording can always be gone back to. */
  if (current != NULL && self->current > 0 && self->current + 1 == self->views->len
      && time_us - self->last_us < APP_TRAIL_PAUSE_US)
    replace_current (self, view);
  else
    append (self, view);
  self->last_us = time_us;
}

static gboolean
step (AppTrail *self, int direction, AppTrailView *view)
{
  if ((direction < 0 && self->current == 0) || self->current + direction >= self->views->len)
    return FALSE;
  self->current += direction;
  self->last_us = 0;
  *view = g_array_index (self->views, AppTrailView, self->current);
  return TRUE;
}

gboolean
app_trail_back (AppTrail *self, AppTrailView *view)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return step (self, -1, view);
}

gboolean
app_trail_forward (AppTrail *self, AppTrailView *view)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return step (self, 1, view);
}
