/* t-window.c: the real window for tests: made in an application, pressed and closed as the user does
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-window.h"

#include "t-app.h"
#include "wb-init.h"

static GtkApplication *application;

gboolean
t_window_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (gtk_init_check ())
    return TRUE;
  g_print ("1..0 # SKIP no display to open the window on\n");
  return FALSE;
}

/* The tests run inside the application, as the program's windows do. */
static int
run_tests (GApplication *app)
{
  wb_init ();
  g_application_hold (app);
  g_object_set_data (G_OBJECT (app), "status", GINT_TO_POINTER (g_test_run ()));
  g_application_release (app);

  return 0;
}

int
t_window_run (void)
{
  int status;

  application = gtk_application_new ("org.lamina.Lamina.Test", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/lamina/Lamina");
  g_signal_connect (application, "activate", G_CALLBACK (run_tests), NULL);
  g_application_run (G_APPLICATION (application), 0, NULL);
  status = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (application), "status"));
  g_object_unref (application);

  return status;
}

AppWindow *
t_window_new_empty (void)
{
  return app_window_new (application);
}

AppWindow *
t_window_new (void)
{
  AppWindow *window = t_window_new_empty ();

  gtk_window_present (GTK_WINDOW (window));
  app_window_open_demo (window);
  t_wait_until (!app_window_is_busy (window)
                && app_document_get_labels (app_window_get_document (window)) != NULL, (void) 0);

  return window;
}

void
t_window_press (AppWindow *window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

double
t_window_close (AppWindow *window)
{
  gint64 start_us = g_get_monotonic_time ();
  gpointer there = window;

  g_object_add_weak_pointer (G_OBJECT (window), &there);
  app_window_forgo_saving (window);
  gtk_window_close (GTK_WINDOW (window));
  t_wait_until (there == NULL, (void) 0);

  return (g_get_monotonic_time () - start_us) / 1000.0;
}
