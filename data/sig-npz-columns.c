/* sig-npz-columns.c: NPZ archives that hold one array for each channel
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-npz-columns.h"

#include <string.h>

#include "sig-columns.h"
#include "sig-npy.h"

#define MAX_COLUMNS  1024
#define ROWS_AT_ONCE 1024
#define DIGITS       9 /* after the decimal point of a time */

/* A member as numbers along one axis (transfer full); NULL for any other. */
static SigFile *
open_vector (SigZip *zip,
             guint   index,
             SigNpy *npy)
{
  g_autoptr (SigFile) member = sig_zip_open_member (zip, index, NULL);
  g_auto (SigReading) reading = { 0 };

  sig_reading_init (&reading, NULL);
  if (member == NULL || !sig_npy_parse (member, &reading, npy, NULL) || npy->rank != 1)
    return NULL;
  return g_steal_pointer (&member);
}

gboolean
sig_npz_has_columns (SigZip *zip,
                     int     skipped)
{
  gint64 length = -1;
  guint n = 0;

  if (sig_zip_get_n (zip) > MAX_COLUMNS + 1)
    return FALSE;
  for (guint i = 0; i < sig_zip_get_n (zip); i++)
    {
      SigNpy npy;
      g_autoptr (SigFile) member = (int) i != skipped ? open_vector (zip, i, &npy) : NULL;

      if ((int) i == skipped)
        continue;
      if (member == NULL || !g_str_has_suffix (sig_zip_get_name (zip, i), ".npy") || (length >= 0 && npy.n_items != length))
        return FALSE;
      length = npy.n_items;
      n++;
    }
  return n >= 2 && length >= 2;
}

/* A member on its way into its column. */
typedef struct
{
  SigFile *file;
  SigNpy   npy;
  guint8  *bytes; /* of ROWS_AT_ONCE numbers */
} Vector;

static void
vector_clear (gpointer data)
{
  Vector *self = data;

  g_clear_pointer (&self->file, sig_file_unref);
  g_clear_pointer (&self->bytes, g_free);
}

/* Opens the members and names the columns after them. */
static GArray *
open_vectors (SigZip   *zip,
              int       skipped,
              SigTable *table)
{
  GArray *vectors = g_array_new (FALSE, TRUE, sizeof (Vector));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_array_set_clear_func (vectors, vector_clear);
  for (guint i = 0; i < sig_zip_get_n (zip); i++)
    {
      const char *name = sig_zip_get_name (zip, i);
      Vector vector = { 0 };

      if ((int) i == skipped)
        continue;
      vector.file = open_vector (zip, i, &vector.npy);
      if (vector.file == NULL)
        continue;
      vector.bytes = g_malloc (ROWS_AT_ONCE * sig_scalar_size (vector.npy.scalar.kind));
      g_array_append_val (vectors, vector);
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (".npy")));
    }
  g_ptr_array_add (names, NULL);
  sig_table_make_columns (table, vectors->len, (char **) names->pdata);
  return vectors;
}

static gboolean
read_rows (const GArray  *vectors,
           SigTable      *table,
           const SigFile *file,
           SigReading    *reading,
           GError       **error)
{
  gint64 n_rows = g_array_index (vectors, Vector, 0).npy.n_items;

  for (gint64 start = 0; start < n_rows; start += ROWS_AT_ONCE)
    {
      gsize n = (gsize) MIN (ROWS_AT_ONCE, n_rows - start);

      if (!sig_reading_advance (reading, file, (double) start / (double) n_rows, error))
        return FALSE;
      for (guint i = 0; i < vectors->len; i++)
        {
          const Vector *vector = &g_array_index (vectors, Vector, i);
          gsize size = sig_scalar_size (vector->npy.scalar.kind);

          if (!sig_file_read (vector->file, vector->npy.offset + start * (gint64) size, n * size, vector->bytes, error))
            return FALSE;
        }
      for (gsize t = 0; t < n; t++, table->n_rows++)
        for (guint i = 0; i < vectors->len; i++)
          {
            const Vector *vector = &g_array_index (vectors, Vector, i);
            const guint8 *bytes = vector->bytes + t * sig_scalar_size (vector->npy.scalar.kind);

            if (!sig_table_put_number (table, i, sig_scalar_decode_double (&vector->npy.scalar, bytes), DIGITS))
              {
                sig_file_fail (file, error, SIG_ERROR_FORMAT, "%s has one class too many: at most 1,024 are read",
                               table->columns[i].name);
                return FALSE;
              }
          }
    }
  return TRUE;
}

gboolean
sig_npz_open_columns (SigZip        *zip,
                      int            skipped,
                      double         rate_hz,
                      const SigFile *file,
                      SigReading    *reading,
                      SigContent    *content,
                      GError       **error)
{
  g_auto (SigTable) table = { 0 };
  g_auto (SigColumns) columns = { 0 };
  g_autoptr (GArray) vectors = NULL;
  gsize n_cells;
  int label;

  sig_table_init (&table);
  vectors = open_vectors (zip, skipped, &table);
  if (g_size_checked_mul (&n_cells, (gsize) g_array_index (vectors, Vector, 0).npy.n_items, vectors->len))
    table.cells = g_try_new (float, n_cells);
  if (table.cells == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "there is not enough memory for its %u arrays", vectors->len);
      return FALSE;
    }
  label = sig_table_find_label_name (&table);
  if (label >= 0)
    {
      table.columns[label].kind = SIG_CELL_CLASS;
      table.columns[label].by_name = TRUE;
    }
  if (!read_rows (vectors, &table, file, reading, error))
    return FALSE;
  sig_columns_init (&columns, &table, TRUE, NULL);
  sig_columns_find_rate (&columns, rate_hz, reading);
  return sig_columns_make (&columns, file, reading, content, error);
}
