/* cli-check.c: lamina-cli check: what is wrong with a design, and what would repair it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-arrays.h"
#include "app-design-file.h"
#include "cli-command.h"
#include "cli-problems.h"
#include "cli-source.h"

/* The design on X's windows; NULL where these have other axes. */
static NnDesign *
fit_design (const NnDesign *design,
            const NnShape  *windows,
            GError        **error)
{
  const NnShape *wanted = nn_design_get_input (design);
  g_autofree char *found_text = nn_shape_to_text (windows);
  g_autofree char *wanted_text = nn_shape_to_text (wanted);

  if (windows->rank != wanted->rank)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "The windows of X are %s, the model takes %s.", found_text, wanted_text);
      return NULL;
    }
  if (!nn_shape_equal (windows, wanted))
    cli_say ("The windows of X are %s, the model takes %s; it is held against X.", found_text, wanted_text);
  return nn_design_with_input (design, windows);
}

/* Checks the design on X's windows against what y asks: the labels that train takes from them. */
static NnCheck *
check_arrays (const char *model,
              const char *x_path,
              const char *y_path,
              gboolean   *with_labels,
              GError    **error)
{
  g_autoptr (AppArrays) arrays = app_arrays_new (x_path, error);
  g_autoptr (NnDesign) design = NULL;
  g_autoptr (NnDesign) fitted = NULL;
  NnContract contract;

  if (arrays == NULL || !app_arrays_read_contract (arrays, y_path, &contract, error))
    return NULL;
  *with_labels = contract.n_classes > 0;
  if (!*with_labels)
    cli_say ("y holds no classes in a row for each window; the model is checked by itself.");
  design = app_design_file_resolve (model, app_arrays_get_input (arrays), MAX (contract.n_classes, 2), error);
  fitted = design != NULL ? fit_design (design, app_arrays_get_input (arrays), error) : NULL;
  return fitted != NULL ? nn_check_new (fitted, *with_labels ? &contract : NULL) : NULL;
}

/* What is wrong with the design, and with what training on the recording would hold back (transfer full). */
static char *
describe (const NnCheck   *check,
          const CliSource *source)
{
  gint64 length = nn_design_get_input (nn_check_get_design (check))->dim[0];
  g_autofree char *design = cli_problems_to_text (check);
  g_autofree char *split = NULL;
  g_autoptr (GError) error = NULL;

  if (source->labels != NULL)
    split = cli_problems_of_split (source->recording, source->labels, length, &error);
  if (error != NULL)
    cli_say ("%s", error->message);
  return g_strconcat (design, split, NULL);
}

CliExit
cli_check (int    argc,
           char **argv)
{
  g_auto (CliSourceOptions) options = { 0 };
  const GOptionEntry entries[] = { CLI_SOURCE_ENTRIES (options), G_OPTION_ENTRY_NULL };
  g_auto (CliSource) source = { 0 };
  g_autoptr (NnCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;
  gboolean with_labels = FALSE;

  if (!cli_parse ("check", "MODEL [RECORDING] | MODEL X.npy y.npy", "Tells what is wrong with a model, and what would repair it.",
                  "MODEL is a .keras archive, a design file or a template's id, R0 to R6. With a RECORDING it is held against\n"
                  "its labels too, with windows in X.npy against those in y.npy, one for each window or several in a row.\n"
                  "Exit status 1: it cannot be run, or not be trained on those labels.",
                  entries, &argc, &argv, 1, 3))
    return CLI_USAGE;
  if (argc > 3 && (options.labels != NULL || options.label_channel != 0 || options.length != 0 || options.rates != NULL))
    return cli_refuse ("check", "With y.npy there are labels and windows already: no option can name others.");

  if (argc > 3)
    check = check_arrays (argv[1], argv[2], argv[3], &with_labels, &error);
  else
    check = cli_source_check (&source, argv[1], argc < 3 ? NULL : argv[2], &options, &error);
  with_labels |= source.labels != NULL;
  if (check == NULL)
    return cli_fail (error, CLI_UNREADABLE);

  problems = describe (check, &source);
  if (!cli_print (*problems != '\0' ? problems + 1 : "Nothing is wrong.\n"))
    return CLI_UNWRITABLE;
  return (with_labels ? nn_check_is_trainable (check) : nn_check_is_runnable (check)) ? CLI_OK : CLI_NO;
}
