/* cli-train.c: lamina-cli train: the options of a training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-arrays.h"

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
  CliHoldBack held_back = CLI_HOLD_BACK_NOT;
  const GOptionEntry own[] = {
    CLI_SOURCE_ENTRIES (training.source),
    CLI_FILTER_ENTRIES (training.source),
    { "hop", 0, 0, G_OPTION_ARG_INT64, &training.cut.hop,
      "Steps between training windows (default: half a window, less in short recordings)", "STEPS" },
    CLI_HOLD_BACK_ENTRIES (held_back),
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
      && check_missing (missing, &training.cut.missing)
      && (argc > 3 ? cli_hold_back_read_arrays (&held_back, "train", &training.share, &training.n_blocks)
                   : cli_settings_read (settings, &training.settings)
                     && cli_hold_back_read (&held_back, "train", &training.settings)))
    {
      training.design = argv[1];
      training.recording = argv[2];
      training.sample_weights = sample_weights;
      training.fit = held_back.fit;
      training.history = history;
      training.weights = weights;
      training.picture_dir = picture_dir;
      training.given = settings;
      training.targets = argc > 3 ? argv[3] : NULL;
      if (sample_weights != NULL && training.targets == NULL)
        code = cli_refuse ("train", "--sample-weight goes with X.npy and y.npy; a recording's labels weigh as their classes do.");
      else
        code = training.targets != NULL ? cli_arrays_train (&training) : cli_training_run (&training);
    }
  cli_source_options_clear (&training.source);
  return code;
}
