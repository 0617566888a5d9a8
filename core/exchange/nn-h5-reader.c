/* nn-h5-reader.c: the arrays of the HDF5 files that Keras writes, read without trust
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-h5-walk.h"
#include "nn-error.h"
#include "nn-shape.h"

#include <math.h>
#include <string.h>

#define BUDGET     2000000
#define SUPERBLOCK 96      /* bytes, with the root's entry */

enum { MESSAGE_DATASPACE = 1, MESSAGE_DATATYPE = 3, MESSAGE_EXTERNAL = 7, MESSAGE_LAYOUT = 8, MESSAGE_FILTERS = 11 };

enum { LAYOUT_COMPACT, LAYOUT_CONTIGUOUS };

/* What is known of an array. */
typedef struct
{
  NnShape       shape;
  int           rank;    /* of the file, where it is more than a shape holds */
  gsize         width;   /* bytes of a float; 0: not known, or not a float */
  gsize         whole;   /* the same of a whole number with a sign */
  const guint8 *data;    /* NULL: stored in a way that is not read */
  gsize         size;
} Array;

static gboolean
damaged (GError    **error,
         const char *what)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The HDF5 file of weights is damaged: %s.", what);
  return FALSE;
}

/* --- arrays ---------------------------------------------------------------------------- */

static gboolean
take_dataspace (Array        *array,
                const guint8 *data,
                gsize         size)
{
  guint version = size >= 4 ? data[0] : 0, rank;
  gsize start = version == 1 ? 8 : 4;

  if (version < 1 || version > 2 || (version == 2 && data[3] == 2))
    return FALSE;
  rank = data[1];
  if (rank > 32 || size < start + 8 * (gsize) rank)
    return FALSE;
  array->rank = rank;
  array->shape.rank = MIN (rank, NN_MAX_RANK);
  for (int i = 0; i < array->shape.rank; i++)
    array->shape.dim[i] = (gint64) MIN (nn_h5_get (data + start + 8 * i, 8), G_MAXINT64);
  return TRUE;
}

static void
take_datatype (Array        *array,
               const guint8 *data,
               gsize         size)
{
  /* Little-endian IEEE floats: class and version, bits, bytes; then places and sizes of sign, exponent and mantissa. */
  static const guint8 single[20] = { 0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0 };
  static const guint8 twice[20] = { 0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xFF, 3, 0, 0 };

  /* Little-endian whole numbers with a sign: class and version, bits, bytes; place and number of the bits. */
  static const guint8 word[12] = { 0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0 };
  static const guint8 long_word[12] = { 0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0 };

  if (size >= sizeof single && memcmp (data, single, sizeof single) == 0)
    array->width = 4;
  else if (size >= sizeof twice && memcmp (data, twice, sizeof twice) == 0)
    array->width = 8;
  else if (size >= sizeof word && memcmp (data, word, sizeof word) == 0)
    array->whole = 4;
  else if (size >= sizeof long_word && memcmp (data, long_word, sizeof long_word) == 0)
    array->whole = 8;
}

static void
take_layout (const NnH5Reader *self,
             Array            *array,
             const guint8     *data,
             gsize             size)
{
  if (size < 4 || data[0] != 3)
    return;
  if (data[1] == LAYOUT_CONTIGUOUS && size >= 18)
    {
      array->size = nn_h5_get (data + 10, 8);
      array->data = nn_h5_look (self, nn_h5_get (data + 2, 8), array->size);
    }
  else if (data[1] == LAYOUT_COMPACT && size - 4 >= nn_h5_get (data + 2, 2))
    {
      array->size = nn_h5_get (data + 2, 2);
      array->data = data + 4;
    }
}

static gboolean
take_array (NnH5Reader        *self,
            const NnH5Message *message,
            gpointer           data)
{
  Array *array = data;

  switch (message->type)
    {
    case MESSAGE_DATASPACE:
      return !message->shared && take_dataspace (array, message->data, message->size);
    case MESSAGE_DATATYPE:
      if (!message->shared)
        take_datatype (array, message->data, message->size);
      return TRUE;
    case MESSAGE_LAYOUT:
      if (!message->shared)
        take_layout (self, array, message->data, message->size);
      return TRUE;
    case MESSAGE_EXTERNAL:
    case MESSAGE_FILTERS:
      return FALSE;
    default:
      return TRUE;
    }
}

static gboolean
refuse_array (GError    **error,
              const char *path,
              const char *what)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The weights “%s” %s.", path, what);
  return FALSE;
}

static gboolean
check_shape (const Array   *array,
             const char    *path,
             const NnShape *wanted,
             GError       **error)
{
  g_autofree char *found_text = NULL;
  g_autofree char *wanted_text = NULL;

  if (array->rank == wanted->rank && nn_shape_equal (&array->shape, wanted))
    return TRUE;
  found_text = array->rank == 0 ? g_strdup ("a single number") : nn_shape_to_text (&array->shape);
  wanted_text = nn_shape_to_text (wanted);
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The weights “%s” are %s%s; the layer needs %s.", path, found_text,
               array->rank > NN_MAX_RANK ? " × …" : "", wanted_text);
  return FALSE;
}

static float
decode (const guint8 *bytes,
        gsize         width)
{
  guint64 word = nn_h5_get (bytes, width);
  guint32 half = (guint32) word;
  double wide;
  float value;

  if (width == 8)
    {
      memcpy (&wide, &word, 8);
      return (float) wide;
    }
  memcpy (&value, &half, 4);
  return value;
}

/* What is known of the array at `path`; FALSE where it is not there or damaged. */
static gboolean
find_array (NnH5Reader *self,
            const char *path,
            Array      *array,
            GError    **error)
{
  guint64 header;
  NnH5Outcome outcome = nn_h5_find (self, path, &header);

  *array = (Array) { .rank = -1 };
  if (outcome == NN_H5_ABSENT)
    return refuse_array (error, path, "are not in the file");
  if (outcome == NN_H5_DAMAGED || !nn_h5_walk_messages (self, header, take_array, array) || array->rank < 0)
    return refuse_array (error, path, "cannot be read: that part of the file is damaged, or is a link or compressed");
  return TRUE;
}

gboolean
nn_h5_reader_is_single (NnH5Reader *self,
                        const char *path)
{
  Array array;

  return find_array (self, path, &array, NULL) && array.rank == 0;
}

gboolean
nn_h5_reader_read_whole (NnH5Reader *self,
                         const char *path,
                         gint64     *out,
                         GError    **error)
{
  Array array;

  if (!find_array (self, path, &array, error))
    return FALSE;
  if (array.rank != 0 || array.whole == 0 || array.data == NULL || array.size != array.whole)
    return refuse_array (error, path, "are not a single whole number");
  *out = array.whole == 4 ? (gint32) nn_h5_get (array.data, 4) : (gint64) nn_h5_get (array.data, 8);
  return TRUE;
}

gboolean
nn_h5_reader_read_floats (NnH5Reader    *self,
                          const char    *path,
                          const NnShape *shape,
                          float         *out,
                          GError       **error)
{
  gint64 n = nn_shape_size (shape);
  Array array;

  g_return_val_if_fail (n >= 0, FALSE);

  if (!find_array (self, path, &array, error))
    return FALSE;
  if (!check_shape (&array, path, shape, error))
    return FALSE;
  if (array.width == 0)
    return refuse_array (error, path, "are not 32-bit floats");
  if (array.data == NULL || array.size / array.width != (guint64) n || array.size % array.width != 0)
    return refuse_array (error, path, "are not stored whole and in one piece");

  for (gint64 i = 0; i < n; i++)
    {
      out[i] = decode (array.data + i * array.width, array.width);
      if (!isfinite (out[i]))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "The weights “%s” hold numbers that are not finite.", path);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
count_member (const char *name,
              guint64     header,
              gpointer    data)
{
  int *n = data;

  (*n)++;
  return TRUE;
}

int
nn_h5_reader_count (NnH5Reader *self,
                    const char *path,
                    GError    **error)
{
  gboolean is_group = FALSE;
  guint64 header;
  int n = 0;
  NnH5Outcome outcome = nn_h5_find (self, path, &header);

  if (outcome == NN_H5_FOUND)
    outcome = nn_h5_walk_group (self, header, count_member, &n, &is_group);
  if (outcome == NN_H5_ABSENT)
    return is_group ? n : -1;
  damaged (error, "the list of a group's members makes no sense");
  return -2;
}

gboolean
nn_h5_reader_open (NnH5Reader   *self,
                   const guint8 *bytes,
                   gsize         length,
                   GError      **error)
{
  const guint8 *start;

  *self = (NnH5Reader) { bytes, length, 0, BUDGET };
  start = nn_h5_look (self, 0, SUPERBLOCK);
  if (start == NULL || memcmp (start, "\x89HDF\r\n\x1a\n", 8) != 0)
    return damaged (error, "it does not begin as one");
  if (start[8] != 0 || start[13] != 8 || start[14] != 8 || nn_h5_get (start + 24, 8) != 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   "The HDF5 file of weights has a superblock of version %u; Keras' own files, version 0, are read.", start[8]);
      return FALSE;
    }
  self->root = nn_h5_get (start + 64, 8);
  return TRUE;
}
