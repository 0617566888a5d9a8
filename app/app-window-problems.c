/* app-window-problems.c: the list of problems, of the design and of what it is trained on, and what a repair does
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-unseen.h"
#include "nn-diverged.h"

#define PAUSE_MS 300 /* labels and settings must rest so long before the parts are looked at anew */

/* --- the list ----------------------------------------------------------------------- */

/* Until a run has drawn a curve there is nothing to see on its page: what stands in the way is of more use. */
static void
choose_page (AppWindow *self, gboolean has_problems)
{
  if (!app_trainer_is_active (self->trainer) && wb_curve_get_n_points (self->curve) == 0)
    app_window_show_page (self, has_problems ? GTK_WIDGET (self->problems) : GTK_WIDGET (self->curve));
}

static void
append_copies (GArray *to, const GArray *from)
{
  for (guint i = 0; from != NULL && i < from->len; i++)
    {
      NnProblem copy = nn_problem_copy (&g_array_index (from, NnProblem, i));

      g_array_append_val (to, copy);
    }
}

/* The job is made after the window has shown its first problems. */
static gboolean
is_looking (AppWindow *self)
{
  return self->looking != 0 || (self->look != NULL && app_job_is_active (self->look));
}

/* What the last training ran into speaks of its design and its settings only. */
static gboolean
is_diverged (AppWindow *self)
{
  return self->diverged != NULL && nn_settings_equal (&self->diverged_settings, app_document_get_settings (self->document))
         && nn_design_equal (self->diverged_design, app_document_get_design (self->document));
}

void
app_window_update_problems (AppWindow *self)
{
  g_autoptr (GArray) more = nn_problems_new ();
  g_autofree char *title = NULL;
  guint n;

  if (is_diverged (self))
    append_copies (more, self->diverged);
  append_copies (more, self->unseen);
  wb_problems_set_check (self->problems, app_document_get_check (self->document));
  wb_problems_set_more (self->problems, more);

  n = wb_problems_get_n (self->problems);
  title = n > 0 ? g_strdup_printf ("Problems (%u)", n) : g_strdup ("Problems");
  app_window_name_page (self, GTK_WIDGET (self->problems), title);
  if (n > 0 || !is_looking (self))
    choose_page (self, n > 0); /* not to and fro where what was found of the labels before is about to be found of these */
}

/* --- what training does not see ------------------------------------------------------- */

/* What goes to the thread and comes back. */
typedef struct
{
  SigRecording *recording;
  SigLabels    *labels;
  gint64        length;
  NnSettings    settings;
  AppCut        cut;
  GArray       *problems;
} Look;

static void
look_run (gpointer data, AppTicket *ticket)
{
  Look *look = data;

  look->problems = app_unseen_diagnose (look->recording, look->labels, look->length, &look->settings, &look->cut);
}

static void
look_done (gpointer owner, gpointer data)
{
  AppWindow *self = owner;
  Look *look = data;

  g_clear_pointer (&self->unseen, g_array_unref);
  self->unseen = g_steal_pointer (&look->problems);
  app_window_update_problems (self);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  sig_recording_unref (look->recording);
  sig_labels_unref (look->labels);
  g_clear_pointer (&look->problems, g_array_unref);
  g_free (look);
}

static const AppJobKind look_kind = {
  .name = "lamina-unseen",
  .run = look_run,
  .done = look_done,
  .free_data = look_free,
};

static gboolean
look_cb (gpointer user_data)
{
  AppWindow *self = user_data;
  const SigRecording *recording = app_document_get_recording (self->document);
  const SigLabels *labels = app_document_get_labels (self->document);
  Look *look;

  self->looking = 0;
  if (recording == NULL || labels == NULL || sig_labels_get_n_steps (labels) != sig_recording_get_n_steps (recording))
    {
      app_window_update_problems (self);
      return G_SOURCE_REMOVE;
    }

  look = g_new0 (Look, 1);
  look->recording = sig_recording_ref (recording);
  look->labels = sig_labels_ref ((SigLabels *) labels);
  look->length = nn_design_get_input (app_document_get_design (self->document))->dim[0];
  look->settings = *app_document_get_settings (self->document);
  look->cut = *app_document_get_cut (self->document);

  /* Where no thread can be had, training will say the same before it begins. */
  (void) app_job_start (self->look, look, NULL);

  return G_SOURCE_REMOVE;
}

void
app_window_drop_look (AppWindow *self)
{
  g_clear_handle_id (&self->looking, g_source_remove);
  app_job_drop (self->look);
}

/* What was found is shown until there is something newer. */
static void
look_later_cb (AppWindow *self)
{
  app_window_drop_look (self);
  self->looking = g_timeout_add (PAUSE_MS, look_cb, self);
}

/* What was found of other labels, or in other parts, is not shown of these. */
static void
look_again_cb (AppWindow *self)
{
  look_later_cb (self);
  if (self->unseen != NULL)
    {
      g_clear_pointer (&self->unseen, g_array_unref);
      app_window_update_problems (self);
    }
}

/* --- what a training ran into ---------------------------------------------------------- */

void
app_window_tell_divergence (AppWindow *self)
{
  AppRun *run = app_trainer_get_run (self->trainer);
  NnProblem problem;

  app_window_forget_divergence (self);
  problem = nn_diverged_diagnose (app_run_get_check (run), app_run_get_settings (run), app_trainer_get_result (self->trainer));
  self->diverged = nn_problems_new ();
  g_array_append_val (self->diverged, problem);
  self->diverged_settings = *app_run_get_settings (run);
  self->diverged_design = nn_design_ref ((NnDesign *) app_trainer_get_design (self->trainer));
  app_window_update_problems (self);
  if (is_diverged (self))
    app_window_show_page (self, GTK_WIDGET (self->problems));
}

void
app_window_forget_divergence (AppWindow *self)
{
  g_clear_pointer (&self->diverged, g_array_unref);
  g_clear_pointer (&self->diverged_design, nn_design_unref);
}

/* --- repairs ------------------------------------------------------------------------- */

static void
repair_cb (AppWindow *self, const NnRepair *repair)
{
  if (repair->design != NULL)
    app_document_edit (self->document, repair->design, repair->sentence);
  else if (repair->setting != NULL)
    {
      NnSettings settings = *app_document_get_settings (self->document);

      nn_setting_set (repair->setting, &settings, &repair->value);
      app_document_edit_settings (self->document, &settings, repair->sentence);
    }
  else
    app_document_merge_class (self->document, repair->klass, repair->into, repair->sentence);
}

void
app_window_bind_problems (AppWindow *self)
{
  static const char *const causes[] = { "notify::recording", "notify::labels", "notify::settings" };

  self->look = app_job_new (&look_kind, self);
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    g_signal_connect_object (self->document, causes[i], G_CALLBACK (look_again_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::check", G_CALLBACK (look_later_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::settings", G_CALLBACK (app_window_update_problems), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->problems, "repair", G_CALLBACK (repair_cb), self, G_CONNECT_SWAPPED);
}

void
app_window_clear_problems (AppWindow *self)
{
  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_pointer (&self->look, app_job_free);
  g_clear_pointer (&self->unseen, g_array_unref);
  app_window_forget_divergence (self);
}
