/* test-scratch.c: a file without a name: what is put there is there, nothing is left, and a full disk is told in numbers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-scratch.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define N_BYTES 300000

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_there_and_back (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lamina-scratch-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "not", "there yet", NULL);
  g_autofree guint8 *bytes = g_new (guint8, N_BYTES), *found = g_new (guint8, N_BYTES);
  g_autoptr (GError) error = NULL;
  SigScratch *file = sig_scratch_new_in (inner, N_BYTES, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < N_BYTES; i++)
    bytes[i] = (guint8) (i * 7 + i / 256);
  g_assert_true (sig_scratch_read (file, 0, N_BYTES, found, NULL));
  g_assert_true (found[0] == 0 && memcmp (found, found + 1, N_BYTES - 1) == 0);

  g_assert_true (sig_scratch_write (file, 1000, N_BYTES - 1000, bytes + 1000, NULL));
  g_assert_true (sig_scratch_write (file, 0, 1000, bytes, NULL));
  g_assert_true (sig_scratch_read (file, 777, N_BYTES - 777, found, NULL));
  g_assert_cmpmem (found, N_BYTES - 777, bytes + 777, N_BYTES - 777);

  g_assert_cmpuint (count_entries (inner), ==, 0); /* nobody sees it, even while it is there */
  sig_scratch_free (file);
  g_rmdir (inner);
  g_free (inner);
  inner = g_build_filename (folder, "not", NULL);
  g_rmdir (inner);
  g_rmdir (folder);
}

static void
test_no_room (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SigScratch) file = sig_scratch_new_in (g_get_tmp_dir (), G_MAXINT64 / 2, &error);
  g_autofree char *size = g_format_size (G_MAXINT64 / 2);

  g_assert_null (file);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, g_get_tmp_dir ()));
  g_assert_nonnull (strstr (error->message, size));
  g_assert_nonnull (strstr (error->message, " are free"));
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SigScratch) file = sig_scratch_new_in ("/proc/self/lamina", 10, &error);

  g_assert_null (file);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "/proc/self/lamina"));
}

/* A limit on the length of files is met as a full disk is. */
static void
test_full (void)
{
  g_autofree guint8 *bytes = g_new0 (guint8, N_BYTES);
  g_autofree char *size = g_format_size (N_BYTES);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigScratch) file = sig_scratch_new (N_BYTES, &error);
  struct rlimit before, limit;

  g_assert_no_error (error);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = (struct rlimit) { 100000, before.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_true (sig_scratch_write (file, 0, 100000, bytes, &error));
  g_assert_no_error (error);
  g_assert_false (sig_scratch_write (file, 50000, 100000, bytes, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, size));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scratch/there-and-back", test_there_and_back);
  g_test_add_func ("/scratch/no-room", test_no_room);
  g_test_add_func ("/scratch/no-folder", test_no_folder);
  g_test_add_func ("/scratch/full", test_full);
  return g_test_run ();
}
