/* sig-reader-csv.c: opens delimited text: CSV, TSV and the text files of instruments
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-openbci.h"
#include "sig-sniff.h"

/* The next row as a header; NULL with an error, or without one at the end. */
static char **
read_header (SigCsv  *csv,
             GError **error)
{
  guint n_fields;

  if (!sig_csv_next (csv, error))
    return NULL;

  const SigField *fields = sig_csv_get_fields (csv, &n_fields);
  char **names = g_new0 (char *, n_fields + 1);

  for (guint i = 0; i < n_fields; i++)
    names[i] = sig_field_dup (&fields[i]);
  return names;
}

gboolean
sig_reader_csv_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  gint64 start;
  g_autoptr (SigFile) text = sig_sniff_decode (file, reading, &start, error);
  g_auto (SigSniff) sniff = { 0 };

  if (text == NULL || !sig_sniff_dialect (text, start, reading, &sniff, error))
    return FALSE;

  g_autoptr (SigCsv) csv = sig_csv_new (text, &sniff.dialect);
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) names = NULL;
  g_auto (SigTable) table = { 0 };
  g_auto (SigColumns) columns = { 0 };

  if (sniff.has_header)
    {
      names = read_header (csv, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  if (!sig_table_read (&table, text, csv, names, sniff.dialect.decimal, sig_columns_setup, NULL, reading, error))
    return FALSE;
  sig_columns_init (&columns, &table, sniff.has_header);
  sig_openbci_apply (&columns, sniff.comments, sniff.has_header, reading);
  sig_columns_find_rate (&columns, sig_sniff_find_rate (sniff.comments), reading);
  return sig_columns_make (&columns, text, reading, content, error);
}
