/* cli-check.c: lamina-cli check: what is wrong with a design, and what would repair it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-arrays.h"
#include "app-design-file.h"
#include "app-unseen.h"
#include "cli-command.h"
#include "cli-problems.h"
#include "cli-settings.h"
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
              double      share,
              int         n_blocks,
              gboolean    fit,
              GArray    **unseen,
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
  contract.fitted = fit;
  *unseen = app_arrays_diagnose (arrays, share, n_blocks);
  if (!*with_labels)
    cli_say ("y holds no classes in a row for each window; the model is checked by itself.");
  design = app_design_file_resolve (model, app_arrays_get_input (arrays), MAX (contract.n_classes, 2), error);
  fitted = design != NULL ? fit_design (design, app_arrays_get_input (arrays), error) : NULL;
  return fitted != NULL ? nn_check_new (fitted, *with_labels ? &contract : NULL) : NULL;
}

/* Classes that training on the recording as it stands would not see (transfer full). */
static GArray *
find_unseen (const CliSource  *source,
             gint64            length,
             const NnSettings *settings)
{
  const AppCut cut = app_cut_default ();
  g_autoptr (SigSplit) split = NULL;
  g_autoptr (GError) error = NULL;

  if (source->labels == NULL)
    return NULL;
  split = app_cut_split (source->recording, length, settings, &error);
  if (split == NULL)
    cli_say ("%s", error->message);
  return app_unseen_diagnose (source->recording, source->labels, length, settings, &cut);
}

CliExit
cli_check (int    argc,
           char **argv)
{
  g_auto (CliSourceOptions) options = { 0 };
  CliHoldBack held_back = CLI_HOLD_BACK_NOT;
  NnSettings settings = nn_settings_default ();
  const GOptionEntry entries[] = { CLI_SOURCE_ENTRIES (options), CLI_HOLD_BACK_ENTRIES (held_back), G_OPTION_ENTRY_NULL };
  g_auto (CliSource) source = { 0 };
  g_autoptr (NnCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) unseen = NULL;
  g_autofree char *problems = NULL;
  g_autofree char *of_split = NULL;
  g_autofree char *all = NULL;
  gboolean with_labels = FALSE;
  double share;
  int n_blocks;

  if (!cli_parse ("check", "MODEL [RECORDING] | MODEL X.npy y.npy", "Tells what is wrong with a model, and what would repair it.",
                  "MODEL is a .keras archive, a design file or a template's id, R0 to R6. With a RECORDING it is held against\n"
                  "its labels too, with windows in X.npy against those in y.npy, one for each window or several in a row.\n"
                  "Exit status 1: it cannot be run, or not be trained on those labels.",
                  entries, &argc, &argv, 1, 3))
    return CLI_USAGE;
  if (argc > 3 && (options.labels != NULL || options.label_channel != 0 || options.length != 0 || options.rates != NULL))
    return cli_refuse ("check", "With y.npy there are labels and windows already: no option can name others.");
  if (argc > 3 ? !cli_hold_back_read_arrays (&held_back, "check", &share, &n_blocks)
               : !cli_hold_back_read (&held_back, "check", &settings))
    return CLI_USAGE;

  if (argc > 3)
    check = check_arrays (argv[1], argv[2], argv[3], share, n_blocks, held_back.fit, &unseen, &with_labels, &error);
  else
    check = cli_source_check (&source, argv[1], argc < 3 ? NULL : argv[2], &options, &settings, &error);
  with_labels |= source.labels != NULL;
  if (check == NULL)
    return cli_fail (error, CLI_UNREADABLE);

  if (unseen == NULL)
    unseen = find_unseen (&source, nn_design_get_input (nn_check_get_design (check))->dim[0], &settings);
  problems = cli_problems_to_text (check);
  of_split = cli_problems_list_to_text (unseen);
  all = g_strconcat (problems, of_split, NULL);
  if (!cli_print (*all != '\0' ? all + 1 : "Nothing is wrong.\n"))
    return CLI_UNWRITABLE;
  return (with_labels ? nn_check_is_trainable (check) : nn_check_is_runnable (check)) ? CLI_OK : CLI_NO;
}
