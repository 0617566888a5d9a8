/* cli-demo.c: lamina-cli demo: R1 on the built-in recording, with pictures
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-train.h"

CliExit
cli_demo (int    argc,
          char **argv)
{
  CliTraining training = { .design = "R1", .recording = "demo", .settings = nn_settings_default (), .cut = app_cut_default () };
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Folder for overlay.png and loss.png (default: out)", "FOLDER" },
    { "epochs", 'e', 0, G_OPTION_ARG_INT, &training.settings.epochs, "Passes over the windows", "N" },
    G_OPTION_ENTRY_NULL,
  };

  if (!cli_parse ("demo", NULL, "Trains R1 on the built-in recording and leaves two pictures.",
                  "overlay.png shows 16 traces with truth, prediction and probability, loss.png the loss over the epochs.",
                  entries, &argc, &argv, 0, 0))
    return CLI_USAGE;
  training.picture_dir = output != NULL ? output : "out";
  return cli_training_run (&training);
}
