/* sig-array.c: the numbers of an NPY file as they stand there, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-array.h"

#include <string.h>

#include "sig-npy.h"

#define CHUNK 65536 /* numbers read at a time */

G_STATIC_ASSERT (SIG_ARRAY_MAX_RANK >= SIG_NPY_MAX_RANK);

static gboolean
read_values (SigFile      *file,
             const SigNpy *npy,
             float        *values,
             GError      **error)
{
  gsize size = sig_scalar_size (npy->scalar.kind);
  g_autofree guint8 *bytes = g_malloc (CHUNK * size);

  for (gint64 done = 0; done < npy->n_items; done += CHUNK)
    {
      gsize n = (gsize) MIN (CHUNK, npy->n_items - done);

      if (!sig_file_read (file, npy->offset + done * (gint64) size, n * size, bytes, error))
        return FALSE;
      sig_scalar_decode (&npy->scalar, bytes, size, n, values + done);
    }
  return TRUE;
}

/* Copies an array whose first axis runs fastest so that the last one does. */
static void
turn (const SigNpy *npy,
      const float  *from,
      float        *to)
{
  gint64 at[SIG_NPY_MAX_RANK] = { 0 }, source = 0;

  for (gint64 i = 0; i < npy->n_items; i++)
    {
      to[i] = from[source];
      /* One step of the last axis; where it ends, of the one before. */
      for (guint axis = npy->rank; axis-- > 0;)
        {
          gint64 stride = 1;

          for (guint k = 0; k < axis; k++)
            stride *= npy->shape[k];
          source += stride;
          if (++at[axis] < npy->shape[axis])
            break;
          source -= stride * npy->shape[axis];
          at[axis] = 0;
        }
    }
}

SigArray *
sig_array_open (const char *path,
                GError    **error)
{
  g_autoptr (SigFile) file = sig_file_open (path, error);
  g_auto (SigReading) reading = { 0 };
  g_autoptr (SigArray) self = g_new0 (SigArray, 1);
  SigNpy npy;

  sig_reading_init (&reading, NULL);
  if (file == NULL || !sig_npy_parse (file, &reading, &npy, error))
    return NULL;

  self->rank = npy.rank;
  memcpy (self->shape, npy.shape, sizeof npy.shape);
  self->n_items = npy.n_items;
  self->values = g_try_new (float, (gsize) npy.n_items);

  g_autofree float *turned = npy.fortran && npy.rank > 1 ? g_try_new (float, (gsize) npy.n_items) : NULL;

  if (self->values == NULL || (npy.fortran && npy.rank > 1 && turned == NULL))
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "there is not enough memory for %" G_GINT64_FORMAT " numbers",
                     npy.n_items);
      return NULL;
    }
  if (!read_values (file, &npy, self->values, error))
    return NULL;
  if (turned != NULL)
    {
      turn (&npy, self->values, turned);
      g_free (self->values);
      self->values = g_steal_pointer (&turned);
    }
  return g_steal_pointer (&self);
}

void
sig_array_free (SigArray *self)
{
  if (self == NULL)
    return;

  g_free (self->values);
  g_free (self);
}

gboolean
sig_array_is (const char *path)
{
  g_autoptr (SigFile) file = sig_file_open (path, NULL);
  char start[6] = "";

  return file != NULL && sig_file_peek (file, sizeof start, start) == sizeof start
         && memcmp (start, "\x93NUMPY", sizeof start) == 0;
}

char *
sig_array_dup_shape (const SigArray *self)
{
  return sig_npy_shape_to_text (self->shape, self->rank);
}

GBytes *
sig_array_make_header (const gint64 *shape,
                       guint         rank)
{
  g_autofree char *extents = sig_npy_shape_to_text (shape, rank);
  g_autofree char *dictionary = g_strdup_printf ("{'descr': '<f4', 'fortran_order': False, 'shape': %s, }", extents);
  GString *header = g_string_new_len ("\x93NUMPY\x01\x00", 8);
  gsize length = strlen (dictionary) + 1, padding = (64 - (10 + length) % 64) % 64; /* the values begin at a multiple of 64 */

  length += padding;
  g_string_append_c (header, (char) (length & 0xFF));
  g_string_append_c (header, (char) (length >> 8));
  g_string_append (header, dictionary);
  for (gsize i = 0; i < padding; i++)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  return g_string_free_to_bytes (header);
}
