/* cli-problems.c: what is wrong with a design, in words for a terminal
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-problems.h"

char *
cli_problems_to_text (const NnCheck *check)
{
  static const char *const severities[] = { "Note", "Warning", "Error" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    {
      const NnProblem *problem = nn_check_get_problem (check, i);

      g_string_append_printf (text, "\n%s: %s. %s\n", severities[problem->severity], problem->title, problem->text);
      for (guint r = 0; r < problem->n_repairs; r++)
        g_string_append_printf (text, "  Repair: %s.\n", problem->repairs[r].sentence);
    }
  return g_string_free (text, FALSE);
}
