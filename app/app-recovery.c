/* app-recovery.c: a copy of unsaved work on disk, for the case that the program ends before it is saved
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-recovery.h"

#include "app-safe-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_SUFFIX ".lock"
#define STALE_S     3600 /* what was begun so long ago and is no copy yet will never be one */

struct _AppRecovery
{
  pthread_mutex_t mutex;
  char           *folder;
  char           *path;   /* (nullable): of the copy */
  int             lock;   /* -1: none */
  gint            ticket; /* the last one; atomic */
};

char *
app_recovery_dup_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "lamina", "unsaved", NULL);
}

/* The lock of a copy, held; -1 with errno where another holds or removes it, or there can be none. No link is followed. */
static int
take_lock (const char *path)
{
  g_autofree char *name = g_strconcat (path, LOCK_SUFFIX, NULL);
  int fd = g_open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  struct stat status = { 0 };
  int code;

  if (fd < 0)
    return -1;
  code = flock (fd, LOCK_EX | LOCK_NB) != 0 || fstat (fd, &status) != 0 ? errno : status.st_nlink == 0 ? EBUSY : 0;
  if (code == 0)
    return fd;
  close (fd);
  errno = code;

  return -1;
}

/* For who holds the lock: it goes last. */
static void
unlink_copy (const char *path)
{
  g_autofree char *lock = g_strconcat (path, LOCK_SUFFIX, NULL);

  g_unlink (path);
  g_unlink (lock);
}

static void
let_go (AppRecovery *self)
{
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  g_clear_pointer (&self->path, g_free);
}

void
app_recovery_remove (const char *path)
{
  int lock;

  g_return_if_fail (path != NULL);

  lock = take_lock (path);
  if (lock < 0)
    return;
  unlink_copy (path);
  close (lock);
}

AppRecovery *
app_recovery_new (const char *folder)
{
  AppRecovery *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_new0 (AppRecovery, 1);
  pthread_mutex_init (&self->mutex, NULL);
  self->folder = g_strdup (folder);
  self->lock = -1;

  return self;
}

void
app_recovery_free (AppRecovery *self)
{
  g_return_if_fail (self != NULL);

  let_go (self);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->folder);
  g_free (self);
}

guint
app_recovery_next (AppRecovery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) g_atomic_int_add (&self->ticket, 1) + 1;
}

static gboolean
is_last (AppRecovery *self, guint ticket)
{
  return (guint) g_atomic_int_get (&self->ticket) == ticket;
}

/* A file of a name that no other has, with its lock. */
static gboolean
begin (AppRecovery *self, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (uuid, APP_PROJECT_SUFFIX, NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    self->lock = take_lock (path);
  if (self->lock < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Unsaved work cannot be kept in “%s”: %s.", self->folder,
                   g_strerror (errno));
      return FALSE;
    }
  self->path = g_steal_pointer (&path);

  return TRUE;
}

static gboolean
save_locked (AppRecovery *self, guint ticket, const AppProject *project, GError **error)
{
  if (!is_last (self, ticket))
    return TRUE;
  if (self->path == NULL && !begin (self, error))
    return FALSE;
  if (app_project_save (project, self->path, error))
    return TRUE;
  g_prefix_error_literal (error, "Unsaved work cannot be kept. ");

  return FALSE;
}

gboolean
app_recovery_save (AppRecovery *self, guint ticket, const AppProject *project, GError **error)
{
  gboolean is_kept;

  g_return_val_if_fail (self != NULL && project != NULL, FALSE);

  pthread_mutex_lock (&self->mutex);
  is_kept = save_locked (self, ticket, project, error);
  pthread_mutex_unlock (&self->mutex);

  return is_kept;
}

void
app_recovery_forget (AppRecovery *self, guint ticket)
{
  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->mutex);
  if (self->path != NULL && is_last (self, ticket))
    {
      unlink_copy (self->path);
      let_go (self);
    }
  pthread_mutex_unlock (&self->mutex);
}

gboolean
app_recovery_adopt (AppRecovery *self, const char *path)
{
  int lock;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  lock = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? take_lock (path) : -1;
  if (lock < 0)
    return FALSE;

  (void) app_recovery_next (self);
  pthread_mutex_lock (&self->mutex);
  if (self->path != NULL)
    unlink_copy (self->path);
  let_go (self);
  self->path = g_strdup (path);
  self->lock = lock;
  pthread_mutex_unlock (&self->mutex);

  return TRUE;
}

gboolean
app_recovery_has (const AppRecovery *self, const char *path)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  folder = g_path_get_dirname (path);

  return g_str_equal (folder, self->folder);
}

/* --- what was left ------------------------------------------------------------------ */

/* A plain value. */
typedef struct
{
  char  *path;
  gint64 written; /* seconds since 1970 */
} Left;

static gint
compare_left (gconstpointer a, gconstpointer b)
{
  const Left *left = a, *right = b;

  return left->written > right->written ? -1 : left->written < right->written;
}

/* Whether it is a copy that nobody holds. */
static gboolean
is_left (const char *path, gint64 *written)
{
  struct stat status;
  int lock;

  if (!g_str_has_suffix (path, APP_PROJECT_SUFFIX) || lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;
  lock = take_lock (path);
  if (lock < 0)
    return FALSE;
  close (lock);
  *written = status.st_mtime;

  return TRUE;
}

static gboolean
is_stale (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISREG (status.st_mode)
         && status.st_mtime < g_get_real_time () / G_USEC_PER_SEC - STALE_S;
}

/* Removes what an end in the midst of the writing left: a lock without a copy, or a part of a copy under the name it is written
 * under. */
static void
remove_remnant (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *copy = NULL;

  if (!is_stale (path))
    return;
  if (app_safe_file_is_temporary (name))
    g_unlink (path);
  if (!g_str_has_suffix (path, APP_PROJECT_SUFFIX LOCK_SUFFIX))
    return;
  copy = g_strndup (path, strlen (path) - strlen (LOCK_SUFFIX));
  if (!g_file_test (copy, G_FILE_TEST_EXISTS))
    app_recovery_remove (copy);
}

char **
app_recovery_find (const char *folder)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Left));
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Left left = { g_build_filename (folder, name, NULL), 0 };

      if (is_left (left.path, &left.written))
        g_array_append_val (found, left);
      else
        {
          remove_remnant (left.path);
          g_free (left.path);
        }
    }
  g_array_sort (found, compare_left);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (paths, g_array_index (found, Left, i).path);
  g_ptr_array_add (paths, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}
