/* t-check.c: what a check says, for the core's tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-check.h"

#include <string.h>

const NnProblem *
t_find_problem (const NnCheck *check, const char *rule)
{
  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    if (strcmp (nn_check_get_problem (check, i)->rule, rule) == 0)
      return nn_check_get_problem (check, i);
  return NULL;
}

gboolean
t_offers (const NnProblem *problem, const NnDesign *design)
{
  for (guint i = 0; i < problem->n_repairs; i++)
    if (problem->repairs[i].design != NULL && nn_design_equal (problem->repairs[i].design, design))
      return TRUE;
  return FALSE;
}
