/* sig-csv.c: splits delimited text into rows of fields, strictly and with line numbers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-csv.h"

#include <string.h>

#define FIRST_BUFFER (256 * 1024)
#define MAX_BUFFER   (16 * 1024 * 1024)

struct _SigCsv
{
  SigFile   *file;
  SigDialect dialect;
  char      *buffer;
  gsize      capacity;
  gsize      at;       /* of the row that comes next */
  gsize      end;      /* of what was read */
  gint64     offset;   /* in the file, of the byte at `end` */
  gboolean   skip_lf;  /* the last row ended in CR at the very end of the buffer */
  gint64     line;     /* of the row at `at` */
  gint64     row_line;
  gint64     n_blank;
  gint64     n_blank_pending;
  guint      n_fields;
  SigField   fields[SIG_CSV_MAX_FIELDS];
};

typedef enum
{
  ROW_DONE,
  ROW_CUT,    /* the buffer ends before the row does */
  ROW_FAILED,
} RowResult;

SigCsv *
sig_csv_new (SigFile          *file,
             const SigDialect *dialect)
{
  SigCsv *self = g_new0 (SigCsv, 1);

  self->file = sig_file_ref (file);
  self->dialect = *dialect;
  self->offset = dialect->start;
  self->line = dialect->line;
  self->capacity = (gsize) CLAMP (sig_file_get_size (file) - dialect->start, 64, FIRST_BUFFER);
  self->buffer = g_malloc (self->capacity);
  return self;
}

void
sig_csv_free (SigCsv *self)
{
  sig_file_unref (self->file);
  g_free (self->buffer);
  g_free (self);
}

static gboolean
at_end_of_file (const SigCsv *self)
{
  return self->offset >= sig_file_get_size (self->file);
}

/* Reads more behind what is there; grows the buffer when one row fills it. */
static gboolean
refill (SigCsv  *self,
        GError **error)
{
  if (self->at == 0 && self->end == self->capacity)
    {
      char *grown = self->capacity < MAX_BUFFER ? g_try_realloc (self->buffer, self->capacity * 2) : NULL;

      if (grown == NULL)
        {
          sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                         "line %" G_GINT64_FORMAT " is longer than %d MiB", self->line,
                         MAX_BUFFER / 1024 / 1024);
          return FALSE;
        }
      self->buffer = grown;
      self->capacity *= 2;
    }
  memmove (self->buffer, self->buffer + self->at, self->end - self->at);
  self->end -= self->at;
  self->at = 0;

  gsize take = (gsize) MIN ((gint64) (self->capacity - self->end), sig_file_get_size (self->file) - self->offset);

  if (!sig_file_read (self->file, self->offset, take, self->buffer + self->end, error))
    return FALSE;
  self->end += take;
  self->offset += (gint64) take;
  return TRUE;
}

static inline gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static inline gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

static RowResult
fail_field (const SigCsv *self,
            const char   *what,
            GError      **error)
{
  sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "line %" G_GINT64_FORMAT ", field %u %s", self->line,
                 self->n_fields + 1, what);
  return ROW_FAILED;
}

/* Reads a quoted field whose first quote is at *p; leaves *p behind the last one. */
static RowResult
scan_quoted (SigCsv   *self,
             gsize    *p,
             SigField *field,
             GError  **error)
{
  char quote = self->buffer[*p];
  gsize i = *p + 1;
  gboolean escaped = FALSE;

  field->text = self->buffer + i;
  field->quoted = TRUE;
  for (;; i++)
    {
      if (i - *p > SIG_CSV_MAX_FIELD)
        return fail_field (self, "is longer than 1 MiB; is a quote left open?", error);
      if (i >= self->end)
        return at_end_of_file (self) ? fail_field (self, "begins with a quote that is never closed", error) : ROW_CUT;
      if (self->buffer[i] == '\0')
        return fail_field (self, "holds a NUL byte; this is not a text file", error);
      if (escaped || (self->dialect.escapes && self->buffer[i] == '\\'))
        {
          escaped = !escaped;
          field->doubled = TRUE;
          continue;
        }
      if (self->buffer[i] != quote)
        continue;
      if (i + 1 >= self->end && !at_end_of_file (self))
        return ROW_CUT;
      if (i + 1 >= self->end || self->buffer[i + 1] != quote)
        break;
      field->doubled = TRUE;
      i++;
    }
  field->len = (gsize) (self->buffer + i - field->text);
  *p = i + 1;
  return ROW_DONE;
}

/* Reads a plain field from *p up to the separator or the end of the line. */
static RowResult
scan_plain (SigCsv   *self,
            gsize    *p,
            SigField *field,
            GError  **error)
{
  const char separator = self->dialect.separator;
  gsize first = *p, i = first;

  for (; i < self->end; i++)
    {
      char c = self->buffer[i];

      if (c == separator || is_line_end (c) || (separator == ' ' && c == '\t'))
        break;
      if (c == '\0')
        return fail_field (self, "holds a NUL byte; this is not a text file", error);
    }
  if (i - first > SIG_CSV_MAX_FIELD)
    return fail_field (self, "is longer than 1 MiB", error);
  if (i >= self->end && !at_end_of_file (self))
    return ROW_CUT;
  field->text = self->buffer + first;
  field->len = i - first;
  while (field->len > 0 && is_blank (field->text[field->len - 1]))
    field->len--;
  *p = i;
  return ROW_DONE;
}

static gsize
skip_blanks (const SigCsv *self,
             gsize         p)
{
  while (p < self->end && is_blank (self->buffer[p])
         && (self->buffer[p] != self->dialect.separator || self->dialect.separator == ' '))
    p++;
  return p;
}

/* Moves past the line end at `p`, if there is one, and makes the row current. */
static void
finish_row (SigCsv *self,
            gsize   p)
{
  self->row_line = self->line;
  for (gsize i = self->at; i < p; i++)
    if (self->buffer[i] == '\n' || (self->buffer[i] == '\r' && (i + 1 >= p || self->buffer[i + 1] != '\n')))
      self->line++;
  if (p < self->end)
    {
      self->line++;
      if (self->buffer[p] == '\r' && p + 1 < self->end && self->buffer[p + 1] == '\n')
        p++;
      else
        self->skip_lf = self->buffer[p] == '\r' && p + 1 >= self->end;
      p++;
    }
  self->at = p;
}

/* Adds what was scanned as a field; an empty one at the end of a line of blank-separated fields is none. */
static RowResult
add_field (SigCsv         *self,
           const SigField *field,
           gboolean        last,
           GError        **error)
{
  if (self->dialect.separator == ' ' && last && field->len == 0 && !field->quoted && self->n_fields > 0)
    return ROW_DONE;
  if (self->n_fields >= SIG_CSV_MAX_FIELDS)
    return fail_field (self, "is one too many: at most 4,096 are read", error);
  self->fields[self->n_fields++] = *field;
  return ROW_DONE;
}

static RowResult
scan_row (SigCsv  *self,
          GError **error)
{
  gsize p = self->at;

  self->n_fields = 0;
  for (;;)
    {
      SigField field = { 0 };
      RowResult result;

      p = skip_blanks (self, p);
      if (p < self->end && strchr (self->dialect.quotes, self->buffer[p]) != NULL && self->buffer[p] != '\0')
        result = scan_quoted (self, &p, &field, error);
      else
        result = scan_plain (self, &p, &field, error);
      if (result != ROW_DONE)
        return result;

      gsize behind = p;

      p = skip_blanks (self, p);
      if (p >= self->end && !at_end_of_file (self))
        return ROW_CUT;

      gboolean last = p >= self->end || is_line_end (self->buffer[p]);
      gboolean blanks = self->dialect.separator == ' ' && (p > behind || !field.quoted);
      gboolean separated = !last && (self->buffer[p] == self->dialect.separator || blanks);

      if (!last && !separated)
        return fail_field (self, "goes on after its closing quote", error);
      if (add_field (self, &field, last, error) != ROW_DONE)
        return ROW_FAILED;
      if (last)
        break;
      if (self->dialect.separator != ' ')
        p++;
    }
  finish_row (self, p);
  return ROW_DONE;
}

/* Moves past a comment line; FALSE when the buffer ends inside it. */
static gboolean
skip_comment (SigCsv *self)
{
  gsize p = self->at;

  while (p < self->end && !is_line_end (self->buffer[p]))
    p++;
  if (p >= self->end && !at_end_of_file (self))
    return FALSE;
  finish_row (self, p);
  return TRUE;
}

/* Whether the first of two characters of a quoted field only says that the second belongs to the text. */
static gboolean
is_dropped (const SigCsv   *self,
            const SigField *field,
            const char     *pair)
{
  char quote = field->text[-1];

  return (pair[0] == quote && pair[1] == quote)
         || (self->dialect.escapes && pair[0] == '\\' && (pair[1] == quote || pair[1] == '\\'));
}

/* Quotes doubled or escaped inside a field become single, now that the row will not be scanned again. */
static void
undouble (SigCsv *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    {
      SigField *field = &self->fields[i];
      gsize to = 0;

      if (!field->doubled)
        continue;
      for (gsize from = 0; from < field->len; from++)
        {
          if (from + 1 < field->len && is_dropped (self, field, field->text + from))
            from++;
          field->text[to++] = field->text[from];
        }
      field->len = to;
    }
}

/* A line that begins with a sign of comments; "#N/A" is what Excel writes where a number is missing. */
static gboolean
is_comment (const SigCsv *self)
{
  const char *text = self->buffer + self->at;
  gsize left = self->end - self->at;

  if (*text == '\0' || strchr (self->dialect.comments, *text) == NULL)
    return FALSE;
  return left < 5 || strncmp (text, "#N/A", 4) != 0 || (text[4] != self->dialect.separator && !is_line_end (text[4]));
}

/* "sep=;" in the first line is said to Excel, and no row. */
static gboolean
is_excel_hint (const SigCsv *self)
{
  gsize left = self->end - self->at;

  return self->line == 1 && left >= 5 && g_ascii_strncasecmp (self->buffer + self->at, "sep=", 4) == 0
         && (left == 5 || is_line_end (self->buffer[self->at + 5]));
}

gboolean
sig_csv_next (SigCsv  *self,
              GError **error)
{
  for (;;)
    {
      if (self->skip_lf && self->at < self->end)
        {
          self->at += self->buffer[self->at] == '\n';
          self->skip_lf = FALSE;
        }
      if (self->at >= self->end)
        {
          if (at_end_of_file (self))
            return FALSE;
          if (!refill (self, error))
            return FALSE;
          continue;
        }

      RowResult result;

      if (is_comment (self) || is_excel_hint (self))
        result = skip_comment (self) ? ROW_DONE : ROW_CUT;
      else
        {
          result = scan_row (self, error);
          if (result == ROW_DONE && self->n_fields == 1 && self->fields[0].len == 0 && !self->fields[0].quoted)
            self->n_blank_pending++;
          else if (result == ROW_DONE)
            {
              self->n_blank += self->n_blank_pending;
              self->n_blank_pending = 0;
              undouble (self);
              return TRUE;
            }
        }
      if (result == ROW_FAILED || (result == ROW_CUT && !refill (self, error)))
        return FALSE;
    }
}

const SigField *
sig_csv_get_fields (const SigCsv *self,
                    guint        *n_fields)
{
  *n_fields = self->n_fields;
  return self->fields;
}

gint64
sig_csv_get_line (const SigCsv *self)
{
  return self->row_line;
}

gint64
sig_csv_get_offset (const SigCsv *self)
{
  return self->offset - (gint64) (self->end - self->at);
}

gint64
sig_csv_get_n_blank (const SigCsv *self)
{
  return self->n_blank;
}

char *
sig_field_dup (const SigField *self)
{
  if (g_utf8_validate_len (self->text, self->len, NULL))
    return g_strndup (self->text, self->len);

  GString *latin1 = g_string_new (NULL);

  for (gsize i = 0; i < self->len; i++)
    g_string_append_unichar (latin1, (guchar) self->text[i]);
  return g_string_free (latin1, FALSE);
}

/* With the pictures of control characters in their place, since nobody would see them (transfer full). */
static char *
dup_visible (const char *text)
{
  GString *visible = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (visible, c < ' ' ? 0x2400 + c : c == 0x7F ? 0x2421 : c);
    }
  return g_string_free (visible, FALSE);
}

char *
sig_field_dup_shown (const SigField *self)
{
  SigField head = { .text = self->text, .len = MIN (self->len, 200) };
  g_autofree char *text = sig_field_dup (&head), *all = dup_visible (text);

  if (g_utf8_strlen (all, -1) <= 40)
    return g_steal_pointer (&all);

  g_autofree char *cut = g_utf8_substring (all, 0, 40);

  return g_strconcat (cut, "…", NULL);
}
