/* nn-check.c: the result of a check: its life, its totals and what it is asked
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"
#include "nn-plan.h"

#include <math.h>

NnCheck *
nn_check_new_bare (const NnDesign   *design,
                   const NnContract *labels)
{
  NnCheck *self = g_new0 (NnCheck, 1);

  g_atomic_ref_count_init (&self->refs);
  self->design = nn_design_ref (design);
  if (labels != NULL)
    self->labels = *labels;
  self->problems = nn_problems_new ();
  self->n_blocks = nn_design_get_n_blocks (design);
  self->passes = g_new0 (NnPass, self->n_blocks);
  self->reports = g_new0 (NnBlockReport, self->n_blocks);

  nn_check_walk (self);
  nn_check_apply_rules (self);
  nn_check_apply_contract (self);
  return self;
}

NnCheck *
nn_check_new (const NnDesign   *design,
              const NnContract *labels)
{
  NnCheck *self;

  g_return_val_if_fail (design != NULL, NULL);

  self = nn_check_new_bare (design, labels);
  nn_check_look_at_times (self);
  nn_check_apply_notes (self);
  nn_check_add_repairs (self);
  return self;
}

NnCheck *
nn_check_ref (const NnCheck *self)
{
  NnCheck *mutable = (NnCheck *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable->refs);
  return mutable;
}

void
nn_check_unref (NnCheck *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_blocks; i++)
    {
      nn_block_unref (self->passes[i].block);
      g_free (self->passes[i].why);
    }
  g_free (self->passes);
  g_free (self->reports);
  g_array_unref (self->problems);
  nn_design_unref (self->design);
  g_free (self);
}

const NnDesign *
nn_check_get_design (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->design;
}

const NnBlockReport *
nn_check_get_block (const NnCheck *self,
                    guint          position)
{
  g_return_val_if_fail (self != NULL && position < self->n_blocks, NULL);

  return &self->reports[position];
}

const NnShape *
nn_check_get_output (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->output;
}

NnReading
nn_check_get_reading (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, NN_READING_NONE);

  return self->reading;
}

NnPlaces
nn_check_get_places (const NnCheck *self)
{
  const NnBlockReport *last;

  g_return_val_if_fail (self != NULL, (NnPlaces) { 0 });

  if (!nn_check_is_thinned (self))
    return (NnPlaces) { 0 };
  last = &self->reports[self->n_blocks - 1];
  return (NnPlaces) { MAX ((gint64) floor (last->offset + 0.5), 0), last->jump, self->output.dim[0] };
}

gint64
nn_check_get_n_params (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_params;
}

gint64
nn_check_get_n_macs (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_macs;
}

guint
nn_check_get_inputs (const NnCheck *self,
                     guint          position,
                     int           *inputs)
{
  const NnPass *pass;

  g_return_val_if_fail (self != NULL && position < self->n_blocks && inputs != NULL, 0);

  pass = &self->passes[position];
  for (guint i = 0; i < pass->n_inputs; i++)
    inputs[i] = pass->inputs[i];
  return pass->n_inputs;
}

gint64
nn_check_get_plan_bytes (const NnCheck *self,
                         int            batch_size)
{
  g_return_val_if_fail (self != NULL && batch_size >= 1, 0);

  return nn_plan_count_bytes (self, batch_size);
}

guint
nn_check_get_n_problems (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->problems->len;
}

const NnProblem *
nn_check_get_problem (const NnCheck *self,
                      guint          i)
{
  g_return_val_if_fail (self != NULL && i < self->problems->len, NULL);

  return &g_array_index (self->problems, NnProblem, i);
}

guint
nn_check_count_errors (const NnCheck *self)
{
  guint n = 0;

  for (guint i = 0; i < self->problems->len; i++)
    n += g_array_index (self->problems, NnProblem, i).severity == NN_SEVERITY_ERROR;
  return n;
}

gboolean
nn_check_is_runnable (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->n_blocks == 0 || !nn_shape_equal (&self->input, nn_design_get_input (self->design)))
    return FALSE;
  for (guint i = 0; i < self->n_blocks; i++)
    if (self->reports[i].broken)
      return FALSE;
  return TRUE;
}

gboolean
nn_check_is_trainable (const NnCheck *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return nn_check_is_runnable (self) && nn_check_count_errors (self) == 0
         && self->labels.n_classes >= 2 && self->reading != NN_READING_NONE;
}

char *
nn_check_dup_headline (const NnCheck *self)
{
  const NnProblem *gravest = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->problems->len; i++)
    {
      const NnProblem *problem = &g_array_index (self->problems, NnProblem, i);

      if (gravest == NULL || problem->severity > gravest->severity)
        gravest = problem;
    }
  if (gravest == NULL)
    return NULL;
  if (gravest->block == 0)
    return g_strdup (gravest->title);

  place = nn_check_name_block (self->design, nn_design_find_block (self->design, gravest->block));
  return g_strdup_printf ("%s: %s", gravest->title, place);
}
