/* cli-export.c: lamina-cli export: a model as a file that Keras loads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-command.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-source.h"

static CliExit
export (const char *name,
        const char *output,
        gint64      length,
        guint64     seed)
{
  const char *inputs[] = { name, NULL };
  const NnShape input = nn_shape_2 (length, 16);
  g_auto (CliModel) model = { 0 };
  g_autoptr (GError) error = NULL;

  if (!cli_output_check (output, inputs, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  if (!cli_model_open (name, length > 0 ? &input : NULL, &model, &error) || cli_model_get (&model, seed, &error) == NULL)
    return cli_fail (error, CLI_UNREADABLE);
  if (model.norm != NULL)
    cli_say ("The normalisation that was learnt with the weights is not in the file: give Keras normalised windows.");
  if (!cli_model_save (output, model.keras.model, &model.keras.settings, &model.keras.moments, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  return CLI_OK;
}

CliExit
cli_export (int    argc,
            char **argv)
{
  int length = 0;
  gint64 seed = nn_settings_default ().seed;
  const GOptionEntry entries[] = {
    { "length", 0, 0, G_OPTION_ARG_INT, &length, "Steps in a window, where the model leaves them open", "STEPS" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "Start of the random numbers, where the model has no weights", "N" },
    G_OPTION_ENTRY_NULL,
  };

  if (!cli_parse ("export", "MODEL OUT.keras", "Writes a model as a .keras archive, which every Keras 3 loads.",
                  "MODEL is a .keras archive, a file that “lamina-cli train --save” wrote, a design file, or a template's id,\n"
                  "R0 to R6. A model without weights gets fresh ones.",
                  entries, &argc, &argv, 2, 2))
    return CLI_USAGE;
  if (!cli_model_is_keras_path (argv[2]))
    return cli_refuse ("export", "The file must end in .keras, as Keras asks of those it opens; “%s” does not.", argv[2]);
  if (length < 0)
    return cli_refuse ("export", "--length is 1 or more, not %d.", length);
  return export (argv[1], argv[2], length, seed);
}
