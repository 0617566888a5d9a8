/* nn-keras.c: a .keras archive as a design with weights, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-private.h"
#include "nn-archive.h"
#include "nn-error.h"

#include <string.h>

#define MAX_CONFIG   (1 << 24)               /* bytes of config.json */
#define MAX_WEIGHTS  (G_GINT64_CONSTANT (1) << 32)
#define MAX_DEPTH    32                      /* brackets in config.json; Keras' own are 10 deep in a Bidirectional */
#define METADATA     "metadata.json"
#define VERSION      "3.3.3"                 /* of Keras, the oldest that is known to load what is written here */

void
nn_keras_clear (NnKeras *self)
{
  g_clear_pointer (&self->design, nn_design_unref);
  g_clear_pointer (&self->model, nn_model_free);
  g_clear_pointer (&self->loss_why, g_free);
  g_clear_pointer (&self->optimizer_why, g_free);
  g_clear_pointer (&self->schedule_why, g_free);
  g_clear_pointer (&self->moments_why, g_free);
  nn_moments_clear (&self->moments);
}

gboolean
nn_keras_is (const guint8 *bytes,
             gsize         length)
{
  return length >= 4 && memcmp (bytes, "PK\3\4", 4) == 0;
}

/* --- reading ------------------------------------------------------------------------ */

static json_t *
read_config (NnArchive *archive,
             GError   **error)
{
  g_autoptr (GBytes) bytes = nn_archive_read (archive, NN_KERAS_CONFIG, MAX_CONFIG, error);
  json_error_t problem;
  const char *text;
  int depth = 0;
  gsize length;
  json_t *root;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  nn_codec_scan (text, length, -1, &depth);
  if (depth > MAX_DEPTH)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The brackets of " NN_KERAS_CONFIG " are %d deep; at most %d are read.",
                   depth, MAX_DEPTH);
      return NULL;
    }
  root = json_loadb (text, length, JSON_REJECT_DUPLICATES, &problem);
  if (root == NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, NN_KERAS_CONFIG ", line %d, column %d: %s.", problem.line, problem.column,
                 problem.text);
  return root;
}

static gboolean
read_weights (NnArchive *archive,
              NnKeras   *keras,
              char     **groups,
              GError   **error)
{
  g_autoptr (NnCheck) check = nn_check_new (keras->design, NULL);
  g_autoptr (NnModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (!nn_check_is_runnable (check))
    return TRUE;
  bytes = nn_archive_read (archive, NN_KERAS_WEIGHTS, MAX_WEIGHTS, error);
  if (bytes == NULL)
    return FALSE;
  /* A design needs few bytes to ask for many weights: they must be in the file before there is memory for them. */
  length = g_bytes_get_size (bytes);
  if (nn_check_get_n_params (check) > (gint64) (length / sizeof (float)))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The layers have %" G_GINT64_FORMAT " weights; " NN_KERAS_WEIGHTS
                   " of %" G_GSIZE_FORMAT " bytes cannot hold as many.", nn_check_get_n_params (check), length);
      return FALSE;
    }
  model = nn_model_new (check, error);
  if (model == NULL || !nn_keras_weights_read (model, groups, g_bytes_get_data (bytes, NULL), length, error))
    return FALSE;
  keras->model = g_steal_pointer (&model);
  nn_keras_moments_read (keras, g_bytes_get_data (bytes, NULL), length);
  return TRUE;
}

gboolean
nn_keras_from_bytes (const guint8  *bytes,
                     gsize          length,
                     const NnShape *windows,
                     NnKeras       *keras,
                     GError       **error)
{
  g_autoptr (NnArchive) archive = NULL;
  g_autoptr (json_t) root = NULL;
  g_auto (GStrv) groups = NULL;
  g_auto (NnKeras) read = { 0 };

  g_return_val_if_fail (bytes != NULL && keras != NULL, FALSE);

  archive = nn_archive_open (bytes, length, error);
  if (archive == NULL)
    return FALSE;
  root = read_config (archive, error);
  if (root == NULL)
    return FALSE;
  read.design = nn_keras_config_read (root, windows, &groups, error);
  if (read.design == NULL)
    return FALSE;
  nn_keras_compile_read (&read, json_object_get (root, "compile_config"));
  if (!read_weights (archive, &read, groups, error))
    return FALSE;

  *keras = read;
  read = (NnKeras) { 0 };
  return TRUE;
}

/* --- writing ------------------------------------------------------------------------ */

guint8 *
nn_keras_to_bytes (const NnModel    *model,
                   const NnSettings *settings,
                   const NnMoments  *moments,
                   gsize            *length,
                   GError          **error)
{
  static const char metadata[] = "{\"keras_version\":\"" VERSION "\"}";
  g_auto (GStrv) groups = NULL;
  g_autoptr (json_t) root = NULL;
  g_autofree guint8 *weights = NULL;
  guint8 *bytes;
  gsize n_weights;
  char *config;

  g_return_val_if_fail (model != NULL && length != NULL, NULL);

  root = nn_keras_config_write (nn_model_get_check (model), &groups);
  if (settings != NULL)
    json_object_set_new (root, "compile_config", nn_keras_compile_write (model, settings));
  weights = nn_keras_weights_write (model, groups, settings, moments, &n_weights, error);
  if (weights == NULL)
    return NULL;
  config = json_dumps (root, JSON_COMPACT | JSON_REAL_PRECISION (15));
  {
    const NnArchiveItem items[] = {
      { METADATA, metadata, sizeof metadata - 1 },
      { NN_KERAS_CONFIG, config, strlen (config) },
      { NN_KERAS_WEIGHTS, weights, n_weights },
    };

    bytes = nn_archive_write (items, G_N_ELEMENTS (items), length, error);
  }
  free (config);
  return bytes;
}
