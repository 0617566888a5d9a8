/* test-run-bar.c: the run bar: what can be pressed in each state, what it says, what it asks for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-view.h"
#include "wb-run-bar.h"

/* Train, Pause, Stop. */
static void
get_buttons (GtkWidget  *bar,
             GtkWidget **buttons)
{
  for (guint i = 0; i < 3; i++)
    buttons[i] = t_ui_find (bar, GTK_TYPE_BUTTON, i);
}

static void
test_states (void)
{
  static const struct
  {
    WbRunState state;
    const char *words, *pause_word;
    gboolean sensitive[3];
  } cases[] = {
    { WB_RUN_IDLE, "Ready", "Pause", { TRUE, FALSE, FALSE } },
    { WB_RUN_BLOCKED, "Cannot train yet", "Pause", { FALSE, FALSE, FALSE } },
    { WB_RUN_PREPARING, "Preparing…", "Pause", { FALSE, FALSE, TRUE } },
    { WB_RUN_RUNNING, "Training", "Pause", { FALSE, TRUE, TRUE } },
    { WB_RUN_PAUSING, "Pausing…", "Pause", { FALSE, FALSE, TRUE } },
    { WB_RUN_PAUSED, "Paused", "Resume", { FALSE, TRUE, TRUE } },
    { WB_RUN_RUNNING, "Training", "Pause", { FALSE, TRUE, TRUE } },
    { WB_RUN_STOPPING, "Stopping…", "Pause", { FALSE, FALSE, FALSE } },
    { WB_RUN_PREDICTING, "Predicting", "Pause", { TRUE, FALSE, TRUE } },
    { WB_RUN_PREDICTING_BLOCKED, "Predicting", "Pause", { FALSE, FALSE, TRUE } },
  };
  GtkWidget *bar = g_object_ref_sink (wb_run_bar_new ()), *buttons[3];
  int width;

  get_buttons (bar, buttons);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      wb_run_bar_set_state (WB_RUN_BAR (bar), cases[i].state, "Epoch 3 of 20");
      g_assert_cmpint (wb_run_bar_get_state (WB_RUN_BAR (bar)), ==, cases[i].state);
      g_assert_nonnull (t_ui_find_text (bar, cases[i].words));
      g_assert_nonnull (t_ui_find_text (bar, "Epoch 3 of 20"));
      for (guint k = 0; k < 3; k++)
        g_assert_cmpint (gtk_widget_get_sensitive (buttons[k]), ==, cases[i].sensitive[k]);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (buttons[1]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           cases[i].pause_word);
    }
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (buttons[0]), GTK_ACCESSIBLE_PROPERTY_LABEL, "Train");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (buttons[2]), GTK_ACCESSIBLE_PROPERTY_LABEL, "Stop");
  wb_run_bar_set_state (WB_RUN_BAR (bar), WB_RUN_IDLE, NULL);
  g_assert_null (t_ui_find_text (bar, "Epoch 3 of 20"));
  /* A window of 1024 pixels has room for it. */
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <, 330);
  wb_run_bar_set_roomy (WB_RUN_BAR (bar), FALSE);
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <, 220);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Ready");
  g_assert_finalize_object (bar);
}

static void
test_actions (void)
{
  static const char *const actions[] = { "train", "pause", "stop", NULL };
  GtkWidget *bar = wb_run_bar_new (), *window, *buttons[3];
  g_auto (TAsked) asked = { NULL };

  window = t_ui_show (bar, 700, 60);
  t_asked_watch (&asked, window, "win", actions);
  get_buttons (bar, buttons);
  for (guint i = 0; i < 3; i++)
    g_signal_emit_by_name (buttons[i], "clicked");
  t_asked_assert (&asked, "train;pause;stop;");

  /* An enabled action does not switch on what the state has switched off. */
  wb_run_bar_set_state (WB_RUN_BAR (bar), WB_RUN_BLOCKED, "5 problems: see below");
  t_view_wait_for_frame (window);
  g_assert_false (gtk_widget_get_sensitive (buttons[0]));
  t_ui_close (window, bar);
}

static void
test_progress (void)
{
  GtkWidget *bar = g_object_ref_sink (wb_run_bar_new ()), *progress = t_ui_find (bar, GTK_TYPE_PROGRESS_BAR, 0);

  g_assert_false (gtk_widget_get_visible (progress));
  wb_run_bar_set_progress (WB_RUN_BAR (bar), .25);
  g_assert_true (gtk_widget_get_visible (progress));
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (progress)), .25, 1e-9);
  wb_run_bar_set_progress (WB_RUN_BAR (bar), -1);
  g_assert_false (gtk_widget_get_visible (progress));
  g_assert_finalize_object (bar);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-bar/states", test_states);
  g_test_add_func ("/run-bar/actions", test_actions);
  g_test_add_func ("/run-bar/progress", test_progress);
  return t_ui_run ();
}
