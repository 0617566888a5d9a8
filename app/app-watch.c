/* app-watch.c: asks now and then whether the files of a recording are still as they were
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-watch.h"

#include "app-job.h"
#include "sig-origin.h"

#define PERIOD_MS 2000

struct _AppWatch
{
  SigOrigin   *origin; /* (nullable) */
  AppJob      *job;
  guint        timer;  /* 0: nothing is watched */
  char        *told;   /* (nullable) */
  AppWatchFunc changed;
  gpointer     user_data;
};

/* What goes to the thread and comes back. */
typedef struct
{
  SigOrigin *origin;
  char      *change; /* (nullable) */
} Look;

static void
look_run (gpointer data, AppTicket *ticket)
{
  Look *look = data;

  look->change = sig_origin_dup_change (look->origin);
}

static void
look_done (gpointer owner, gpointer data)
{
  AppWatch *self = owner;
  Look *look = data;

  if (look->origin != self->origin || g_strcmp0 (look->change, self->told) == 0)
    return;

  g_free (self->told);
  self->told = g_strdup (look->change);
  if (self->told != NULL)
    self->changed (self->user_data, self->told);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  sig_origin_unref (look->origin);
  g_free (look->change);
  g_free (look);
}

static const AppJobKind look_kind = { "lamina-watch", 0, look_run, look_done, look_free };

/* A disk that does not answer is not asked again meanwhile. */
static gboolean
look_cb (gpointer user_data)
{
  AppWatch *self = user_data;
  Look *look;

  if (app_job_is_busy (self->job))
    return G_SOURCE_CONTINUE;

  look = g_new0 (Look, 1);
  look->origin = sig_origin_ref (self->origin);
  app_job_start (self->job, look, NULL);

  return G_SOURCE_CONTINUE;
}

AppWatch *
app_watch_new (AppWatchFunc changed, gpointer user_data)
{
  AppWatch *self = g_new0 (AppWatch, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->job = app_job_new (&look_kind, self);

  return self;
}

void
app_watch_free (AppWatch *self)
{
  app_watch_set_recording (self, NULL);
  app_job_free (self->job);
  g_free (self);
}

void
app_watch_set_recording (AppWatch *self, const SigRecording *recording)
{
  SigOrigin *origin = recording != NULL ? sig_recording_get_origin (recording) : NULL;

  if (origin != NULL)
    sig_origin_ref (origin);
  g_clear_pointer (&self->origin, sig_origin_unref);
  self->origin = origin;
  g_clear_pointer (&self->told, g_free);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (origin != NULL)
    self->timer = g_timeout_add (PERIOD_MS, look_cb, self);
}

void
app_watch_remind (AppWatch *self)
{
  if (self->origin == NULL)
    return;

  g_clear_pointer (&self->told, g_free);
  look_cb (self);
}
