/* app-window-recovery.c: unsaved work that outlives the program, as the window keeps and offers it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-dialog.h"

#include "wb-widgets.h"

#include <glib/gstdio.h>

#define EVERY_S 10 /* at most so many seconds of work are lost */

/* --- keeping it --------------------------------------------------------------------- */

/* What goes to the thread: a copy to write, or none to remove the one that is there. */
typedef struct
{
  AppRecovery *recovery; /* borrowed: the window frees the job first */
  guint        ticket;
  gboolean     removes;
  AppProject   project;
  GError      *error;
} Keep;

static void
keep_run (gpointer data, AppTicket *ticket)
{
  Keep *keep = data;

  if (keep->removes)
    app_recovery_forget (keep->recovery, keep->ticket);
  else
    (void) app_recovery_save (keep->recovery, keep->ticket, &keep->project, &keep->error);
}

/* Told once: it would come again every few seconds. */
static void
keep_done (gpointer owner, gpointer data)
{
  AppWindow *self = owner;
  Keep *keep = data;

  if (keep->error != NULL && !self->recovery_failed)
    wb_banner_show (self->banner, WB_TONE_WARNING, keep->error->message);
  self->recovery_failed = keep->error != NULL;
}

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  app_project_clear (&keep->project);
  g_clear_error (&keep->error);
  g_free (keep);
}

static const AppJobKind keep_kind = { "lamina-recovery", 5, keep_run, keep_done, keep_free };

static void
start_keeping (AppWindow *self, gboolean removes)
{
  Keep *keep = g_new0 (Keep, 1);

  keep->recovery = self->recovery;
  keep->ticket = app_recovery_next (self->recovery);
  keep->removes = removes;
  if (!removes)
    app_window_fill_project (self, &keep->project);
  (void) app_job_start (self->recovery_job, keep, NULL);
}

static gboolean
keep_cb (gpointer user_data)
{
  AppWindow *self = user_data;

  self->recovery_timer = 0;
  if (self->source != NULL && app_window_is_modified (self))
    start_keeping (self, FALSE);

  return G_SOURCE_REMOVE;
}

void
app_window_forget_recovery (AppWindow *self)
{
  g_clear_handle_id (&self->recovery_timer, g_source_remove);
  if (self->is_kept)
    start_keeping (self, TRUE);
  self->is_kept = FALSE;
}

static void
history_cb (AppWindow *self)
{
  if (app_window_is_modified (self))
    {
      if (self->recovery_timer == 0)
        self->recovery_timer = g_timeout_add_seconds (EVERY_S, keep_cb, self);
      self->is_kept = TRUE;
      return;
    }
  app_window_forget_recovery (self);
}

void
app_window_take_recovered (AppWindow *self, const char *path)
{
  if (!app_recovery_has (self->recovery, path))
    return;
  self->is_kept = app_recovery_adopt (self->recovery, path);
  app_window_set_project (self, NULL);
  app_document_mark_unsaved (self->document);
}

/* --- offering it -------------------------------------------------------------------- */

/* What was looked for, and what is the newest of it. */
typedef struct
{
  char  *folder;
  char **paths;
  char  *name; /* of its recording */
  char  *when;
} Look;

/* "27 November, 20:51", when a file was written. */
static char *
dup_time_of (const char *path)
{
  GStatBuf status = { 0 };
  g_autoptr (GDateTime) time = NULL;

  g_stat (path, &status);
  time = g_date_time_new_from_unix_local (status.st_mtime);

  return g_date_time_format (time, "%-d %B, %H:%M");
}

static void
look_run (gpointer data, AppTicket *ticket)
{
  Look *look = data;
  g_auto (GStrv) left = app_recovery_find (look->folder);
  g_autoptr (GStrvBuilder) readable = g_strv_builder_new ();

  /* What cannot be read stays where it is, and in nobody's way. */
  for (guint i = 0; left[i] != NULL && !app_ticket_is_cancelled (ticket); i++)
    {
      g_auto (AppProject) project = { 0 };

      if (!app_project_load (left[i], &project, NULL) || project.source == NULL)
        continue;
      g_strv_builder_add (readable, left[i]);
      if (look->name == NULL)
        {
          char **files = app_source_get (project.source, 0)->paths;

          look->name = files != NULL && files[0] != NULL ? g_filename_display_basename (files[0]) : g_strdup ("Demo");
          look->when = dup_time_of (left[i]);
        }
    }
  look->paths = g_strv_builder_end (readable);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->folder);
  g_strfreev (look->paths);
  g_free (look->name);
  g_free (look->when);
  g_free (look);
}

/* The question that is asked; freed with its window. */
typedef struct
{
  AppWindow *self;
  GtkWindow *dialog;
  char      *path;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_free (offer->path);
  g_free (offer);
}

static void
restore_cb (Offer *offer)
{
  AppWindow *self = offer->self;
  g_autofree char *path = g_strdup (offer->path);
  const char *paths[] = { path, NULL };

  gtk_window_destroy (offer->dialog);
  app_window_open (self, paths);
}

static void
delete_cb (Offer *offer)
{
  app_recovery_remove (offer->path);
  gtk_window_destroy (offer->dialog);
}

static void
look_done (gpointer owner, gpointer data)
{
  AppWindow *self = owner;
  Look *look = data;
  guint n = g_strv_length (look->paths);
  g_autofree char *sentence = NULL;
  GtkWidget *column, *away;
  Offer *offer;

  if (n == 0 || self->closing != 0)
    return;
  offer = g_new0 (Offer, 1);
  offer->self = self;
  offer->path = g_strdup (look->paths[0]);
  sentence = g_strdup_printf ("Lamina ended before the changes to “%s” were saved. What was there on %s can be restored. "
                              "Cancel keeps it for later.", look->name, look->when);
  offer->dialog = app_dialog_new (GTK_WINDOW (self), "Restore Unsaved Work?", "_Restore", G_CALLBACK (restore_cb), offer,
                                  offer_free);
  column = app_dialog_column ();
  gtk_box_append (GTK_BOX (column), app_dialog_text (sentence));
  if (n > 1)
    {
      g_autofree char *more = g_strdup_printf (n == 2 ? "%u older one is offered at the next start."
                                                      : "%u older ones are offered at the next starts.", n - 1);

      gtk_box_append (GTK_BOX (column), app_dialog_text (more));
    }
  away = wb_button_new_with_mnemonic ("_Delete It");
  gtk_widget_add_css_class (away, "destructive-action");
  gtk_widget_set_halign (away, GTK_ALIGN_END);
  g_signal_connect_swapped (away, "clicked", G_CALLBACK (delete_cb), offer);
  gtk_box_append (GTK_BOX (column), away);
  gtk_window_set_child (offer->dialog, column);
  gtk_window_present (offer->dialog);
}

static const AppJobKind look_kind = { "lamina-unsaved", 0, look_run, look_done, look_free };

void
app_window_offer_recovery (AppWindow *self)
{
  Look *look;

  g_return_if_fail (APP_IS_WINDOW (self));

  look = g_new0 (Look, 1);
  look->folder = app_recovery_dup_folder ();
  (void) app_job_start (self->recovery_look, look, NULL);
}

/* --- life --------------------------------------------------------------------------- */

void
app_window_bind_recovery (AppWindow *self)
{
  g_autofree char *folder = app_recovery_dup_folder ();

  self->recovery = app_recovery_new (folder);
  self->recovery_job = app_job_new (&keep_kind, self);
  self->recovery_look = app_job_new (&look_kind, self);
  g_signal_connect_object (self->document, "notify::history", G_CALLBACK (history_cb), self, G_CONNECT_SWAPPED);
}

void
app_window_dispose_recovery (AppWindow *self)
{
  g_clear_handle_id (&self->recovery_timer, g_source_remove);
  g_clear_pointer (&self->recovery_job, app_job_free);
  g_clear_pointer (&self->recovery_look, app_job_free);
  g_clear_pointer (&self->recovery, app_recovery_free);
}
