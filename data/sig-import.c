/* sig-import.c: opens files that do not say how they are to be read, or say it wrong
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-import.h"

#include <math.h>
#include <string.h>

#include "sig-instrument.h"
#include "sig-openbci.h"
#include "sig-raw.h"

#define SKIP_CHUNK  (64 * 1024)
#define GUESS_BYTES (64 * 1024)

/* --- tables ------------------------------------------------------------------------ */

/* The byte behind the first `n_lines` lines from `offset` on; -1 with an error when there are not so many. */
static gint64
skip_lines (SigFile *file,
            gint64   offset,
            gint64   n_lines,
            GError **error)
{
  g_autofree char *chunk = g_malloc (SKIP_CHUNK);
  gint64 size = sig_file_get_size (file), n_done = 0;
  char last = '\0';

  for (gint64 at = offset; at < size; at += SKIP_CHUNK)
    {
      gsize n = (gsize) MIN (SKIP_CHUNK, size - at);

      if (!sig_file_read (file, at, n, chunk, error))
        return -1;
      for (gsize i = 0; i < n; i++)
        {
          gboolean crlf = last == '\r' && chunk[i] == '\n';

          if (n_done == n_lines && !crlf)
            return at + (gint64) i;
          n_done += !crlf && (chunk[i] == '\r' || chunk[i] == '\n');
          last = chunk[i];
        }
    }
  if (n_done == n_lines)
    return size;
  sig_file_fail (file, error, SIG_ERROR_FORMAT,
                 "has %" G_GINT64_FORMAT " lines, and the first %" G_GINT64_FORMAT " are to be skipped",
                 n_done + (last != '\n' && last != '\r'), n_lines);
  return -1;
}

SigFile *
sig_import_decode (SigFile    *file,
                   gint64      n_lines,
                   SigReading *reading,
                   gint64     *offset,
                   GError    **error)
{
  g_autoptr (SigFile) text = sig_sniff_decode (file, reading, offset, error);

  if (text == NULL)
    return NULL;
  *offset = skip_lines (text, *offset, n_lines, error);
  return *offset >= 0 ? g_steal_pointer (&text) : NULL;
}

gboolean
sig_import_sniff (SigFile        *text,
                  gint64         *offset,
                  SigTableFormat *format,
                  SigSniff       *sniff,
                  GError        **error)
{
  if (!sig_sniff_dialect (text, *offset, 1, '\0', sniff, error))
    return FALSE;
  if (sniff->n_before > 0)
    {
      format->skip_lines = sniff->n_before;
      *offset = skip_lines (text, *offset, format->skip_lines, error);
      sig_sniff_clear (sniff);
      if (*offset < 0 || !sig_sniff_dialect (text, *offset, format->skip_lines + 1, '\0', sniff, error))
        return FALSE;
    }
  format->separator = sniff->dialect.separator;
  format->style.decimal = sniff->dialect.decimal;
  format->has_header = sniff->has_header;
  return TRUE;
}

/* The next row as a header; NULL with an error, or without one at the end. */
static char **
read_header (SigCsv  *csv,
             SigLack  lack,
             GError **error)
{
  guint n_fields;

  if (!sig_csv_next (csv, error))
    return NULL;

  const SigField *fields = sig_csv_get_fields (csv, &n_fields);
  g_auto (GStrv) names = g_new0 (char *, n_fields + 1);

  for (guint i = 0; i < n_fields; i++)
    names[i] = sig_field_dup (&fields[i]);
  return sig_heading_complete (names, lack);
}

/* The names that a comment gives (transfer full). */
static char **
take_names (const SigSniff *sniff,
            SigReading     *reading)
{
  sig_reading_note (reading, "The columns have the names that the comment above them gives.");
  return g_strdupv (sniff->names);
}

/* Roles that somebody chose must fit the table that is there. */
static gboolean
check_roles (const SigTableFormat *format,
             const SigTable       *table,
             const SigFile        *file,
             GError              **error)
{
  guint label = 0;

  if (format->n_columns != 0 && format->n_columns != table->n_columns)
    {
      sig_file_fail (file, error, SIG_ERROR_MISMATCH, "has %u columns, %u were described", table->n_columns, format->n_columns);
      return FALSE;
    }
  for (guint i = 0; i < format->n_columns; i++)
    if (format->roles[i] == SIG_ROLE_LABEL)
      {
        if (label > 0)
          {
            sig_file_fail (file, error, SIG_ERROR_MISMATCH, "columns %u and %u are both to be labels; one can be", label, i + 1);
            return FALSE;
          }
        label = i + 1;
      }
  return TRUE;
}

gboolean
sig_import_read_table (SigFile              *text,
                       gint64                offset,
                       const SigTableFormat *format,
                       const SigSniff       *sniff,
                       SigReading           *reading,
                       SigTable             *table,
                       SigColumns           *columns,
                       GError              **error)
{
  SigDialect dialect = { format->separator, format->style.decimal, "\"", "%#", offset, format->skip_lines + 1 };
  g_autoptr (SigCsv) csv = sig_csv_new (text, &dialect);
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) names = NULL;
  SigColumnRoles roles = { format->roles, format->n_columns };

  if (!sig_instrument_check_ibi (text, offset, error))
    return FALSE;
  if (format->has_header)
    names = read_header (csv, sniff->lack, &local);
  else if (sniff->names != NULL)
    names = take_names (sniff, reading);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!sig_table_read (table, text, csv, names, &format->style, sig_columns_setup, &roles, reading, error)
      || !check_roles (format, table, text, error))
    return FALSE;

  double rate_hz = 0, start_s = 0;
  gboolean is_empatica = names == NULL && format->n_columns == 0
                         && sig_instrument_take_empatica (table, &rate_hz, &start_s);

  sig_columns_init (columns, table, names != NULL, &roles);
  if (is_empatica)
    {
      for (guint i = 0; i < table->n_columns; i++)
        columns->roles[i] = SIG_ROLE_CHANNEL;
      columns->rate_hz = rate_hz;
      columns->start_us = (gint64) (start_s * 1e6);
      sig_reading_note (reading, "The first two rows are the start, by Unix time, which is UTC, and the rate, as Empatica writes "
                        "them.");
    }
  if (format->n_columns == 0)
    {
      sig_openbci_apply (columns, sniff->comments, names != NULL, reading);
      sig_instrument_apply_opensignals (columns, sniff->comments, reading);
      sig_instrument_apply_geneactiv (columns, sniff->comments);
    }
  if (format->rate_hz > 0.0)
    columns->rate_hz = format->rate_hz;
  sig_columns_find_rate (columns, sig_sniff_find_rate (sniff->comments), reading);
  return TRUE;
}

gboolean
sig_import_check_rate (const SigFile *file,
                       double         rate_hz,
                       GError       **error)
{
  if (rate_hz == 0.0 || (rate_hz >= 0.001 && rate_hz <= 1e8))
    return TRUE;
  if (isnan (rate_hz))
    sig_file_fail (file, error, SIG_ERROR_MISMATCH, "the rate must be a number of Hz (allowed 0.001 Hz - 100 MHz)");
  else
    sig_file_fail (file, error, SIG_ERROR_MISMATCH, "the rate is to be %.9g Hz (allowed 0.001 Hz - 100 MHz)", rate_hz);
  return FALSE;
}

gboolean
sig_import_open_table (const char           *path,
                       const SigTableFormat *format,
                       const SigReadHooks   *hooks,
                       SigContent           *content,
                       GError              **error)
{
  g_auto (SigReading) reading = { 0 };
  g_auto (SigTable) table = { 0 };
  g_auto (SigColumns) columns = { 0 };
  g_auto (SigSniff) sniff = { 0 };
  g_autoptr (SigFile) file = sig_file_open (path, error);
  gint64 offset;

  *content = (SigContent) { 0 };
  if (file == NULL)
    return FALSE;
  sig_reading_init (&reading, hooks);

  g_autoptr (SigFile) text = sig_import_decode (file, format->skip_lines, &reading, &offset, error);

  if (text == NULL || !sig_import_check_rate (file, format->rate_hz, error)
      || !sig_sniff_dialect (text, offset, format->skip_lines + 1, format->separator, &sniff, error)
      || !sig_import_read_table (text, offset, format, &sniff, &reading, &table, &columns, error)
      || !sig_columns_make (&columns, text, &reading, content, error))
    return FALSE;
  sig_reading_attach (&reading, file, content);
  return TRUE;
}

gboolean
sig_import_is_text (const char *path)
{
  g_autoptr (SigFile) file = sig_file_open (path, NULL);

  return file != NULL && sig_sniff_is_text (file);
}

/* --- raw numbers ------------------------------------------------------------------- */

gint64
sig_import_count_steps (const SigRawFormat *format,
                        gint64              n_bytes,
                        gint64             *n_left)
{
  gint64 step_bytes = (gint64) format->n_channels * (gint64) sig_scalar_size (format->kind);
  gint64 n_data = MAX (0, n_bytes - format->header_bytes);

  *n_left = step_bytes > 0 ? n_data % step_bytes : n_data;
  return step_bytes > 0 ? n_data / step_bytes : 0;
}

gboolean
sig_import_check_raw (const SigRawFormat *format,
                      const SigFile      *file,
                      GError            **error)
{
  gint64 size = sig_file_get_size (file), n_left;

  if (!sig_import_check_rate (file, format->rate_hz, error))
    return FALSE;
  if (format->n_channels < 1 || format->n_channels > SIG_MAX_CHANNELS)
    {
      sig_file_fail (file, error, SIG_ERROR_MISMATCH, "is to have %u channels (allowed 1 - %d)", format->n_channels,
                     SIG_MAX_CHANNELS);
      return FALSE;
    }
  if (format->header_bytes < 0 || format->header_bytes >= size)
    {
      sig_file_fail (file, error, SIG_ERROR_MISMATCH,
                     "its header is to have %" G_GINT64_FORMAT " bytes (allowed 0 - %" G_GINT64_FORMAT ")",
                     format->header_bytes, size - 1);
      return FALSE;
    }
  if (sig_import_count_steps (format, size, &n_left) < 1)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "holds %" G_GINT64_FORMAT " bytes behind its header, one step of %u channels takes %" G_GSIZE_FORMAT,
                     size - format->header_bytes, format->n_channels, format->n_channels * sig_scalar_size (format->kind));
      return FALSE;
    }
  return TRUE;
}

gboolean
sig_import_open_raw (const char         *path,
                     const SigRawFormat *format,
                     const SigReadHooks *hooks,
                     SigContent         *content,
                     GError            **error)
{
  g_auto (SigReading) reading = { 0 };
  g_autoptr (SigFile) file = sig_file_open (path, error);
  SigRawLayout layout = { .scalar = { format->kind, format->big_endian, 1.0, 0.0 }, .offset = format->header_bytes,
                          .n_channels = format->n_channels, .planar = format->planar };
  gint64 n_left;

  *content = (SigContent) { 0 };
  if (file == NULL || !sig_import_check_raw (format, file, error))
    return FALSE;
  sig_reading_init (&reading, hooks);
  layout.n_steps = sig_import_count_steps (format, sig_file_get_size (file), &n_left);
  if (n_left > 0)
    sig_reading_note (&reading, "The last %" G_GINT64_FORMAT " bytes are no whole step and were left out.", n_left);
  content->recording = sig_raw_open (file, &layout, format->rate_hz, NULL, &reading, error);
  if (content->recording == NULL)
    return FALSE;
  sig_reading_attach (&reading, file, content);
  return TRUE;
}

/* How much like a recording numbers look. Where all are finite and of a size that sensors give: 1 less half their squared jumps
 * from one step to the next in units of their variance (which is 0 for noise); else far less, by the share that are. */
static double
plausibility (const guint8 *bytes,
              gsize         n_bytes,
              SigScalarKind kind,
              guint         n_channels,
              float        *values)
{
  SigScalar scalar = { kind, FALSE, 1.0, 0.0 };
  gsize n = n_bytes / sig_scalar_size (kind), n_sane = 0;
  double sum = 0.0, squares = 0.0, jumps = 0.0;

  sig_scalar_decode (&scalar, bytes, sig_scalar_size (kind), n, values);
  for (gsize i = 0; i < n; i++)
    {
      double size = fabs ((double) values[i]);

      n_sane += values[i] == 0.0f || (size > 1e-12 && size < 1e9);
    }
  if (n_sane < n || n <= n_channels)
    return n > 0 ? (double) n_sane / (double) n - 4.0 : -4.0;
  for (gsize i = 0; i < n; i++)
    {
      sum += values[i];
      squares += (double) values[i] * values[i];
    }
  for (gsize i = n_channels; i < n; i++)
    {
      double jump = (double) values[i] - values[i - n_channels];

      jumps += jump * jump;
    }

  double variance = squares / (double) n - (sum / (double) n) * (sum / (double) n);

  return variance > 0.0 ? 1.0 - jumps / (double) (n - n_channels) / (2.0 * variance) : 0.0;
}

gboolean
sig_import_guess_raw (const char   *path,
                      SigRawFormat *format,
                      GError      **error)
{
  static const SigScalarKind kinds[] = { SIG_SCALAR_F32, SIG_SCALAR_F64, SIG_SCALAR_I16, SIG_SCALAR_I32 };
  static const guint channels[] = { 16, 8, 32, 64, 24, 14, 12, 6, 4, 3, 2, 1 };
  g_autoptr (SigFile) file = sig_file_open (path, error);
  g_autofree guint8 *bytes = g_malloc (GUESS_BYTES);
  g_autofree float *values = g_new (float, GUESS_BYTES / 2);
  double best = -G_MAXDOUBLE;

  if (file == NULL)
    return FALSE;

  gint64 size = sig_file_get_size (file);
  gsize n_bytes = (gsize) MIN (GUESS_BYTES, size);

  if (!sig_file_read (file, 0, n_bytes, bytes, error))
    return FALSE;
  *format = (SigRawFormat) { .kind = SIG_SCALAR_F32, .n_channels = 1 };
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize c = 0; c < G_N_ELEMENTS (channels); c++)
      {
        if (size % (gint64) (channels[c] * sig_scalar_size (kinds[k])) != 0)
          continue;

        double score = plausibility (bytes, n_bytes, kinds[k], channels[c], values);

        if (score > best + 1e-6)
          {
            best = score;
            format->kind = kinds[k];
            format->n_channels = channels[c];
          }
      }
  return TRUE;
}
