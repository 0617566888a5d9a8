/* app-import-dialog.c: asks how a file is to be read, beside a preview of its first rows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-import-dialog.h"

#include "app-dialog.h"
#include "app-import-form.h"
#include "app-job.h"

/* One question to the user; freed with its window. */
typedef struct
{
  GtkWindow     *window;
  GtkWidget     *import;
  AppImportForm *form;
  AppJob        *job;
  char          *path;
  gboolean       guessed[2]; /* of each kind: its controls say what was guessed from the file */
  AppImportFunc  func;
  gpointer       user_data;
} Question;

/* What goes to the thread and comes back. */
typedef struct
{
  char         *path;
  AppImportKind kind;
  gboolean      first;   /* the kind is to be guessed, too */
  AppImport    *import;  /* (nullable): NULL to guess */
  SigPreview   *preview; /* (nullable), as is the next */
  GError       *error;
} Look;

static void
look_run (gpointer data, AppTicket *ticket)
{
  Look *look = data;

  if (look->first && !sig_import_is_text (look->path))
    look->kind = APP_IMPORT_RAW;
  if (look->kind == APP_IMPORT_TABLE)
    look->preview = sig_preview_table (look->path, look->import != NULL ? &look->import->table : NULL, &look->error);
  else
    look->preview = sig_preview_raw (look->path, look->import != NULL ? &look->import->raw : NULL, &look->error);
}

static void
look_done (gpointer owner, gpointer data)
{
  Question *question = owner;
  Look *look = data;

  if (look->preview == NULL)
    {
      SigPreview nothing = { .problem = look->error->message, .rows = g_ptr_array_new () };

      app_import_form_show (question->form, look->kind, &nothing);
      g_ptr_array_unref (nothing.rows);
      return;
    }
  if (look->import == NULL)
    app_import_form_fill (question->form, look->kind, look->preview);
  question->guessed[look->kind] = TRUE;
  app_import_form_show (question->form, look->kind, look->preview);
  gtk_widget_set_sensitive (question->import, look->preview->problem == NULL);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->path);
  g_clear_pointer (&look->import, app_import_free);
  g_clear_pointer (&look->preview, sig_preview_free);
  g_clear_error (&look->error);
  g_free (look);
}

static const AppJobKind look_kind = { "lamina-preview", 0, look_run, look_done, look_free };

/* Looks at the file as the controls say, or for the first time. */
static void
look_again (Question *question, gboolean with_roles)
{
  Look *look = g_new0 (Look, 1);
  g_autoptr (GError) error = NULL;

  look->path = g_strdup (question->path);
  look->first = !question->guessed[APP_IMPORT_TABLE] && !question->guessed[APP_IMPORT_RAW];
  look->kind = app_import_form_get_kind (question->form);
  if (question->guessed[look->kind])
    look->import = app_import_form_read (question->form, with_roles);
  gtk_widget_set_sensitive (question->import, FALSE);
  if (!app_job_start (question->job, look, &error))
    g_warning ("%s", error->message);
}

static void
changed_cb (gpointer user_data, gboolean roles_too)
{
  Question *question = user_data;

  look_again (question, roles_too);
}

static void
answer_cb (Question *question)
{
  g_autoptr (AppImport) import = app_import_form_read (question->form, TRUE);

  question->func (question->user_data, question->path, import);
  gtk_window_destroy (question->window);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  app_job_free (question->job);
  app_import_form_free (question->form);
  g_free (question->path);
  g_free (question);
}

void
app_import_dialog_ask (GtkWindow *parent, const char *path, AppImportFunc func, gpointer user_data)
{
  Question *question;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent) && path != NULL && func != NULL);

  name = g_filename_display_basename (path);
  title = g_strdup_printf ("Import %s", name);
  question = g_new0 (Question, 1);
  question->path = g_strdup (path);
  question->func = func;
  question->user_data = user_data;
  question->job = app_job_new (&look_kind, question);
  question->form = app_import_form_new (changed_cb, question);
  question->window = app_dialog_new (parent, title, "_Import", G_CALLBACK (answer_cb), question, question_free);
  question->import = gtk_window_get_default_widget (question->window);
  gtk_window_set_resizable (question->window, TRUE);
  gtk_window_set_child (question->window, app_import_form_get (question->form));

  look_again (question, FALSE);
  gtk_window_present (question->window);
}
