/* cli-train.c: lamina-cli train: the options of a training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-arrays.h"

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
  cli_refuse ("train", "--%s is one of %s, not “%s”.", option, all, word);
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

/* How little and how much may be held back depends on what is trained on; a share it must be. */
static gboolean
check_share (double split)
{
  if (isnan (split) || (split >= 0 && split < 1))
    return TRUE;
  cli_refuse ("train", "--validation-split is 0 or more and less than 1, not %g.", split);
  return FALSE;
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
  double rate = NAN, split = NAN; /* not given */
  gboolean in_order = FALSE;
  gint64 seed = training.settings.seed;
  const GOptionEntry entries[] = {
    CLI_SOURCE_ENTRIES (training.source),
    { "hop", 0, 0, G_OPTION_ARG_INT64, &training.cut.hop,
      "Steps between training windows (default: half a window, less in short recordings)", "STEPS" },
    { "validation-split", 0, 0, G_OPTION_ARG_DOUBLE, &split,
      "Share of time held back (default: 0.2); of arrays the last windows (default: none)", "SHARE" },
    { "epochs", 'e', 0, G_OPTION_ARG_INT, &training.settings.epochs, "Passes over the windows", "N" },
    { "no-shuffle", 0, 0, G_OPTION_ARG_NONE, &in_order, "Take the windows in their order, every epoch", NULL },
    { "batch", 'b', 0, G_OPTION_ARG_INT, &training.settings.batch_size, "Windows in a mini-batch", "N" },
    { "learning-rate", 0, 0, G_OPTION_ARG_DOUBLE, &rate, "Step size (default: 0.001 for adam, 0.01 for sgd)", "RATE" },
    { "optimizer", 0, 0, G_OPTION_ARG_STRING, &optimizer, "adam or sgd", "NAME" },
    { "loss", 0, 0, G_OPTION_ARG_STRING, &loss, "auto, binary_crossentropy or sparse_categorical_crossentropy", "NAME" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "Start of the random numbers", "N" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &training.settings.threads,
      "Threads to compute with (default: one per processor)", "N" },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &history, "Write the epochs as CSV", "FILE" },
    { "save", 'o', 0, G_OPTION_ARG_FILENAME, &weights, "Write the trained weights (safetensors; from arrays a .keras archive)",
      "FILE" },
    { "picture-dir", 0, 0, G_OPTION_ARG_FILENAME, &picture_dir, "Write overlay.png and loss.png into a folder", "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  CliExit code = CLI_USAGE;

  if (cli_parse ("train", "MODEL RECORDING | MODEL X.npy y.npy",
                 "Trains a model on a recording with labels, or on windows with targets.",
                 "MODEL is a .keras archive, a design file or a template's id, R0 to R6.\n"
                 "RECORDING is a file, or “demo” for the built-in recording; the weights begin anew.\n"
                 "X.npy holds windows (windows, steps, channels) and y.npy their labels. They are taken as they are, and\n"
                 "training starts from the weights in MODEL, where it has some, with the loss and the optimizer it was compiled\n"
                 "with: with --no-shuffle as Keras' fit(shuffle=False). --save keeps the weights of the last epoch.\n"
                 "One line an epoch goes to standard error, the result to standard output. Ctrl-C stops at the next batch and\n"
                 "keeps what was learnt.",
                 entries, &argc, &argv, 2, 3)
      && check_share (split)
      && choose_words (&training, optimizer, loss, !isnan (rate)))
    {
      training.design = argv[1];
      training.recording = argv[2];
      training.history = history;
      training.weights = weights;
      training.picture_dir = picture_dir;
      training.settings.seed = seed;
      training.settings.shuffle = !in_order;
      training.loss_given = loss != NULL;
      training.optimizer_given = optimizer != NULL;
      training.rate_given = !isnan (rate);
      if (training.rate_given)
        training.settings.learning_rate = rate;
      training.targets = argc > 3 ? argv[3] : NULL;
      if (!isnan (split) || training.targets != NULL)
        training.cut.validation_fraction = isnan (split) ? 0 : split;
      code = training.targets != NULL ? cli_arrays_train (&training) : cli_training_run (&training);
    }
  g_free (training.source.labels);
  return code;
}
