/* app-window-save.c: saving a design, as the window shows it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-design-file.h"
#include "app-files.h"

/* What goes to the thread and comes back. */
typedef struct
{
  NnDesign *design;
  char     *path;
  GError   *error;
} Save;

static void
save_run (gpointer data, AppTicket *ticket)
{
  Save *save = data;

  (void) app_design_file_save (save->path, save->design, &save->error);
}

static void
save_done (gpointer owner, gpointer data)
{
  AppWindow *self = owner;
  Save *save = data;

  if (save->error != NULL)
    {
      wb_banner_show (self->banner, WB_TONE_ERROR, save->error->message);
      return;
    }

  if (save->design == app_document_get_design (self->document))
    app_document_mark_saved (self->document);
  wb_banner_hide (self->banner);
}

static void
save_free (gpointer data)
{
  Save *save = data;

  nn_design_unref (save->design);
  g_free (save->path);
  g_clear_error (&save->error);
  g_free (save);
}

static const AppJobKind save_kind = { "lamina-save", 0, save_run, save_done, save_free };

static void
save_chosen_cb (gpointer user_data, const char *path)
{
  AppWindow *self = user_data;
  Save *save = g_new0 (Save, 1);
  g_autoptr (GError) error = NULL;

  save->design = nn_design_ref (app_document_get_design (self->document));
  save->path = g_strdup (path);
  if (!app_job_start (self->saver, save, &error))
    wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
}

void
app_window_choose_saved (AppWindow *self)
{
  const char *name = nn_design_get_name (app_document_get_design (self->document));
  g_autofree char *file = g_strdup_printf ("%s.json", name[0] != '\0' ? name : "design");

  app_files_choose (GTK_WINDOW (self), APP_FILES_SAVE_DESIGN, file, save_chosen_cb, self);
}

void
app_window_bind_save (AppWindow *self)
{
  self->saver = app_job_new (&save_kind, self);
}
