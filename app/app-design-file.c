/* app-design-file.c: designs in files, and wherever a template's id may stand for one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-design-file.h"
#include "app-keras-file.h"

#include <gio/gio.h>
#include <stdlib.h>

#define MAX_BYTES (1024 * 1024) /* what nn-codec.h reads */

/* At most MAX_BYTES: a recording opened by mistake must not be read into memory. A pipe would be waited for without end. */
static char *
read_text (const char *path, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, "It is not a regular file.");
      return NULL;
    }
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;

  text = g_malloc (MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_BYTES + 1, length, NULL, error))
    return NULL;
  if (*length > MAX_BYTES)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                           "The file is over 1 MiB, too large for a design.");
      return NULL;
    }

  return g_steal_pointer (&text);
}

static NnDesign *
load_keras (const char *path, gint64 n_steps, GError **error)
{
  const NnShape windows = nn_shape_1 (n_steps);
  g_auto (NnKeras) keras = { 0 };

  return app_keras_file_load (path, n_steps > 0 ? &windows : NULL, &keras, error) ? nn_design_ref (keras.design) : NULL;
}

NnDesign *
app_design_file_load (const char *path, gint64 n_steps, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  NnDesign *design = NULL;
  gsize length = 0;

  g_return_val_if_fail (path != NULL, NULL);

  if (app_keras_file_is (path))
    return load_keras (path, n_steps, error);
  text = read_text (path, &length, error);
  if (text != NULL)
    design = nn_codec_design_from_json (text, length, error);
  if (design == NULL)
    {
      name = g_filename_display_basename (path);
      g_prefix_error (error, "Could not open “%s” as a design: ", name);
    }

  return design;
}

gboolean
app_design_file_save (const char *path, const NnDesign *design, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  char *real;
  gboolean saved;

  g_return_val_if_fail (path != NULL && design != NULL, FALSE);

  text = nn_codec_design_to_json (design);
  real = realpath (path, NULL); /* the file a link stands for; NULL for a new file */
  saved = g_file_set_contents_full (real != NULL ? real : path, text, -1,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
  free (real);
  if (!saved)
    {
      name = g_filename_display_basename (path);
      g_prefix_error (error, "Could not save the design as “%s”: ", name);
    }

  return saved;
}

NnDesign *
app_design_file_resolve (const char *path_or_id, const NnShape *input, int n_classes, GError **error)
{
  const NnTemplate *template;

  g_return_val_if_fail (path_or_id != NULL && input != NULL, NULL);

  template = nn_template_find (path_or_id);
  if (template != NULL)
    return nn_template_build (template, input, n_classes);

  if (!g_file_test (path_or_id, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_name (path_or_id);

      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "There is no design file “%s”, nor a template of that name.", name);
      return NULL;
    }

  return app_design_file_load (path_or_id, input->dim[0], error);
}
