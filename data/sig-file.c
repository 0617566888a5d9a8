/* sig-file.c: a regular file opened for reading with pread, or bytes that stand in for one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

struct _SigFile
{
  gatomicrefcount ref_count;
  int             fd; /* -1: the content is `bytes`, or in `whole` */
  GBytes         *bytes;
  char           *name;
  char           *path;
  gint64          size;
  SigFileStamp    stamp;
  SigFile        *whole;  /* (nullable): what this is made of parts of */
  GArray         *parts;  /* (nullable): of Part, in the order of `at` */
};

/* Some bytes of the whole, and where they are in what is made of them. */
typedef struct
{
  gint64 at, offset, size;
} Part;

static SigFile *
file_new (const char *name)
{
  SigFile *self = g_new0 (SigFile, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->fd = -1;
  self->name = g_strdup (name);
  return self;
}

void
sig_file_fail (const SigFile *self, GError **error, SigError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, SIG_ERROR, code, "%s: %s", self->name, message);
}

/* Why open() failed, for people; a link that leads nowhere is shown with its target. */
static void
fail_open (const SigFile *self,
           int            saved_errno,
           GError       **error)
{
  g_autofree char *target = g_file_read_link (self->path, NULL);

  if (target != NULL && (saved_errno == ENOENT || saved_errno == ELOOP))
    {
      g_autofree char *shown = g_filename_display_name (target);

      sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "is a link to “%s”, which cannot be followed (%s)",
                     shown, g_strerror (saved_errno));
    }
  else if (saved_errno == ENXIO)
    sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "is not a regular file; only regular files are read");
  else
    sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "cannot be opened: %s", g_strerror (saved_errno));
}

/* Marks, embeddings, overrides and isolates. */
static gboolean
turns_direction (gunichar c)
{
  return c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

char *
sig_file_dup_display_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GString) isolated = g_string_new ("\u2068");
  gboolean turns = FALSE;

  /* Isolates of its own could end ours. */
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      turns = turns || turns_direction (c);
      g_string_append_unichar (isolated, c >= 0x2066 && c <= 0x2069 ? 0xFFFD : c);
    }
  g_string_append (isolated, "\u2069");
  return turns ? g_strdup (isolated->str) : g_steal_pointer (&name);
}

SigFileStamp
sig_file_stamp_of (const struct stat *st)
{
  return (SigFileStamp) { st->st_dev, st->st_ino, st->st_size,
                          (gint64) st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec };
}

/* Files of /proc and /sys say that they are regular, but have no size or a wrong one. */
static gboolean
is_of_kernel (int fd)
{
  struct statfs about;

  return fstatfs (fd, &about) == 0 && (about.f_type == PROC_SUPER_MAGIC || about.f_type == SYSFS_MAGIC);
}

static gboolean
check_regular (SigFile *self,
               GError **error)
{
  struct stat st;

  if (fstat (self->fd, &st) != 0)
    {
      sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "cannot be examined: %s", g_strerror (errno));
      return FALSE;
    }
  if (S_ISDIR (st.st_mode))
    {
      sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "is a folder; choose a file in it");
      return FALSE;
    }
  if (!S_ISREG (st.st_mode))
    {
      sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "is not a regular file (%s); only regular files are read",
                     S_ISFIFO (st.st_mode) ? "a pipe" : S_ISSOCK (st.st_mode) ? "a socket" : "a device");
      return FALSE;
    }
  if (is_of_kernel (self->fd))
    {
      sig_file_fail (self, error, SIG_ERROR_UNREADABLE,
                     "is not a regular file (the kernel makes it up as it is read); only regular files are read");
      return FALSE;
    }
  if (st.st_size <= 0)
    {
      sig_file_fail (self, error, SIG_ERROR_FORMAT, "is empty");
      return FALSE;
    }
  self->size = st.st_size;
  self->stamp = sig_file_stamp_of (&st);
  return TRUE;
}

SigFile *
sig_file_open (const char *path,
               GError    **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *name = sig_file_dup_display_name (path);
  g_autoptr (SigFile) self = file_new (name);

  self->path = g_strdup (path);
  self->fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (self->fd < 0)
    {
      fail_open (self, errno, error);
      return NULL;
    }
  if (!check_regular (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

SigFile *
sig_file_new_bytes (const char *name,
                    GBytes     *bytes)
{
  SigFile *self = file_new (name);

  self->bytes = g_bytes_ref (bytes);
  self->size = (gint64) g_bytes_get_size (bytes);
  return self;
}

SigFile *
sig_file_new_part (SigFile    *whole,
                   const char *name,
                   gint64      offset,
                   gint64      size)
{
  const SigFileSpan span = { offset, size };

  return sig_file_new_spans (whole, name, &span, 1);
}

SigFile *
sig_file_new_spans (SigFile           *whole,
                    const char        *name,
                    const SigFileSpan *spans,
                    gsize              n_spans)
{
  SigFile *self = file_new (name);

  self->whole = sig_file_ref (whole);
  self->parts = g_array_sized_new (FALSE, FALSE, sizeof (Part), (guint) n_spans);
  for (gsize i = 0; i < n_spans; i++)
    {
      Part part = { self->size, spans[i].offset, spans[i].size };

      g_assert (part.offset >= 0 && part.size >= 0 && part.size <= whole->size && part.offset <= whole->size - part.size);
      g_array_append_val (self->parts, part);
      self->size += part.size;
    }
  return self;
}

SigFile *
sig_file_ref (SigFile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sig_file_unref (SigFile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->whole, sig_file_unref);
  g_clear_pointer (&self->parts, g_array_unref);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

const char *
sig_file_get_name (const SigFile *self)
{
  return self->name;
}

const char *
sig_file_get_path (const SigFile *self)
{
  return self->path;
}

const SigFileStamp *
sig_file_get_stamp (const SigFile *self)
{
  if (self->whole != NULL)
    return sig_file_get_stamp (self->whole);
  return self->fd >= 0 ? &self->stamp : NULL;
}

gint64
sig_file_get_size (const SigFile *self)
{
  return self->size;
}

/* The part that holds the byte at `at`, which must be inside. */
static guint
find_part (const SigFile *self,
           gint64         at)
{
  guint low = 0, high = self->parts->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->parts, Part, middle).at <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static gboolean
read_parts (const SigFile *self,
            gint64         offset,
            gsize          n,
            guint8        *out,
            GError       **error)
{
  for (guint i = n > 0 ? find_part (self, offset) : 0; n > 0; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);
      gint64 within = offset - part->at;
      gsize take = MIN (n, (gsize) (part->size - within));

      if (!sig_file_read (self->whole, part->offset + within, take, out, error))
        return FALSE;
      out += take;
      offset += (gint64) take;
      n -= take;
    }
  return TRUE;
}

gboolean
sig_file_read (const SigFile *self,
               gint64         offset,
               gsize          n,
               void          *out,
               GError       **error)
{
  g_return_val_if_fail (offset >= 0, FALSE);

  if (offset > self->size || n > (guint64) (self->size - offset))
    {
      sig_file_fail (self, error, SIG_ERROR_FORMAT, "ends too early: %" G_GSIZE_FORMAT " bytes wanted at byte %"
                     G_GINT64_FORMAT ", the file has %" G_GINT64_FORMAT, n, offset, self->size);
      return FALSE;
    }
  if (self->whole != NULL)
    return read_parts (self, offset, n, out, error);
  if (self->bytes != NULL)
    {
      if (n > 0)
        memcpy (out, (const guint8 *) g_bytes_get_data (self->bytes, NULL) + offset, n);
      return TRUE;
    }

  for (gsize done = 0; done < n;)
    {
      ssize_t got = pread (self->fd, (guint8 *) out + done, n - done, offset + (gint64) done);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "cannot be read: %s", g_strerror (errno));
          return FALSE;
        }
      if (got == 0)
        {
          sig_file_fail (self, error, SIG_ERROR_UNREADABLE, "changed on disk: it is shorter than when it was opened");
          return FALSE;
        }
      done += (gsize) got;
    }
  return TRUE;
}

gsize
sig_file_peek (const SigFile *self,
               gsize          n,
               void          *out)
{
  gsize take = MIN (n, (guint64) self->size);

  return sig_file_read (self, 0, take, out, NULL) ? take : 0;
}
