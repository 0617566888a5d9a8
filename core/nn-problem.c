/* nn-problem.c: something that is wrong, in words, with repairs as data
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-problem.h"

static void
clear_repair (NnRepair *self)
{
  g_free (self->sentence);
  g_clear_pointer (&self->design, nn_design_unref);
}

NnProblem
nn_problem_make (const char *rule,
                 NnSeverity  severity,
                 NnBlockId   block,
                 char       *title,
                 char       *text)
{
  NnProblem self = { .severity = severity, .block = block, .title = title, .text = text };

  g_strlcpy (self.rule, rule, sizeof self.rule);
  return self;
}

void
nn_problem_clear (NnProblem *self)
{
  for (guint i = 0; i < self->n_repairs; i++)
    clear_repair (&self->repairs[i]);
  g_free (self->repairs);
  g_free (self->title);
  g_free (self->text);
  *self = (NnProblem) { 0 };
}

static NnRepair
copy_repair (const NnRepair *self)
{
  NnRepair copy = *self;

  copy.sentence = g_strdup (self->sentence);
  copy.design = self->design != NULL ? nn_design_ref (self->design) : NULL;
  return copy;
}

NnProblem
nn_problem_copy (const NnProblem *self)
{
  NnProblem copy;

  g_return_val_if_fail (self != NULL, (NnProblem) { 0 });

  copy = nn_problem_make (self->rule, self->severity, self->block, g_strdup (self->title), g_strdup (self->text));
  copy.n_repairs = self->n_repairs;
  copy.repairs = g_new (NnRepair, self->n_repairs);
  for (guint i = 0; i < self->n_repairs; i++)
    copy.repairs[i] = copy_repair (&self->repairs[i]);
  return copy;
}

GArray *
nn_problems_new (void)
{
  GArray *problems = g_array_new (FALSE, FALSE, sizeof (NnProblem));

  g_array_set_clear_func (problems, (GDestroyNotify) nn_problem_clear);
  return problems;
}

static void
take_repair (NnProblem *self,
             NnRepair   repair)
{
  self->repairs = g_renew (NnRepair, self->repairs, self->n_repairs + 1);
  self->repairs[self->n_repairs++] = repair;
}

void
nn_problem_offer_design (NnProblem      *self,
                         char           *sentence,
                         const NnDesign *design)
{
  g_return_if_fail (self != NULL && sentence != NULL && design != NULL);

  take_repair (self, (NnRepair) { .sentence = sentence, .design = nn_design_ref (design) });
}

void
nn_problem_offer_setting (NnProblem       *self,
                          char            *sentence,
                          const NnSetting *setting,
                          const NnValue   *value)
{
  g_return_if_fail (self != NULL && sentence != NULL && setting != NULL && value != NULL);

  take_repair (self, (NnRepair) { .sentence = sentence, .setting = setting, .value = *value });
}

void
nn_problem_offer_class (NnProblem *self,
                        char      *sentence,
                        int        klass,
                        int        into)
{
  g_return_if_fail (self != NULL && sentence != NULL && klass != into);

  take_repair (self, (NnRepair) { .sentence = sentence, .klass = klass, .into = into });
}

NnRepair *
nn_repair_copy (const NnRepair *self)
{
  NnRepair *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (NnRepair, 1);
  *copy = copy_repair (self);
  return copy;
}

void
nn_repair_free (NnRepair *self)
{
  g_return_if_fail (self != NULL);

  clear_repair (self);
  g_free (self);
}
