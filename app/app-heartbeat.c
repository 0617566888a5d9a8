/* app-heartbeat.c: measures how long the main loop was busy with one thing
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-heartbeat.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct _AppHeartbeat
{
  guint  source;
  guint  n_beats;
  gint64 last_us; /* 0: no beat yet */
  gint64 last_waited_us;
  gint64 max_us;
  gint64 max_own_us;
  int    stat; /* the kernel's count for this thread; -1: none */
};

/* How long this thread has been ready and had to wait for a processor, in all; 0 where that is not
 * counted. */
static gint64
waited_us (const AppHeartbeat *self)
{
  char text[128];
  gssize n = self->stat >= 0 ? pread (self->stat, text, sizeof text - 1, 0) : 0;
  long long ran = 0, waited = 0;

  text[MAX (n, 0)] = '\0';
  if (sscanf (text, "%lld %lld", &ran, &waited) != 2)
    return 0;

  return waited / 1000;
}

static gboolean
beat_cb (gpointer user_data)
{
  AppHeartbeat *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 waited = waited_us (self);

  if (self->last_us != 0)
    {
      self->max_us = MAX (self->max_us, now - self->last_us);
      self->max_own_us = MAX (self->max_own_us, now - self->last_us - (waited - self->last_waited_us));
    }
  self->last_us = now;
  self->last_waited_us = waited;
  self->n_beats++;

  return G_SOURCE_CONTINUE;
}

AppHeartbeat *
app_heartbeat_new (void)
{
  AppHeartbeat *self = g_new0 (AppHeartbeat, 1);

  self->stat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  self->source = g_timeout_add (APP_HEARTBEAT_MS, beat_cb, self);

  return self;
}

void
app_heartbeat_free (AppHeartbeat *self)
{
  g_return_if_fail (self != NULL);

  g_source_remove (self->source);
  if (self->stat >= 0)
    close (self->stat);
  g_free (self);
}

void
app_heartbeat_reset (AppHeartbeat *self)
{
  g_return_if_fail (self != NULL);

  self->n_beats = 0;
  self->last_us = 0;
  self->max_us = 0;
  self->max_own_us = 0;
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

double
app_heartbeat_get_max_own_ms (const AppHeartbeat *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_own_us / 1000.0;
}
