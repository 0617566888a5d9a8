/* test-label-export.c: a long export tells how far it is, and leaves no half file where it is stopped
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-label-export.h"

#include "t-app.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_STEPS 300000

/* A try that is stopped at a fraction. */
typedef struct
{
  double stop_at, last;
  int    n_told;
} Try;

static void
progress_cb (gpointer user_data, double fraction)
{
  Try *try = user_data;

  g_assert_cmpfloat (fraction, >=, try->last);
  g_assert_cmpfloat (fraction, <=, 1);
  try->last = fraction;
  try->n_told++;
}

static gboolean
stop_cb (gpointer user_data)
{
  const Try *try = user_data;

  return try->last >= try->stop_at;
}

static void
test_stop (void)
{
  static const char *const names[] = { "a", "b" };
  static const SigSpan spans[] = { { 10, 2000, 0 }, { 100000, 299999, 1 } };
  g_autoptr (SigRecording) recording
      = sig_recording_new_take_samples ("r", 4, N_STEPS, 1000, NULL, NULL, g_new0 (float, 4 * N_STEPS));
  g_autoptr (SigLabels) labels = sig_labels_new (N_STEPS, spans, 2, names, 2);
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out", NULL);
  static const char *const formats[] = { "wav", "bdf", "csv-steps" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (int step = 0; step < 3; step++)
      {
        const SigExportFormat *format = sig_export_find_format (formats[i]);
        Try try = { .stop_at = step == 0 ? 0.2 : step == 1 ? 0.51 : 2 };
        const SigReadHooks hooks = { progress_cb, stop_cb, &try };
        g_autofree char *content = NULL;
        g_autofree char *report = NULL;
        g_autoptr (GError) error = NULL;
        gboolean is_whole = FALSE;

        g_assert_true (g_file_set_contents (path, "the old one", -1, NULL));
        report = app_label_export_run (format, path, recording, labels, &hooks, &is_whole, &error);
        g_test_message ("%s, stopped at %g: told %d times, %s", formats[i], try.stop_at, try.n_told,
                        error != NULL ? error->message : report);
        g_assert_cmpint (try.n_told, >, 3);
        g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
        g_assert_cmpint (strcmp (content, "the old one") == 0, ==, step == 0);
        g_assert_cmpuint (t_count_files (folder), ==, 1);
        if (step < 2)
          g_assert_error (error, SIG_ERROR, SIG_ERROR_CANCELLED);
        else
          {
            g_assert_no_error (error);
            g_assert_true (is_whole);
          }
      }
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-export/stop", test_stop);

  return g_test_run ();
}
