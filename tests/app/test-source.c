/* test-source.c: what was opened once is opened again, step by step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-source.h"

#include "sig-error.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static char *
put (const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static AppSource *
extend (AppSource *source, AppSourceKind kind, char **paths, guint channel)
{
  AppSourceStep step = { .kind = kind, .paths = paths, .channel = channel };
  AppSource *longer = app_source_with_step (source, &step);

  g_clear_pointer (&source, app_source_unref);
  return longer;
}

static void
test_run (void)
{
  g_autofree char *a = put ("a.csv", "u,v,w\n1,2,0\n3,4.5,1\n5,6,1\n");
  g_autofree char *b = put ("b.csv", "u,v,w\n7,8.5,1\n9,1,0\n");
  char *one[] = { a, NULL }, *two[] = { b, NULL };
  g_autoptr (AppSource) source = extend (NULL, APP_SOURCE_OPEN, one, 0);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  float value;

  source = extend (source, APP_SOURCE_ADD, two, 0);
  source = extend (source, APP_SOURCE_CHANNEL, NULL, 2);
  g_assert_cmpuint (app_source_get_n (source), ==, 3);
  g_assert_true (app_source_run (source, NULL, &content, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sig_recording_get_n_channels (content.recording), ==, 2);
  g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, 5);
  g_assert_true (sig_recording_read (content.recording, 1, 3, 1, &value, NULL));
  g_assert_cmpfloat (value, ==, 8.5f);
  g_assert_cmpint (sig_labels_get (content.labels, 3), ==, 1);

  /* One rule for slower channels takes the place of the other. */
  g_assert_cmpint (app_source_get_rates (source), ==, SIG_RATES_HOLD);
  for (SigRatesRule rule = SIG_RATES_LINEAR; rule <= SIG_RATES_LEAVE_OUT; rule++)
    {
      AppSource *longer = app_source_with_step (source, &(AppSourceStep) { .kind = APP_SOURCE_RATES, .rates = rule });
      g_auto (SigContent) again = { 0 };

      app_source_unref (source);
      source = longer;
      g_assert_cmpuint (app_source_get_n (source), ==, 4);
      g_assert_cmpint (app_source_get_rates (source), ==, rule);
      g_assert_true (app_source_run (source, NULL, &again, &error));
      g_assert_cmpint (sig_recording_get_n_steps (again.recording), ==, 5);
      g_assert_true (sig_labels_equal (again.labels, content.labels));
    }

  /* A step that needs nothing before it begins anew. */
  source = extend (source, APP_SOURCE_DEMO, NULL, 0);
  g_assert_cmpuint (app_source_get_n (source), ==, 1);
  g_unlink (a);
  g_unlink (b);
}

static void
test_failures (void)
{
  g_autofree char *labels = put ("l.csv", "walk\nwalk\nrest\nrest\n");
  g_autofree char *a = put ("a.csv", "u,v,w\n1,2,0\n3,4.5,1\n5,6,1\n");
  char *gone[] = { (char *) "/nowhere/x.csv", NULL }, *only_labels[] = { labels, NULL }, *one[] = { a, NULL };
  g_autoptr (AppSource) source = extend (NULL, APP_SOURCE_OPEN, gone, 0);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (app_source_run (source, NULL, &content, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_clear_error (&error);
  source = extend (source, APP_SOURCE_OPEN, only_labels, 0);
  g_assert_false (app_source_run (source, NULL, &content, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_clear_error (&error);
  source = extend (source, APP_SOURCE_OPEN, one, 0);
  source = extend (source, APP_SOURCE_CHANNEL, NULL, 7);
  g_assert_false (app_source_run (source, NULL, &content, &error));
  g_assert_nonnull (strstr (error->message, "has 3 channels, labels are to come from channel 8"));
  g_assert_null (content.recording);
  g_unlink (labels);
  g_unlink (a);
}

/* A file that is not there is named, taken from where somebody found it, and so are its neighbours. */
static void
test_moved (void)
{
  g_autofree char *there = g_build_filename (folder, "there", NULL);
  g_autofree char *a = g_build_filename (folder, "a.csv", NULL);
  g_autofree char *b = g_build_filename (folder, "b.csv", NULL);
  g_autofree char *c = put ("c.csv", "u,v\n1,2\n");
  g_autofree char *new_a = g_build_filename (there, "renamed.csv", NULL);
  g_autofree char *new_b = g_build_filename (there, "b.csv", NULL);
  char *one[] = { a, NULL }, *two[] = { b, c, NULL };
  const char *moved[] = { a, new_a, NULL };
  g_autoptr (AppSource) source = extend (NULL, APP_SOURCE_OPEN, one, 0);
  g_autoptr (AppSource) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *gone = NULL;

  g_unlink (a);
  g_unlink (b);
  source = extend (source, APP_SOURCE_ADD, two, 0);
  g_assert_false (app_source_check_files (source, &gone, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_assert_cmpstr (gone, ==, a);
  g_assert_nonnull (strstr (error->message, "“a.csv” is not in"));
  g_clear_pointer (&gone, g_free);

  g_assert_cmpint (g_mkdir (there, 0700), ==, 0);
  g_assert_true (g_file_set_contents (new_a, "u,v\n1,2\n", -1, NULL));
  g_assert_true (g_file_set_contents (new_b, "u,v\n1,2\n", -1, NULL));
  found = app_source_with_moved (source, moved);
  g_assert_true (app_source_check_files (found, &gone, NULL));
  g_assert_null (gone);
  g_assert_cmpstr (app_source_get (found, 0)->paths[0], ==, new_a);
  g_assert_cmpstr (app_source_get (found, 1)->paths[0], ==, new_b);
  g_assert_cmpstr (app_source_get (found, 1)->paths[1], ==, c);
  g_unlink (new_a);
  g_unlink (new_b);
  g_unlink (c);
  g_rmdir (there);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lamina-source-XXXXXX", NULL);
  g_test_add_func ("/source/run", test_run);
  g_test_add_func ("/source/moved", test_moved);
  g_test_add_func ("/source/failures", test_failures);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);

  return result;
}
