/* cli-check.c: lamina-cli check: what is wrong with a design, and what would repair it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-command.h"
#include "cli-problems.h"
#include "cli-source.h"

CliExit
cli_check (int    argc,
           char **argv)
{
  CliSourceOptions options = { 0 };
  const GOptionEntry entries[] = { CLI_SOURCE_ENTRIES (options), G_OPTION_ENTRY_NULL };
  g_auto (CliSource) source = { 0 };
  g_autoptr (NnCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;

  if (!cli_parse ("check", "MODEL [RECORDING] | MODEL X.npy y.npy", "Tells what is wrong with a model, and what would repair it.",
                  "MODEL is a .keras archive, a design file or a template's id, R0 to R6. With a RECORDING it is held against\n"
                  "its labels too, with windows in X.npy against those in y.npy.\n"
                  "Exit status 1: it cannot be run, or not be trained on those labels.",
                  entries, &argc, &argv, 1, 3))
    return CLI_USAGE;
  if (argc > 3)
    {
      g_free (options.labels);
      options.labels = g_strdup (argv[3]);
    }

  check = cli_source_check (&source, argv[1], argc < 3 ? NULL : argv[2], &options, &error);
  g_free (options.labels);
  if (check == NULL)
    return cli_fail (error, CLI_UNREADABLE);

  problems = cli_problems_to_text (check);
  if (!cli_print (*problems != '\0' ? problems + 1 : "Nothing is wrong.\n"))
    return CLI_UNWRITABLE;
  return (source.labels != NULL ? nn_check_is_trainable (check) : nn_check_is_runnable (check)) ? CLI_OK : CLI_NO;
}
