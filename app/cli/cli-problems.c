/* cli-problems.c: what is wrong with a design or a training, in words for a terminal
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-problems.h"

#include "cli-settings.h"

static void
append_problem (GString         *text,
                const NnProblem *problem)
{
  static const char *const severities[] = { "Note", "Warning", "Error" };

  g_string_append_printf (text, "\n%s: %s. %s\n", severities[problem->severity], problem->title, problem->text);
  for (guint i = 0; i < problem->n_repairs; i++)
    {
      const NnRepair *repair = &problem->repairs[i];
      g_autofree char *option = repair->setting != NULL ? cli_settings_spell (repair->setting, &repair->value) : NULL;

      if (option != NULL)
        g_string_append_printf (text, "  Repair: %s (train %s).\n", repair->sentence, option);
      else
        g_string_append_printf (text, "  Repair: %s.\n", repair->sentence);
    }
}

char *
cli_problems_to_text (const NnCheck *check)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    append_problem (text, nn_check_get_problem (check, i));
  return g_string_free (text, FALSE);
}

char *
cli_problems_list_to_text (const GArray *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    append_problem (text, &g_array_index (problems, NnProblem, i));
  return g_string_free (text, FALSE);
}
