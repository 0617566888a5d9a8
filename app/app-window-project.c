/* app-window-project.c: projects, and what would be lost without saving, as the window shows them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-dialog.h"
#include "app-files.h"

#include "wb-widgets.h"

#include <string.h>

/* --- saving ----------------------------------------------------------------------- */

/* What goes to the thread and comes back. */
typedef struct
{
  AppProject project;
  char      *path;
  GError    *error;
} Save;

static void
save_run (gpointer data, AppTicket *ticket)
{
  Save *save = data;

  (void) app_project_save (&save->project, save->path, &save->error);
}

static void
save_done (gpointer owner, gpointer data)
{
  AppWindow *self = owner;
  Save *save = data;
  AppWindowFunc then = self->after_saving;

  self->after_saving = NULL;
  if (save->error != NULL)
    {
      wb_banner_show (self->banner, WB_TONE_ERROR, save->error->message);
      return;
    }

  /* What was edited while it was written is not saved. */
  if (save->project.design == app_document_get_design (self->document))
    app_document_mark_saved (self->document);
  if (save->project.tracks == app_document_get_label_set (self->document))
    app_document_mark_labels_saved (self->document);
  app_window_set_project (self, save->path);
  wb_banner_hide (self->banner);
  if (then != NULL)
    then (self);
}

static void
save_free (gpointer data)
{
  Save *save = data;

  app_project_clear (&save->project);
  g_free (save->path);
  g_clear_error (&save->error);
  g_free (save);
}

static const AppJobKind save_kind = { "lamina-project", 0, save_run, save_done, save_free };

void
app_window_fill_project (AppWindow *self, AppProject *project)
{
  project->source = app_source_ref (self->source);
  project->n_steps = sig_recording_get_n_steps (app_document_get_recording (self->document));
  project->tracks = sig_label_set_ref (app_document_get_label_set (self->document));
  project->filter = *app_document_get_filter (self->document);
  project->trains_filtered = app_document_is_filter_training (self->document);
  project->missing = app_document_get_cut (self->document)->missing;
  project->design = nn_design_ref (app_document_get_design (self->document));
  project->settings = *app_document_get_settings (self->document);
  app_window_get_view (self, &project->view);
}

static void
save_as (gpointer user_data, const char *path)
{
  AppWindow *self = user_data;
  Save *save = g_new0 (Save, 1);
  g_autoptr (GError) error = NULL;

  save->path = g_str_has_suffix (path, APP_PROJECT_SUFFIX) ? g_strdup (path) : g_strconcat (path, APP_PROJECT_SUFFIX, NULL);
  app_window_fill_project (self, &save->project);
  if (!app_job_start (self->project_saver, save, &error))
    wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
}

void
app_window_choose_project (AppWindow *self, AppWindowFunc then)
{
  g_autofree char *title = g_strdup (sig_recording_get_title (app_document_get_recording (self->document)));
  char *dot = strrchr (title, '.');
  g_autofree char *name = NULL;

  if (dot != NULL && dot > title)
    *dot = '\0';
  self->after_saving = then;
  name = g_strconcat (g_strdelimit (title, G_DIR_SEPARATOR_S ":", '-'), APP_PROJECT_SUFFIX, NULL);
  app_files_choose (GTK_WINDOW (self), APP_FILES_SAVE_PROJECT, name, save_as, self);
}

void
app_window_save_project (AppWindow *self, AppWindowFunc then)
{
  g_autofree char *path = g_strdup (self->project_path);

  if (path == NULL)
    {
      app_window_choose_project (self, then);
      return;
    }
  self->after_saving = then;
  save_as (self, path);
}

/* --- which one it is ---------------------------------------------------------------- */

gboolean
app_window_is_modified (AppWindow *self)
{
  return app_document_is_modified (self->document) || app_document_is_labels_modified (self->document);
}

/* The project's name, or else the recording's, with a dot where it differs from what is saved. */
static void
update_title (AppWindow *self)
{
  const SigRecording *recording = app_document_get_recording (self->document);
  g_autofree char *project = self->project_path != NULL ? g_filename_display_basename (self->project_path) : NULL;
  const char *name = project != NULL ? project : recording != NULL ? sig_recording_get_title (recording) : "No recording";
  g_autofree char *title = g_strconcat (app_window_is_modified (self) ? "• " : "", name, NULL);
  g_autofree char *spoken = g_strconcat (name, app_window_is_modified (self) ? ", not saved" : "", NULL);

  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), self->project_path != NULL ? self->project_path : name);
}

void
app_window_set_project (AppWindow *self, const char *path)
{
  if (path != self->project_path)
    {
      g_free (self->project_path);
      self->project_path = g_strdup (path);
    }
  update_title (self);
}

/* There is a choice where channels are held, and where they were until the last step. */
static void
update_rates (AppWindow *self)
{
  SigRatesRule rule = self->source != NULL ? app_source_get_rates (self->source) : SIG_RATES_HOLD;
  const SigRecording *recording = app_document_get_recording (self->document);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "rates");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (sig_rates_get_name (rule)));
  app_window_enable_action (self, "rates",
                            rule != SIG_RATES_HOLD || (recording != NULL && sig_rates_is_mixed (recording)));
}

void
app_window_set_source (AppWindow *self, const AppSource *source)
{
  g_clear_pointer (&self->source, app_source_unref);
  self->source = source != NULL ? app_source_ref (source) : NULL;
  update_rates (self);
  app_window_enable_action (self, "save-project", source != NULL);
  app_window_enable_action (self, "save-project-as", source != NULL);
}

/* --- what would be lost -------------------------------------------------------------- */

/* One question to the user; freed with its window. */
typedef struct
{
  AppWindow    *self;
  GtkWindow    *dialog;
  AppWindowFunc then;
} Question;

static void
discard_cb (Question *question)
{
  AppWindow *self = question->self;
  AppWindowFunc then = question->then;

  gtk_window_destroy (question->dialog);
  then (self);
}

static void
save_cb (Question *question)
{
  AppWindow *self = question->self;
  AppWindowFunc then = question->then;

  gtk_window_destroy (question->dialog);
  app_window_save_project (self, then);
}

static GtkWidget *
discard_button (Question *question)
{
  GtkWidget *button = wb_button_new_with_mnemonic ("_Discard Changes");

  gtk_widget_add_css_class (button, "destructive-action");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (discard_cb), question);

  return button;
}

void
app_window_confirm (AppWindow *self, gboolean design_too, const char *what, AppWindowFunc then)
{
  gboolean labels = app_document_is_labels_modified (self->document);
  gboolean design = design_too && app_document_is_modified (self->document);
  GtkWidget *column;
  Question *question;

  if (self->forgo_saving || (!labels && !design))
    {
      then (self);
      return;
    }

  question = g_new0 (Question, 1);
  question->self = self;
  question->then = then;
  column = app_dialog_column ();
  gtk_box_append (GTK_BOX (column),
                  app_dialog_text (labels && design ? "The labels and the design were changed and are not saved."
                                   : labels         ? "The labels were changed and are not saved."
                                                    : "The design was changed and is not saved."));
  if (self->source != NULL)
    {
      question->dialog = app_dialog_new (GTK_WINDOW (self), what, self->project_path != NULL ? "_Save" : "_Save…",
                                         G_CALLBACK (save_cb), question, g_free);
      gtk_box_append (GTK_BOX (column), discard_button (question));
    }
  else
    question->dialog = app_dialog_new (GTK_WINDOW (self), what, "_Discard Changes", G_CALLBACK (discard_cb), question,
                                       g_free);
  gtk_window_set_child (question->dialog, column);
  gtk_window_present (question->dialog);
}

void
app_window_forgo_saving (AppWindow *self)
{
  g_return_if_fail (APP_IS_WINDOW (self));

  self->forgo_saving = TRUE;
}

void
app_window_bind_project (AppWindow *self)
{
  self->project_saver = app_job_new (&save_kind, self);
  g_signal_connect_object (self->document, "notify::history", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::recording", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  app_window_set_source (self, NULL);
}
