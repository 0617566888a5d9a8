/* sig-heading.c: what stands above the rows of a table: lines that are none of it, names, units
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-heading.h"

#include <string.h>

#include "sig-number.h"
#include "sig-unit.h"

#define LABCHART_NAMES "ChannelTitle="

#define LEAST_ROWS 3 /* of one length, for others before them to be none of the table */

static char **
get_row (const GPtrArray *rows,
         guint            i)
{
  return g_ptr_array_index (rows, i);
}

static gboolean
is_number (const char *text,
           char        decimal)
{
  double value;

  return sig_number_parse (text, strlen (text), decimal, &value, NULL) != SIG_NUMBER_TEXT;
}

static gboolean
is_text (const char *text)
{
  return !is_number (text, '.') && !is_number (text, ',');
}

/* What is meant as a word, and is no number that is written in a way of its own: "1'234.00". */
static gboolean
is_name (const char *text)
{
  return is_text (text) && !g_ascii_isdigit (*text) && strchr ("+-.,", *text) == NULL;
}

gboolean
sig_heading_is_label_name (const char *name)
{
  static const char *const names[] = { "class", "label", "labels", "target", "y", "state", "anomaly", "is_anomaly" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (name != NULL && g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the fields of a row are 0, 1, 2 …, from `first` on: what pandas calls columns that nobody named. */
static gboolean
counts_columns (char **row,
                guint  first)
{
  for (guint i = first; row[i] != NULL; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i - first);

      if (!g_str_equal (row[i], number))
        return FALSE;
    }
  return TRUE;
}

/* Columns that are counted, above numbers of another kind: with a fraction, or beside an index of the rows. */
static gboolean
is_counted_header (char **first,
                   char **second)
{
  guint n = g_strv_length (first), begin = n > 0 && *first[0] == '\0' ? 1 : 0;

  if (second == NULL || n < 2 || g_strv_length (second) != n || !counts_columns (first, begin))
    return FALSE;
  if (begin == 1)
    return *second[0] != '\0';
  for (guint i = 0; i < n; i++)
    if (strpbrk (second[i], ".,eE") == NULL || is_text (second[i]))
      return FALSE;
  return TRUE;
}

/* A first row is a header when a column begins with text and goes on with numbers; where all is text, when it
 * names labels or is never seen again. */
static gboolean
is_header (const GPtrArray *rows,
           guint            n_fields)
{
  char **first = get_row (rows, 0), **second = rows->len > 1 ? get_row (rows, 1) : NULL;
  gboolean second_is_text = second != NULL;

  if (is_counted_header (first, second))
    return TRUE;
  for (guint i = 0; i < n_fields; i++)
    {
      gboolean text = is_text (first[i]), number_below = second != NULL && !is_text (second[i]);

      if (!text && *first[i] != '\0')
        return FALSE;
      if (text && number_below)
        return TRUE;
      second_is_text = second_is_text && !number_below;
    }
  if (!second_is_text || sig_heading_is_label_name (first[n_fields - 1]))
    return TRUE;
  for (guint r = 1; r < rows->len; r++)
    if (g_strcmp0 (get_row (rows, r)[n_fields - 1], first[n_fields - 1]) == 0)
      return FALSE;
  return TRUE;
}

static void
find_commonest (const GPtrArray *rows,
                SigHeading      *out)
{
  g_autofree guint *n = g_new (guint, rows->len);

  for (guint i = 0; i < rows->len; i++)
    n[i] = g_strv_length (get_row (rows, i));
  for (guint i = 0; i < rows->len; i++)
    {
      guint same = 0;

      for (guint j = 0; j < rows->len; j++)
        same += n[j] == n[i];
      if (same > out->n_agreeing)
        {
          out->n_agreeing = same;
          out->n_fields = n[i];
        }
    }
}

/* Whether all fields are words. */
static gboolean
is_names (char **row)
{
  for (guint i = 0; row[i] != NULL; i++)
    if (!is_name (row[i]))
      return FALSE;
  return TRUE;
}

/* The first row of a table before which stand lines of other lengths; 0 where there are none, or where later rows differ, too. */
static guint
find_first_row (const GPtrArray  *rows,
                const SigHeading *heading)
{
  guint first = rows->len - heading->n_agreeing;

  if (heading->n_fields < 2 || heading->n_agreeing < LEAST_ROWS)
    return 0;
  for (guint i = 0; i < rows->len; i++)
    if ((g_strv_length (get_row (rows, i)) == heading->n_fields) != (i >= first))
      return 0;
  return first;
}

/* Which name the row before `first` lacks, if it is a header. */
static SigLack
find_lack (const GPtrArray *rows,
           guint            first,
           guint            n_fields)
{
  char **header = get_row (rows, first - 1);
  gboolean counts = TRUE, empty = TRUE;

  if (n_fields < 3 || g_strv_length (header) != n_fields - 1 || !is_names (header))
    return SIG_LACK_NOTHING;
  for (guint r = first; r < rows->len; r++)
    {
      char **row = get_row (rows, r);

      empty = empty && *row[n_fields - 1] == '\0';
      counts = counts && g_ascii_isdigit (*row[0])
               && g_ascii_strtoull (row[0], NULL, 10) == g_ascii_strtoull (get_row (rows, first)[0], NULL, 10) + r - first;
    }
  return empty ? SIG_LACK_LAST : counts ? SIG_LACK_FIRST : SIG_LACK_NOTHING;
}

/* Whether all fields are words; the first one may be empty, as above a count of the rows. LabChart's "Range=" and its like, which
 * say something about each column, are no names. */
static gboolean
is_words (char **row)
{
  for (guint i = 0; row[i] != NULL; i++)
    if (!is_name (row[i]) && (i > 0 || *row[i] != '\0') && !g_str_has_suffix (row[0], "="))
      return FALSE;
  return TRUE;
}

static guint
count_empty (char **row)
{
  guint n = 0;

  for (guint i = 0; row[i] != NULL; i++)
    n += *row[i] == '\0';
  return n;
}

/* Titles that a spreadsheet filled up with empty fields, and empty rows below them, above a row of words; how many. */
static guint
count_titles (const GPtrArray *rows,
              guint            first)
{
  guint end = first;

  for (; end < rows->len; end++)
    {
      char **row = get_row (rows, end);

      if ((end == first && !is_name (row[0])) || row[1] == NULL)
        break;
      if (g_strv_length (row) != count_empty (row) + (*row[0] != '\0' ? 1 : 0))
        break;
    }
  return end < rows->len && is_words (get_row (rows, end)) ? end - first : 0;
}

static gboolean
is_mostly_numbers (char **row)
{
  guint n = 0;

  for (guint i = 0; row[i] != NULL; i++)
    n += *row[i] != '\0' && !is_text (row[i]);
  return 2 * n >= g_strv_length (row) && n > 0;
}

static gboolean
is_units (char **row)
{
  guint n = 0;

  for (guint i = 0; row[i] != NULL; i++)
    n += sig_unit_is_known (row[i]);
  return 2 * n >= g_strv_length (row);
}

/* Of several rows of words above the numbers the last one has the names, or the one above its units; how many stand before it. */
static guint
count_words_before (const GPtrArray *rows,
                    guint            first)
{
  guint end = first + count_titles (rows, first);

  while (end < rows->len && is_words (get_row (rows, end)))
    end++;
  if (end == first || end >= rows->len || !is_mostly_numbers (get_row (rows, end)))
    return 0;
  if (g_str_has_suffix (get_row (rows, end - 1)[0], "="))
    return end - first;
  if (end == first + 1)
    return 0;
  return end - first - (is_units (get_row (rows, end - 1)) ? 2 : 1);
}

void
sig_heading_find (GPtrArray  *rows,
                  SigHeading *out)
{
  g_autoptr (GPtrArray) table = g_ptr_array_new ();
  guint first;

  *out = (SigHeading) { 0 };
  if (rows->len == 0)
    return;
  find_commonest (rows, out);
  first = find_first_row (rows, out);
  out->lack = first > 0 ? find_lack (rows, first, out->n_fields) : SIG_LACK_NOTHING;
  if (out->lack != SIG_LACK_NOTHING)
    {
      out->has_header = TRUE;
      out->n_before = first - 1;
      return;
    }
  /* A header that does not fit is an error, not a line to be passed over. */
  if (first > 0 && out->n_fields > 2 && g_strv_length (get_row (rows, first - 1)) + 1 >= out->n_fields
      && is_names (get_row (rows, first - 1)))
    first = 0;
  out->n_before = first + (out->n_fields > 1 ? count_words_before (rows, first) : 0);
  for (guint r = out->n_before; r < rows->len; r++)
    if (r == out->n_before || g_strv_length (get_row (rows, r)) == out->n_fields)
      g_ptr_array_add (table, get_row (rows, r));
  out->has_header = is_header (table, MIN (g_strv_length (get_row (table, 0)), out->n_fields));
}

char **
sig_heading_complete (char  **names,
                      SigLack lack)
{
  guint n = g_strv_length (names);
  char **all = g_new0 (char *, n + 2);

  for (guint i = 0; i < n; i++)
    all[i + (lack == SIG_LACK_FIRST)] = g_strdup (names[i]);
  if (lack == SIG_LACK_FIRST)
    all[0] = g_strdup ("");
  else if (lack == SIG_LACK_LAST)
    all[n] = g_strdup ("");
  return all;
}

/* The last line without the signs of a comment, or the one that LabChart names its channels in (transfer full). */
static char *
dup_last_line (const char *comments)
{
  g_auto (GStrv) lines = g_strsplit (comments, "\n", -1);
  const char *last = "";

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], LABCHART_NAMES))
      return g_strdup_printf ("time%s", g_strchomp (lines[i]) + strlen (LABCHART_NAMES));
    else if (*lines[i] == '#' || *lines[i] == '%')
      last = lines[i] + strspn (lines[i], "#%");
  return g_strstrip (g_strdup (last));
}

char **
sig_heading_from_comments (const char *comments,
                           char        separator,
                           guint       n)
{
  g_autofree char *line = dup_last_line (comments);
  const char separators[] = { separator, separator == ' ' ? '\t' : '\0', '\0' };
  g_auto (GStrv) parts = g_strsplit_set (line, separators, -1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_names = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (separator == ' ' && *parts[i] == '\0')
        continue;
      if (!is_text (parts[i]) || strchr (parts[i], ':') != NULL || strchr (parts[i], '=') != NULL)
        return NULL;
      g_strv_builder_add (names, parts[i]);
      n_names++;
    }
  return n_names == n && n > 1 ? g_strv_builder_end (names) : NULL;
}
