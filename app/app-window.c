/* app-window.c: the window: widgets in their places, bound to one document and one run
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-text.h"

#define FIRST_SECONDS 10      /* shown of a recording that has a rate */
#define FIRST_STEPS   2000    /* and of one that has none */
#define MOST_STEPS    20000
#define CLOSE_POLL_MS 10

G_DEFINE_FINAL_TYPE (AppWindow, app_window, GTK_TYPE_APPLICATION_WINDOW)

/* --- messages ------------------------------------------------------------------- */

/* The most pressing of what there is to say about the training. */
static void
update_outcome (AppWindow *self)
{
  g_autofree char *text = NULL;

  if (self->progress != NULL)
    text = g_strdup (self->progress);
  else if (self->obstacle != NULL)
    text = g_strdup_printf ("Cannot train yet: %s", self->obstacle);
  else if (self->result != NULL && app_document_is_stale (self->document))
    text = g_strdup_printf ("%s · from an earlier design", self->result);
  else if (self->result != NULL && app_document_has_newer_labels (self->document))
    text = g_strdup_printf ("%s · from earlier labels", self->result);
  else
    text = g_strdup (self->result != NULL ? self->result : "");

  gtk_label_set_text (self->outcome, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->outcome), text);
}

static void
set_text (AppWindow *self, char **member, const char *text)
{
  char *copy;

  if (g_strcmp0 (*member, text) == 0)
    return;

  copy = g_strdup (text);
  g_free (*member);
  *member = copy;
  update_outcome (self);
}

void
app_window_set_progress (AppWindow *self, const char *progress)
{
  set_text (self, &self->progress, progress);
}

void
app_window_set_obstacle (AppWindow *self, const char *obstacle)
{
  set_text (self, &self->obstacle, obstacle);
}

void
app_window_set_result (AppWindow *self, const char *result)
{
  set_text (self, &self->result, result);
}

/* --- polling -------------------------------------------------------------------- */

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  AppWindow *self = APP_WINDOW (widget);

  gboolean waits;

  app_window_poll_run (self);
  waits = app_window_poll_busy (self);
  waits |= app_window_poll_predicting (self);
  if (app_indexer_is_active (self->indexer))
    app_window_update_scene (self);

  if (waits || app_trainer_is_active (self->trainer) || app_indexer_is_active (self->indexer))
    return G_SOURCE_CONTINUE;

  self->tick = 0;

  return G_SOURCE_REMOVE;
}

/* Polls once a frame as long as there is something to poll; while the window is out of sight nothing piles
 * up. */
void
app_window_keep_ticking (AppWindow *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* --- from the document to the widgets ------------------------------------------- */

WbScene
app_window_make_scene (AppWindow *self)
{
  return (WbScene) {
    .pyramid = app_document_get_shown (self->document),
    .truth = app_document_get_labels (self->document),
    .prediction = app_document_get_prediction (self->document),
    .split = app_document_get_split (self->document),
    .view = self->view,
    .spectrum = self->spectrum,
  };
}

void
app_window_update_scene (AppWindow *self)
{
  WbScene scene = app_window_make_scene (self);

  wb_traces_set_scene (self->traces, &scene);
  wb_overview_set_scene (self->overview, &scene);
  wb_channels_set_scene (self->channels, &scene);
}

static void
prediction_cb (AppWindow *self)
{
  app_window_update_scene (self);
  update_outcome (self);
}

static void
recording_cb (AppWindow *self)
{
  const SigRecording *recording = app_document_get_recording (self->document);
  double n_steps = sig_recording_get_n_steps (recording);
  double rate_hz = sig_recording_has_rate (recording) ? sig_recording_get_rate_hz (recording) : 0;
  double show = rate_hz > 0 ? CLAMP (FIRST_SECONDS * rate_hz, FIRST_STEPS, MOST_STEPS) : FIRST_STEPS;

  app_window_fit_view (self);
  app_window_update_scene (self);
  wb_view_span_set_whole (self->span, n_steps, rate_hz, show);
  wb_marks_set_whole (self->marks, sig_recording_get_n_steps (recording));
  wb_inspector_set_channels_known (self->inspector, TRUE);
  app_window_enable_action (self, "add", TRUE);
  app_watch_set_recording (self->watch, recording);
  app_window_enable_action (self, "open-labels", TRUE);
  app_window_enable_action (self, "labels-from-channel", sig_recording_get_n_channels (recording) > 1);
}

static void
labels_cb (AppWindow *self)
{
  app_window_update_scene (self);
  app_window_enable_action (self, "export-labels", app_document_get_labels (self->document) != NULL);
  app_window_update_facts (self);
  app_window_update_marks (self);
  update_outcome (self);
}

void
app_window_show_page (AppWindow *self,
                      GtkWidget *page)
{
  gtk_notebook_set_current_page (self->pages, gtk_notebook_page_num (self->pages, page));
}

static void
check_cb (AppWindow *self)
{
  const NnCheck *check = app_document_get_check (self->document);
  const char *name = nn_design_get_name (app_document_get_design (self->document));
  NnContract contract = app_document_get_contract (self->document);
  g_autofree char *subtitle = name[0] != '\0' ? g_strdup_printf ("Design %s", name) : NULL;

  wb_stack_set_check (self->stack, check, &contract);
  wb_inspector_set_check (self->inspector, check, wb_stack_get_selected (self->stack));
  app_window_update_problems (self);
  wb_marks_set_window (self->marks, nn_design_get_input (app_document_get_design (self->document))->dim[0]);
  gtk_label_set_text (self->subtitle, subtitle != NULL ? subtitle : "Design without a name");
  app_window_update_run (self);
}

static void
settings_cb (AppWindow *self)
{
  wb_inspector_set_settings (self->inspector, app_document_get_settings (self->document));
  app_window_update_run (self);
}

static void
set_history_tip (GtkWidget *button, const char *verb, const char *what)
{
  g_autofree char *tip = what != NULL ? g_strdup_printf ("%s “%s”", verb, what) : g_strdup (verb);

  gtk_widget_set_tooltip_text (button, tip);
}

static void
history_cb (AppWindow *self)
{
  const char *undo = app_document_get_undo (self->document);
  const char *redo = app_document_get_redo (self->document);

  app_window_enable_action (self, "undo", undo != NULL);
  app_window_enable_action (self, "redo", redo != NULL);
  set_history_tip (self->undo, "Undo", undo);
  set_history_tip (self->redo, "Redo", redo);
}

/* --- from the widgets to the document ------------------------------------------- */

static void
edit_cb (AppWindow *self, NnDesign *design, const char *what)
{
  app_document_edit (self->document, design, what);
}

static void
selected_cb (AppWindow *self)
{
  app_document_seal (self->document);
  wb_inspector_set_check (self->inspector, app_document_get_check (self->document),
                          wb_stack_get_selected (self->stack));
}

static void
chosen_cb (AppWindow *self, const NnKind *kind)
{
  wb_stack_append (self->stack, kind);
}

static void
activated_cb (AppWindow *self, guint block_id)
{
  wb_stack_set_selected (self->stack, block_id);
}

static void
settings_changed_cb (AppWindow *self)
{
  app_document_set_settings (self->document, wb_inspector_get_settings (self->inspector));
}

static void
bind_document (AppWindow *self)
{
  static const struct
  {
    const char *signal;
    void      (*callback) (AppWindow *self);
  } bindings[] = {
    { "notify::recording",  recording_cb },
    { "notify::labels",     labels_cb },
    { "notify::prediction", prediction_cb },
    { "notify::check",      check_cb },
    { "notify::settings",   settings_cb },
    { "notify::history",    history_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_signal_connect_object (self->document, bindings[i].signal, G_CALLBACK (bindings[i].callback), self,
                             G_CONNECT_SWAPPED);

  g_signal_connect_object (self->stack, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stack, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->palette, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->problems, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "settings-changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);

  settings_cb (self);
  check_cb (self);
  history_cb (self);
}

/* --- the public side ------------------------------------------------------------ */

AppWindow *
app_window_new (GtkApplication *application)
{
  return g_object_new (APP_TYPE_WINDOW, "application", application, NULL);
}

AppDocument *
app_window_get_document (AppWindow *self)
{
  g_return_val_if_fail (APP_IS_WINDOW (self), NULL);

  return self->document;
}

AppTrainer *
app_window_get_trainer (AppWindow *self)
{
  g_return_val_if_fail (APP_IS_WINDOW (self), NULL);

  return self->trainer;
}

gboolean
app_window_is_busy (AppWindow *self)
{
  g_return_val_if_fail (APP_IS_WINDOW (self), FALSE);

  return app_loader_is_busy (self->loader) || app_indexer_is_busy (self->indexer)
         || app_filter_is_busy (self->filter) || app_closeup_is_busy (self->closeup)
         || app_closeup_is_busy (self->ribbon_closeup) || app_spectrogram_is_busy (self->spectrogram)
         || app_trainer_is_busy (self->trainer) || app_predictor_is_busy (self->predictor)
         || app_job_is_busy (self->saver) || app_job_is_busy (self->project_saver) || app_job_is_busy (self->exporter)
         || app_job_is_busy (self->painter) || app_job_is_busy (self->look) || app_job_is_busy (self->recovery_job)
         || app_job_is_busy (self->releaser);
}

const char *
app_window_get_banner (AppWindow *self)
{
  g_return_val_if_fail (APP_IS_WINDOW (self), NULL);

  return wb_banner_get_text (self->banner);
}

const char *
app_window_get_outcome (AppWindow *self)
{
  g_return_val_if_fail (APP_IS_WINDOW (self), NULL);

  return gtk_label_get_text (self->outcome);
}

/* --- closing -------------------------------------------------------------------- */

static gboolean
closing_cb (gpointer user_data)
{
  AppWindow *self = user_data;

  if (app_window_is_busy (self))
    return G_SOURCE_CONTINUE;

  self->closing = 0;
  gtk_window_destroy (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

/* The window is gone for the user at once; it ends when its threads have, so that nothing blocks the main
 * loop that other windows may share. */
static void
leave (AppWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  app_window_forget_recovery (self);
  app_window_give_up_run (self);
  app_document_set_prediction (self->document, NULL, NULL, NULL);
  app_loader_forget (self->loader);
  g_clear_pointer (&self->next_design, g_free);
  app_indexer_forget (self->indexer);
  app_filter_forget (self->filter);
  app_closeup_forget (self->closeup);
  app_closeup_forget (self->ribbon_closeup);
  app_spectrogram_forget (self->spectrogram);
  app_window_drop_look (self);
  self->closing = g_timeout_add (CLOSE_POLL_MS, closing_cb, self);
}

static gboolean
app_window_close_request (GtkWindow *window)
{
  AppWindow *self = APP_WINDOW (window);

  if (self->closing == 0)
    app_window_confirm (self, TRUE, "Close Without Saving?", leave);

  return TRUE;
}

static void
app_window_dispose (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);

  g_clear_handle_id (&self->closing, g_source_remove);
  g_clear_handle_id (&self->pan, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;

  /* Joins what is left, which is nothing after a close request. */
  g_clear_pointer (&self->saver, app_job_free);
  g_clear_pointer (&self->painter, app_job_free);
  g_clear_pointer (&self->project_saver, app_job_free);
  app_window_dispose_recovery (self);
  g_clear_pointer (&self->exporter, app_job_free);
  g_clear_pointer (&self->export_path, g_free);
  g_clear_pointer (&self->export_progress, app_progress_unref);
  g_clear_pointer (&self->watch, app_watch_free);
  g_clear_pointer (&self->told_damage, g_free);
  if (self->trainer != NULL)
    g_object_run_dispose (G_OBJECT (self->trainer));
  app_window_clear_problems (self);
  g_clear_pointer (&self->so_far, sig_track_unref);
  g_clear_pointer (&self->part, sig_track_unref);
  g_clear_pointer (&self->predicted, sig_pyramid_unref);
  g_clear_pointer (&self->releaser, app_job_free);
  g_clear_object (&self->trainer);
  g_clear_object (&self->predictor);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->next_design, g_free);
  g_clear_pointer (&self->moved, g_strfreev);
  g_clear_pointer (&self->opening, g_strfreev);
  g_clear_pointer (&self->source, app_source_unref);
  g_clear_pointer (&self->project_path, g_free);
  g_clear_object (&self->indexer);
  g_clear_object (&self->filter);
  g_clear_object (&self->closeup);
  g_clear_object (&self->ribbon_closeup);
  g_clear_object (&self->spectrogram);
  g_clear_pointer (&self->spectrum, sig_spectrum_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->span);
  g_clear_pointer (&self->view, wb_lane_view_unref);
  g_clear_pointer (&self->trail, app_trail_free);
  g_clear_object (&self->view_actions);
  g_clear_object (&self->marks);
  g_clear_object (&self->mark_actions);
  g_clear_pointer (&self->said, g_free);
  g_clear_object (&self->rest_menu);
  g_clear_object (&self->track_menu);
  g_clear_pointer (&self->listed, sig_class_table_unref);
  g_clear_pointer (&self->progress, g_free);
  g_clear_pointer (&self->obstacle, g_free);
  g_clear_pointer (&self->result, g_free);

  G_OBJECT_CLASS (app_window_parent_class)->dispose (object);
}

static void
app_window_constructed (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);

  G_OBJECT_CLASS (app_window_parent_class)->constructed (object);

  app_window_add_actions (self);
  app_window_bind_marks (self);
  app_window_lay_out (self);
  bind_document (self);
  app_window_bind_problems (self);
  app_window_bind_run (self);
  app_window_bind_files (self);
  app_window_bind_save (self);
  app_window_bind_export (self);
  app_window_bind_filter (self);
  app_window_bind_view (self);
  app_window_bind_trail (self);
  app_window_bind_picture (self);
  app_window_bind_project (self);
  app_window_bind_recovery (self);
  app_window_bind_spectrum (self);
  app_window_bind_closeup (self);
}

static void
app_window_class_init (AppWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = app_window_constructed;
  object_class->dispose = app_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = app_window_close_request;

  app_window_class_add_keys (GTK_WIDGET_CLASS (klass));
}

static void
app_window_init (AppWindow *self)
{
  self->document = app_document_new ();
  self->loader = app_loader_new ();
  self->indexer = app_indexer_new ();
  self->filter = app_filter_new ();
  self->closeup = app_closeup_new ();
  self->ribbon_closeup = app_closeup_new ();
  self->spectrogram = app_spectrogram_new ();
  self->trainer = app_trainer_new ();
  self->predictor = app_predictor_new ();
  self->span = wb_view_span_new ();
  self->marks = wb_marks_new ();
  self->trail = app_trail_new ();

  gtk_window_set_title (GTK_WINDOW (self), "Lamina");
  gtk_window_set_icon_name (GTK_WINDOW (self), "org.lamina.Lamina");
}
