/* app-loader.c: opens recordings, labels and designs in the background
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-loader.h"

#include "app-design-file.h"
#include "app-job.h"
#include "app-set.h"

#include <stdatomic.h>

#define BUILD_US 100000 /* short recordings come with their whole pyramid, long ones are drawn while it grows */

typedef enum { ORDER_OPEN, ORDER_IMPORT, ORDER_SET, ORDER_LABELS, ORDER_CHANNEL, ORDER_DEMO, ORDER_DESIGN } Order;

/* How far reading is, shared by the thread and the window. */
typedef struct
{
  atomic_int ref_count;
  atomic_int millis; /* thousandths */
} Progress;

/* What goes to the thread and comes back. */
typedef struct
{
  Order         order;
  char         *path;
  AppImport    *import;      /* (nullable) */
  char        **paths;       /* (nullable): of a set */
  SigContent    first;       /* what the set begins with; empty where it begins with its files */
  SigSetRule    rule;
  SigRecording *current;     /* (nullable) */
  guint         channel;
  Progress     *progress;
  AppTicket    *ticket;      /* borrowed; set on the thread */
  gint64        build_until; /* monotonic time */

  AppOpened     opened;
  GError       *error;
} Request;

struct _AppLoader
{
  GObject   parent_instance;

  AppJob   *job;
  Progress *progress; /* (nullable): of the newest request */
};

enum { PROP_0, PROP_ACTIVE, N_PROPS };
enum { OPENED, FAILED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppLoader, app_loader, G_TYPE_OBJECT)

static void
progress_unref (Progress *progress)
{
  if (atomic_fetch_sub (&progress->ref_count, 1) == 1)
    g_free (progress);
}

/* --- on the thread -------------------------------------------------------------- */

static void
progress_hook (gpointer user_data, double fraction)
{
  Request *request = user_data;

  atomic_store (&request->progress->millis, (int) (1000 * CLAMP (fraction, 0.0, 1.0)));
}

static gboolean
stop_hook (gpointer user_data)
{
  Request *request = user_data;

  return app_ticket_is_cancelled (request->ticket);
}

static void
add_notes (AppOpened *opened, const char *notes)
{
  char *all;

  if (notes == NULL || notes[0] == '\0')
    return;

  all = opened->notes != NULL ? g_strconcat (opened->notes, " ", notes, NULL) : g_strdup (notes);
  g_free (opened->notes);
  opened->notes = all;
}

static void
take_content (Request *request, SigContent *content)
{
  request->opened.recording = g_steal_pointer (&content->recording);
  request->opened.labels = g_steal_pointer (&content->labels);
}

static void
open_labels (Request *request, const char *path, const SigRecording *recording, const SigReadHooks *hooks)
{
  g_autofree char *notes = NULL;

  g_clear_pointer (&request->opened.labels, sig_labels_unref);
  request->opened.labels = sig_reader_open_labels (path, recording, hooks, &notes, &request->error);
  add_notes (&request->opened, notes);
}

static void
add_recording_notes (AppOpened *opened)
{
  const char *const *notes = sig_recording_get_notes (opened->recording);

  for (guint i = 0; notes[i] != NULL; i++)
    add_notes (opened, notes[i]);
}

static void
open_recording (Request *request, const SigReadHooks *hooks)
{
  g_auto (SigContent) content = { 0 };

  if (request->import != NULL ? !app_import_open (request->import, request->path, hooks, &content, &request->error)
                              : !sig_reader_open (request->path, hooks, &content, &request->error))
    {
      if (request->current == NULL || !g_error_matches (request->error, SIG_ERROR, SIG_ERROR_LABELS))
        return;
      g_clear_error (&request->error);
    }

  if (content.recording == NULL && request->current == NULL)
    {
      g_autofree char *name = g_filename_display_basename (request->path);

      g_set_error (&request->error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "“%s” holds labels only. Open their recording first.", name);
      return;
    }
  if (content.recording == NULL && request->import == NULL)
    {
      open_labels (request, request->path, request->current, hooks);
      return;
    }

  take_content (request, &content);
  if (request->opened.recording == NULL)
    return;
  add_recording_notes (&request->opened);
}

static void
open_set (Request *request, const SigReadHooks *hooks)
{
  g_auto (SigContent) content = { 0 };
  g_autofree char *notes = NULL;

  if (!app_set_open ((const char *const *) request->paths, request->first.recording != NULL ? &request->first : NULL,
                     request->rule, hooks, &content, &notes, &request->error))
    return;

  take_content (request, &content);
  add_notes (&request->opened, notes);
  add_recording_notes (&request->opened);
}

static gboolean
build_hook (gpointer user_data)
{
  Request *request = user_data;

  return g_get_monotonic_time () > request->build_until || stop_hook (request);
}

/* Also measures the channels' ranges, which the first drawing would otherwise do on the main thread. */
static void
begin_pyramid (Request *request)
{
  request->opened.pyramid = sig_pyramid_new (request->opened.recording);
  request->build_until = g_get_monotonic_time () + BUILD_US;
  sig_pyramid_build (request->opened.pyramid, build_hook, request, &request->error);
}

static void
request_run (gpointer data, AppTicket *ticket)
{
  Request *request = data;
  SigReadHooks hooks = { progress_hook, stop_hook, request };
  g_auto (SigContent) content = { 0 };

  request->ticket = ticket;

  switch (request->order)
    {
    case ORDER_OPEN:
    case ORDER_IMPORT:
      open_recording (request, &hooks);
      break;
    case ORDER_SET:
      open_set (request, &hooks);
      break;
    case ORDER_LABELS:
      open_labels (request, request->path, request->current, &hooks);
      break;
    case ORDER_CHANNEL:
      if (sig_reader_split_channel (request->current, request->channel, &content, &request->error))
        take_content (request, &content);
      break;
    case ORDER_DEMO:
      sig_synth_demo (SIG_SYNTH_DEMO_STEPS, SIG_SYNTH_DEMO_SEED, &request->opened.recording,
                      &request->opened.labels);
      break;
    case ORDER_DESIGN:
      request->opened.design = app_design_file_load (request->path, 0, &request->error);
      break;
    default:
      g_assert_not_reached ();
    }

  if (request->error == NULL && request->opened.recording != NULL)
    begin_pyramid (request);
}

/* --- on the main thread --------------------------------------------------------- */

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_clear_pointer (&request->import, app_import_free);
  g_strfreev (request->paths);
  sig_content_clear (&request->first);
  g_clear_pointer (&request->current, sig_recording_unref);
  progress_unref (request->progress);
  g_clear_pointer (&request->opened.recording, sig_recording_unref);
  g_clear_pointer (&request->opened.pyramid, sig_pyramid_unref);
  g_clear_pointer (&request->opened.labels, sig_labels_unref);
  g_clear_pointer (&request->opened.design, nn_design_unref);
  g_free (request->opened.notes);
  g_clear_error (&request->error);
  g_free (request);
}

static void
request_done (gpointer owner, gpointer data)
{
  g_autoptr (AppLoader) self = g_object_ref (owner);
  Request *request = data;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
  if (request->error != NULL)
    g_signal_emit (self, signals[FAILED], 0, request->error);
  else
    g_signal_emit (self, signals[OPENED], 0, &request->opened);
}

static const AppJobKind request_kind = {
  .name = "lamina-open",
  .run = request_run,
  .done = request_done,
  .free_data = request_free,
};

AppLoader *
app_loader_new (void)
{
  return g_object_new (APP_TYPE_LOADER, NULL);
}

static Request *
request_new (Order order, const char *path, const SigRecording *current)
{
  Request *request = g_new0 (Request, 1);

  request->order = order;
  request->path = g_strdup (path);
  request->current = current != NULL ? sig_recording_ref (current) : NULL;

  return request;
}

static void
start (AppLoader *self, Request *request)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->progress, progress_unref);
  self->progress = g_new0 (Progress, 1);
  atomic_init (&self->progress->ref_count, 2);
  request->progress = self->progress;

  if (!app_job_start (self->job, request, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

void
app_loader_open (AppLoader *self, const char *path, const SigRecording *current)
{
  g_return_if_fail (APP_IS_LOADER (self) && path != NULL);

  start (self, request_new (ORDER_OPEN, path, current));
}

void
app_loader_open_set (AppLoader *self, const char *const *paths, const SigContent *first, SigSetRule rule)
{
  Request *request;

  g_return_if_fail (APP_IS_LOADER (self) && paths != NULL);

  request = request_new (ORDER_SET, NULL, NULL);
  request->paths = g_strdupv ((char **) paths);
  request->rule = rule;
  if (first != NULL)
    request->first = (SigContent) { sig_recording_ref (first->recording),
                                    first->labels != NULL ? sig_labels_ref (first->labels) : NULL };
  start (self, request);
}

void
app_loader_import (AppLoader *self, const char *path, const AppImport *import, const SigRecording *current)
{
  Request *request;

  g_return_if_fail (APP_IS_LOADER (self) && path != NULL && import != NULL);

  request = request_new (ORDER_IMPORT, path, current);
  request->import = app_import_copy (import);
  start (self, request);
}

void
app_loader_open_labels (AppLoader *self, const char *path, const SigRecording *recording)
{
  g_return_if_fail (APP_IS_LOADER (self) && path != NULL && recording != NULL);

  start (self, request_new (ORDER_LABELS, path, recording));
}

void
app_loader_take_channel (AppLoader *self, const SigRecording *recording, guint channel)
{
  Request *request;

  g_return_if_fail (APP_IS_LOADER (self) && recording != NULL);

  request = request_new (ORDER_CHANNEL, NULL, recording);
  request->channel = channel;
  start (self, request);
}

void
app_loader_open_demo (AppLoader *self)
{
  g_return_if_fail (APP_IS_LOADER (self));

  start (self, request_new (ORDER_DEMO, NULL, NULL));
}

void
app_loader_open_design (AppLoader *self, const char *path)
{
  g_return_if_fail (APP_IS_LOADER (self) && path != NULL);

  start (self, request_new (ORDER_DESIGN, path, NULL));
}

gboolean
app_loader_is_active (AppLoader *self)
{
  g_return_val_if_fail (APP_IS_LOADER (self), FALSE);

  return app_job_is_active (self->job);
}

gboolean
app_loader_is_busy (AppLoader *self)
{
  g_return_val_if_fail (APP_IS_LOADER (self), FALSE);

  return app_job_is_busy (self->job);
}

void
app_loader_forget (AppLoader *self)
{
  g_return_if_fail (APP_IS_LOADER (self));

  app_job_drop (self->job);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

double
app_loader_get_progress (AppLoader *self)
{
  g_return_val_if_fail (APP_IS_LOADER (self), 0);

  return self->progress != NULL ? atomic_load (&self->progress->millis) / 1000.0 : 0;
}

static void
app_loader_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ACTIVE)
    g_value_set_boolean (value, app_loader_is_active (APP_LOADER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_loader_dispose (GObject *object)
{
  AppLoader *self = APP_LOADER (object);

  g_clear_pointer (&self->job, app_job_free);
  g_clear_pointer (&self->progress, progress_unref);

  G_OBJECT_CLASS (app_loader_parent_class)->dispose (object);
}

static void
app_loader_class_init (AppLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_loader_get_property;
  object_class->dispose = app_loader_dispose;

  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[OPENED] = g_signal_new ("opened", APP_TYPE_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FAILED] = g_signal_new ("failed", APP_TYPE_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
app_loader_init (AppLoader *self)
{
  self->job = app_job_new (&request_kind, self);
}
