/* test-file.c: what is no regular file is refused at once; what shrinks gives an error
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "fixture.h"

static void
assert_refused (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SigFile) file = sig_file_open (path, &error);
  g_autofree char *name = g_filename_display_basename (path);
  FixtureResult result = { .error = error };

  g_assert_null (file);
  fixture_assert_refused (&result, name, expected);
}

/* Rows 1, 5 to 8, 14 and 15 of the catalogue of bad inputs. */
static void
test_refused (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *empty = fixture_write (folder, "empty.wav", "", 0);
  g_autofree char *pipe_path = g_build_filename (folder, "pipe.wav", NULL), *socket_path = g_build_filename (folder, "s", NULL);
  g_autofree char *dangling = g_build_filename (folder, "link.wav", NULL), *loop = g_build_filename (folder, "loop.wav", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent.wav", NULL), *long_name = g_strnfill (5000, 'a');
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, socket_path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0644), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  g_assert_cmpint (symlink ("loop.wav", loop), ==, 0);

  assert_refused (empty, "is empty");
  assert_refused (folder, "is a folder");
  assert_refused (pipe_path, "not a regular file|a pipe");
  assert_refused ("/dev/zero", "not a regular file|a device");
  assert_refused ("/proc/self/status", "not a regular file|the kernel makes it up");
  assert_refused (socket_path, "not a regular file");
  assert_refused (dangling, "is a link to “nowhere”");
  assert_refused (loop, "is a link to “loop.wav”");
  assert_refused (absent, "cannot be opened: No such file");
  assert_refused (long_name, "cannot be opened: File name too long");

  close (fd);
  fixture_remove (folder);
}

/* Row 10. Whoever may read everything gives that up meanwhile. */
static void
test_permission (void)
{
  enum { NOBODY = 65534 };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "closed.wav", "RIFF", 4);
  gboolean is_root = geteuid () == 0;

  g_assert_cmpint (chmod (folder, 0755), ==, 0);
  g_assert_cmpint (chmod (path, 0), ==, 0);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  assert_refused (path, "cannot be opened: Permission denied");
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  fixture_remove (folder);
}

/* Rows 9, 11 and 12: links are followed, names are bytes, and nothing in them is interpreted. */
static void
test_names (void)
{
  static const char *const names[] = { "-rf.csv",      "a\nb\tc.csv",  "%s%n.csv",           "<b>&amp;.csv",
                                       "\xFF\xFE.csv", "quote\"'.csv", "\xE2\x80\xAEvsc.exe" };
  g_autofree char *folder = fixture_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_write (folder, names[i], "1.5,2\n3,4\n5,6", 13);
      g_autofree char *link = g_build_filename (folder, "link", NULL);
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (symlink (path, link), ==, 0);
      g_assert_true (sig_reader_open (link, NULL, &content, &error));
      g_assert_no_error (error);
      g_assert_cmpint (unlink (link), ==, 0);
      sig_content_clear (&content);
      g_assert_true (sig_reader_open (path, NULL, &content, &error));
      g_assert_no_error (error);
      g_assert_true (g_utf8_validate (sig_recording_get_title (content.recording), -1, NULL));
    }
  fixture_remove (folder);
}

/* Row 13: characters that turn the direction of text turn nothing but the name. */
static void
test_directions (void)
{
  static const struct
  {
    const char *path;
    const char *shown;
  } rows[] = {
    { "/a/plain.csv", "plain.csv" },
    { "/a/\u05d0\u05d1.csv", "\u05d0\u05d1.csv" },
    { "/a/\u202evsc.exe", "\u2068\u202evsc.exe\u2069" },
    { "/a/x\u2069\u202ey", "\u2068x\uFFFD\u202ey\u2069" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = sig_file_dup_display_name (rows[i].path);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

/* Row 16: a file that another program cuts short gives an error, not a crash. */
static void
test_shrinks (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.bin", "0123456789", 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigFile) file = sig_file_open (path, &error);
  char bytes[10];

  g_assert_no_error (error);
  g_assert_cmpint (sig_file_get_size (file), ==, 10);
  g_assert_true (sig_file_read (file, 4, 6, bytes, &error));
  g_assert_cmpmem (bytes, 6, "456789", 6);

  g_assert_false (sig_file_read (file, 4, 7, bytes, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (sig_file_read (file, 11, 0, bytes, &error));
  g_clear_error (&error);
  g_assert_false (sig_file_read (file, 1, G_MAXSIZE, bytes, &error));
  g_clear_error (&error);

  g_assert_cmpint (truncate (path, 5), ==, 0);
  g_assert_false (sig_file_read (file, 4, 6, bytes, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "a.bin: changed on disk"));
  fixture_remove (folder);
}

static void
test_bytes (void)
{
  g_autoptr (GBytes) content = g_bytes_new_static ("hello", 5);
  g_autoptr (SigFile) file = sig_file_new_bytes ("b", content);
  char bytes[8];

  g_assert_cmpuint (sig_file_peek (file, 8, bytes), ==, 5);
  g_assert_true (sig_file_read (file, 1, 4, bytes, NULL));
  g_assert_cmpmem (bytes, 4, "ello", 4);
  g_assert_false (sig_file_read (file, 1, 5, bytes, NULL));
}

static void
test_spans (void)
{
  static const SigFileSpan spans[] = { { 6, 5 }, { 0, 0 }, { 0, 5 }, { 5, 1 } };
  g_autoptr (GBytes) content = g_bytes_new_static ("hello world", 11);
  g_autoptr (SigFile) whole = sig_file_new_bytes ("b", content);
  g_autoptr (SigFile) turned = sig_file_new_spans (whole, "turned", spans, G_N_ELEMENTS (spans));
  g_autoptr (SigFile) part = sig_file_new_part (turned, "part", 3, 5);
  char bytes[12];

  g_assert_cmpint (sig_file_get_size (turned), ==, 11);
  g_assert_cmpuint (sig_file_peek (turned, 12, bytes), ==, 11);
  g_assert_cmpmem (bytes, 11, "worldhello ", 11);
  g_assert_true (sig_file_read (part, 1, 4, bytes, NULL));
  g_assert_cmpmem (bytes, 4, "dhel", 4);
  g_assert_true (sig_file_read (turned, 11, 0, bytes, NULL));
  g_assert_false (sig_file_read (turned, 10, 2, bytes, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file/refused", test_refused);
  g_test_add_func ("/file/permission", test_permission);
  g_test_add_func ("/file/names", test_names);
  g_test_add_func ("/file/directions", test_directions);
  g_test_add_func ("/file/shrinks", test_shrinks);
  g_test_add_func ("/file/bytes", test_bytes);
  g_test_add_func ("/file/spans", test_spans);
  return g_test_run ();
}
