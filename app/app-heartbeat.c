/* app-heartbeat.c: measures how long the main loop was busy with one thing
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-heartbeat.h"

struct _AppHeartbeat
{
  guint  source;
  guint  n_beats;
  gint64 last_us; /* 0: no beat yet */
  gint64 max_us;
};

static gboolean
beat_cb (gpointer user_data)
{
  AppHeartbeat *self = user_data;
  gint64 now = g_get_monotonic_time ();

  if (self->last_us != 0)
    self->max_us = MAX (self->max_us, now - self->last_us);
  self->last_us = now;
  self->n_beats++;

  return G_SOURCE_CONTINUE;
}

AppHeartbeat *
app_heartbeat_new (void)
{
  AppHeartbeat *self = g_new0 (AppHeartbeat, 1);

  self->source = g_timeout_add (APP_HEARTBEAT_MS, beat_cb, self);

  return self;
}

void
app_heartbeat_free (AppHeartbeat *self)
{
  g_return_if_fail (self != NULL);

  g_source_remove (self->source);
  g_free (self);
}

void
app_heartbeat_reset (AppHeartbeat *self)
{
  g_return_if_fail (self != NULL);

  self->n_beats = 0;
  self->last_us = 0;
  self->max_us = 0;
}

guint
app_heartbeat_get_n_beats (const AppHeartbeat *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_beats;
}

double
app_heartbeat_get_max_gap_ms (const AppHeartbeat *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_us / 1000.0;
}
