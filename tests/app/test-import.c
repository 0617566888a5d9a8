/* test-import.c: what somebody said about a file is handed on whole
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-import.h"

#include "sig-error.h"

#include <glib/gstdio.h>

static void
test_copy (void)
{
  SigRole roles[] = { SIG_ROLE_LABEL, SIG_ROLE_CHANNEL };
  AppImport import = { .kind = APP_IMPORT_TABLE,
                       .table = { .separator = ';', .style = { .decimal = ',' }, .n_columns = 2, .roles = roles } };
  g_autoptr (AppImport) copy = app_import_copy (&import);

  roles[0] = SIG_ROLE_OTHER;
  g_assert_cmpint (copy->table.roles[0], ==, SIG_ROLE_LABEL);
  g_assert_cmpint (copy->table.roles[1], ==, SIG_ROLE_CHANNEL);
  g_assert_cmpint (copy->table.separator, ==, ';');
}

/* The same bytes as a table and as numbers. */
static void
test_open (void)
{
  static const char text[] = "1;2\n3;4\n";
  AppImport import = { .kind = APP_IMPORT_TABLE, .table = { .separator = ';', .style = { .decimal = '.' } },
                       .raw = { .kind = SIG_SCALAR_U8, .n_channels = 4, .rate_hz = 8.0 } };
  g_auto (SigContent) table = { 0 }, raw = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("lamina-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (app_import_open (&import, path, NULL, &table, &error));
  g_assert_cmpuint (sig_recording_get_n_channels (table.recording), ==, 2);
  import.kind = APP_IMPORT_RAW;
  g_assert_true (app_import_open (&import, path, NULL, &raw, &error));
  g_assert_cmpuint (sig_recording_get_n_channels (raw.recording), ==, 4);
  g_assert_cmpint (sig_recording_get_n_steps (raw.recording), ==, 2);
  g_unlink (path);
  sig_content_clear (&raw);
  g_assert_false (app_import_open (&import, path, NULL, &raw, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/copy", test_copy);
  g_test_add_func ("/import/open", test_open);

  return g_test_run ();
}
