/* cli-epochs.c: the epochs of a training as lines on a terminal and as a CSV
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-epochs.h"
#include "cli-command.h"
#include "cli-problems.h"
#include "nn-diverged.h"

#include <math.h>

void
cli_append_number (GString    *text,
                   const char *before,
                   const char *format,
                   double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "%s%s", before, g_ascii_formatd (number, sizeof number, format, value));
}

/* A dash where a loss knows no right and wrong. */
static void
append_accuracy (GString    *text,
                 const char *before,
                 double      value)
{
  if (isnan (value))
    g_string_append_printf (text, "%s–", before);
  else
    cli_append_number (text, before, "%.4f", value);
}

void
cli_epochs_say (const NnEpoch    *epoch,
                const NnSettings *settings)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "Epoch %d/%d", epoch->epoch, settings->epochs);
  cli_append_number (line, " - loss: ", "%.4f", epoch->train.loss);
  append_accuracy (line, " - accuracy: ", epoch->train.accuracy);
  if (isfinite (epoch->validation.loss))
    {
      cli_append_number (line, " - val_loss: ", "%.4f", epoch->validation.loss);
      append_accuracy (line, " - val_accuracy: ", epoch->validation.accuracy);
    }
  if (settings->schedule != NN_SCHEDULE_CONSTANT)
    cli_append_number (line, " - learning_rate: ", "%.4g", epoch->learning_rate);
  cli_say ("%s", line->str);
}

void
cli_epochs_append (GString       *csv,
                   const NnEpoch *epoch)
{
  g_string_append_printf (csv, "%d", epoch->epoch);
  cli_append_number (csv, ",", "%.9g", epoch->train.loss);
  cli_append_number (csv, ",", "%.9g", epoch->train.accuracy);
  cli_append_number (csv, ",", "%.9g", epoch->validation.loss);
  cli_append_number (csv, ",", "%.9g", epoch->validation.accuracy);
  cli_append_number (csv, ",", "%.9g", epoch->learning_rate);
}

void
cli_epochs_say_end (const NnCheck       *check,
                    const NnSettings    *settings,
                    const NnTrainResult *result)
{
  g_autoptr (GArray) problems = nn_problems_new ();
  g_autofree char *text = NULL;
  NnProblem problem;

  if (result->end != NN_TRAIN_DIVERGED)
    {
      if (result->reason != NULL)
        cli_say ("%s", result->reason);
      return;
    }
  problem = nn_diverged_diagnose (check, settings, result);
  g_array_append_val (problems, problem);
  text = cli_problems_list_to_text (problems);
  cli_say ("%s", g_strstrip (text));
}
