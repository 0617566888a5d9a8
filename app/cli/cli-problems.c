/* cli-problems.c: what is wrong with a design, in words for a terminal
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-problems.h"
#include "app-unseen.h"

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

char *
cli_problems_of_split (const SigRecording *recording,
                       const SigLabels    *labels,
                       gint64              length,
                       GError            **error)
{
  AppCut cut = app_cut_default ();
  g_autoptr (SigSplit) split = app_unseen_split (recording, length, &cut, error);
  g_auto (GStrv) unseen = split != NULL ? app_unseen_describe (split, labels) : NULL;
  g_autofree char *advice = NULL;
  GString *text;

  if (unseen == NULL)
    return NULL;
  text = g_string_new (NULL);
  if (unseen[0] != NULL)
    advice = app_unseen_advise (recording, labels, length, &cut);
  for (guint i = 0; unseen[i] != NULL; i++)
    {
      g_string_append_printf (text, "\nWarning: Training would not see a class. %s.\n", unseen[i]);
      if (advice != NULL)
        g_string_append_printf (text, "  Repair: %s.\n", advice);
      g_string_append (text, "  Repair: Merge the class with another.\n");
    }
  return g_string_free (text, FALSE);
}
