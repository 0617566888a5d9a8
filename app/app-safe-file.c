/* app-safe-file.c: a file that is written piece by piece and takes its place only when it is whole
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-safe-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Short and the same for all, so that a name that is as long as names may be can be saved too. */
#define TEMPORARY_PREFIX ".lamina-"
#define TEMPORARY        TEMPORARY_PREFIX "XXXXXX"

struct _AppSafeFile
{
  char *target;    /* what a link stands for */
  char *temporary; /* (nullable): written to instead; NULL: the target is no regular file */
  int   fd;
};

void
app_safe_file_survive_limits (void)
{
  signal (SIGXFSZ, SIG_IGN);
}

static gboolean
fail (const AppSafeFile *self,
      int                code,
      GError           **error)
{
  g_autofree char *name = g_filename_display_name (self->target);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "Could not write “%s”: %s.", name, g_strerror (code));
  return FALSE;
}

/* A new file of the rights that the old one has, or that a new file gets. */
static void
set_mode (const AppSafeFile *self)
{
  GStatBuf about;
  mode_t mask;

  if (g_stat (self->target, &about) != 0)
    {
      mask = umask (0);
      umask (mask);
      about.st_mode = 0666 & ~mask;
    }
  /* Where it may not be set the file stays private, which is no reason to lose it. */
  if (fchmod (self->fd, about.st_mode & 07777) != 0)
    return;
}

static gboolean
begin (AppSafeFile *self,
       GError     **error)
{
  g_autofree char *folder = NULL;
  GStatBuf about;

  if (g_stat (self->target, &about) == 0 && S_ISDIR (about.st_mode))
    return fail (self, EISDIR, error);
  if (g_stat (self->target, &about) == 0 && !S_ISREG (about.st_mode))
    {
      self->fd = g_open (self->target, O_WRONLY | O_CLOEXEC | O_NOCTTY, 0);
      return self->fd >= 0 || fail (self, errno, error);
    }
  folder = g_path_get_dirname (self->target);
  self->temporary = g_build_filename (folder, TEMPORARY, NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      int code = errno;

      g_clear_pointer (&self->temporary, g_free);
      return fail (self, code, error);
    }
  set_mode (self);
  return TRUE;
}

AppSafeFile *
app_safe_file_new (const char *path,
                   GError    **error)
{
  g_autoptr (AppSafeFile) self = g_new0 (AppSafeFile, 1);
  char *real;

  g_return_val_if_fail (path != NULL, NULL);

  self->fd = -1;
  real = realpath (path, NULL); /* NULL for a new file */
  self->target = g_strdup (real != NULL ? real : path);
  free (real);
  return begin (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
app_safe_file_append (gpointer    file,
                      const void *bytes,
                      gsize       n,
                      GError    **error)
{
  AppSafeFile *self = file;

  for (gsize done = 0; done < n;)
    {
      ssize_t written = write (self->fd, (const char *) bytes + done, n - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return fail (self, written < 0 ? errno : ENOSPC, error);
      done += (gsize) written;
    }
  return TRUE;
}

/* So that the new name survives a power cut; where a folder cannot be synced it is as safe as that system makes it. */
static void
sync_folder (const AppSafeFile *self)
{
  g_autofree char *folder = g_path_get_dirname (self->target);
  int fd = g_open (folder, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
app_safe_file_commit (AppSafeFile *self,
                      GError     **error)
{
  int fd = self->fd;

  if (self->temporary != NULL && fsync (fd) != 0)
    return fail (self, errno, error);
  self->fd = -1;
  if (close (fd) != 0)
    return fail (self, errno, error);
  if (self->temporary == NULL)
    return TRUE;
  if (g_rename (self->temporary, self->target) != 0)
    return fail (self, errno, error);
  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self);
  return TRUE;
}

gboolean
app_safe_file_is_regular (const AppSafeFile *self)
{
  GStatBuf about;

  return g_stat (self->target, &about) == 0 && S_ISREG (about.st_mode);
}

gboolean
app_safe_file_is_temporary (const char *name)
{
  return g_str_has_prefix (name, TEMPORARY_PREFIX) && strlen (name) == strlen (TEMPORARY);
}

void
app_safe_file_free (AppSafeFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->target);
  g_free (self);
}
