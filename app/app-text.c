/* app-text.c: the sentences of the status line and the run bar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-text.h"

#include <math.h>

#define MAX_NAMES 6 /* class names listed before "…" */

char *
app_text_count (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  GString *text = g_string_new (digits);
  gssize first = n < 0 ? 1 : 0;

  for (gssize at = (gssize) text->len - 3; at > first; at -= 3)
    g_string_insert_c (text, at, ',');

  return g_string_free (text, FALSE);
}

/* printf's %f follows the locale. */
static char *
number (double value, const char *format)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

static char *
percent (gint64 part, gint64 whole)
{
  g_autofree char *text = number (whole > 0 ? 100.0 * part / whole : NAN, "%.1f");

  return g_strconcat (text, " %", NULL);
}

static void
append_classes (GString *text, const SigLabels *labels)
{
  int n = sig_labels_get_n_classes (labels);

  if (n == 0)
    {
      g_string_append (text, " · no labelled step");
      return;
    }
  g_string_append_printf (text, " · %d %s: ", n, n == 1 ? "class" : "classes");
  for (int k = 0; k < MIN (n, MAX_NAMES); k++)
    g_string_append_printf (text, "%s%s", k > 0 ? ", " : "", sig_labels_get_name (labels, k));
  if (n > MAX_NAMES)
    g_string_append (text, ", …");
}

char *
app_text_recording (const SigRecording *recording, const SigLabels *labels)
{
  GString *text = g_string_new (NULL);
  guint n_channels;
  gsize n_segments;
  g_autofree char *steps = NULL;

  g_return_val_if_fail (recording != NULL, g_string_free (text, FALSE));

  n_channels = sig_recording_get_n_channels (recording);
  steps = app_text_count (sig_recording_get_n_steps (recording));
  g_string_append_printf (text, "%u %s × %s %s", n_channels, n_channels == 1 ? "channel" : "channels", steps,
                          sig_recording_get_n_steps (recording) == 1 ? "step" : "steps");
  if (sig_recording_has_rate (recording))
    {
      g_autofree char *rate = number (sig_recording_get_rate_hz (recording), "%.6g");

      g_string_append_printf (text, " at %s Hz", rate);
    }
  if (sig_recording_get_page (recording) > 0)
    {
      g_autofree char *page = app_text_count (sig_recording_get_page (recording));

      g_string_append_printf (text, " in windows of %s", page);
    }
  sig_recording_get_segments (recording, &n_segments);
  if (n_segments > 1)
    {
      g_autofree char *segments = app_text_count (n_segments);

      g_string_append_printf (text, " in %s segments", segments);
    }
  if (labels != NULL)
    append_classes (text, labels);
  else
    g_string_append (text, " · no labels");

  return g_string_free (text, FALSE);
}

char *
app_text_step (const NnTrainStep *step)
{
  g_autofree char *loss = NULL;

  g_return_val_if_fail (step != NULL, NULL);

  if (!isfinite (step->running.loss))
    return g_strdup_printf ("Epoch %d of %d", step->epoch, step->epochs);

  loss = number (step->running.loss, "%.3f");

  return g_strdup_printf ("Epoch %d of %d · loss %s", step->epoch, step->epochs, loss);
}

char *
app_text_score (const AppScore *score, const SigLabels *labels)
{
  g_autofree char *right = NULL;
  g_autofree char *always = NULL;

  g_return_val_if_fail (score != NULL && labels != NULL, NULL);

  if (score->majority == SIG_UNLABELLED)
    return g_strdup ("Held-back part: no labelled steps, so no score");

  right = percent (score->n_right, score->n_steps);
  always = percent (score->n_majority, score->n_steps);

  return g_strdup_printf ("Held-back part: %s of steps right (always “%s”: %s)", right,
                          sig_labels_get_name (labels, score->majority), always);
}

char *
app_text_result (const NnTrainResult *result)
{
  g_autofree char *seconds = NULL;
  GString *text;

  g_return_val_if_fail (result != NULL, NULL);

  seconds = number (result->elapsed_s, "%.1f");
  text = g_string_new (NULL);
  g_string_append_printf (text, "%d %s in %s s", result->n_epochs, result->n_epochs == 1 ? "epoch" : "epochs",
                          seconds);
  if (result->best_epoch > 0)
    g_string_append_printf (text, ", the best was epoch %d", result->best_epoch);
  if (result->reason != NULL)
    g_string_append_printf (text, ". %s", result->reason);

  return g_string_free (text, FALSE);
}

char *
app_text_plan (const NnCheck *check, int batch_size, const AppRun *run)
{
  gint64 bytes;
  g_autofree char *weights = NULL;
  g_autofree char *size = NULL;
  GString *text;

  g_return_val_if_fail (check != NULL, NULL);

  bytes = nn_check_get_plan_bytes (check, batch_size);
  weights = app_text_count (nn_check_get_n_params (check));
  size = bytes == G_MAXINT64 ? g_strdup ("more memory than there can be") : g_format_size (bytes);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s weights take %s to train", weights, size);
  if (run != NULL)
    {
      g_autofree char *train = app_text_count (app_run_get_n_windows (run, SIG_PART_TRAIN));
      g_autofree char *held = app_text_count (app_run_get_n_windows (run, SIG_PART_VALIDATION));

      g_string_append_printf (text, " · %s windows for training, %s held back", train, held);
    }

  return g_string_free (text, FALSE);
}
