/* app-filter.c: filters a recording in the background, as far as it can be shown
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-filter.h"

#include "app-job.h"

#define BUILD_US 100000

/* What goes to the thread and comes back. */
typedef struct
{
  SigRecording *recording;
  SigFilterSpec spec;
  SigPyramid   *pyramid;
  AppTicket    *ticket;      /* while it runs */
  gint64        build_until;
  GError       *error;
} Request;

struct _AppFilter
{
  GObject  parent_instance;

  AppJob  *job;
};

enum { PROP_0, PROP_ACTIVE, N_PROPS };
enum { FILTERED, FAILED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppFilter, app_filter, G_TYPE_OBJECT)

static gboolean
is_enough (gpointer user_data)
{
  Request *request = user_data;

  return app_ticket_is_cancelled (request->ticket) || g_get_monotonic_time () > request->build_until;
}

static void
request_run (gpointer data, AppTicket *ticket)
{
  Request *request = data;
  g_autoptr (SigRecording) filtered = NULL;

  filtered = sig_filter_apply (request->recording, &request->spec, app_ticket_is_cancelled, ticket, &request->error);
  if (filtered == NULL)
    return;
  request->pyramid = sig_pyramid_new (filtered);
  request->ticket = ticket;
  request->build_until = g_get_monotonic_time () + BUILD_US;
  (void) sig_pyramid_build (request->pyramid, is_enough, request, &request->error);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  sig_recording_unref (request->recording);
  g_clear_pointer (&request->pyramid, sig_pyramid_unref);
  g_clear_error (&request->error);
  g_free (request);
}

static void
request_done (gpointer owner, gpointer data)
{
  g_autoptr (AppFilter) self = g_object_ref (owner);
  Request *request = data;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
  if (request->error != NULL)
    g_signal_emit (self, signals[FAILED], 0, request->error);
  else if (request->pyramid != NULL)
    g_signal_emit (self, signals[FILTERED], 0, request->pyramid, &request->spec);
}

static const AppJobKind request_kind = {
  .name = "lamina-filter",
  .run = request_run,
  .done = request_done,
  .free_data = request_free,
};

AppFilter *
app_filter_new (void)
{
  return g_object_new (APP_TYPE_FILTER, NULL);
}

void
app_filter_start (AppFilter *self, const SigRecording *recording, const SigFilterSpec *spec)
{
  g_autoptr (GError) error = NULL;
  Request *request;

  g_return_if_fail (APP_IS_FILTER (self) && recording != NULL && spec != NULL);

  request = g_new0 (Request, 1);
  request->recording = sig_recording_ref (recording);
  request->spec = *spec;
  if (!app_job_start (self->job, request, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

void
app_filter_forget (AppFilter *self)
{
  g_return_if_fail (APP_IS_FILTER (self));

  app_job_drop (self->job);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

gboolean
app_filter_is_active (AppFilter *self)
{
  g_return_val_if_fail (APP_IS_FILTER (self), FALSE);

  return app_job_is_active (self->job);
}

gboolean
app_filter_is_busy (AppFilter *self)
{
  g_return_val_if_fail (APP_IS_FILTER (self), FALSE);

  return app_job_is_busy (self->job);
}

static void
app_filter_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ACTIVE)
    g_value_set_boolean (value, app_filter_is_active (APP_FILTER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_filter_dispose (GObject *object)
{
  AppFilter *self = APP_FILTER (object);

  g_clear_pointer (&self->job, app_job_free);

  G_OBJECT_CLASS (app_filter_parent_class)->dispose (object);
}

static void
app_filter_class_init (AppFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_filter_get_property;
  object_class->dispose = app_filter_dispose;

  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[FILTERED] = g_signal_new ("filtered", APP_TYPE_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
  signals[FAILED] = g_signal_new ("failed", APP_TYPE_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
app_filter_init (AppFilter *self)
{
  self->job = app_job_new (&request_kind, self);
}
