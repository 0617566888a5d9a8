/* test-set.c: several files become one data set: labels find their recordings, what fails is told
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-set.h"

#include "sig-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A folder with small files in it. */
typedef struct
{
  char *folder;
} Bench;

static char *
put (Bench *bench, const char *name, const char *text)
{
  char *path = g_build_filename (bench->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
bench_init (Bench *bench)
{
  bench->folder = g_dir_make_tmp ("lamina-set-XXXXXX", NULL);
  g_free (put (bench, "a.csv", "u,v\n1.5,2\n3,4.5\n5,6\n"));
  g_free (put (bench, "b.csv", "v,u\n20,10.5\n40,30\n"));
  g_free (put (bench, "c.csv", "u,z\n1.5,2\n3,4.5\n"));
  g_free (put (bench, "b.lab.txt", "walk\nrest\n"));
  g_free (put (bench, "b.tsv", "0\t1\twalk\n"));
  g_free (put (bench, "one.csv", "3.5\n4.25\n5.125\n"));
  g_free (put (bench, "bad.csv", "u,v\n1,2\n3,oops\n"));
}

static void
bench_clear (Bench *bench)
{
  GDir *dir = g_dir_open (bench->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (bench->folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (bench->folder);
  g_free (bench->folder);
}

/* Opens files of the folder, named with blanks between. */
static gboolean
open_again (Bench *bench, const char *names, const SigContent *first, SigSetRule rule, gboolean again, SigContent *out,
            char **notes, GError **error)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (bench->folder, list[i], NULL);

      g_strv_builder_add (paths, path);
    }
  strv = g_strv_builder_end (paths);
  return app_set_open ((const char *const *) strv, first, rule, again, NULL, out, notes, error);
}

static gboolean
open_set (Bench *bench, const char *names, const SigContent *first, SigSetRule rule, SigContent *out, char **notes,
          GError **error)
{
  return open_again (bench, names, first, rule, FALSE, out, notes, error);
}

static float
sample (const SigRecording *recording, guint channel, gint64 step)
{
  float value;

  g_assert_true (sig_recording_read (recording, channel, step, 1, &value, NULL));
  return value;
}

static void
test_join (void)
{
  Bench bench;
  g_auto (SigContent) set = { 0 }, more = { 0 };
  g_autofree char *notes = NULL;
  g_autoptr (GError) error = NULL;

  bench_init (&bench);
  g_assert_true (open_set (&bench, "a.csv b.csv b.tsv a.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sig_recording_get_n_steps (set.recording), ==, 5);
  g_assert_cmpfloat (sample (set.recording, 0, 3), ==, 10.5f);
  g_assert_cmpstr (notes, ==, "1 file was named twice, and opened once.");
  g_assert_cmpint (sig_labels_get (set.labels, 0), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_labels_get (set.labels, 3), ==, 0);

  /* What is open stands first. */
  g_clear_pointer (&notes, g_free);
  g_assert_true (open_again (&bench, "a.csv", &set, SIG_SET_ASK, TRUE, &more, &notes, &error));
  g_assert_cmpint (sig_recording_get_n_steps (more.recording), ==, 8);
  g_assert_cmpint (sig_labels_get (more.labels, 3), ==, 0);
  g_assert_null (notes);
  bench_clear (&bench);
}

/* Row 22: a file that is open already, also by the name of a hard link, is asked about. */
static void
test_twice (void)
{
  Bench bench;
  g_auto (SigContent) set = { 0 }, more = { 0 };
  g_autofree char *notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;

  bench_init (&bench);
  path = g_build_filename (bench.folder, "a.csv", NULL);
  other = g_build_filename (bench.folder, "other.csv", NULL);
  g_assert_cmpint (link (path, other), ==, 0);
  g_assert_true (open_set (&bench, "a.csv b.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_clear_pointer (&notes, g_free);
  g_assert_false (open_set (&bench, "other.csv", &set, SIG_SET_ASK, &more, &notes, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TWICE);
  g_assert_nonnull (strstr (error->message, "“other.csv” is part of what is open already"));
  g_clear_error (&error);
  g_assert_true (open_again (&bench, "other.csv", &set, SIG_SET_ASK, TRUE, &more, &notes, &error));
  g_assert_cmpint (sig_recording_get_n_steps (more.recording), ==, 8);
  g_unlink (other);
  bench_clear (&bench);
}

/* Of two files, one of which cannot be opened, nothing is; of more, the others. */
static void
test_failures (void)
{
  Bench bench;
  g_auto (SigContent) set = { 0 };
  g_autofree char *notes = NULL;
  g_autoptr (GError) error = NULL;

  bench_init (&bench);
  g_assert_false (open_set (&bench, "a.csv bad.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_assert_nonnull (strstr (error->message, "bad.csv: line 3, column 2 (v): “oops” is not a number"));
  g_clear_error (&error);
  g_assert_false (open_set (&bench, "b.tsv gone.csv bad.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_assert_nonnull (strstr (error->message, "gone.csv"));
  g_clear_error (&error);
  g_assert_true (open_set (&bench, "a.csv bad.csv b.csv gone.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_assert_cmpint (sig_recording_get_n_steps (set.recording), ==, 5);
  g_assert_nonnull (strstr (notes, "bad.csv"));
  g_assert_nonnull (strstr (notes, "gone.csv"));
  g_clear_pointer (&notes, g_free);
  sig_content_clear (&set);

  g_assert_false (open_set (&bench, "a.csv c.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNDECIDED);
  g_clear_error (&error);
  g_clear_pointer (&notes, g_free);
  g_assert_true (open_set (&bench, "a.csv c.csv", NULL, SIG_SET_COMMON, &set, &notes, &error));
  g_assert_cmpuint (sig_recording_get_n_channels (set.recording), ==, 1);
  bench_clear (&bench);
}

/* A file of one channel beside one of several holds the classes of its steps, if it holds classes. */
static void
test_label_channel (void)
{
  Bench bench;
  g_auto (SigContent) set = { 0 };
  g_autofree char *notes = NULL;
  g_autoptr (GError) error = NULL;

  bench_init (&bench);
  g_free (put (&bench, "ones.csv", "1\n2\n1\n"));
  g_assert_true (open_set (&bench, "ones.csv a.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sig_recording_get_n_steps (set.recording), ==, 3);
  g_assert_cmpint (sig_labels_get_n_classes (set.labels), ==, 2);
  sig_content_clear (&set);
  g_assert_false (open_set (&bench, "a.csv one.csv", NULL, SIG_SET_ASK, &set, &notes, &error));
  g_assert_nonnull (strstr (error->message, "one.csv"));
  bench_clear (&bench);
}

static gboolean
stop_at_once (gpointer user_data)
{
  return TRUE;
}

static void
test_limits (void)
{
  Bench bench;
  SigReadHooks hooks = { NULL, stop_at_once, NULL };
  g_auto (SigContent) set = { 0 };
  g_autofree char *notes = NULL;
  g_autofree const char **many = g_new0 (const char *, SIG_SET_MAX_PARTS + 2);
  const char *one[] = { "a", "b", NULL };
  g_autoptr (GError) error = NULL;

  bench_init (&bench);
  for (guint i = 0; i <= SIG_SET_MAX_PARTS; i++)
    many[i] = "a";
  g_assert_false (app_set_open (many, NULL, SIG_SET_ASK, FALSE, NULL, &set, &notes, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (app_set_open (one, NULL, SIG_SET_ASK, FALSE, &hooks, &set, &notes, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_CANCELLED);
  bench_clear (&bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/set/join", test_join);
  g_test_add_func ("/set/twice", test_twice);
  g_test_add_func ("/set/failures", test_failures);
  g_test_add_func ("/set/label-channel", test_label_channel);
  g_test_add_func ("/set/limits", test_limits);

  return g_test_run ();
}
