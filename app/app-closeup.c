/* app-closeup.c: fetches in the background what is to be drawn closer than the pyramid is
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-closeup.h"

#include "app-job.h"

/* What goes to the thread and comes back. */
typedef struct
{
  SigPyramid    *pyramid;
  AppCloseupSpan span;
  GError        *error;
} Request;

struct _AppCloseup
{
  GObject  parent_instance;

  AppJob  *jobs[SIG_N_PLACES];
  gboolean spare[SIG_N_PLACES]; /* what runs is */
  Request *next[SIG_N_PLACES];  /* (nullable) */
};

enum { FETCHED, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppCloseup, app_closeup, G_TYPE_OBJECT)

static void
request_run (gpointer data, AppTicket *ticket)
{
  Request *request = data;
  const AppCloseupSpan *span = &request->span;

  (void) sig_pyramid_fetch (request->pyramid, span->place, span->start, span->end, span->width, app_ticket_is_cancelled, ticket,
                            &request->error);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  sig_pyramid_unref (request->pyramid);
  g_clear_error (&request->error);
  g_free (request);
}

/* Consumes the request. */
static void
start (AppCloseup *self, Request *request)
{
  g_autoptr (GError) error = NULL;
  SigPlace place = request->span.place;

  self->spare[place] = request->span.spare;
  if (!app_job_start (self->jobs[place], request, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
}

/* Not where there was no memory for it: then asking again would lead nowhere. */
static gboolean
is_at_hand (const Request *request)
{
  const AppCloseupSpan *span = &request->span;

  return span->place != SIG_PLACE_VIEW || sig_pyramid_is_at_hand (request->pyramid, span->start, span->end, span->width);
}

static void
request_done (gpointer owner, gpointer data)
{
  g_autoptr (AppCloseup) self = g_object_ref (owner);
  Request *request = data;
  SigPlace place = request->span.place;

  if (self->next[place] != NULL)
    start (self, g_steal_pointer (&self->next[place]));
  if (request->error != NULL)
    g_signal_emit (self, signals[FAILED], 0, request->error);
  if (is_at_hand (request))
    g_signal_emit (self, signals[FETCHED], 0);
}

static const AppJobKind request_kind = {
  .name = "lamina-closeup",
  .run = request_run,
  .done = request_done,
  .free_data = request_free,
};

AppCloseup *
app_closeup_new (void)
{
  return g_object_new (APP_TYPE_CLOSEUP, NULL);
}

void
app_closeup_fetch (AppCloseup *self, SigPyramid *pyramid, const AppCloseupSpan *span)
{
  Request *request;

  g_return_if_fail (APP_IS_CLOSEUP (self) && pyramid != NULL && span != NULL && span->place < SIG_N_PLACES);

  request = g_new0 (Request, 1);
  request->pyramid = sig_pyramid_ref (pyramid);
  request->span = *span;
  g_clear_pointer (&self->next[span->place], request_free);
  if (app_job_is_active (self->jobs[span->place]) && (!self->spare[span->place] || span->spare))
    self->next[span->place] = request;
  else
    start (self, request);
}

void
app_closeup_forget (AppCloseup *self)
{
  g_return_if_fail (APP_IS_CLOSEUP (self));

  for (SigPlace place = 0; place < SIG_N_PLACES; place++)
    {
      g_clear_pointer (&self->next[place], request_free);
      app_job_drop (self->jobs[place]);
    }
}

gboolean
app_closeup_is_active (AppCloseup *self)
{
  g_return_val_if_fail (APP_IS_CLOSEUP (self), FALSE);

  return app_job_is_active (self->jobs[SIG_PLACE_VIEW]) || app_job_is_active (self->jobs[SIG_PLACE_POINTER]);
}

gboolean
app_closeup_is_busy (AppCloseup *self)
{
  g_return_val_if_fail (APP_IS_CLOSEUP (self), FALSE);

  return app_job_is_busy (self->jobs[SIG_PLACE_VIEW]) || app_job_is_busy (self->jobs[SIG_PLACE_POINTER]);
}

static void
app_closeup_dispose (GObject *object)
{
  AppCloseup *self = APP_CLOSEUP (object);

  for (SigPlace place = 0; place < SIG_N_PLACES; place++)
    {
      g_clear_pointer (&self->next[place], request_free);
      g_clear_pointer (&self->jobs[place], app_job_free);
    }

  G_OBJECT_CLASS (app_closeup_parent_class)->dispose (object);
}

static void
app_closeup_class_init (AppCloseupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_closeup_dispose;

  signals[FETCHED] = g_signal_new ("fetched", APP_TYPE_CLOSEUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", APP_TYPE_CLOSEUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
}

static void
app_closeup_init (AppCloseup *self)
{
  for (SigPlace place = 0; place < SIG_N_PLACES; place++)
    self->jobs[place] = app_job_new (&request_kind, self);
}
