/* t-cli.c: lamina-cli run from outside, in a folder of its own
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-cli.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

char *folder;

char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

int
run_cli (const char *line,
         char      **out,
         char      **err)
{
  g_autofree char *command = g_strdup_printf ("%s %s", g_getenv ("LAMINA_CLI"), line);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSpawnFlags flags = (out == NULL ? G_SPAWN_STDOUT_TO_DEV_NULL : 0) | (err == NULL ? G_SPAWN_STDERR_TO_DEV_NULL : 0);
  int status;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, &error));
  g_spawn_sync (folder, argv, NULL, flags, NULL, NULL, out, err, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

void
assert_says (const char *text,
             const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

void
assert_fails (const char *line,
              int         code,
              const char *says)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (run_cli (line, &out, &err), ==, code);
  g_assert_cmpstr (out, ==, "");
  assert_says (err, says);
}

char *
read_file (const char *name,
           gsize      *length)
{
  g_autofree char *path = in_folder (name);
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
set_up_folder (void)
{
  if (g_getenv ("LAMINA_CLI") == NULL)
    g_error ("LAMINA_CLI names the program to test");
  folder = g_dir_make_tmp ("lamina-cli-XXXXXX", NULL);
}

void
tear_down_folder (void)
{
  remove_folder (folder);
  g_clear_pointer (&folder, g_free);
}
