/* app-window-files.c: opening files, as the window shows it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-channel-dialog.h"
#include "app-dialog.h"
#include "app-files.h"
#include "app-import-dialog.h"
#include "app-marking.h"
#include "sig-origin.h"

#define REPLACE "Open Another Recording?"

/* What is open, for steps that go on from it; borrowed. */
static SigContent
current_content (AppWindow *self)
{
  return (SigContent) { (SigRecording *) app_document_get_recording (self->document),
                        (SigLabels *) app_document_get_labels (self->document) };
}

static void
take_step (AppWindow *self, const AppSourceStep *step)
{
  SigContent current = current_content (self);

  app_loader_take_step (self->loader, step, self->source, &current);
}

/* Opens what is in `opening`. */
static void
open_files (AppWindow *self, SigSetRule rule)
{
  AppSourceKind kind = self->adding ? APP_SOURCE_ADD : self->opening[1] != NULL ? APP_SOURCE_SET : APP_SOURCE_OPEN;

  take_step (self, &(AppSourceStep) { .kind = kind, .paths = self->opening, .rule = rule, .again = self->adding_again });
}

static void
open_asking (AppWindow *self)
{
  open_files (self, SIG_SET_ASK);
}

static void
set_opening (AppWindow *self, const char *const *paths, gboolean adding)
{
  g_clear_pointer (&self->moved, g_strfreev);
  g_strfreev (self->opening);
  self->opening = g_strdupv ((char **) paths);
  self->adding = adding && app_document_get_recording (self->document) != NULL;
  self->adding_again = FALSE;
}

static void
recordings_chosen_cb (gpointer user_data, const char *const *paths)
{
  app_window_open (user_data, paths);
}

void
app_window_choose_recording (AppWindow *self)
{
  app_files_choose_many (GTK_WINDOW (self), APP_FILES_RECORDING, recordings_chosen_cb, self);
}

static void
added_chosen_cb (gpointer user_data, const char *const *paths)
{
  AppWindow *self = user_data;

  set_opening (self, paths, TRUE);
  open_asking (self);
}

void
app_window_choose_added (AppWindow *self)
{
  app_files_choose_many (GTK_WINDOW (self), APP_FILES_ADD, added_chosen_cb, self);
}

/* One question to the user; freed with its window. */
typedef struct
{
  AppWindow *self;
  GtkWindow *dialog;
} OpeningQuestion;

static void
again_cb (OpeningQuestion *question)
{
  AppWindow *self = question->self;

  gtk_window_destroy (question->dialog);
  self->adding_again = TRUE;
  open_asking (self);
}

static void
common_cb (OpeningQuestion *question)
{
  AppWindow *self = question->self;

  gtk_window_destroy (question->dialog);
  open_files (self, SIG_SET_COMMON);
}

/* What keeps files from being opened until somebody decides: `answer` is one way, Cancel the other. */
static void
ask_about_opening (AppWindow *self, const char *title, const char *why, const char *answer, GCallback answered)
{
  OpeningQuestion *question = g_new0 (OpeningQuestion, 1);
  GtkWidget *column = app_dialog_column ();

  question->self = self;
  question->dialog = app_dialog_new (GTK_WINDOW (self), title, answer, answered, question, g_free);
  gtk_box_append (GTK_BOX (column), app_dialog_text (why));
  gtk_window_set_child (question->dialog, column);
  gtk_window_present (question->dialog);
  /* There is nothing else to focus but Cancel, which Return would press. After it is shown: of a window that had a focus before
   * GTK 4.8 tells screen readers no role. */
  gtk_widget_grab_focus (gtk_window_get_default_widget (question->dialog));
}

static void
imported_cb (gpointer user_data, const char *path, const AppImport *import)
{
  AppWindow *self = user_data;

  char *paths[] = { (char *) path, NULL };

  take_step (self, &(AppSourceStep) { .kind = APP_SOURCE_IMPORT, .paths = paths, .import = (AppImport *) import });
}

static void
import_chosen_cb (gpointer user_data, const char *path)
{
  app_import_dialog_ask (user_data, path, imported_cb, user_data);
}

static void
choose_import (AppWindow *self)
{
  app_files_choose (GTK_WINDOW (self), APP_FILES_IMPORT, NULL, import_chosen_cb, self);
}

void
app_window_choose_import (AppWindow *self)
{
  app_window_confirm (self, FALSE, REPLACE, choose_import);
}

static void
labels_chosen_cb (gpointer user_data, const char *path)
{
  AppWindow *self = user_data;

  app_loader_open_labels (self->loader, path, app_document_get_recording (self->document));
}

void
app_window_choose_labels (AppWindow *self)
{
  app_files_choose (GTK_WINDOW (self), APP_FILES_LABELS, NULL, labels_chosen_cb, self);
}

static void
channel_chosen_cb (gpointer user_data, guint channel)
{
  take_step (user_data, &(AppSourceStep) { .kind = APP_SOURCE_CHANNEL, .channel = channel });
}

static void
ask_for_channel (AppWindow *self)
{
  app_channel_dialog_ask (GTK_WINDOW (self), app_document_get_recording (self->document), channel_chosen_cb, self);
}

void
app_window_choose_channel (AppWindow *self)
{
  app_window_confirm (self, FALSE, "Replace These Labels?", ask_for_channel);
}

/* Reads what is open again, with its slower channels brought to the rate of the others in that way. */
void
app_window_set_rates (AppWindow *self, SigRatesRule rule)
{
  const AppSourceStep step = { .kind = APP_SOURCE_RATES, .rates = rule };
  SigContent current = current_content (self);
  g_autoptr (AppSource) source = NULL;

  if (self->source == NULL || app_source_get_rates (self->source) == rule)
    return;
  source = app_source_with_step (self->source, &step);
  app_loader_open_again (self->loader, source, &current);
}

static void
design_chosen_cb (gpointer user_data, const char *path)
{
  app_window_open_design (user_data, path);
}

void
app_window_choose_design (AppWindow *self)
{
  app_files_choose (GTK_WINDOW (self), APP_FILES_DESIGN, NULL, design_chosen_cb, self);
}

void
app_window_open (AppWindow *self, const char *const *paths)
{
  g_return_if_fail (APP_IS_WINDOW (self) && paths != NULL && paths[0] != NULL);

  set_opening (self, paths, FALSE);
  app_window_confirm (self, FALSE, REPLACE, open_asking);
}

static void
open_demo (AppWindow *self)
{
  take_step (self, &(AppSourceStep) { .kind = APP_SOURCE_DEMO });
}

void
app_window_open_demo (AppWindow *self)
{
  g_return_if_fail (APP_IS_WINDOW (self));

  app_window_confirm (self, FALSE, REPLACE, open_demo);
}

/* The loader does one thing at a time and gives up the last for the next; a design must not cost a recording, nor a recording a
 * design. */
static void
load_next_design (AppWindow *self)
{
  g_autofree char *path = g_steal_pointer (&self->next_design);

  if (path != NULL)
    app_loader_open_design (self->loader, path);
}

void
app_window_open_design (AppWindow *self, const char *path_or_id)
{
  const NnTemplate *template;
  g_autoptr (NnDesign) design = NULL;
  g_autofree char *what = NULL;

  g_return_if_fail (APP_IS_WINDOW (self) && path_or_id != NULL);

  template = nn_template_find (path_or_id);
  if (template == NULL)
    {
      g_free (self->next_design);
      self->next_design = g_strdup (path_or_id);
      if (!app_loader_is_active (self->loader))
        load_next_design (self);
      return;
    }

  design = nn_template_build (template, nn_design_get_input (app_document_get_design (self->document)),
                              app_document_get_contract (self->document).n_classes);
  what = g_strdup_printf ("Template %s", template->id);
  app_document_edit (self->document, design, what);
}

/* --- what comes from the loader ------------------------------------------------- */

static void
take_recording (AppWindow *self, const AppOpened *opened)
{
  const AppProject *project = &opened->project;
  gboolean goes_on = app_source_get (opened->source, app_source_get_n (opened->source) - 1)->kind == APP_SOURCE_ADD;

  if (opened->is_again)
    {
      app_document_reread (self->document, opened->pyramid);
      app_window_set_source (self, opened->source);
      return;
    }
  if (project->design != NULL)
    {
      app_document_open_project (self->document, opened->pyramid, project->tracks, project->design, &project->settings);
      wb_inspector_set_filter (self->inspector, &project->filter, project->trains_filtered);
      g_action_group_change_action_state (G_ACTION_GROUP (self), "missing",
                                          g_variant_new_string (app_missing_get_name (project->missing)));
      app_window_set_view (self, &project->view);
    }
  else
    app_document_set_recording (self->document, opened->pyramid, opened->labels);
  app_window_set_source (self, opened->source);
  app_window_set_project (self, project->design != NULL ? self->opening[0] : goes_on ? self->project_path : NULL);
  if (project->design != NULL)
    app_window_take_recovered (self, self->opening[0]);
  if (opened->is_moved)
    app_document_mark_unsaved (self->document); /* where its recording is now */
}

/* " Walk" and "walk" are two classes until somebody says otherwise. */
static void
offer_merging (AppWindow *self, const AppOpened *opened)
{
  if (opened->labels == NULL || !app_marking_has_alike (self->document))
    return;
  if (opened->notes == NULL)
    wb_banner_show (self->banner, WB_TONE_NOTE, "Some classes differ only in spelling.");
  wb_banner_offer (self->banner, "_Merge Classes", "win.merge-alike");
}

static void
opened_cb (AppWindow *self, const AppOpened *opened)
{
  g_autoptr (GError) error = NULL;

  wb_banner_hide (self->banner);

  /* The run is given up only now: a file that cannot be opened, or does not fit, must not cost it. */
  if (opened->recording != NULL)
    {
      app_window_give_up_run (self);
      g_clear_pointer (&self->told_damage, g_free);
      take_recording (self, opened);
      app_window_index_shown (self);
      app_window_apply_filter (self);
    }
  else if (opened->labels != NULL)
    {
      if (app_document_set_labels (self->document, opened->labels, &error))
        app_window_give_up_run (self);
      else
        wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
    }

  if (opened->design != NULL)
    app_document_edit (self->document, opened->design, "Open design");
  if (opened->notes != NULL)
    wb_banner_show (self->banner, WB_TONE_NOTE, opened->notes);
  offer_merging (self, opened);
  load_next_design (self);
}

static void
failed_cb (AppWindow *self, const GError *error)
{
  wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
}

/* Whether somebody may know better than the readers how the one file is to be read. */
static gboolean
may_be_imported (AppWindow *self, const GError *error)
{
  return g_error_matches (error, SIG_ERROR, SIG_ERROR_FORMAT) && self->opening != NULL && self->opening[1] == NULL
         && !g_str_has_suffix (self->opening[0], APP_PROJECT_SUFFIX);
}

void
app_window_import_failed (AppWindow *self)
{
  wb_banner_hide (self->banner);
  if (self->opening != NULL && self->opening[0] != NULL)
    import_chosen_cb (self, self->opening[0]);
}

static void
found_cb (gpointer user_data, const char *path)
{
  AppWindow *self = user_data;
  const char *gone = app_loader_get_gone (self->loader);
  g_autoptr (GStrvBuilder) moved = g_strv_builder_new ();

  if (gone == NULL || self->opening == NULL)
    return;
  if (self->moved != NULL)
    g_strv_builder_addv (moved, (const char **) self->moved);
  g_strv_builder_add_many (moved, gone, path, NULL);
  g_strfreev (self->moved);
  self->moved = g_strv_builder_end (moved);
  wb_banner_hide (self->banner);
  app_loader_open_moved (self->loader, self->opening[0], (const char *const *) self->moved);
}

void
app_window_find_recording (AppWindow *self)
{
  if (app_loader_get_gone (self->loader) != NULL)
    app_files_choose (GTK_WINDOW (self), APP_FILES_FIND, NULL, found_cb, self);
}

static void
loading_failed_cb (AppWindow *self, const GError *error)
{
  /* What does not say how it is to be read is asked about, not refused. */
  if (g_error_matches (error, SIG_ERROR, SIG_ERROR_TWICE) && self->opening != NULL)
    ask_about_opening (self, "Open Already", error->message, "_Add Again", G_CALLBACK (again_cb));
  else if (!g_error_matches (error, SIG_ERROR, SIG_ERROR_UNDECIDED) || self->opening == NULL)
    {
      failed_cb (self, error);
      if (app_loader_get_gone (self->loader) != NULL)
        wb_banner_offer (self->banner, "_Find Recording…", "win.find-recording");
      else if (may_be_imported (self, error))
        wb_banner_offer (self->banner, "_Import As…", "win.import-failed");
    }
  else if (self->adding || self->opening[1] != NULL)
    ask_about_opening (self, "Different Channels", error->message, "_Use Common Channels", G_CALLBACK (common_cb));
  else
    import_chosen_cb (self, self->opening[0]);
  load_next_design (self);
}

/* What could be known only once all samples were read, told once. */
static void
tell_damage (AppWindow *self)
{
  const SigRecording *recording = app_document_get_recording (self->document);
  const SigOrigin *origin = recording != NULL ? sig_recording_get_origin (recording) : NULL;
  g_autofree char *damage = origin != NULL ? sig_origin_dup_damage (origin) : NULL;
  const char *shown = wb_banner_get_text (self->banner);
  g_autofree char *text = NULL;

  if (damage == NULL || g_strcmp0 (damage, self->told_damage) == 0)
    return;
  text = shown != NULL ? g_strconcat (damage, " ", shown, NULL) : g_strdup (damage);
  if (shown != NULL)
    wb_banner_update (self->banner, text);
  else
    wb_banner_show (self->banner, WB_TONE_WARNING, text);
  g_free (self->told_damage);
  self->told_damage = g_steal_pointer (&damage);
}

static void
indexing_cb (AppWindow *self)
{
  app_window_update_scene (self);
  if (app_indexer_is_active (self->indexer))
    app_window_keep_ticking (self);
  else
    tell_damage (self);
}

static void
changed_on_disk_cb (gpointer user_data, const char *change)
{
  AppWindow *self = user_data;
  g_autofree char *text = g_strconcat (change, " What you see was read before; open it again to work with what is there now.",
                                       NULL);

  wb_banner_show (self->banner, WB_TONE_WARNING, text);
}

/* Recordings, and files of their labels. */
static gboolean
drop_cb (AppWindow *self, const GValue *value)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (GSList *file = g_value_get_boxed (value); file != NULL; file = file->next)
    {
      g_autofree char *path = g_file_get_path (file->data);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }
  list = g_strv_builder_end (paths);
  if (list[0] == NULL)
    return FALSE;

  app_window_open (self, (const char *const *) list);

  return TRUE;
}

void
app_window_bind_files (AppWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->watch = app_watch_new (changed_on_disk_cb, self);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  g_signal_connect_object (self->loader, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "failed", G_CALLBACK (loading_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "notify::active", G_CALLBACK (app_window_update_run), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "notify::active", G_CALLBACK (app_window_watch_busy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->indexer, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->indexer, "notify::active", G_CALLBACK (indexing_cb), self,
                           G_CONNECT_SWAPPED);
}
