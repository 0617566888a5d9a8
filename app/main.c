/* main.c: the program lamina
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-application.h"
#include "app-renderer.h"
#include "app-safe-file.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  gint64 started_us = g_get_monotonic_time ();
  g_autoptr (AppApplication) application = NULL;
  int status;

  app_safe_file_survive_limits ();
  app_renderer_choose ();
  setlocale (LC_ALL, "");
  g_set_application_name ("Lamina");
  application = app_application_new (started_us);
  status = g_application_run (G_APPLICATION (application), argc, argv);

  return status != 0 ? status : app_application_has_failed (application);
}
