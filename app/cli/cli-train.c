/* cli-train.c: lamina-cli train: the options of a training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-arrays.h"

#include <math.h>

/* How little and how much may be held back depends on what is trained on; a share it must be. */
static gboolean
check_share (double split)
{
  if (isnan (split) || (split >= 0 && split < 1))
    return TRUE;
  cli_refuse ("train", "--validation-split is 0 or more and less than 1, not %g.", split);
  return FALSE;
}

/* How many there may be depends on the recording. */
static gboolean
check_blocks (int      blocks,
              gboolean of_arrays)
{
  gboolean given = blocks != (int) app_cut_default ().validation_blocks;

  if (!given || (blocks > 0 && !of_arrays))
    return TRUE;
  if (of_arrays)
    cli_refuse ("train", "--validation-blocks goes with a recording; of X.npy the last windows are held back.");
  else
    cli_refuse ("train", "--validation-blocks is 1 or more, not %d.", blocks);
  return FALSE;
}

/* `name` (nullable). */
static gboolean
check_missing (const char *name,
               AppMissing *missing)
{
  if (name == NULL || app_missing_parse (name, missing))
    return TRUE;
  cli_refuse ("train", "--missing is refuse, mean or leave-out, not “%s”.", name);
  return FALSE;
}

CliExit
cli_train (int    argc,
           char **argv)
{
  CliTraining training = { .settings = nn_settings_default (), .cut = app_cut_default () };
  g_autofree char *history = NULL;
  g_autofree char *sample_weights = NULL;
  g_autofree char *weights = NULL;
  g_autofree char *picture_dir = NULL;
  g_autofree char *missing = NULL;
  g_autoptr (CliSettings) settings = cli_settings_new ();
  double split = NAN; /* not given */
  int blocks = training.cut.validation_blocks;
  const GOptionEntry own[] = {
    CLI_SOURCE_ENTRIES (training.source),
    CLI_FILTER_ENTRIES (training.source),
    { "hop", 0, 0, G_OPTION_ARG_INT64, &training.cut.hop,
      "Steps between training windows (default: half a window, less in short recordings)", "STEPS" },
    { "validation-split", 0, 0, G_OPTION_ARG_DOUBLE, &split,
      "Share of time held back (default: 0.2); of arrays the last windows (default: none)", "SHARE" },
    { "validation-blocks", 0, 0, G_OPTION_ARG_INT, &blocks,
      "Blocks of time that the held-back part is taken from (default: 5)", "N" },
    { "missing", 0, 0, G_OPTION_ARG_STRING, &missing,
      "What is made of missing samples: refuse (default), mean (of the channel) or leave-out (windows that hold one)", "WAY" },
    { "sample-weight", 0, 0, G_OPTION_ARG_FILENAME, &sample_weights,
      "With arrays: what each window, or each of its labels, weighs in the loss", "W.npy" },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &history, "Write the epochs as CSV", "FILE" },
    { "save", 'o', 0, G_OPTION_ARG_FILENAME, &weights, "Write the trained weights (safetensors; from arrays a .keras archive)",
      "FILE" },
    { "picture-dir", 0, 0, G_OPTION_ARG_FILENAME, &picture_dir, "Write overlay.png and loss.png into a folder", "FOLDER" },
  };
  g_autofree GOptionEntry *entries = cli_settings_dup_entries (settings, own, G_N_ELEMENTS (own));
  CliExit code = CLI_USAGE;

  if (cli_parse ("train", "MODEL RECORDING | MODEL X.npy y.npy",
                 "Trains a model on a recording with labels, or on windows with targets.",
                 "MODEL is a .keras archive, a design file or a template's id, R0 to R6.\n"
                 "RECORDING is a file, or “demo” for the built-in recording; the weights begin anew.\n"
                 "X.npy holds windows (windows, steps, channels) and y.npy their labels, -1 for none. They are taken as\n"
                 "they are; training starts from the weights in MODEL, where it has some, with the loss and the optimizer it\n"
                 "was compiled with: with --no-shuffle as Keras' fit(shuffle=False). --save keeps the weights of the last\n"
                 "epoch.\n"
                 "One line an epoch goes to standard error, the result to standard output. Ctrl-C stops at the next batch and\n"
                 "keeps what was learnt.",
                 entries, &argc, &argv, 2, 3)
      && check_share (split)
      && check_blocks (blocks, argc > 3)
      && check_missing (missing, &training.cut.missing)
      && (argc > 3 || cli_settings_read (settings, &training.settings)))
    {
      training.design = argv[1];
      training.recording = argv[2];
      training.sample_weights = sample_weights;
      training.history = history;
      training.weights = weights;
      training.picture_dir = picture_dir;
      training.given = settings;
      training.targets = argc > 3 ? argv[3] : NULL;
      if (!isnan (split) || training.targets != NULL)
        training.cut.validation_fraction = isnan (split) ? 0 : split;
      training.cut.validation_blocks = blocks;
      if (sample_weights != NULL && training.targets == NULL)
        code = cli_refuse ("train", "--sample-weight goes with X.npy and y.npy; a recording's labels weigh as their classes do.");
      else
        code = training.targets != NULL ? cli_arrays_train (&training) : cli_training_run (&training);
    }
  cli_source_options_clear (&training.source);
  return code;
}
