/* cli-train.c: lamina-cli train: the options of a training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-train.h"

#include <math.h>
#include <string.h>

/* Sets `*index` to that of `word`; FALSE after saying which words there are. */
static gboolean
choose_word (const char        *option,
             const char        *word,
             const char *const *words,
             int               *index)
{
  g_autofree char *all = g_strjoinv (", ", (char **) words);

  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      {
        *index = i;
        return TRUE;
      }
  cli_say ("lamina-cli train: --%s is one of %s, not “%s”.", option, all, word);
  return FALSE;
}

/* Keras' names, in the order of NnOptimizerKind and NnLossKind. SGD's usual rate is ten times Adam's. */
static gboolean
choose_words (CliTraining *training,
              const char  *optimizer,
              const char  *loss,
              gboolean     rate_given)
{
  static const char *const optimizers[] = { "adam", "sgd", NULL };
  static const char *const losses[] = { "auto", "binary_crossentropy", "sparse_categorical_crossentropy", NULL };
  int index;

  if (optimizer != NULL)
    {
      if (!choose_word ("optimizer", optimizer, optimizers, &index))
        return FALSE;
      training->settings.optimizer = index;
      if (index == NN_OPTIMIZER_SGD && !rate_given)
        training->settings.learning_rate = 1e-2;
    }
  if (loss != NULL)
    {
      if (!choose_word ("loss", loss, losses, &index))
        return FALSE;
      training->settings.loss = index;
    }
  return TRUE;
}

CliExit
cli_train (int    argc,
           char **argv)
{
  CliTraining training = { .settings = nn_settings_default (), .cut = app_cut_default () };
  g_autofree char *optimizer = NULL;
  g_autofree char *loss = NULL;
  g_autofree char *history = NULL;
  g_autofree char *weights = NULL;
  g_autofree char *picture_dir = NULL;
  double rate = NAN; /* not given */
  gint64 seed = training.settings.seed;
  const GOptionEntry entries[] = {
    CLI_SOURCE_ENTRIES (training.source),
    { "hop", 0, 0, G_OPTION_ARG_INT64, &training.cut.hop,
      "Steps between training windows (default: half a window, less in short recordings)", "STEPS" },
    { "validation-split", 0, 0, G_OPTION_ARG_DOUBLE, &training.cut.validation_fraction,
      "Share of time held back (default: 0.2)", "SHARE" },
    { "epochs", 'e', 0, G_OPTION_ARG_INT, &training.settings.epochs, "Passes over the windows", "N" },
    { "batch", 'b', 0, G_OPTION_ARG_INT, &training.settings.batch_size, "Windows in a mini-batch", "N" },
    { "learning-rate", 0, 0, G_OPTION_ARG_DOUBLE, &rate, "Step size (default: 0.001 for adam, 0.01 for sgd)", "RATE" },
    { "optimizer", 0, 0, G_OPTION_ARG_STRING, &optimizer, "adam or sgd", "NAME" },
    { "loss", 0, 0, G_OPTION_ARG_STRING, &loss, "auto, binary_crossentropy or sparse_categorical_crossentropy", "NAME" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "Start of the random numbers", "N" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &training.settings.threads,
      "Threads to compute with (default: one per processor)", "N" },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &history, "Write the epochs as CSV", "FILE" },
    { "save", 'o', 0, G_OPTION_ARG_FILENAME, &weights, "Write the trained weights (safetensors)", "FILE" },
    { "picture-dir", 0, 0, G_OPTION_ARG_FILENAME, &picture_dir, "Write overlay.png and loss.png into a folder", "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  CliExit code = CLI_USAGE;

  if (cli_parse ("train", "DESIGN RECORDING", "Trains a design on a recording with labels.",
                 "DESIGN is a file or a template's id, R0 to R4. RECORDING is a file, or “demo” for the built-in recording.\n"
                 "One line an epoch goes to standard error, the result to standard output. Ctrl-C stops at the next batch and\n"
                 "keeps what was learnt.",
                 entries, &argc, &argv, 2, 2)
      && choose_words (&training, optimizer, loss, !isnan (rate)))
    {
      training.design = argv[1];
      training.recording = argv[2];
      training.history = history;
      training.weights = weights;
      training.picture_dir = picture_dir;
      training.settings.seed = seed;
      if (!isnan (rate))
        training.settings.learning_rate = rate;
      code = cli_training_run (&training);
    }
  g_free (training.source.labels);
  return code;
}
