/* cli-output.c: files that a command leaves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-output.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
refuse (const char *path,
        const char *reason,
        int         code,
        GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "Could not write “%s”: %s.", name, reason);
  return FALSE;
}

static gboolean
is_same (const GStatBuf *a,
         const GStatBuf *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

gboolean
cli_output_check (const char        *path,
                  const char *const *inputs,
                  GError           **error)
{
  g_autofree char *folder = NULL;
  GStatBuf about, about_input;

  if (path == NULL)
    return TRUE;
  if (g_stat (path, &about) == 0)
    {
      if (S_ISDIR (about.st_mode))
        return refuse (path, "it is a folder", EISDIR, error);
      for (guint i = 0; inputs[i] != NULL; i++)
        if (g_stat (inputs[i], &about_input) == 0 && is_same (&about, &about_input))
          return refuse (path, "it is a file that is read", EEXIST, error);
      return g_access (path, W_OK) == 0 || refuse (path, g_strerror (errno), errno, error);
    }
  folder = g_path_get_dirname (path);
  if (g_stat (folder, &about) != 0)
    return refuse (path, g_strerror (errno), errno, error);
  if (!S_ISDIR (about.st_mode))
    return refuse (path, g_strerror (ENOTDIR), ENOTDIR, error);
  return g_access (folder, W_OK | X_OK) == 0 || refuse (path, g_strerror (errno), errno, error);
}

gboolean
cli_output_check_folder (const char *path,
                         GError    **error)
{
  g_autofree char *name = NULL;

  if (path == NULL || (g_mkdir_with_parents (path, 0777) == 0 && g_access (path, W_OK | X_OK) == 0))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "Could not make the folder “%s”: %s.", name,
               g_strerror (errno));
  return FALSE;
}

/* For what cannot be replaced by a file of the same name. */
static gboolean
write_through (const char *path,
               const char *bytes,
               gsize       length,
               GError    **error)
{
  FILE *file = g_fopen (path, "wb");
  gboolean written;

  if (file == NULL)
    return refuse (path, g_strerror (errno), errno, error);
  written = fwrite (bytes, 1, length, file) == length;
  written &= fclose (file) == 0;
  return written || refuse (path, g_strerror (errno), errno, error);
}

gboolean
cli_output_write (const char *path,
                  const char *bytes,
                  gsize       length,
                  GError    **error)
{
  GStatBuf about, about_stdout;
  char *real;
  gboolean written;

  if (g_stat (path, &about) == 0 && fstat (STDOUT_FILENO, &about_stdout) == 0 && is_same (&about, &about_stdout))
    {
      written = fwrite (bytes, 1, length, stdout) == length && fflush (stdout) == 0;
      return written || refuse (path, g_strerror (errno), errno, error);
    }
  if (g_stat (path, &about) == 0 && !S_ISREG (about.st_mode))
    return write_through (path, bytes, length, error);
  real = realpath (path, NULL); /* the file a link stands for; NULL for a new file */
  written = g_file_set_contents_full (real != NULL ? real : path, bytes, length,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
  free (real);
  return written;
}
