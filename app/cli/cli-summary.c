/* cli-summary.c: lamina-cli summary: the shapes and parameters of a design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-text.h"
#include "cli-command.h"
#include "cli-problems.h"
#include "cli-source.h"

/* How far one label sees, and what it costs: what Keras' table does not tell. */
static void
append_costs (const NnCheck *check,
              GString       *text)
{
  guint n = nn_design_get_n_blocks (nn_check_get_design (check));
  g_autofree char *macs = app_text_count (nn_check_get_n_macs (check));

  if (n > 0 && nn_check_get_block (check, n - 1)->output.rank > 0)
    g_string_append_printf (text, " Steps one output sees: %" G_GINT64_FORMAT "\n", nn_check_get_block (check, n - 1)->receptive);
  g_string_append_printf (text, " Multiply-adds per window: %s\n", macs);
}

CliExit
cli_summary (int    argc,
             char **argv)
{
  const NnSettings settings = nn_settings_default ();
  g_auto (CliSourceOptions) options = { 0 };
  const GOptionEntry entries[] = { CLI_SOURCE_ENTRIES (options), G_OPTION_ENTRY_NULL };
  g_auto (CliSource) source = { 0 };
  g_autoptr (NnCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *table = NULL;
  g_autofree char *problems = NULL;

  if (!cli_parse ("summary", "MODEL [RECORDING]", "Prints the shapes and parameters of a model, as Keras does.",
                  "MODEL is a .keras archive, a design file or a template's id, R0 to R6. With a RECORDING its channels and\n"
                  "classes are taken, and what does not fit its labels is told with the repairs; “demo” is the built-in\n"
                  "recording.\n"
                  "Exit status 1: it cannot be run.",
                  entries, &argc, &argv, 1, 2))
    return CLI_USAGE;

  check = cli_source_check (&source, argv[1], argc < 3 ? NULL : argv[2], &options, &settings, &error);
  if (check == NULL)
    return cli_fail (error, CLI_UNREADABLE);

  table = nn_check_to_summary (check);
  text = g_string_new (table);
  append_costs (check, text);
  problems = cli_problems_to_text (check);
  g_string_append (text, problems);
  if (!cli_print (text->str))
    return CLI_UNWRITABLE;
  if (nn_check_is_runnable (check))
    return CLI_OK;
  cli_say ("lamina-cli: The design cannot be run.");
  return CLI_NO;
}
