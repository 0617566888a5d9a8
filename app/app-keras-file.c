/* app-keras-file.c: .keras archives in files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-keras-file.h"
#include "nn-error.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define MAX_BYTES (G_GINT64_CONSTANT (1) << 32)

gboolean
app_keras_file_is (const char *path)
{
  FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_fopen (path, "rb") : NULL;
  guint8 start[4];
  gboolean is;

  if (file == NULL)
    return FALSE;
  is = nn_keras_is (start, fread (start, 1, sizeof start, file)) || g_str_has_suffix (path, ".keras");
  fclose (file);
  return is;
}

gboolean
app_keras_file_load (const char    *path,
                     const NnShape *windows,
                     NnKeras       *keras,
                     GError       **error)
{
  g_autofree char *bytes = NULL;
  g_autofree char *name = NULL;
  gsize length = 0;
  GStatBuf about;

  if (g_stat (path, &about) == 0 && about.st_size > MAX_BYTES)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "the file is over 4 GiB, too large for a model.");
  else if (g_file_get_contents (path, &bytes, &length, error)
           && nn_keras_from_bytes ((const guint8 *) bytes, length, windows, keras, error))
    return TRUE;
  name = g_filename_display_basename (path);
  g_prefix_error (error, "Could not open “%s” as a Keras model: ", name);
  return FALSE;
}
