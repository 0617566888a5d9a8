/* test-indexer.c: pyramids are built to the end, given up for newer ones, and never outlive their builder
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-indexer.h"

#include "t-app.h"

static void
count_cb (int *n)
{
  (*n)++;
}

/* A file that fails half way. */
static gboolean
read_half (gpointer source, guint channel, gint64 start, gint64 n, float *out, GError **error)
{
  if (start + n > 100000)
    {
      g_set_error_literal (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "“half.wav” ends too early.");
      return FALSE;
    }
  for (gint64 i = 0; i < n; i++)
    out[i] = i;

  return TRUE;
}

static void
test_build (void)
{
  AppIndexer *indexer = app_indexer_new ();
  g_autoptr (SigPyramid) first = t_four (400000);
  g_autoptr (SigPyramid) second = t_four (1000);
  int n_active = 0;

  g_signal_connect_swapped (indexer, "notify::active", G_CALLBACK (count_cb), &n_active);
  app_indexer_start (indexer, first);
  g_assert_true (app_indexer_is_active (indexer));
  t_wait_until (!app_indexer_is_active (indexer), (void) 0);
  g_assert_cmpint (n_active, ==, 2);
  g_assert_cmpfloat (sig_pyramid_get_progress (first), ==, 1);

  app_indexer_start (indexer, second);
  app_indexer_forget (indexer);
  g_assert_false (app_indexer_is_active (indexer));
  t_wait_until (!app_indexer_is_busy (indexer), (void) 0);

  app_indexer_start (indexer, second);
  g_assert_finalize_object (indexer);
  t_drain ();
}

static void
test_failure (void)
{
  AppIndexer *indexer = app_indexer_new ();
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigPyramid) pyramid = NULL;
  int n_failed = 0;

  recording = sig_recording_new_from_source ("half.wav", 2, 1000000, 100, NULL, NULL, read_half, NULL, NULL);
  pyramid = sig_pyramid_new (recording);
  g_signal_connect_swapped (indexer, "failed", G_CALLBACK (count_cb), &n_failed);
  app_indexer_start (indexer, pyramid);
  t_wait_until (!app_indexer_is_active (indexer), (void) 0);
  g_assert_cmpint (n_failed, ==, 1);
  g_assert_cmpfloat (sig_pyramid_get_progress (pyramid), <, 1);
  g_assert_finalize_object (indexer);
}

/* Asked again for the same one, before the first thread has ended: what comes out is as if asked once. */
static void
test_again (void)
{
  AppIndexer *indexer = app_indexer_new ();
  g_autoptr (SigPyramid) once = t_four (400000);
  g_autoptr (SigPyramid) often = t_four (400000);
  SigColumn expected[50], found[50];

  g_assert_true (sig_pyramid_build (once, NULL, NULL, NULL));
  for (int i = 0; i < 20; i++)
    {
      app_indexer_start (indexer, often);
      g_usleep ((gulong) i * 100);
    }
  t_wait_until (!app_indexer_is_busy (indexer), (void) 0);
  g_assert_cmpfloat (sig_pyramid_get_progress (often), ==, 1);
  for (guint c = 0; c < 4; c++)
    {
      sig_pyramid_get_columns (once, c, 0, 400000, 50, expected);
      sig_pyramid_get_columns (often, c, 0, 400000, 50, found);
      g_assert_cmpmem (found, sizeof found, expected, sizeof expected);
    }
  g_assert_finalize_object (indexer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/indexer/build", test_build);
  g_test_add_func ("/indexer/failure", test_failure);
  g_test_add_func ("/indexer/again", test_again);

  return g_test_run ();
}
