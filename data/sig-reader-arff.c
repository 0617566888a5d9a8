/* sig-reader-arff.c: opens ARFF, the text format of Weka
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-columns.h"
#include "sig-number.h"
#include "sig-sniff.h"

#define MAX_HEADER (1024 * 1024)
#define MAX_SPARSE (1024 * 1024 * 1024) /* bytes that sparse rows may take once their zeros are written out */

/* What the lines before @DATA declare. */
typedef struct
{
  GPtrArray *names;    /* of char * */
  GPtrArray *nominals; /* of char *, the text between braces, or NULL */
  GArray    *numeric;  /* of gboolean */
  gint64     start;    /* of the data */
  gint64     line;
  SigFile   *file;     /* borrowed: for messages */
  SigField  *sparse;   /* (nullable): the fields of one sparse row, and what those are that it leaves out */
  SigField  *omitted;
  gint64     n_sparse;
  gboolean   has_weights;
} Header;

static void
header_clear (Header *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->nominals, g_ptr_array_unref);
  g_clear_pointer (&self->numeric, g_array_unref);
  for (guint i = 0; self->omitted != NULL && self->omitted[i].text != NULL; i++)
    g_free (self->omitted[i].text);
  g_clear_pointer (&self->omitted, g_free);
  g_clear_pointer (&self->sparse, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Header, header_clear)

static gboolean
has_keyword (const char *line,
             const char *keyword)
{
  gsize n = strlen (keyword);

  return g_ascii_strncasecmp (line, keyword, n) == 0 && (line[n] == '\0' || g_ascii_isspace (line[n]));
}

/* The quote that closes the one at `p`, or the end of the text; a backslash stands before what belongs to the word. */
static const char *
find_quote (const char *p)
{
  const char *end = p + 1;

  while (*end != '\0' && *end != *p)
    end += *end == '\\' && end[1] != '\0' ? 2 : 1;
  return end;
}

/* The brace that closes a list of values, or the end of the text. */
static const char *
find_brace (const char *p)
{
  while (*p != '\0' && *p != '}')
    {
      if (*p == '\'' || *p == '"')
        p = find_quote (p);
      p += *p != '\0';
    }
  return p;
}

static void
strip_escapes (char *word)
{
  char *to = word;

  for (const char *from = word; *from != '\0'; from++)
    {
      from += *from == '\\' && from[1] != '\0' && strchr ("\\'\"", from[1]) != NULL;
      *to++ = *from;
    }
  *to = '\0';
}

/* Takes the next word of *text, quoted or up to one of `stops`, and moves behind it (transfer full). */
static char *
take_word (const char **text,
           const char  *stops)
{
  const char *p = *text + strspn (*text, " \t"), *end;
  char *word;

  if (*p == '\'' || *p == '"')
    {
      end = find_quote (p);
      word = g_strndup (p + 1, (gsize) (end - p - 1));
      strip_escapes (word);
      *text = *end == '\0' ? end : end + 1;
      return word;
    }
  end = p + strcspn (p, stops);
  word = g_strndup (p, (gsize) (end - p));
  *text = end;
  return word;
}

static void
add_attribute (Header     *self,
               const char *rest)
{
  char *name = take_word (&rest, " \t{");
  char *nominal = NULL;

  rest += strspn (rest, " \t");
  if (*rest == '{')
    nominal = g_strndup (rest + 1, (gsize) (find_brace (rest + 1) - (rest + 1)));

  gboolean numeric = has_keyword (rest, "numeric") || has_keyword (rest, "real") || has_keyword (rest, "integer");

  g_ptr_array_add (self->names, name);
  g_ptr_array_add (self->nominals, nominal);
  g_array_append_val (self->numeric, numeric);
}

static gboolean
parse_header (SigFile *file,
              gint64   start,
              Header  *self,
              GError **error)
{
  gsize n = MIN (MAX_HEADER, (gsize) (sig_file_get_size (file) - start));
  g_autofree char *text = g_malloc0 (n + 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->nominals = g_ptr_array_new_with_free_func (g_free);
  self->numeric = g_array_new (FALSE, FALSE, sizeof (gboolean));
  if (!sig_file_read (file, start, n, text, error))
    return FALSE;

  char *line = text, *end = text + n;

  for (self->line = 1; line < end; self->line++)
    {
      gsize len = strcspn (line, "\r\n");
      char *next = MIN (line + len + 1, end);

      if (line[len] == '\r' && line[len + 1] == '\n')
        next++;
      line[len] = '\0';
      g_strstrip (line);
      if (has_keyword (line, "@data"))
        {
          self->start = start + (next - text);
          self->line++;
          break;
        }
      if (has_keyword (line, "@end"))
        {
          sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                         "is an ARFF file with a relational attribute (line %" G_GINT64_FORMAT "), which is not read; write each "
                         "step as a row of its own", self->line);
          return FALSE;
        }
      if (has_keyword (line, "@attribute"))
        add_attribute (self, line + strlen ("@attribute"));
      line = next;
    }
  if (self->start == 0 || self->names->len == 0 || self->names->len > SIG_CSV_MAX_FIELDS)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     self->start == 0        ? "is an ARFF file without @DATA in its first MiB"
                     : self->names->len == 0 ? "is an ARFF file without @ATTRIBUTE"
                                             : "is an ARFF file of more than 4,096 attributes");
      return FALSE;
    }
  return TRUE;
}

/* Enters the values of a nominal attribute as classes, in their declared order. */
static void
add_nominal (SigTable   *table,
             const char *nominal)
{
  for (const char *rest = nominal; *rest != '\0';)
    {
      g_autofree char *value = take_word (&rest, ",");
      g_autofree char *word = sig_class_dup_word (g_strchomp (value), strlen (value), '.');

      if (word != NULL)
        sig_class_words_add (&table->words, word);
      rest += strcspn (rest, ",");
      rest += *rest == ',';
    }
}

/* A SigTableSetup: the header has said what the columns are. */
static void
setup (SigTable       *table,
       const SigField *first_row,
       gpointer        user_data)
{
  const Header *header = user_data;
  guint last = table->n_columns - 1;
  int named = sig_table_find_label_name (table);
  int label = named < 0 && g_ptr_array_index (header->nominals, last) != NULL ? (int) last : named;

  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *nominal = g_ptr_array_index (header->nominals, i);

      if ((int) i == label)
        {
          table->columns[i].kind = SIG_CELL_CLASS;
          if (nominal != NULL)
            add_nominal (table, nominal);
          else
            table->columns[i].by_name = TRUE;
        }
      else if (!g_array_index (header->numeric, gboolean, i))
        table->columns[i].kind = SIG_CELL_IGNORED;
    }
}

/* What the attributes are that a sparse row leaves out: 0, of a nominal one its first value, of which 0 is the index. */
static void
prepare_sparse (Header *self,
                guint   n_columns)
{
  self->sparse = g_new0 (SigField, n_columns);
  self->omitted = g_new0 (SigField, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    {
      const char *nominal = g_ptr_array_index (self->nominals, i);
      const char *first = nominal != NULL ? nominal : "0";

      self->omitted[i].text = g_strchomp (take_word (&first, ","));
      self->omitted[i].len = strlen (self->omitted[i].text);
    }
}

/* Takes "3 value" apart, the value quoted or not. FALSE where it is not that. */
static gboolean
take_pair (const char *text,
           gsize       len,
           guint       n_columns,
           guint      *index,
           SigField   *value)
{
  gsize n_digits = 0, n;
  guint at = 0;

  for (; n_digits < len && g_ascii_isdigit (text[n_digits]) && at < n_columns; n_digits++)
    at = at * 10 + (guint) (text[n_digits] - '0');
  n = n_digits;
  while (n < len && (text[n] == ' ' || text[n] == '\t'))
    n++;
  if (n_digits == 0 || n == n_digits || n == len || at >= n_columns)
    return FALSE;
  *index = at;
  *value = (SigField) { .text = (char *) text + n, .len = len - n };
  if (value->len >= 2 && (*value->text == '\'' || *value->text == '"') && value->text[value->len - 1] == *value->text)
    *value = (SigField) { .text = value->text + 1, .len = value->len - 2, .quoted = TRUE };
  return TRUE;
}

/* The field in which the value ends that begins in field `first`: quotes stand behind an index, so that the rows were taken apart
 * at the commas between them too. `first` where no quote is closed. */
static guint
find_last_field (const SigField *row,
                 guint           first,
                 guint           n)
{
  const char *p = row[first].text + (first == 0), *end = row[first].text + row[first].len;

  while (p < end && (g_ascii_isdigit (*p) || *p == ' ' || *p == '\t'))
    p++;
  if (p == end || (*p != '\'' && *p != '"'))
    return first;
  for (guint last = first; last < n && (last == first || !row[last].quoted); last++)
    {
      end = row[last].text + row[last].len;
      end -= last == n - 1 && end > p && end[-1] == '}';
      while (end > p && g_ascii_isspace (end[-1]))
        end--;
      if (end - p >= 2 && end[-1] == *p && end[-2] != '\\')
        return last;
    }
  return first;
}

/* Whether the last field is the weight of a row, "{2.5}" behind all attributes or behind the braces of a sparse row. */
static gboolean
ends_in_weight (const SigField *row,
                guint           n,
                guint           n_columns)
{
  const SigField *last = &row[n - 1], *before = &row[n - (n > 1 ? 2 : 1)];
  gboolean behind_braces = before->len > 0 && before->text[before->len - 1] == '}' && row[0].len > 0 && *row[0].text == '{';
  g_autofree char *number = NULL;
  double weight;

  if (n < 2 || last->quoted || last->len < 3 || last->text[0] != '{' || last->text[last->len - 1] != '}'
      || (n != n_columns + 1 && !behind_braces))
    return FALSE;
  number = g_strstrip (g_strndup (last->text + 1, last->len - 2));
  return sig_number_parse (number, strlen (number), '.', &weight, NULL) == SIG_NUMBER_OK;
}

/* A SigTableExpand: writes the zeros of a row "{0 1.5, 3 walk}" out, and leaves weights out; other rows stand for themselves. */
static gboolean
expand_row (const SigCsv    *csv,
            gpointer         user_data,
            const SigField **fields,
            guint           *n_fields,
            GError         **error)
{
  Header *self = user_data;
  guint n_columns = self->nominals->len, n = *n_fields;
  const SigField *row = *fields;

  if (n > 0 && ends_in_weight (row, n, n_columns))
    {
      self->has_weights = TRUE;
      *n_fields = --n;
    }
  if (n == 0 || row[0].quoted || row[0].len == 0 || *row[0].text != '{')
    return TRUE;
  if (self->sparse == NULL)
    prepare_sparse (self, n_columns);
  if (++self->n_sparse * n_columns > MAX_SPARSE / (gint64) sizeof (float))
    {
      sig_file_fail (self->file, error, SIG_ERROR_TOO_LARGE, "has sparse rows that would take more than 1 GiB with their zeros");
      return FALSE;
    }
  memcpy (self->sparse, self->omitted, n_columns * sizeof *self->sparse);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *shown = NULL;
      const char *text = row[i].text + (i == 0);

      i = find_last_field (row, i, n);

      gsize len = (gsize) (row[i].text + row[i].len - text);
      gboolean closed = len > 0 && text[len - 1] == '}';
      SigField value;
      guint index;

      if (i == n - 1 && closed)
        len--;
      for (; len > 0 && g_ascii_isspace (*text); text++)
        len--;
      while (len > 0 && g_ascii_isspace (text[len - 1]))
        len--;
      if (n == 1 && closed && len == 0)
        break;
      if ((i < n - 1 || closed) && take_pair (text, len, n_columns, &index, &value))
        {
          self->sparse[index] = value;
          continue;
        }
      shown = sig_field_dup_shown (&row[i]);
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "line %" G_GINT64_FORMAT ": “%s” is no part of a sparse row, which is "
                     "written {attribute value, …} with attributes from 0 to %u", sig_csv_get_line (csv), shown, n_columns - 1);
      return FALSE;
    }
  *fields = self->sparse;
  *n_fields = n_columns;
  return TRUE;
}

gboolean
sig_reader_arff_open (SigFile    *file,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  gint64 start;
  g_autoptr (SigFile) text = sig_sniff_decode (file, reading, &start, error);
  g_auto (Header) header = { 0 };

  if (text == NULL || !parse_header (text, start, &header, error))
    return FALSE;

  SigDialect dialect = { ',', '.', "\"'", "%", header.start, header.line, TRUE };
  const SigTableStyle style = { .decimal = dialect.decimal, .expand = expand_row };
  g_autoptr (SigCsv) csv = sig_csv_new (text, &dialect);
  g_auto (SigTable) table = { 0 };
  g_auto (SigColumns) columns = { 0 };

  header.file = text;
  g_ptr_array_add (header.names, NULL);

  gboolean ok
      = sig_table_read (&table, text, csv, (char **) header.names->pdata, &style, setup, &header, reading, error);

  if (!ok)
    return FALSE;
  if (header.has_weights)
    sig_reading_note (reading, "Its rows have weights, {…} at their ends, which are not used: each row is one step.");
  sig_columns_init (&columns, &table, TRUE, NULL);
  sig_columns_find_rate (&columns, 0.0, reading);
  columns.keep_class_order = TRUE;
  return sig_columns_make (&columns, text, reading, content, error);
}
