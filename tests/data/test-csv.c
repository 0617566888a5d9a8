/* test-csv.c: rows and fields: quotes, line ends, limits and line numbers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-csv.h"

/* All rows as text: fields between "|", rows between "/"; or the error's message after "!". */
static char *
split_dialect (const char *text, gsize n, const SigDialect *dialect)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, n);
  g_autoptr (SigFile) file = sig_file_new_bytes ("t.csv", bytes);
  g_autoptr (SigCsv) csv = sig_csv_new (file, dialect);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  while (sig_csv_next (csv, &error))
    {
      guint n_fields;
      const SigField *fields = sig_csv_get_fields (csv, &n_fields);

      for (guint i = 0; i < n_fields; i++)
        {
          g_autofree char *field = sig_field_dup (&fields[i]);

          g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", field);
        }
      g_string_append_printf (out, "@%" G_GINT64_FORMAT "/", sig_csv_get_line (csv));
    }
  if (error != NULL)
    g_string_append_printf (out, "!%s", error->message);
  return g_string_free (out, FALSE);
}

static char *
split (const char *text, char separator)
{
  SigDialect dialect = { separator, '.', "\"", "%#", 0, 1 };

  return split_dialect (text, strlen (text), &dialect);
}

static void
test_rows (void)
{
  static const struct
  {
    const char *text;
    char        separator;
    const char *rows;
  } table[] = {
    { "a,b\n1,2\n", ',', "a|b@1/1|2@2/" },
    { "a,b\r\n1,2\r\n", ',', "a|b@1/1|2@2/" },
    { "a,b\r1,2\r3,4", ',', "a|b@1/1|2@2/3|4@3/" },
    { "a,b\n1,2\r3,4\r\n5,6", ',', "a|b@1/1|2@2/3|4@3/5|6@4/" },
    { "1,2", ',', "1|2@1/" },
    { "1, 2 ,\t3\n", ',', "1|2|3@1/" },
    { "1,,3\n,,\n", ',', "1||3@1/||@2/" },
    { "1\t\t3\n", '\t', "1||3@1/" },
    { "  1   2 \n3 4\n", ' ', "1|2@1/3|4@2/" },
    { "%c\n#d\n1,2\n%e\n3,4\n", ',', "1|2@3/3|4@5/" },
    { "\"a,b\",\"c\"\"d\"\n", ',', "a,b|c\"d@1/" },
    { "\"two\nlines\",1\n2,3\n", ',', "two\nlines|1@1/2|3@3/" },
    { "\"\"\n\"\",\"\"\"\"\n", ',', "@1/|\"@2/" },
    { "a\n\n\nb\n\n", ',', "a@1/b@4/" },
    { "ab\"c,d\n", ',', "ab\"c|d@1/" },
    { "\"a\"b,c\n", ',', "!t.csv: line 1, field 1 goes on after its closing quote" },
    { "1,2\n3,\"4\n5,6\n", ',', "1|2@1/!t.csv: line 2, field 2 begins with a quote that is never closed" },
    { "\"a\" , \"b\"\n", ',', "a|b@1/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *rows = split (table[i].text, table[i].separator);

      g_assert_cmpstr (rows, ==, table[i].rows);
    }
}

/* Line ends, quotes and fields that meet the end of a buffer are read as anywhere else. */
static void
test_buffer_ends (void)
{
  SigDialect dialect = { ',', '.', "\"", "", 0, 1 };

  for (gsize shift = 262130; shift < 262150; shift++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < shift)
        g_string_append_c (text, 'x');
      g_string_append (text, ",1\r\n\"a\"\"b\r\nc\",2\r\n3,4\r\r\n5,6");

      g_autofree char *rows = split_dialect (text->str, text->len, &dialect);
      const char *after = strchr (rows, '|');

      g_assert_cmpstr (after, ==, "|1@1/a\"b\r\nc|2@2/3|4@4/5|6@6/");
    }
}

static void
test_limits (void)
{
  SigDialect dialect = { ',', '.', "\"", "", 0, 1 };
  g_autofree char *field = g_strnfill (3 * 1024 * 1024, 'a');
  g_autofree char *many = g_strnfill (5000, ',');
  g_autofree char *plain = split (field, ',');
  g_autofree char *rows = split (many, ',');

  g_assert_cmpstr (plain, ==, "!t.csv: line 1, field 1 is longer than 1 MiB");
  field[0] = '"';

  g_autofree char *quoted = split (field, ',');

  g_assert_cmpstr (quoted, ==, "!t.csv: line 1, field 1 is longer than 1 MiB; is a quote left open?");
  g_assert_cmpstr (rows, ==, "!t.csv: line 1, field 4097 is one too many: at most 4,096 are read");

  g_autofree char *nul = split_dialect ("1,2\n3,\0", 7, &dialect);

  g_assert_cmpstr (nul, ==, "1|2@1/!t.csv: line 2, field 2 holds a NUL byte; this is not a text file");

  /* A row of long fields is longer than any buffer. */
  g_autoptr (GString) row = g_string_new (NULL);

  for (int i = 0; i < 20; i++)
    {
      g_string_append_len (row, field + 1, 1000 * 1000);
      g_string_append_c (row, ',');
    }

  g_autofree char *long_row = split (row->str, ',');

  g_assert_cmpstr (long_row, ==, "!t.csv: line 1 is longer than 16 MiB");
}

static void
test_shown (void)
{
  char latin1[] = "M\xFCller", tail[] = "0123456789012345678901234567890123456789é and more";
  SigField short_field = { .text = latin1, .len = strlen (latin1) }, long_field = { .text = tail, .len = strlen (tail) };
  g_autofree char *first = sig_field_dup_shown (&short_field);
  g_autofree char *second = sig_field_dup_shown (&long_field);

  g_assert_cmpstr (first, ==, "Müller");
  g_assert_cmpstr (second, ==, "0123456789012345678901234567890123456789…");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/buffer-ends", test_buffer_ends);
  g_test_add_func ("/csv/limits", test_limits);
  g_test_add_func ("/csv/shown", test_shown);
  return g_test_run ();
}
