/* test-progress.c: a fraction goes from one thread to another, inside its range
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-progress.h"

static gpointer
count_up (gpointer data)
{
  g_autoptr (AppProgress) progress = data;

  for (int i = 0; i <= 1000; i++)
    app_progress_set (progress, i / 1000.0);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (AppProgress) progress = app_progress_new ();
  GThread *thread = g_thread_new ("count", count_up, app_progress_ref (progress));
  double last = 0;

  while (last < 1)
    {
      double now = app_progress_get (progress);

      g_assert_cmpfloat (now, >=, last);
      last = now;
    }
  g_thread_join (thread);
}

static void
test_range (void)
{
  g_autoptr (AppProgress) progress = app_progress_new ();

  g_assert_cmpfloat (app_progress_get (progress), ==, 0);
  app_progress_set (progress, 7);
  g_assert_cmpfloat (app_progress_get (progress), ==, 1);
  app_progress_set (progress, -7);
  g_assert_cmpfloat (app_progress_get (progress), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/threads", test_threads);
  g_test_add_func ("/progress/range", test_range);

  return g_test_run ();
}
