/* test-window.c: the real window: train, edit while training, open another recording, close, and never freeze
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-heartbeat.h"
#include "app-project.h"
#include "sig-label-edit.h"
#include "t-app.h"
#include "t-window.h"

#include <glib/gstdio.h>
#include <string.h>

#define CLOSE_MS (500 * T_SLOW) /* from the press to the end of all threads */
#define GAP_MS   (250 * T_SLOW)

static AppPhase
phase (AppWindow *window)
{
  return app_trainer_get_phase (app_window_get_trainer (window));
}

/* A small design, so that epochs are short, and settings to go with it. */
static void
make_small (AppWindow *window, int epochs)
{
  AppDocument *document = app_window_get_document (window);
  g_autoptr (NnDesign) design = t_design (100, 16);
  NnSettings settings = t_settings (epochs);

  app_document_edit (document, design, "Small design");
  app_document_set_settings (document, &settings);
}

static void
test_train (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);

  g_assert_null (app_window_get_banner (window));
  make_small (window, 3);
  t_window_press (window, "win.train");
  g_assert_true (app_trainer_is_active (app_window_get_trainer (window)));
  t_wait_until (!app_window_is_busy (window), (void) 0);

  g_assert_cmpint (phase (window), ==, APP_PHASE_DONE);
  g_assert_nonnull (app_document_get_split (document));
  g_assert_cmpint (sig_track_get_n_steps (app_document_get_prediction (document)), ==,
                   sig_recording_get_n_steps (app_document_get_recording (document)));
  g_assert_nonnull (strstr (app_window_get_outcome (window), "Held-back part: "));
  g_assert_nonnull (strstr (app_window_get_outcome (window), "rest"));
  t_window_close (window);
}

static void
test_edit (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  g_autoptr (NnDesign) trained = NULL;

  g_test_summary ("The run keeps the design it began with, and what it says is marked as from an earlier one.");

  make_small (window, 30);
  trained = nn_design_ref (app_document_get_design (document));
  t_window_press (window, "win.train");
  t_wait_until (app_document_get_prediction (document) != NULL, (void) 0);
  g_assert_false (app_document_is_stale (document));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.template", "s", "R4"));
  g_assert_true (app_document_is_stale (document));
  t_wait_until (!app_window_is_busy (window), (void) 0);
  g_assert_cmpint (phase (window), ==, APP_PHASE_DONE);
  g_assert_true (app_trainer_get_design (app_window_get_trainer (window)) == trained);
  g_assert_nonnull (strstr (app_window_get_outcome (window), "earlier design"));

  t_window_press (window, "win.new");
  g_assert_nonnull (strstr (app_window_get_outcome (window), "Cannot train yet: "));
  t_window_press (window, "win.undo");
  t_window_press (window, "win.undo");
  g_assert_null (strstr (app_window_get_outcome (window), "earlier design"));
  t_window_close (window);
}

static void
test_another (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "two.csv", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.wav", NULL);
  g_autoptr (GString) text = g_string_new ("a,b,class\n");

  g_test_summary ("Another recording ends the run; one that cannot be opened changes nothing at all.");

  for (int i = 0; i < 2000; i++)
    g_string_append_printf (text, "%d,%d,%d\n", i % 7, i % 5, i / 40 % 2);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));

  make_small (window, 100000);
  t_window_press (window, "win.train");
  t_wait_until (app_document_get_prediction (document) != NULL, (void) 0);

  app_window_open (window, (const char *const[]) { missing, NULL });
  t_wait_until (app_window_get_banner (window) != NULL, (void) 0);
  g_assert_nonnull (strstr (app_window_get_banner (window), "missing.wav"));
  g_assert_cmpint (sig_recording_get_n_channels (app_document_get_recording (document)), ==, 16);
  g_assert_true (app_trainer_is_active (app_window_get_trainer (window)));

  app_window_open (window, (const char *const[]) { path, NULL });
  t_wait_until (sig_recording_get_n_channels (app_document_get_recording (document)) == 2, (void) 0);
  g_assert_null (app_window_get_banner (window));
  g_assert_cmpint (phase (window), ==, APP_PHASE_IDLE);
  t_wait_until (!app_window_is_busy (window), (void) 0);
  g_assert_null (app_document_get_prediction (document));
  g_assert_cmpstr (app_window_get_outcome (window), ==, "");

  t_window_close (window);
  g_unlink (path);
  g_rmdir (folder);
}

/* A design that is asked for while a recording is opened waits for it: neither is lost. */
static void
test_design_with_recording (void)
{
  AppWindow *window = t_window_new_empty ();
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "design.json", NULL);
  AppDocument *document = app_window_get_document (window);
  static const char text[] = "{ \"lamina_design\": 1, \"name\": \"Mine\", \"input_shape\": [400, 16], "
                             "\"blocks\": [ { \"kind\": \"Dense\", \"units\": 1 } ] }";

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  gtk_window_present (GTK_WINDOW (window));
  app_window_open_demo (window);
  app_window_open_design (window, path);
  t_wait_until (!app_window_is_busy (window) && app_document_get_labels (document) != NULL, (void) 0);
  g_assert_cmpstr (nn_design_get_name (app_document_get_design (document)), ==, "Mine");
  t_window_close (window);
  g_unlink (path);
  g_rmdir (folder);
}

/* A button of that text below `root`; NULL where there is none. */
static GtkWidget *
find_button (GtkWidget *root, const char *text)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The answer of that text to the question that is open; NULL while there is none. */
static GtkWidget *
find_answer (const char *text)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!APP_IS_WINDOW (window) && find_button (window, text) != NULL)
        return find_button (window, text);
    }

  return NULL;
}

static void
answer (const char *text)
{
  GtkWidget *button = find_answer (text);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
mark (AppDocument *document, gint64 start, gint64 end)
{
  const SigLabels *labels = app_document_get_labels (document);
  g_autoptr (SigLabels) marked = sig_label_edit_set (labels, start, end, SIG_DONT_KNOW);

  g_assert_true (app_document_edit_labels (document, marked, "Mark"));
}

/* Saves what is open, with what the caller has set in `project`, and opens it from there. */
static void
open_as_project (AppWindow *window, AppProject *project, const char *path)
{
  AppDocument *document = app_window_get_document (window);
  AppSourceStep step = { .kind = APP_SOURCE_DEMO };

  project->settings = *app_document_get_settings (document);
  project->filter = sig_filter_spec_default ();
  project->source = app_source_with_step (NULL, &step);
  project->n_steps = sig_recording_get_n_steps (app_document_get_recording (document));
  project->design = nn_design_ref (app_document_get_design (document));
  g_assert_true (app_project_save (project, path, NULL));
  app_window_open (window, (const char *const[]) { path, NULL });
  t_wait_until (!app_window_is_busy (window) && !app_document_is_modified (document), (void) 0);
}

/* Labels that were edited are saved with the project, and are not lost without a question. */
static void
test_project (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.lamina", NULL);
  g_auto (AppProject) project = { 0 };
  g_auto (AppProject) back = { 0 };
  gpointer there = window;

  project.tracks = sig_label_set_ref (app_document_get_label_set (document));
  open_as_project (window, &project, path);

  mark (document, 100, 200);
  g_assert_true (app_document_is_labels_modified (document));
  t_window_press (window, "win.save-project");
  t_wait_until (!app_window_is_busy (window) && !app_document_is_labels_modified (document), (void) 0);
  g_assert_true (app_project_load (path, &back, NULL));
  g_assert_true (sig_label_set_equal (back.tracks, app_document_get_label_set (document)));

  /* Nothing to lose: no question. Something: a question, whose Cancel leaves all as it is. */
  mark (document, 300, 400);
  app_window_open_demo (window);
  answer ("_Cancel");
  g_assert_null (find_answer ("_Cancel"));
  g_assert_true (app_document_is_labels_modified (document));
  g_object_add_weak_pointer (G_OBJECT (window), &there);
  gtk_window_close (GTK_WINDOW (window));
  answer ("_Save");
  t_wait_until (there == NULL, (void) 0);
  app_project_clear (&back);
  g_assert_true (app_project_load (path, &back, NULL));
  g_assert_cmpint (sig_labels_get (sig_label_set_peek_active (back.tracks), 350), ==, SIG_DONT_KNOW);
  g_unlink (path);
  g_rmdir (folder);
}

static char *
write_table (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

/* Recordings of other channels are asked about; Return takes what they have in common. */
static void
test_different_channels (void)
{
  AppWindow *window = t_window_new ();
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *first = write_table (folder, "a.csv", "x,y2,z\n1.5,2,3\n4,5,6\n");
  g_autofree char *second = write_table (folder, "b.csv", "z,x\n7.5,8\n9,10\n");
  const char *const paths[] = { first, second, NULL };
  const SigRecording *recording;
  float value;

  app_window_open (window, paths);
  t_wait_until (find_answer ("_Use Common Channels") != NULL, (void) 0);

  GtkWindow *question = GTK_WINDOW (gtk_widget_get_root (find_answer ("_Use Common Channels")));

  g_assert_true (gtk_window_get_focus (question) == find_answer ("_Use Common Channels"));
  g_assert_true (gtk_widget_activate (gtk_window_get_focus (question)));
  t_wait_until (!app_window_is_busy (window) && find_answer ("_Cancel") == NULL, (void) 0);
  recording = app_document_get_recording (app_window_get_document (window));
  g_assert_cmpuint (sig_recording_get_n_channels (recording), ==, 2);
  g_assert_cmpint (sig_recording_get_n_steps (recording), ==, 4);
  g_assert_cmpstr (sig_recording_get_channel_name (recording, 1), ==, "z");
  g_assert_true (sig_recording_read (recording, 1, 2, 1, &value, NULL));
  g_assert_cmpfloat (value, ==, 7.5f);
  app_window_forgo_saving (window);
  gtk_window_destroy (GTK_WINDOW (window));
  g_unlink (first);
  g_unlink (second);
  g_rmdir (folder);
}

static AppProjectView
make_view (guint n_channels)
{
  g_autoptr (WbLaneView) plain = wb_lane_view_new (n_channels);
  g_autoptr (WbLaneView) tall = wb_lane_view_with_height (plain, 2, 3);
  g_autoptr (WbLaneView) hidden = wb_lane_view_with_hidden (tall, 1, TRUE);

  return (AppProjectView) { wb_lane_view_with_scale (hidden, WB_SCALE_COMMON), 1000, 1800, 1 << 1 };
}

/* How the recording is shown comes from the project, and goes back into it as it is then. */
static void
test_project_view (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.lamina", NULL);
  g_auto (AppProject) project = { 0 };
  g_auto (AppProject) back = { 0 };
  guint n = sig_recording_get_n_channels (app_document_get_recording (document));

  project.view = make_view (n);
  open_as_project (window, &project, path);

  t_window_press (window, "view.equal-heights");
  t_window_press (window, "win.save-project");
  t_wait_until (!app_window_is_busy (window), (void) 0);
  g_assert_true (app_project_load (path, &back, NULL));
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (wb_lane_view_get_channel (back.view.lanes, i)->height, ==, 1);
  g_assert_true (wb_lane_view_get_channel (back.view.lanes, 1)->hidden);
  g_assert_cmpint (wb_lane_view_get_scale (back.view.lanes), ==, WB_SCALE_COMMON);
  g_assert_cmpfloat (back.view.start, ==, 1000);
  g_assert_cmpfloat (back.view.end, ==, 1800);
  g_assert_cmpuint (back.view.snaps, ==, 1 << 1);
  app_window_forgo_saving (window);
  gtk_window_destroy (GTK_WINDOW (window));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_close (void)
{
  g_test_summary ("Closing is safe while opening, training, paused or predicting, and takes all threads along.");

  for (int i = 0; i < 8; i++)
    {
      AppWindow *window = i == 0 ? t_window_new_empty () : t_window_new ();

      if (i == 0)
        {
          gtk_window_present (GTK_WINDOW (window));
          app_window_open_demo (window);
        }
      else
        {
          make_small (window, i < 6 ? 100000 : 1);
          t_window_press (window, "win.train");
        }
      if (i >= 2 && i < 6)
        t_wait_until (app_document_get_prediction (app_window_get_document (window)) != NULL, (void) 0);
      if (i == 3 || i == 4)
        t_window_press (window, "win.pause");
      if (i == 4)
        t_wait_until (phase (window) == APP_PHASE_PAUSED, (void) 0);
      if (i == 5)
        t_window_press (window, "win.stop");
      if (i == 6)
        t_wait_until (phase (window) == APP_PHASE_DONE, (void) 0);
      g_assert_cmpfloat (t_window_close (window), <=, CLOSE_MS);
    }
}

static void
test_heartbeat (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  NnSettings settings = t_settings (2);
  g_autoptr (AppHeartbeat) heartbeat = app_heartbeat_new ();

  g_test_summary ("R1 on the demo, on every processor: nothing of ours holds up the main loop for 250 ms.");

  settings.threads = 0;
  app_document_set_settings (document, &settings);
  t_window_press (window, "win.train");
  t_wait_until (!app_window_is_busy (window), (void) 0);
  g_assert_cmpint (phase (window), ==, APP_PHASE_DONE);
  g_test_message ("max gap %.1f ms, %.1f ms without waiting for a processor, over %u beats",
                  app_heartbeat_get_max_gap_ms (heartbeat), app_heartbeat_get_max_own_ms (heartbeat),
                  app_heartbeat_get_n_beats (heartbeat));
  g_assert_cmpuint (app_heartbeat_get_n_beats (heartbeat), >, 2);
  g_assert_cmpfloat (app_heartbeat_get_max_own_ms (heartbeat), <, GAP_MS);
  t_window_close (window);
}

static const WbLane *
lane (AppWindow *window, guint position)
{
  return &wb_lane_view_get_lanes (window->view)[position];
}

/* Every action of the group "view" does what its name says, and with nothing chosen or nothing open none does harm. */
static void
test_view (void)
{
  AppWindow *empty = t_window_new_empty ();
  AppWindow *window = t_window_new ();
  double start, end, gain;

  gtk_window_present (GTK_WINDOW (empty));
  t_window_press (empty, "view.larger");
  t_window_press (empty, "view.butterfly");
  t_window_press (empty, "view.fit");
  t_window_close (empty);

  t_window_press (window, "view.larger");
  g_assert_cmpfloat (lane (window, 0)->gain, >, 1);
  t_window_press (window, "view.next");
  t_window_press (window, "view.next");
  g_assert_cmpint (wb_lane_view_get_selected (window->view), ==, 1);
  t_window_press (window, "view.smaller");
  g_assert_cmpfloat (lane (window, 1)->gain, <, lane (window, 0)->gain);
  t_window_press (window, "view.raise");
  g_assert_cmpfloat (lane (window, 1)->offset, >, 0);
  t_window_press (window, "view.move-up");
  g_assert_cmpuint (lane (window, 0)->channel, ==, 1);
  t_window_press (window, "view.hide");
  g_assert_cmpuint (wb_lane_view_get_n_shown (window->view), ==, 15);
  t_window_press (window, "view.taller");
  g_assert_cmpuint (wb_lane_view_get_rows (window->view, NULL), <, 15);
  t_window_press (window, "view.next-scale");
  g_assert_cmpint (wb_lane_view_get_scale (window->view), ==, WB_SCALE_COMMON);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "view.time", "s", "steps"));
  g_assert_cmpint (wb_lane_view_get_time (window->view), ==, WB_TIME_STEPS);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "view.time", "s", "clock"));
  g_assert_nonnull (strstr (wb_banner_get_text (window->banner), "does not say when it began"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "view.move", "(ii)", 99, 0));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "view.select", "i", 99));
  g_assert_cmpint (wb_lane_view_get_selected (window->view), ==, -1);
  t_window_press (window, "view.zoom-window");
  wb_view_span_get_visible (window->span, &start, &end);
  g_assert_cmpfloat_with_epsilon (end - start, 400, .01);
  gain = lane (window, 1)->gain;
  t_window_press (window, "view.fit");
  g_assert_cmpfloat (lane (window, 1)->gain, !=, gain);

  /* The first view of the recording is always at the end of the way back. */
  for (guint i = 0; i < 10; i++)
    t_window_press (window, "view.back");
  wb_view_span_get_visible (window->span, &start, &end);
  g_assert_cmpfloat (end - start, >, 400);
  g_assert_cmpuint (wb_lane_view_get_n_shown (window->view), ==, 16);
  g_assert_cmpfloat (lane (window, 0)->gain, ==, 1);
  t_window_press (window, "view.forward");
  wb_view_span_get_visible (window->span, &start, &end);
  g_assert_cmpfloat_with_epsilon (end - start, 400, .01);
  g_assert_cmpuint (wb_lane_view_get_n_shown (window->view), ==, 15);
  t_window_close (window);
}

/* The panes go and come; who asks for the filter gets to see it. */
static void
test_recording_only (void)
{
  AppWindow *window = t_window_new ();

  gtk_widget_grab_focus (GTK_WIDGET (window->stack));
  t_window_press (window, "view.recording-only");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == GTK_WIDGET (window->traces));
  g_assert_false (gtk_widget_get_visible (window->left_side));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->inspector)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->pages)));
  t_window_press (window, "view.recording-only");
  g_assert_true (gtk_widget_get_visible (window->left_side));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->pages)));
  t_window_press (window, "view.recording-only");
  t_window_press (window, "view.filter");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->inspector)));
  t_window_close (window);
}

int
main (int argc, char **argv)
{
  if (!t_window_init (&argc, &argv))
    return 0;
  g_test_add_func ("/window/train", test_train);
  g_test_add_func ("/window/edit", test_edit);
  g_test_add_func ("/window/another", test_another);
  g_test_add_func ("/window/design-with-recording", test_design_with_recording);
  g_test_add_func ("/window/project", test_project);
  g_test_add_func ("/window/project-view", test_project_view);
  g_test_add_func ("/window/different-channels", test_different_channels);
  g_test_add_func ("/window/close", test_close);
  g_test_add_func ("/window/heartbeat", test_heartbeat);
  g_test_add_func ("/window/view", test_view);
  g_test_add_func ("/window/recording-only", test_recording_only);
  return t_window_run ();
}
