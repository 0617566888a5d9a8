/* sig-preview.c: the first rows of a file as an import would read them, for somebody to look at before it does
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-preview.h"

#include <math.h>
#include <string.h>

#define HEAD_BYTES (64 * 1024)
#define MOST_WHOLE 1e10 /* whole numbers below it are shown with all their digits */

void
sig_preview_free (SigPreview *self)
{
  g_free (self->roles);
  g_strfreev (self->names);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->summary);
  g_free (self->problem);
  g_free (self);
}

static SigPreview *
preview_new (void)
{
  SigPreview *self = g_new0 (SigPreview, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

/* The whole rows at the beginning, as a file of their own under the same name; NULL with an error. */
static SigFile *
cut_head (const SigFile *text,
          gint64         offset,
          GError       **error)
{
  gint64 left = sig_file_get_size (text) - offset;
  gsize n = (gsize) MIN (HEAD_BYTES, left);
  g_autofree char *bytes = g_malloc (n + 1);

  if (!sig_file_read (text, offset, n, bytes, error))
    return NULL;
  for (gsize end = n; (gint64) n < left && end > 0; end--)
    if (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')
      {
        n = end;
        break;
      }

  g_autoptr (GBytes) head = g_bytes_new (bytes, n);

  return sig_file_new_bytes (sig_file_get_name (text), head);
}

/* The fields of the first rows as they are written, whether or not they can be read. */
static void
collect_rows (SigPreview     *self,
              SigFile        *head,
              const SigSniff *sniff)
{
  SigDialect dialect = { self->format.separator, self->format.style.decimal, "\"", "%#", 0, self->format.skip_lines + 1 };
  g_autoptr (SigCsv) csv = sig_csv_new (head, &dialect);
  gboolean header = self->format.has_header;

  while (self->rows->len < SIG_PREVIEW_ROWS && sig_csv_next (csv, NULL))
    {
      guint n_fields;
      const SigField *fields = sig_csv_get_fields (csv, &n_fields);
      char **row = g_new0 (char *, n_fields + 1);

      for (guint i = 0; i < n_fields; i++)
        row[i] = header ? sig_field_dup (&fields[i]) : sig_field_dup_shown (&fields[i]);
      if (header)
        {
          self->names = sig_heading_complete (row, sniff->lack);
          self->n_columns = g_strv_length (self->names);
          g_strfreev (row);
        }
      else
        g_ptr_array_add (self->rows, row);
      if (self->n_columns == 0)
        self->n_columns = n_fields;
      header = FALSE;
    }
  if (self->names == NULL && sniff->names != NULL && g_strv_length (sniff->names) == self->n_columns)
    self->names = g_strdupv (sniff->names);
  if (self->names == NULL)
    self->names = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->names[i] == NULL || *self->names[i] == '\0')
      {
        g_free (self->names[i]);
        self->names[i] = g_strdup_printf ("Column %u", i + 1);
      }
}

/* "14 channels, labels of 2 classes, 128 Hz." */
static char *
describe (const SigContent *content,
          const SigReading *reading)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *notes = sig_reading_dup_notes (reading);

  if (content->recording != NULL)
    {
      guint n = sig_recording_get_n_channels (content->recording);

      g_string_append_printf (text, "%u channel%s, ", n, n == 1 ? "" : "s");
    }
  if (content->labels != NULL)
    {
      int n = sig_labels_get_n_classes (content->labels);

      g_string_append_printf (text, "labels of %d class%s in these rows, ", n, n == 1 ? "" : "es");
    }
  if (content->recording != NULL && sig_recording_has_rate (content->recording))
    g_string_append_printf (text, "%g Hz.", sig_recording_get_rate_hz (content->recording));
  else
    g_string_append (text, "the rate is not known.");
  if (notes != NULL)
    g_string_append_printf (text, " %s", notes);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Reads the head as the import would, and takes over the roles that it found. */
static void
try_table (SigPreview     *self,
           SigFile        *head,
           const SigSniff *sniff)
{
  g_auto (SigReading) reading = { 0 };
  g_auto (SigTable) table = { 0 };
  g_auto (SigColumns) columns = { 0 };
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  sig_reading_init (&reading, NULL);
  ok = sig_import_read_table (head, 0, &self->format, sniff, &reading, &table, &columns, &error);
  if (ok && sig_columns_make (&columns, head, &reading, &content, &error))
    self->summary = describe (&content, &reading);
  else
    self->problem = g_strdup (error->message);

  self->roles = g_new0 (SigRole, self->n_columns);
  if (columns.roles != NULL && table.n_columns == self->n_columns)
    memcpy (self->roles, columns.roles, self->n_columns * sizeof (SigRole));
  else if (self->format.n_columns == self->n_columns)
    memcpy (self->roles, self->format.roles, self->n_columns * sizeof (SigRole));
  self->format.roles = self->roles;
  self->format.n_columns = self->n_columns;
}

SigPreview *
sig_preview_table (const char           *path,
                   const SigTableFormat *format,
                   GError              **error)
{
  g_auto (SigReading) reading = { 0 };
  g_auto (SigSniff) sniff = { 0 };
  g_autoptr (SigPreview) self = preview_new ();
  g_autoptr (SigFile) file = sig_file_open (path, error);
  g_autoptr (GError) local = NULL;
  gint64 offset;

  if (file == NULL)
    return NULL;
  sig_reading_init (&reading, NULL);
  self->format = format != NULL ? *format : (SigTableFormat) { .style = { .decimal = '.' } };

  g_autoptr (SigFile) text = sig_import_decode (file, self->format.skip_lines, &reading, &offset, &local);
  g_autoptr (SigFile) head = NULL;

  if (text != NULL && sig_import_check_rate (file, self->format.rate_hz, &local)
      && (format == NULL ? sig_import_sniff (text, &offset, &self->format, &sniff, &local)
                         : sig_sniff_dialect (text, offset, format->skip_lines + 1, format->separator, &sniff, &local)))
    head = cut_head (text, offset, &local);
  if (head == NULL)
    {
      self->problem = g_strdup (local->message);
      self->names = g_new0 (char *, 1);
      return g_steal_pointer (&self);
    }
  self->ambiguous = format == NULL && sniff.ambiguous;
  collect_rows (self, head, &sniff);
  try_table (self, head, &sniff);
  return g_steal_pointer (&self);
}

static gboolean
is_short_whole (double value)
{
  return value == floor (value) && fabs (value) < MOST_WHOLE;
}

/* The numbers of one step, as text. */
static char **
dup_step (const SigRawFormat *format,
          const SigFile      *file,
          gint64              n_steps,
          gint64              step)
{
  SigScalar scalar = { format->kind, format->big_endian, 1.0, 0.0 };
  gsize size = sig_scalar_size (format->kind);
  char **row = g_new0 (char *, format->n_channels + 1);

  for (guint c = 0; c < format->n_channels; c++)
    {
      gint64 index = format->planar ? c * n_steps + step : step * format->n_channels + c;
      guint8 bytes[8];
      double value;
      char shown[G_ASCII_DTOSTR_BUF_SIZE];

      if (!sig_file_read (file, format->header_bytes + index * (gint64) size, size, bytes, NULL))
        {
          g_strfreev (row);
          return NULL;
        }
      value = sig_scalar_decode_double (&scalar, bytes);
      row[c] = g_strdup (g_ascii_formatd (shown, sizeof shown, is_short_whole (value) ? "%.0f" : "%.6g", value));
    }
  return row;
}

static char *
describe_raw (const SigRawFormat *format,
              gint64              n_steps,
              gint64              n_left)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *steps = sig_dup_count (n_steps);

  g_string_append_printf (text, "%u channel%s of %s step%s", format->n_channels, format->n_channels == 1 ? "" : "s", steps,
                          n_steps == 1 ? "" : "s");
  if (format->rate_hz > 0.0)
    g_string_append_printf (text, ", %.6g s at %g Hz.", (double) n_steps / format->rate_hz, format->rate_hz);
  else
    g_string_append (text, "; the rate is not known.");
  if (n_left > 0)
    g_string_append_printf (text, " The last %" G_GINT64_FORMAT " bytes are no whole step.", n_left);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

SigPreview *
sig_preview_raw (const char         *path,
                 const SigRawFormat *format,
                 GError            **error)
{
  g_autoptr (SigPreview) self = preview_new ();
  g_autoptr (SigFile) file = sig_file_open (path, error);
  g_autoptr (GError) local = NULL;
  gint64 n_steps, n_left;

  if (file == NULL)
    return NULL;
  if (format != NULL)
    self->raw = *format;
  else if (!sig_import_guess_raw (path, &self->raw, error))
    return NULL;
  self->n_columns = MIN (self->raw.n_channels, SIG_MAX_CHANNELS);
  self->names = g_new0 (char *, self->n_columns + 1);
  for (guint c = 0; c < self->n_columns; c++)
    self->names[c] = g_strdup_printf ("Ch %u", c + 1);
  if (!sig_import_check_raw (&self->raw, file, &local))
    {
      self->problem = g_strdup (local->message);
      return g_steal_pointer (&self);
    }
  n_steps = sig_import_count_steps (&self->raw, sig_file_get_size (file), &n_left);
  for (gint64 t = 0; t < MIN (n_steps, SIG_PREVIEW_ROWS); t++)
    {
      char **row = dup_step (&self->raw, file, n_steps, t);

      if (row != NULL)
        g_ptr_array_add (self->rows, row);
    }
  self->summary = describe_raw (&self->raw, n_steps, n_left);
  return g_steal_pointer (&self);
}
