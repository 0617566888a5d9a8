/* sig-reader-csv.c: opens delimited text: CSV, TSV and the text files of instruments
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-import.h"

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
  SigTableFormat format = { 0 };

  if (text == NULL || !sig_import_sniff (text, &start, &format, &sniff, error))
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
  if (format.skip_lines == 1)
    sig_reading_note (reading, "The first line is no part of the table and was passed over.");
  else if (format.skip_lines > 1)
    sig_reading_note (reading, "The first %" G_GINT64_FORMAT " lines are no part of the table and were passed over.",
                      format.skip_lines);
  return sig_import_read_table (text, start, &format, &sniff, reading, &table, &columns, error)
      && sig_columns_make (&columns, text, reading, content, error);
}
