/* nn-archive.c: a zip archive in memory, by libzip
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-archive.h"
#include "nn-error.h"

#include <string.h>
#include <zip.h>

#define MAX_RATIO 100   /* what a byte of the archive may become */
#define SMALL     65536 /* bytes that are never too many for their ratio */

struct _NnArchive
{
  zip_t *zip;
};

static gboolean
refuse (GError    **error,
        NnError     code,
        const char *format,
        ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError    **error,
        NnError     code,
        const char *format,
        ...)
{
  va_list args;
  g_autofree char *sentence = NULL;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, NN_ERROR, code, sentence);
  return FALSE;
}

/* --- reading ------------------------------------------------------------------------ */

NnArchive *
nn_archive_open (const guint8 *bytes,
                 gsize         length,
                 GError      **error)
{
  zip_source_t *source = zip_source_buffer_create (bytes, length, 0, NULL);
  /* Strict: of two members with one name different programs take different ones. */
  zip_t *zip = source != NULL ? zip_open_from_source (source, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;
  NnArchive *self;

  if (zip == NULL)
    {
      zip_source_free (source);
      refuse (error, NN_ERROR_SYNTAX, "It is no zip archive, or a damaged one.");
      return NULL;
    }
  self = g_new0 (NnArchive, 1);
  self->zip = zip;
  return self;
}

void
nn_archive_close (NnArchive *self)
{
  if (self == NULL)
    return;
  zip_discard (self->zip);
  g_free (self);
}

static gboolean
check_member (const zip_stat_t *about,
              const char       *name,
              gsize             most,
              GError          **error)
{
  const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;

  if ((about->valid & needed) != needed)
    return refuse (error, NN_ERROR_SYNTAX, "Its member “%s” is damaged.", name);
  if (about->encryption_method != ZIP_EM_NONE)
    return refuse (error, NN_ERROR_SYNTAX, "Its member “%s” is encrypted.", name);
  if (about->comp_method != ZIP_CM_STORE && about->comp_method != ZIP_CM_DEFLATE)
    return refuse (error, NN_ERROR_SYNTAX, "Its member “%s” is compressed by method %u; stored and deflated ones are read.",
                   name, about->comp_method);
  if (about->size > most)
    return refuse (error, NN_ERROR_TOO_LARGE, "Its member “%s” would take %" G_GUINT64_FORMAT " bytes; at most %" G_GSIZE_FORMAT
                   " are read.", name, (guint64) about->size, most);
  if (about->size > SMALL && about->size / MAX_RATIO > about->comp_size)
    return refuse (error, NN_ERROR_TOO_LARGE, "Its member “%s” would grow from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                   " bytes; at most %d times as many are read.",
                   name, (guint64) about->comp_size, (guint64) about->size, MAX_RATIO);
  return TRUE;
}

GBytes *
nn_archive_read (NnArchive  *self,
                 const char *name,
                 gsize       most,
                 GError    **error)
{
  g_autofree guint8 *bytes = NULL;
  zip_file_t *file;
  zip_stat_t about;
  gboolean whole;
  guint8 beyond;

  if (zip_stat (self->zip, name, ZIP_FL_ENC_RAW, &about) != 0)
    {
      refuse (error, NN_ERROR_SYNTAX, "Its member “%s” is missing.", name);
      return NULL;
    }
  if (!check_member (&about, name, most, error))
    return NULL;
  bytes = g_try_malloc (MAX (about.size, 1));
  if (bytes == NULL)
    {
      refuse (error, NN_ERROR_TOO_LARGE, "There is no memory for the %" G_GUINT64_FORMAT " bytes of “%s”.",
              (guint64) about.size, name);
      return NULL;
    }
  file = zip_fopen_index (self->zip, about.index, 0);
  /* One byte more is asked for: only then does libzip see the end, and compare the checksum. */
  whole = file != NULL && zip_fread (file, bytes, about.size) == (zip_int64_t) about.size && zip_fread (file, &beyond, 1) == 0;
  whole &= file != NULL && zip_fclose (file) == 0;
  if (!whole)
    {
      refuse (error, NN_ERROR_SYNTAX, "Its member “%s” is damaged.", name);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), about.size);
}

/* --- writing ------------------------------------------------------------------------ */

static gboolean
add_member (zip_t               *zip,
            const NnArchiveItem *item)
{
  const zip_uint16_t new_year = (1 << 5) | 1; /* 1980-01-01, the first day that a zip knows */
  zip_source_t *source = zip_source_buffer (zip, item->bytes, item->length, 0);
  zip_int64_t index = source != NULL ? zip_file_add (zip, item->name, source, ZIP_FL_ENC_UTF_8) : -1;

  if (index < 0)
    {
      zip_source_free (source);
      return FALSE;
    }
  return zip_set_file_compression (zip, index, ZIP_CM_STORE, 0) == 0 && zip_file_set_dostime (zip, index, 0, new_year, 0) == 0;
}

static guint8 *
take_bytes (zip_source_t *source,
            gsize        *length)
{
  g_autofree guint8 *bytes = NULL;
  zip_stat_t about;

  if (zip_source_stat (source, &about) != 0 || (about.valid & ZIP_STAT_SIZE) == 0)
    return NULL;
  bytes = g_try_malloc (about.size);
  if (bytes == NULL || zip_source_open (source) != 0)
    return NULL;
  *length = about.size;
  if (zip_source_read (source, bytes, about.size) != (zip_int64_t) about.size)
    g_clear_pointer (&bytes, g_free);
  zip_source_close (source);
  return g_steal_pointer (&bytes);
}

guint8 *
nn_archive_write (const NnArchiveItem *items,
                  guint                n_items,
                  gsize               *length,
                  GError             **error)
{
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip = source != NULL ? zip_open_from_source (source, ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
  gboolean written = zip != NULL;
  guint8 *bytes = NULL;

  if (zip != NULL)
    zip_source_keep (source);
  for (guint i = 0; written && i < n_items; i++)
    written = add_member (zip, &items[i]);
  if (zip != NULL && (!written || zip_close (zip) != 0))
    {
      zip_discard (zip);
      written = FALSE;
    }
  if (written)
    bytes = take_bytes (source, length);
  if (source != NULL)
    zip_source_free (source);
  if (bytes == NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "There is no memory for the archive.");
  return bytes;
}
