/* app-loader.c: opens recordings, labels and designs in the background
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-loader.h"

#include "app-design-file.h"
#include "app-job.h"
#include "app-progress.h"

#define BUILD_US 100000 /* short recordings come with their whole pyramid, long ones are drawn while it grows */

typedef enum { ORDER_STEP, ORDER_AGAIN, ORDER_MOVED, ORDER_LABELS, ORDER_DESIGN } Order;

/* What goes to the thread and comes back. */
typedef struct
{
  Order         order;
  char         *path;        /* (nullable) */
  char        **moved;       /* (nullable) */
  AppSource    *source;      /* (nullable): with the step to be taken as its last one */
  SigContent    current;     /* what is open; may be empty */
  AppProgress  *progress;
  AppTicket    *ticket;      /* borrowed; set on the thread */
  gint64        build_until; /* monotonic time */

  AppOpened     opened;
  char         *gone;        /* (nullable): a file of the project's recording */
  GError       *error;
} Request;

struct _AppLoader
{
  GObject   parent_instance;

  AppJob      *job;
  AppProgress *progress; /* (nullable): of the newest request */
  char        *gone;     /* (nullable): of the last one that failed */
};

enum { PROP_0, PROP_ACTIVE, N_PROPS };
enum { OPENED, FAILED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppLoader, app_loader, G_TYPE_OBJECT)

/* --- on the thread -------------------------------------------------------------- */

static void
progress_hook (gpointer user_data, double fraction)
{
  Request *request = user_data;

  app_progress_set (request->progress, fraction);
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

/* For labels of which nobody has chosen the colours. */
static void
choose_quiet (AppOpened *opened)
{
  g_autoptr (SigLabels) labels = g_steal_pointer (&opened->labels);

  opened->labels = labels != NULL ? sig_classes_with_quiet (labels) : NULL;
}

static void
open_labels (Request *request, const char *path, const SigRecording *recording, const SigReadHooks *hooks)
{
  g_autofree char *notes = NULL;

  g_clear_pointer (&request->opened.labels, sig_labels_unref);
  request->opened.labels = sig_reader_open_labels (path, recording, hooks, &notes, &request->error);
  choose_quiet (&request->opened);
  add_notes (&request->opened, notes);
}

static void
add_recording_notes (AppOpened *opened)
{
  const char *const *notes = sig_recording_get_notes (opened->recording);

  for (guint i = 0; notes[i] != NULL; i++)
    add_notes (opened, notes[i]);
  if (sig_rates_is_mixed (opened->recording))
    add_notes (opened, "“Slower Channels” in the menu has other ways.");
}

/* A view of other channels than there are tells nothing of these. */
static void
fit_view (Request *request)
{
  AppProjectView *view = &request->opened.project.view;
  guint n = sig_recording_get_n_channels (request->opened.recording);
  g_autofree char *note = NULL;

  if (view->lanes == NULL || wb_lane_view_get_n_channels (view->lanes) == n)
    return;
  note = g_strdup_printf ("Its view was of %u channels, there are %u now: all are shown as at first.",
                          wb_lane_view_get_n_channels (view->lanes), n);
  add_notes (&request->opened, note);
  app_project_view_clear (view);
}

/* Takes the files from where they are now; FALSE with an error where one is not there. */
static gboolean
find_files (Request *request)
{
  AppSource **source = &request->opened.project.source;
  g_autoptr (AppSource) said = app_source_ref (*source);

  request->opened.is_moved = request->moved != NULL;
  app_source_unref (*source);
  *source = request->moved != NULL ? app_source_with_moved (said, (const char *const *) request->moved) : app_source_ref (said);

  return app_source_check_files (*source, &request->gone, &request->error);
}

static void
open_project (Request *request, const char *path, const SigReadHooks *hooks)
{
  AppProject *project = &request->opened.project;
  g_auto (SigContent) content = { 0 };

  if (!app_project_load (path, project, &request->error))
    return;
  add_notes (&request->opened, project->notes);
  if (project->source == NULL || !find_files (request))
    return;
  if (!app_source_run (project->source, hooks, &content, &request->error))
    {
      g_prefix_error (&request->error, "The project's recording: ");
      return;
    }
  if (sig_recording_get_n_steps (content.recording) != project->n_steps)
    {
      g_set_error (&request->error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "“%s” has %" G_GINT64_FORMAT " steps now, and had %" G_GINT64_FORMAT
                   " when the project was saved; its labels would not be where they belong",
                   sig_recording_get_title (content.recording), sig_recording_get_n_steps (content.recording), project->n_steps);
      return;
    }
  take_content (request, &content);
  request->opened.source = app_source_ref (project->source);
  fit_view (request);
}

/* The labels of its files are not asked for: those that are marked are newer. */
static void
open_again (Request *request, const SigReadHooks *hooks)
{
  g_auto (SigContent) content = { 0 };
  gint64 n_before = sig_recording_get_n_steps (request->current.recording);

  if (!app_source_run (request->source, hooks, &content, &request->error))
    return;
  if (sig_recording_get_n_steps (content.recording) != n_before)
    {
      g_set_error (&request->error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "“%s” has %" G_GINT64_FORMAT " steps now, and had %" G_GINT64_FORMAT " when it was opened: open it anew.",
                   sig_recording_get_title (content.recording), sig_recording_get_n_steps (content.recording), n_before);
      return;
    }
  request->opened.recording = g_steal_pointer (&content.recording);
  request->opened.source = app_source_ref (request->source);
  request->opened.is_again = TRUE;
  add_recording_notes (&request->opened);
}

/* A file that holds labels and no recording is read as labels of the recording that is open. */
static void
take_step (Request *request, const SigReadHooks *hooks)
{
  const AppSourceStep *step = app_source_get (request->source, app_source_get_n (request->source) - 1);
  g_auto (SigContent) content = { 0 };
  g_autofree char *notes = NULL;
  gboolean only_labels;

  if (step->kind == APP_SOURCE_OPEN && app_project_is (step->paths[0]))
    {
      open_project (request, step->paths[0], hooks);
      return;
    }
  if (!app_source_step_run (step, &request->current, hooks, &content, &notes, &request->error)
      && !g_error_matches (request->error, SIG_ERROR, SIG_ERROR_LABELS))
    return;

  only_labels = content.recording == NULL;
  if (only_labels && request->current.recording == NULL)
    {
      g_autofree char *name = g_filename_display_basename (step->paths[0]);

      g_clear_error (&request->error);
      g_set_error (&request->error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "“%s” holds labels only. Open their recording first.", name);
    }
  else if (only_labels && step->kind == APP_SOURCE_OPEN)
    {
      g_clear_error (&request->error);
      open_labels (request, step->paths[0], request->current.recording, hooks);
    }
  else
    {
      take_content (request, &content);
      if (step->kind != APP_SOURCE_ADD)
        choose_quiet (&request->opened);
      add_notes (&request->opened, notes);
      if (!only_labels)
        {
          request->opened.source = app_source_ref (request->source);
          add_recording_notes (&request->opened);
        }
    }
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

  request->ticket = ticket;

  switch (request->order)
    {
    case ORDER_STEP:
      take_step (request, &hooks);
      break;
    case ORDER_AGAIN:
      open_again (request, &hooks);
      break;
    case ORDER_MOVED:
      open_project (request, request->path, &hooks);
      break;
    case ORDER_LABELS:
      open_labels (request, request->path, request->current.recording, &hooks);
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
  g_free (request->gone);
  g_strfreev (request->moved);
  g_clear_pointer (&request->source, app_source_unref);
  sig_content_clear (&request->current);
  app_progress_unref (request->progress);
  g_clear_pointer (&request->opened.recording, sig_recording_unref);
  g_clear_pointer (&request->opened.pyramid, sig_pyramid_unref);
  g_clear_pointer (&request->opened.labels, sig_labels_unref);
  g_clear_pointer (&request->opened.design, nn_design_unref);
  g_clear_pointer (&request->opened.source, app_source_unref);
  app_project_clear (&request->opened.project);
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
  g_free (self->gone);
  self->gone = g_steal_pointer (&request->gone);
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
request_new (Order order, const char *path, const SigContent *current)
{
  Request *request = g_new0 (Request, 1);

  request->order = order;
  request->path = g_strdup (path);
  if (current != NULL && current->recording != NULL)
    request->current.recording = sig_recording_ref (current->recording);
  if (current != NULL && current->labels != NULL)
    request->current.labels = sig_labels_ref (current->labels);

  return request;
}

static void
start (AppLoader *self, Request *request)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->progress, app_progress_unref);
  self->progress = app_progress_new ();
  request->progress = app_progress_ref (self->progress);

  if (!app_job_start (self->job, request, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

void
app_loader_take_step (AppLoader *self, const AppSourceStep *step, const AppSource *source, const SigContent *current)
{
  Request *request;

  g_return_if_fail (APP_IS_LOADER (self) && step != NULL);

  request = request_new (ORDER_STEP, NULL, current);
  request->source = app_source_with_step (source, step);
  start (self, request);
}

void
app_loader_open_again (AppLoader *self, const AppSource *source, const SigContent *current)
{
  Request *request;

  g_return_if_fail (APP_IS_LOADER (self) && source != NULL && current->recording != NULL);

  request = request_new (ORDER_AGAIN, NULL, current);
  request->source = app_source_ref (source);
  start (self, request);
}

void
app_loader_open_moved (AppLoader *self, const char *project, const char *const *moved)
{
  Request *request;

  g_return_if_fail (APP_IS_LOADER (self) && project != NULL && moved != NULL);

  request = request_new (ORDER_MOVED, project, NULL);
  request->moved = g_strdupv ((char **) moved);
  start (self, request);
}

const char *
app_loader_get_gone (AppLoader *self)
{
  g_return_val_if_fail (APP_IS_LOADER (self), NULL);

  return self->gone;
}

void
app_loader_open_labels (AppLoader *self, const char *path, const SigRecording *recording)
{
  SigContent current = { (SigRecording *) recording, NULL };

  g_return_if_fail (APP_IS_LOADER (self) && path != NULL && recording != NULL);

  start (self, request_new (ORDER_LABELS, path, &current));
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

  return self->progress != NULL ? app_progress_get (self->progress) : 0;
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
  g_clear_pointer (&self->gone, g_free);
  g_clear_pointer (&self->progress, app_progress_unref);

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
