/* sig-scratch.c: a file without a name, for what is too large for memory and is of no use to anybody later
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct _SigScratch
{
  int    fd;
  gint64 size;
  char  *folder;
};

/* G_MAXINT64 where the system does not say. */
static gint64
get_free_bytes (int fd)
{
  struct statvfs about;

  if (fstatvfs (fd, &about) != 0)
    return G_MAXINT64;
  return (gint64) MIN ((guint64) about.f_bavail, (guint64) G_MAXINT64 / MAX (about.f_frsize, 1)) * (gint64) about.f_frsize;
}

static void
fail_for_room (const SigScratch *self,
               const char       *reason,
               GError          **error)
{
  g_autofree char *folder = g_filename_display_name (self->folder);
  g_autofree char *needed = g_format_size ((guint64) self->size);
  g_autofree char *there = g_format_size ((guint64) get_free_bytes (self->fd));

  g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
               "“%s” has no room for a file of %s that is needed for a while: %s are free (%s).", folder, needed, there, reason);
}

/* An open file without a name; -1 with errno. */
static int
open_nameless (const char *folder)
{
  g_autofree char *path = NULL;
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  /* Not every file system knows files without a name. */
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
    return fd;
  path = g_build_filename (folder, "scratch-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (path);
  return fd;
}

SigScratch *
sig_scratch_new_in (const char *folder,
                    gint64      size,
                    GError    **error)
{
  g_autoptr (SigScratch) self = NULL;

  g_return_val_if_fail (folder != NULL && size >= 0, NULL);

  self = g_new0 (SigScratch, 1);
  self->folder = g_strdup (folder);
  self->size = size;
  self->fd = g_mkdir_with_parents (folder, 0700) == 0 ? open_nameless (folder) : -1;
  if (self->fd < 0)
    {
      g_autofree char *name = g_filename_display_name (folder);
      int code = errno;

      g_set_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "No file can be made in “%s”: %s.", name, g_strerror (code));
      return NULL;
    }
  if (get_free_bytes (self->fd) < size)
    {
      fail_for_room (self, g_strerror (ENOSPC), error);
      return NULL;
    }
  if (ftruncate (self->fd, size) != 0)
    {
      fail_for_room (self, g_strerror (errno), error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

SigScratch *
sig_scratch_new (gint64   size,
                 GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "lamina", NULL);
  g_autoptr (GError) problem = NULL;
  SigScratch *self = sig_scratch_new_in (folder, size, &problem);

  if (self != NULL)
    return self;
  if (g_error_matches (problem, SIG_ERROR, SIG_ERROR_UNREADABLE))
    return sig_scratch_new_in (g_get_tmp_dir (), size, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

void
sig_scratch_free (SigScratch *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->folder);
  g_free (self);
}

gboolean
sig_scratch_write (SigScratch *self,
                   gint64      offset,
                   gsize       n,
                   const void *bytes,
                   GError    **error)
{
  const char *at = bytes;

  g_return_val_if_fail (self != NULL && offset >= 0 && n <= (guint64) self->size && offset <= self->size - (gint64) n, FALSE);

  while (n > 0)
    {
      gssize written = pwrite (self->fd, at, n, offset);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          fail_for_room (self, g_strerror (written < 0 ? errno : ENOSPC), error);
          return FALSE;
        }
      at += written;
      offset += written;
      n -= (gsize) written;
    }
  return TRUE;
}

gboolean
sig_scratch_read (const SigScratch *self,
                  gint64            offset,
                  gsize             n,
                  void             *out,
                  GError          **error)
{
  char *at = out;

  g_return_val_if_fail (self != NULL && offset >= 0 && n <= (guint64) self->size && offset <= self->size - (gint64) n, FALSE);

  while (n > 0)
    {
      gssize got = pread (self->fd, at, n, offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          g_autofree char *folder = g_filename_display_name (self->folder);

          g_set_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "What was put into “%s” for a while cannot be read again: %s.",
                       folder, got < 0 ? g_strerror (errno) : "it is shorter");
          return FALSE;
        }
      at += got;
      offset += got;
      n -= (gsize) got;
    }
  return TRUE;
}
