/* app-window-export.c: writing the labels into files of other programs, as the window shows it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-files.h"
#include "app-label-dialog.h"
#include "app-label-export.h"

#include <string.h>

/* What goes to the thread and comes back. */
typedef struct
{
  const SigExportFormat *format;
  SigRecording          *recording;
  SigLabels             *labels;
  char                  *path;
  AppTicket             *ticket; /* borrowed; set on the thread */
  AppProgress           *progress;
  gboolean               is_whole;
  char                  *report;
  GError                *error;
} Export;

static gboolean
stop_hook (gpointer user_data)
{
  Export *export = user_data;

  return app_ticket_is_cancelled (export->ticket);
}

static void
progress_hook (gpointer user_data, double fraction)
{
  Export *export = user_data;

  app_progress_set (export->progress, fraction);
}

static void
export_run (gpointer data, AppTicket *ticket)
{
  Export *export = data;
  SigReadHooks hooks = { progress_hook, stop_hook, export };

  export->ticket = ticket;
  export->report = app_label_export_run (export->format, export->path, export->recording, export->labels, &hooks,
                                         &export->is_whole, &export->error);
}

static void
export_done (gpointer owner, gpointer data)
{
  AppWindow *self = owner;
  Export *export = data;

  if (g_error_matches (export->error, SIG_ERROR, SIG_ERROR_CANCELLED))
    wb_banner_show (self->banner, WB_TONE_NOTE, export->error->message);
  else if (export->error != NULL)
    wb_banner_show (self->banner, WB_TONE_ERROR, export->error->message);
  else
    wb_banner_show (self->banner, export->is_whole ? WB_TONE_NOTE : WB_TONE_WARNING, export->report);
}

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->recording, sig_recording_unref);
  g_clear_pointer (&export->labels, sig_labels_unref);
  app_progress_unref (export->progress);
  g_free (export->path);
  g_free (export->report);
  g_clear_error (&export->error);
  g_free (export);
}

static const AppJobKind export_kind = { "lamina-export", 0, export_run, export_done, export_free };

static void
path_chosen_cb (gpointer user_data, const char *path)
{
  AppWindow *self = user_data;
  const SigRecording *recording = app_document_get_recording (self->document);
  const SigLabels *labels = app_document_get_labels (self->document);
  g_autoptr (GError) error = NULL;
  Export *export;

  if (recording == NULL || labels == NULL || self->export_format == NULL)
    return;

  export = g_new0 (Export, 1);
  export->format = self->export_format;
  export->recording = sig_recording_ref (recording);
  export->labels = sig_labels_ref (labels);
  export->path = g_strdup (path);
  export->progress = app_progress_new ();
  g_clear_pointer (&self->export_progress, app_progress_unref);
  self->export_progress = app_progress_ref (export->progress);
  g_free (self->export_path);
  self->export_path = g_strdup (path);
  wb_banner_hide (self->banner);
  if (app_job_start (self->exporter, export, &error))
    app_window_watch_busy (self);
  else
    wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
}

/* What the file is called at first: as the recording, so that opening that finds it; but not the recording itself. */
static char *
dup_first_name (const SigRecording *recording, const SigExportFormat *format)
{
  const char *title = sig_recording_get_title (recording);
  const char *dot = strrchr (title, '.');
  g_autofree char *stem = dot != NULL && dot > title ? g_strndup (title, dot - title) : g_strdup (title);
  g_autofree char *name = g_strconcat (g_strdelimit (stem, "/", '-'), format->extension, NULL);

  return g_ascii_strcasecmp (name, title) != 0 ? g_steal_pointer (&name)
                                               : g_strconcat (stem, "-labels", format->extension, NULL);
}

static void
format_chosen_cb (gpointer user_data, const SigExportFormat *format)
{
  AppWindow *self = user_data;
  const SigRecording *recording = app_document_get_recording (self->document);
  g_autofree char *name = dup_first_name (recording, format);

  self->export_format = format;
  app_files_choose (GTK_WINDOW (self), APP_FILES_EXPORT_LABELS, name, path_chosen_cb, self);
}

/* Which of several tracks is written; NULL where there is but one. */
static char *
dup_scope (AppWindow *self)
{
  const SigLabelSet *set = app_document_get_label_set (self->document);
  guint n = sig_label_set_get_n (set);

  if (n < 2)
    return NULL;
  return g_strdup_printf ("Of %u label tracks the active one, “%s”, is written.", n,
                          sig_label_set_get_name (set, sig_label_set_get_active (set)));
}

void
app_window_export_labels (AppWindow *self)
{
  const SigRecording *recording = app_document_get_recording (self->document);
  const SigLabels *labels = app_document_get_labels (self->document);
  g_autofree char *scope = dup_scope (self);

  if (recording != NULL && labels != NULL)
    app_label_dialog_ask (GTK_WINDOW (self), recording, labels, scope, format_chosen_cb, self);
}

void
app_window_bind_export (AppWindow *self)
{
  self->exporter = app_job_new (&export_kind, self);
}
