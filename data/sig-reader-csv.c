/* sig-reader-csv.c: opens delimited text: CSV, TSV and the text files of instruments
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-import.h"
#include "sig-sniff.h"

gboolean
sig_reader_csv_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  gint64 start;
  g_autoptr (SigFile) text = sig_import_decode (file, 0, reading, &start, error);
  g_auto (SigSniff) sniff = { 0 };
  g_auto (SigTable) table = { 0 };
  g_auto (SigColumns) columns = { 0 };

  if (text == NULL || !sig_sniff_dialect (text, start, 1, '\0', &sniff, error))
    return FALSE;
  if (sniff.ambiguous)
    {
      sig_file_fail (file, error, SIG_ERROR_UNDECIDED,
                     "numbers such as 1,234 may mean 1.234 or 1234; write them with a decimal point, or say which when "
                     "importing it");
      return FALSE;
    }
  if (sniff.dialect.decimal == ',')
    sig_reading_note (reading, "Numbers were read with a decimal comma.");

  SigTableFormat format = { .separator = sniff.dialect.separator, .style = { .decimal = sniff.dialect.decimal },
                            .has_header = sniff.has_header };

  return sig_import_read_table (text, start, &format, sniff.comments, reading, &table, &columns, error)
      && sig_columns_make (&columns, text, reading, content, error);
}
