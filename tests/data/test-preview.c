/* test-preview.c: what an import would give is shown before it does, and what is wrong is said
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-preview.h"

#include <string.h>

#include "fixture.h"

static SigPreview *
preview_text (const char *text, const SigTableFormat *format)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.csv", text, strlen (text));
  g_autoptr (GError) error = NULL;
  SigPreview *preview = sig_preview_table (path, format, &error);

  g_assert_no_error (error);
  fixture_remove (folder);
  return preview;
}

static void
assert_roles (const SigPreview *preview, const char *expected)
{
  static const char letters[] = "CLTNKXO"; /* channel, label, time, counter, constant, text, other */
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < preview->n_columns; i++)
    g_string_append_c (found, letters[preview->roles[i]]);
  g_assert_cmpstr (found->str, ==, expected);
  g_assert_cmpuint (preview->format.n_columns, ==, preview->n_columns);
}

static void
test_table (void)
{
  g_autoptr (SigPreview) preview = preview_text ("t;a;;class\n0,0;1,5;2;up\n0,5;2,5;3;down\n1,0;3;5;up\n", NULL);

  g_assert_cmpint (preview->format.separator, ==, ';');
  g_assert_cmpint (preview->format.style.decimal, ==, ',');
  g_assert_true (preview->format.has_header);
  g_assert_false (preview->ambiguous);
  assert_roles (preview, "TCCL");
  g_assert_cmpstr (preview->names[1], ==, "a");
  g_assert_cmpstr (preview->names[2], ==, "Column 3");
  g_assert_cmpuint (preview->rows->len, ==, 3);
  g_assert_cmpstr (((char **) g_ptr_array_index (preview->rows, 1))[3], ==, "down");
  g_assert_null (preview->problem);
  g_assert_true (g_str_has_prefix (preview->summary, "2 channels, labels of 2 classes in these rows, 2 Hz."));
}

/* The very format of a preview, roles and all, reads the file. */
static void
test_choices (void)
{
  SigTableFormat format = { .separator = ',', .style = { .decimal = '.' } };
  g_autoptr (SigPreview) preview = preview_text ("a;1,5\nb;2,5\n", &format);

  g_assert_cmpuint (preview->n_columns, ==, 2);
  g_assert_cmpstr (((char **) g_ptr_array_index (preview->rows, 0))[0], ==, "a;1");

  format.separator = ';';
  format.style.decimal = ',';
  g_clear_pointer (&preview, sig_preview_free);
  preview = preview_text ("a;1,5\nb;2,5\n", &format);
  assert_roles (preview, "XC");

  static const SigRole roles[] = { SIG_ROLE_LABEL, SIG_ROLE_CHANNEL };

  format.roles = roles;
  format.n_columns = 2;
  g_clear_pointer (&preview, sig_preview_free);
  preview = preview_text ("a;1,5\nb;2,5\n", &format);
  assert_roles (preview, "LC");
  g_assert_true (g_str_has_prefix (preview->summary, "1 channel, labels of 2 classes"));
}

static void
test_problems (void)
{
  SigTableFormat format = { .separator = ';', .style = { .decimal = '.' }, .has_header = TRUE };
  g_autoptr (SigPreview) preview = preview_text ("a;b\n1,234;2,500\n3,456;7,125\n", NULL);

  g_assert_true (preview->ambiguous);
  g_assert_nonnull (preview->problem);
  g_clear_pointer (&preview, sig_preview_free);
  preview = preview_text ("a;b\n1;2\n3;x\n", &format);
  g_assert_cmpstr (preview->problem, ==, "a.csv: line 3, column 2 (b): “x” is not a number");
  assert_roles (preview, "CC");
  g_assert_cmpuint (preview->rows->len, ==, 2);

  format.skip_lines = 5;
  g_clear_pointer (&preview, sig_preview_free);
  preview = preview_text ("a;b\n1;2\n", &format);
  g_assert_cmpuint (preview->n_columns, ==, 0);
  g_assert_nonnull (strstr (preview->problem, "the first 5 are to be skipped"));
}

/* A long file is judged by its first rows only, and never by half of one. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%u.5,%u\n", i, i * i);
  g_string_append (text, "oops\n");

  g_autoptr (SigPreview) preview = preview_text (text->str, NULL);

  g_assert_null (preview->problem);
  g_assert_cmpuint (preview->rows->len, ==, SIG_PREVIEW_ROWS);
}

static void
test_raw (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GError) error = NULL;
  SigRawFormat format = { .kind = SIG_SCALAR_I16, .big_endian = TRUE, .n_channels = 2, .rate_hz = 10.0 };

  for (int i = 0; i < 9; i++)
    fixture_put (bytes, (guint64) (i * 100 - 300), 2, TRUE);

  g_autofree char *path = fixture_write (folder, "a.raw", bytes->data, bytes->len);
  g_autoptr (SigPreview) preview = sig_preview_raw (path, &format, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (preview->rows->len, ==, 4);
  g_assert_cmpstr (((char **) g_ptr_array_index (preview->rows, 0))[0], ==, "-300");
  g_assert_cmpstr (((char **) g_ptr_array_index (preview->rows, 3))[1], ==, "400");
  g_assert_cmpstr (preview->summary, ==, "2 channels of 4 steps, 0.4 s at 10 Hz. The last 2 bytes are no whole step.");

  format.n_channels = 5000;
  g_clear_pointer (&preview, sig_preview_free);
  preview = sig_preview_raw (path, &format, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (preview->problem, ==, "a.raw: is to have 5000 channels (allowed 1 - 1024)");
  g_clear_pointer (&preview, sig_preview_free);
  preview = sig_preview_raw (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (preview->raw.n_channels, >=, 1);
  fixture_remove (folder);
  g_assert_null (sig_preview_raw (path, NULL, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preview/table", test_table);
  g_test_add_func ("/preview/choices", test_choices);
  g_test_add_func ("/preview/problems", test_problems);
  g_test_add_func ("/preview/long", test_long);
  g_test_add_func ("/preview/raw", test_raw);
  return g_test_run ();
}
