/* sig-sniff.c: finds out how a text file is written: encoding, separator, decimal sign, header
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-sniff.h"

#include <string.h>

#include "sig-number.h"

#define HEAD_BYTES (64 * 1024)
#define HEAD_ROWS  256
#define ALL_AGREE  0.25 /* what it counts that no row is of another length */
#define MIN_PLAIN  3 /* of so many bytes of a Latin-1 text, at most one is a letter with an accent or a sign */

/* What the first rows look like under one separator. */
typedef struct
{
  guint      n_rows;
  SigHeading heading;
  gint64     n_before; /* lines before the table's */
  gboolean   quoted_header; /* all of the first row is between quotes, but not the numbers below it, as R and others write */
  guint      n_all;    /* fields after the first row */
  guint      n_numbers; /* those that are numbers, with a decimal point or comma */
  guint      n_points; /* with a point */
  guint      n_commas; /* with a comma */
  guint      n_thousands; /* with a comma that may as well set thousands apart */
} Look;

#define DOS_END 0x1A /* with which some old programs end a text */

/* But for a character that is cut at the end. */
static gboolean
is_utf8 (const guint8 *bytes,
         gsize         n)
{
  const char *end;

  return g_utf8_validate ((const char *) bytes, (gssize) n, &end) || (gsize) (end - (const char *) bytes) + 4 > n;
}

static gsize
count_high (const guint8 *bytes,
            gsize         n)
{
  gsize n_high = 0;

  for (gsize i = 0; i < n; i++)
    n_high += bytes[i] >= 0x80;
  return n_high;
}

gboolean
sig_sniff_is_text (const SigFile *file)
{
  guint8 head[512] = { 0 };
  gsize n = sig_file_peek (file, sizeof head, head), n_controls = 0;

  if (n >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF)))
    return TRUE;
  if (n >= 4 && head[0] >= ' ' && head[1] == 0 && head[2] >= ' ' && head[3] == 0)
    return TRUE;
  if (n >= 4 && head[0] == 0 && head[1] >= ' ' && head[1] < 0x7F && head[2] == 0 && head[3] >= ' ' && head[3] < 0x7F)
    return TRUE;
  if (n >= 4 && memcmp (head, "\0\0\xFE\xFF", 4) == 0)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    if (head[i] < ' ' && memchr ("\t\r\n\f", head[i], 4) == NULL)
      {
        if (i < 12)
          return FALSE;
        n_controls++;
      }
  return n_controls <= n / 10 && (is_utf8 (head, n) || count_high (head, n) <= n / MIN_PLAIN);
}

/* The file, or the part of it before a mark at its end (transfer full). */
static SigFile *
without_dos_end (SigFile *file)
{
  gint64 size = sig_file_get_size (file);
  guint8 last = 0;

  if (size < 2 || !sig_file_read (file, size - 1, 1, &last, NULL) || last != DOS_END)
    return sig_file_ref (file);
  return sig_file_new_part (file, sig_file_get_name (file), 0, size - 1);
}

SigFile *
sig_sniff_decode (SigFile    *file,
                  SigReading *reading,
                  gint64     *start,
                  GError    **error)
{
  guint8 head[4] = { 0 };
  gsize n = sig_file_peek (file, sizeof head, head);
  gboolean little = n >= 2 && head[0] == 0xFF && head[1] == 0xFE, big = n >= 2 && head[0] == 0xFE && head[1] == 0xFF;
  gsize size = (gsize) sig_file_get_size (file);

  *start = n >= 3 && memcmp (head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (!little && !big && n == 4 && head[0] != 0 && head[2] != 0 && head[1] == 0 && head[3] == 0)
    little = TRUE;
  if (!little && !big && n == 4 && head[0] == 0 && head[2] == 0 && head[1] >= ' ' && head[3] >= ' ')
    big = TRUE;
  if (n == 4 && (memcmp (head, "\xFF\xFE\0\0", 4) == 0 || memcmp (head, "\0\0\xFE\xFF", 4) == 0))
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "is UTF-32 text, which is not read; save it as UTF-8");
      return NULL;
    }
  if (!little && !big)
    return without_dos_end (file);

  g_autofree guint16 *units = g_try_malloc (size);
  g_autoptr (GError) local = NULL;
  glong n_bytes;

  if (units == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "is UTF-16 text and too large to be converted");
      return NULL;
    }
  if (!sig_file_read (file, 0, size, units, error))
    return NULL;
  for (gsize i = 0; i < size / 2; i++)
    units[i] = little ? GUINT16_FROM_LE (units[i]) : GUINT16_FROM_BE (units[i]);

  gsize skip = units[0] == 0xFEFF ? 1 : 0;
  char *text = g_utf16_to_utf8 (units + skip, (glong) (size / 2 - skip), NULL, &n_bytes, &local);

  if (text == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "looks like UTF-16 text but is not valid; save it as UTF-8");
      return NULL;
    }

  g_autoptr (GBytes) bytes = g_bytes_new_take (text, (gsize) n_bytes);

  sig_reading_note (reading, "The text is UTF-16.");
  return sig_file_new_bytes (sig_file_get_name (file), bytes);
}

static gboolean
is_number (const SigField *field,
           char            decimal)
{
  double value;

  return field->len > 0
         && sig_number_parse (field->text, field->len, decimal, &value, NULL) != SIG_NUMBER_TEXT;
}

/* "1,234" and "12,345" but not "0,125" or "1,5". */
static gboolean
may_be_thousands (const SigField *field)
{
  const char *comma = memchr (field->text, ',', field->len);
  gsize before, after;
  const char *text = field->text;

  if (comma == NULL)
    return FALSE;
  if (*text == '-' || *text == '+')
    text++;
  before = (gsize) (comma - text);
  after = (gsize) (field->text + field->len - comma - 1);
  return before >= 1 && before <= 3 && *text != '0' && after == 3;
}

static void
look_at_field (Look           *look,
               const SigField *field,
               char            separator)
{
  look->n_all++;
  if (is_number (field, '.'))
    {
      look->n_numbers++;
      look->n_points += memchr (field->text, '.', field->len) != NULL;
    }
  else if ((separator != ',' || field->quoted) && is_number (field, ','))
    {
      look->n_numbers++;
      look->n_commas++;
      look->n_thousands += may_be_thousands (field);
    }
}

static gboolean
are_quoted (const SigField *fields,
            guint           n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    if (!fields[i].quoted)
      return FALSE;
  return n_fields > 1;
}

static gboolean
has_bare_number (const SigField *fields,
                 guint           n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    if (!fields[i].quoted && is_number (&fields[i], '.'))
      return TRUE;
  return FALSE;
}

static char **
dup_row (const SigField *fields,
         guint           n_fields)
{
  char **row = g_new0 (char *, n_fields + 1);

  for (guint i = 0; i < n_fields; i++)
    row[i] = sig_field_dup (&fields[i]);
  return row;
}

/* Looks at the first rows of `head` under one dialect. The last row may be cut short and is not judged unless
 * it is the only one. */
static void
look_at (SigFile          *head,
         const SigDialect *dialect,
         gboolean          whole,
         Look             *look)
{
  g_autoptr (SigCsv) csv = sig_csv_new (head, dialect);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gint64 lines[HEAD_ROWS] = { 0 };

  *look = (Look) { 0 };
  while (look->n_rows < HEAD_ROWS && sig_csv_next (csv, NULL))
    {
      guint n_fields;
      const SigField *fields = sig_csv_get_fields (csv, &n_fields);

      if (!whole && look->n_rows > 0 && sig_csv_get_offset (csv) >= sig_file_get_size (head))
        break;
      lines[look->n_rows++] = sig_csv_get_line (csv);
      g_ptr_array_add (rows, dup_row (fields, n_fields));
      for (guint i = 0; look->n_rows > 1 && i < n_fields; i++)
        look_at_field (look, &fields[i], dialect->separator);
      if (look->n_rows == 1)
        look->quoted_header = are_quoted (fields, n_fields);
      else if (look->n_rows == 2)
        look->quoted_header = look->quoted_header && has_bare_number (fields, n_fields);
    }
  sig_heading_find (rows, &look->heading);
  if (look->quoted_header && look->heading.n_before == 0 && g_strv_length (g_ptr_array_index (rows, 0)) == look->heading.n_fields)
    look->heading.has_header = TRUE;
  if (look->heading.n_before > 0)
    look->n_before = lines[look->heading.n_before] - dialect->line;
}

/* How well a separator explains the rows: those that agree, whether these are all, and the share of numbers in their fields. */
static double
score (const Look *look)
{
  if (look->n_rows == 0 || look->heading.n_fields < 2)
    return 0.0;
  return (double) look->heading.n_agreeing / look->n_rows + (look->heading.n_agreeing == look->n_rows ? ALL_AGREE : 0.0)
         + (look->n_all > 0 ? (double) look->n_numbers / look->n_all : 0.0);
}

/* The lines before the table, and the comment lines after them, which many instruments use for what they know. */
static char *
collect_comments (SigFile    *file,
                  gint64      start,
                  const char *text)
{
  GString *comments = g_string_new (NULL);
  gsize n = (gsize) MIN (HEAD_BYTES, start);
  g_autofree char *before = g_malloc0 (n + 1);

  if (n > 0 && sig_file_read (file, start - (gint64) n, n, before, NULL))
    g_string_append (comments, before);
  while (*text == '%' || *text == '#')
    {
      gsize len = strcspn (text, "\r\n");

      g_string_append_len (comments, text, (gssize) len);
      g_string_append_c (comments, '\n');
      text += len;
      text += strspn (text, "\r\n");
    }
  return g_string_free (comments, FALSE);
}

static void
set_decimal (const Look *look,
             SigSniff   *out)
{
  gboolean commas = look->n_commas > 0 && look->n_points == 0;

  out->ambiguous = commas && look->n_thousands == look->n_commas;
  if (commas && !out->ambiguous)
    out->dialect.decimal = ',';
}

gboolean
sig_sniff_dialect (SigFile  *file,
                   gint64    start,
                   gint64    line,
                   char      separator,
                   SigSniff *out,
                   GError  **error)
{
  static const char separators[] = { '\t', ';', ',', '|', ' ' };
  gsize n = MIN (HEAD_BYTES, (gsize) (sig_file_get_size (file) - start));
  g_autofree char *text = g_malloc0 (n + 1);
  Look best = { 0 };
  gboolean found = FALSE;

  *out = (SigSniff) { .dialect = { '\t', '.', "\"", "%#", start, line } };
  if (!sig_file_read (file, start, n, text, error))
    return FALSE;

  /* Instruments fill fields of their preamble with NULs; in the rows of the table they are refused when these are read. */
  for (gsize i = 0; i < n; i++)
    if (text[i] == '\0')
      text[i] = ' ';

  g_autoptr (GBytes) bytes = g_bytes_new (text, n);
  g_autoptr (SigFile) head = sig_file_new_bytes (sig_file_get_name (file), bytes);
  gboolean whole = start + (gint64) n == sig_file_get_size (file);

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      SigDialect dialect = { separators[i], '.', "\"", "%#", 0, 1 };
      Look look;

      if (separator != '\0' && separator != separators[i])
        continue;
      look_at (head, &dialect, whole, &look);
      if (!found || score (&look) > score (&best) + 1e-9)
        {
          best = look;
          out->dialect.separator = separators[i];
          found = TRUE;
        }
    }
  out->has_header = best.heading.has_header;
  out->lack = best.heading.lack;
  out->n_before = best.n_before;
  out->comments = collect_comments (file, start, text);
  if (!out->has_header)
    out->names = sig_heading_from_comments (out->comments, out->dialect.separator, best.heading.n_fields);
  set_decimal (&best, out);
  return TRUE;
}

void
sig_sniff_clear (SigSniff *self)
{
  g_clear_pointer (&self->comments, g_free);
  g_clear_pointer (&self->names, g_strfreev);
}

double
sig_sniff_find_rate (const char *comments)
{
  static const char *const keys[]
      = { "sample rate", "sampling rate", "sample frequency", "sampling frequency", "samplerate" };
  g_autofree char *lower = g_ascii_strdown (comments, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *found = strstr (lower, keys[i]);

      if (found == NULL)
        continue;
      found += strlen (keys[i]);
      found += strspn (found, " \t:=,;(hz)\"");

      double rate = g_ascii_strtod (found, NULL);

      if (rate >= 0.001 && rate <= 1e8)
        return rate;
    }
  return 0.0;
}
