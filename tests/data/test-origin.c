/* test-origin.c: what becomes of files while their recording is open: rows 15 to 18 and 22 of the catalogue of bad inputs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-origin.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "sig-set.h"

#define TABLE "a,b\n1.5,2\n2.5,3\n3,4.5\n"

static void
assert_change (const SigRecording *recording, const char *words)
{
  g_autofree char *change = sig_origin_dup_change (sig_recording_get_origin (recording));

  if (words == NULL)
    g_assert_null (change);
  else
    g_assert_nonnull (strstr (change, words));
}

/* Sets the time back, so that a change within the clock's grain is seen. */
static void
write_again (const char *path, const char *text)
{
  const struct timespec times[2] = { { 1000, 0 }, { 1000, 5 } };
  FILE *file = g_fopen (path, "r+");

  g_assert_cmpuint (fwrite (text, 1, strlen (text), file), ==, strlen (text));
  g_assert_cmpint (ftruncate (fileno (file), (off_t) strlen (text)), ==, 0);
  fclose (file);
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_changes (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.csv", TABLE, strlen (TABLE));
  g_autofree char *other = NULL;
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sig_origin_get_n (sig_recording_get_origin (content.recording)), ==, 1);
  g_assert_cmpstr (sig_origin_get_path (sig_recording_get_origin (content.recording), 0), ==, path);
  assert_change (content.recording, NULL);

  write_again (path, TABLE "1,1\n");
  assert_change (content.recording, "“a.csv” has grown since it was opened.");
  write_again (path, "a,b\n");
  assert_change (content.recording, "was cut short");
  write_again (path, TABLE);
  assert_change (content.recording, "was written to");
  other = fixture_write (folder, "other", TABLE, strlen (TABLE));
  g_assert_cmpint (g_rename (other, path), ==, 0);
  assert_change (content.recording, "was replaced by another file");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_change (content.recording, "is no longer there");
  fixture_remove (folder);
}

/* Whatever is made of a recording knows its file; what is in memory has none. */
static void
test_kept (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.csv", "a,b\n0,2\n1,3\n0,4.5\n", 18);
  g_auto (SigContent) content = { 0 }, split = { 0 };
  g_auto (FixtureResult) bytes = fixture_open_text ("a.csv", TABLE);

  g_assert_true (sig_reader_open (path, NULL, &content, NULL));
  g_assert_true (sig_reader_split_channel (content.recording, 0, &split, NULL));
  g_assert_true (sig_recording_get_origin (split.recording) == sig_recording_get_origin (content.recording));
  g_assert_null (sig_recording_get_origin (bytes.content.recording));
  fixture_remove (folder);
}

/* Row 22: the same file twice in one data set, also by a hard link. */
static void
test_twice (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.csv", TABLE, strlen (TABLE));
  g_autofree char *linked = g_build_filename (folder, "b.csv", NULL);
  g_autofree char *different = fixture_write (folder, "c.csv", TABLE, strlen (TABLE));
  const char *const paths[] = { path, linked, different };
  SigContent parts[3] = { { 0 } };
  g_auto (SigContent) twice = { 0 }, apart = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (link (path, linked), ==, 0);
  for (guint i = 0; i < 3; i++)
    g_assert_true (sig_reader_open (paths[i], NULL, &parts[i], &error));
  g_assert_true (sig_set_join (parts, 3, SIG_SET_COMMON, &twice, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sig_origin_get_n (sig_recording_get_origin (twice.recording)), ==, 3);

  g_autofree char *notes = g_strjoinv (" ", (char **) sig_recording_get_notes (twice.recording));

  g_assert_nonnull (strstr (notes, "is among the recordings twice"));
  g_assert_true (sig_set_join (parts + 1, 2, SIG_SET_COMMON, &apart, &error));

  g_autofree char *none = g_strjoinv (" ", (char **) sig_recording_get_notes (apart.recording));

  g_assert_null (strstr (none, "twice"));
  for (guint i = 0; i < 3; i++)
    sig_content_clear (&parts[i]);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/origin/changes", test_changes);
  g_test_add_func ("/origin/kept", test_kept);
  g_test_add_func ("/origin/twice", test_twice);
  return g_test_run ();
}
