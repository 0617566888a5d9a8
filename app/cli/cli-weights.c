/* cli-weights.c: trained models in files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-weights.h"
#include "cli-output.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define MAX_BYTES (G_GINT64_CONSTANT (1) << 32)
#define HEADER    9 /* the header's length, and its first bracket */

static void
fill_trained (NnTrained       *trained,
              const NnModel   *model,
              const SigNorm   *norm,
              const CliSource *source)
{
  const SigLabels *labels = source->labels;
  guint n = sig_norm_get_n_channels (norm);
  int n_classes = sig_labels_get_n_classes (labels);

  *trained = (NnTrained) { .model = nn_model_copy (model), .n_channels = n };
  trained->means = g_new (double, n);
  trained->deviations = g_new (double, n);
  for (guint c = 0; c < n; c++)
    {
      trained->means[c] = sig_norm_get_mean (norm, c);
      trained->deviations[c] = sig_norm_get_deviation (norm, c);
    }
  trained->classes = g_new0 (char *, n_classes + 1);
  for (int k = 0; k < n_classes; k++)
    trained->classes[k] = g_strdup (sig_labels_get_name (labels, k));
  if (!sig_filter_spec_is_off (&source->filter))
    trained->filter = sig_filter_spec_to_code (&source->filter);
}

static gboolean
blame (const char *verb,
       const char *path,
       GError    **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_prefix_error (error, "Could not %s “%s”: ", verb, name);
  return FALSE;
}

gboolean
cli_weights_save (const char      *path,
                  const NnModel   *model,
                  const AppRun    *run,
                  const CliSource *source,
                  GError         **error)
{
  g_auto (NnTrained) trained = { 0 };
  g_autofree guint8 *bytes = NULL;
  gsize length;

  fill_trained (&trained, model, app_run_get_norm (run), source);
  bytes = nn_codec_trained_to_bytes (&trained, &length);
  if (!cli_output_write (path, (const char *) bytes, length, error))
    return blame ("save the weights as", path, error);
  return TRUE;
}

gboolean
cli_weights_load (const char *path,
                  NnTrained  *trained,
                  GError    **error)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  GStatBuf about;

  if (g_stat (path, &about) == 0 && about.st_size > MAX_BYTES)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "the file is over 4 GiB, too large for weights.");
  else if (g_file_get_contents (path, &bytes, &length, error)
           && nn_codec_trained_from_bytes ((const guint8 *) bytes, length, trained, error))
    return TRUE;
  return blame ("open the weights", path, error);
}

gboolean
cli_weights_is (const char *path)
{
  FILE *file = g_fopen (path, "rb");
  char start[HEADER] = "";
  gboolean is;

  if (file == NULL)
    return FALSE;
  /* A JSON text has no zero bytes: the length of a header that fits into memory has several. */
  is = fread (start, 1, HEADER, file) == HEADER && start[7] == '\0' && start[6] == '\0' && start[8] == '{';
  fclose (file);
  return is;
}
