/* sig-zip.c: the members of a zip archive as files to read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-zip.h"

#include <string.h>
#include <zip.h>

#define ANY_RATIO_BYTES (64 * 1024 * 1024) /* a member of constant numbers shrinks a thousandfold: up to here that is no matter */
#define MAX_RATIO       100
#define CHECK_BYTES     64

struct _SigZip
{
  SigFile     *file;
  zip_t       *zip;
  zip_uint64_t at;        /* where libzip reads next */
  zip_uint64_t last_read; /* where it read last */
  zip_error_t  error;
  guint        n;
  char       **names;
};

/* --- what libzip reads from ---------------------------------------------------------- */

static zip_int64_t
source_read (SigZip      *self,
             void        *data,
             zip_uint64_t length)
{
  zip_uint64_t size = (zip_uint64_t) sig_file_get_size (self->file), left = self->at < size ? size - self->at : 0;
  gsize n = (gsize) MIN (length, left);

  if (n > 0 && !sig_file_read (self->file, (gint64) self->at, n, data, NULL))
    {
      zip_error_set (&self->error, ZIP_ER_READ, 0);
      return -1;
    }
  self->last_read = self->at;
  self->at += n;
  return (zip_int64_t) n;
}

static zip_int64_t
source_seek (SigZip      *self,
             void        *data,
             zip_uint64_t length)
{
  zip_int64_t at = zip_source_seek_compute_offset (self->at, (zip_uint64_t) sig_file_get_size (self->file), data, length,
                                                   &self->error);

  if (at < 0)
    return -1;
  self->at = (zip_uint64_t) at;
  return 0;
}

static zip_int64_t
source_stat (const SigZip *self,
             zip_stat_t   *about)
{
  zip_stat_init (about);
  about->size = (zip_uint64_t) sig_file_get_size (self->file);
  about->valid = ZIP_STAT_SIZE;
  return sizeof *about;
}

static zip_int64_t
source_cb (void            *user_data,
           void            *data,
           zip_uint64_t     length,
           zip_source_cmd_t command)
{
  SigZip *self = user_data;

  switch (command)
    {
    case ZIP_SOURCE_OPEN:
      self->at = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return source_read (self, data, length);
    case ZIP_SOURCE_SEEK:
      return source_seek (self, data, length);
    case ZIP_SOURCE_TELL:
      return (zip_int64_t) self->at;
    case ZIP_SOURCE_STAT:
      return source_stat (self, data);
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data (&self->error, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap (ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                             ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                             ZIP_SOURCE_SUPPORTS, -1);
    default:
      zip_error_set (&self->error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
    }
}

/* --- the directory ------------------------------------------------------------------- */

static gboolean
list_members (SigZip  *self,
              GError **error)
{
  zip_int64_t n = zip_get_num_entries (self->zip, 0);

  if (n < 0 || n > SIG_ZIP_MAX_MEMBERS)
    {
      sig_file_fail (self->file, error, SIG_ERROR_TOO_LARGE, "is an archive of %" G_GINT64_FORMAT " members, at most %d are read",
                     (gint64) n, SIG_ZIP_MAX_MEMBERS);
      return FALSE;
    }
  self->names = g_new0 (char *, (gsize) n + 1);
  for (zip_int64_t i = 0; i < n; i++)
    {
      const char *name = zip_get_name (self->zip, (zip_uint64_t) i, ZIP_FL_ENC_GUESS);

      self->names[i] = g_utf8_make_valid (name != NULL ? name : "", -1);
      self->n++;
    }
  return TRUE;
}

SigZip *
sig_zip_open (SigFile *file,
              GError **error)
{
  g_autoptr (SigZip) self = g_new0 (SigZip, 1);
  zip_source_t *source;

  self->file = sig_file_ref (file);
  zip_error_init (&self->error);
  source = zip_source_function_create (source_cb, self, NULL);
  /* Strict: of two members with one name different programs take different ones. */
  self->zip = source != NULL ? zip_open_from_source (source, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;
  if (self->zip == NULL)
    {
      zip_source_free (source);
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "is a damaged zip archive, one cut short, or one that names a member twice");
      return NULL;
    }
  return list_members (self, error) ? g_steal_pointer (&self) : NULL;
}

void
sig_zip_close (SigZip *self)
{
  if (self->zip != NULL)
    zip_discard (self->zip);
  g_strfreev (self->names);
  zip_error_fini (&self->error);
  sig_file_unref (self->file);
  g_free (self);
}

guint
sig_zip_get_n (const SigZip *self)
{
  return self->n;
}

const char *
sig_zip_get_name (const SigZip *self,
                  guint         index)
{
  g_return_val_if_fail (index < self->n, NULL);
  return self->names[index];
}

/* --- members ------------------------------------------------------------------------- */

static gboolean
fail_member (const SigZip *self,
             guint         index,
             SigError      code,
             const char   *what,
             GError      **error)
{
  sig_file_fail (self->file, error, code, "its member “%s” %s", self->names[index], what);
  return FALSE;
}

static gboolean
check_member (const SigZip     *self,
              guint             index,
              const zip_stat_t *about,
              GError          **error)
{
  const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
  zip_uint64_t whole = (zip_uint64_t) sig_file_get_size (self->file);
  gboolean stored = about->comp_method == ZIP_CM_STORE;

  if ((about->valid & needed) != needed)
    return fail_member (self, index, SIG_ERROR_FORMAT, "is damaged", error);
  if (about->encryption_method != ZIP_EM_NONE)
    return fail_member (self, index, SIG_ERROR_UNSUPPORTED, "is encrypted", error);
  if (!stored && about->comp_method != ZIP_CM_DEFLATE)
    return fail_member (self, index, SIG_ERROR_UNSUPPORTED,
                        "is compressed by a method that is not read; save it stored or deflated", error);
  if (about->size == 0)
    return fail_member (self, index, SIG_ERROR_FORMAT, "is empty", error);
  if (about->comp_size > whole || (stored && about->size != about->comp_size))
    return fail_member (self, index, SIG_ERROR_FORMAT, "declares more bytes than the archive has", error);
  if (about->size <= ANY_RATIO_BYTES || about->size / MAX_RATIO <= about->comp_size)
    return TRUE;

  g_autofree char *size = g_format_size_full (about->size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *from = g_format_size_full (about->comp_size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *what = g_strdup_printf ("would grow from %s to %s; at most a hundredfold is read", from, size);

  return fail_member (self, index, SIG_ERROR_TOO_LARGE, what, error);
}

/* All of a member; libzip compares its checksum once it has seen the end. */
static SigFile *
inflate (const SigZip     *self,
         guint             index,
         const zip_stat_t *about,
         const char       *name,
         GError          **error)
{
  g_autofree guint8 *bytes = g_try_malloc (about->size);
  zip_file_t *member;
  gboolean whole;
  guint8 beyond;

  if (bytes == NULL)
    {
      fail_member (self, index, SIG_ERROR_TOO_LARGE, "takes more memory than there is", error);
      return NULL;
    }
  member = zip_fopen_index (self->zip, index, 0);
  whole = member != NULL && zip_fread (member, bytes, about->size) == (zip_int64_t) about->size
       && zip_fread (member, &beyond, 1) == 0;
  whole &= member != NULL && zip_fclose (member) == 0;
  if (!whole)
    {
      fail_member (self, index, SIG_ERROR_FORMAT, "is damaged", error);
      return NULL;
    }

  g_autoptr (GBytes) content = g_bytes_new_take (g_steal_pointer (&bytes), about->size);

  return sig_file_new_bytes (name, content);
}

/* Where the bytes of a stored member begin: where libzip reads when it is asked for the first of them. -1 when the bytes there
 * are not those that it gave. */
static gint64
find_stored (SigZip           *self,
             guint             index,
             const zip_stat_t *about)
{
  guint8 given[CHECK_BYTES], there[CHECK_BYTES];
  gsize n = MIN (about->size, CHECK_BYTES);
  zip_file_t *member = zip_fopen_index (self->zip, index, 0);
  gint64 offset;

  if (member == NULL)
    return -1;

  gboolean read = zip_fread (member, given, n) == (zip_int64_t) n;

  zip_fclose (member);
  offset = (gint64) self->last_read;
  if (!read || offset > sig_file_get_size (self->file) - (gint64) about->size
      || !sig_file_read (self->file, offset, n, there, NULL) || memcmp (given, there, n) != 0)
    return -1;
  return offset;
}

SigFile *
sig_zip_open_member (SigZip  *self,
                     guint    index,
                     GError **error)
{
  g_autofree char *name = NULL;
  zip_stat_t about;

  g_return_val_if_fail (index < self->n, NULL);

  name = g_strdup_printf ("%s: %s", sig_file_get_name (self->file), self->names[index]);
  if (zip_stat_index (self->zip, index, 0, &about) != 0)
    {
      fail_member (self, index, SIG_ERROR_FORMAT, "is damaged", error);
      return NULL;
    }
  if (!check_member (self, index, &about, error))
    return NULL;

  gint64 offset = about.comp_method == ZIP_CM_STORE ? find_stored (self, index, &about) : -1;

  return offset >= 0 ? sig_file_new_part (self->file, name, offset, (gint64) about.size)
                     : inflate (self, index, &about, name, error);
}
