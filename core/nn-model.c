/* nn-model.c: a design made runnable: its plan and its weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-model-private.h"

#include "nn-error.h"
#include "nn-init.h"
#include "nn-memory.h"

#include <string.h>

struct _NnWeights
{
  gatomicrefcount n_refs;
  NnDesign       *design;
  gint64          n_params;
  float          *params;
};

/* --- life --------------------------------------------------------------------------- */

/* Whoever forces a table wants that one and no other: a test would otherwise look at the wrong kernels. */
static gboolean
check_kernels (GError **error)
{
  const char *forced = g_getenv ("LAMINA_KERNELS");
  g_autoptr (GString) names = NULL;

  if (forced == NULL || nn_k_find (forced) != NULL)
    return TRUE;

  names = g_string_new (NULL);
  for (guint i = 0; nn_k_nth (i) != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", nn_k_nth (i)->name);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "LAMINA_KERNELS is “%s”; the kernels that run on this processor are %s.",
               forced, names->str);
  return FALSE;
}

NnModel *
nn_model_new (const NnCheck *check, GError **error)
{
  g_autoptr (NnModel) self = g_new0 (NnModel, 1);

  g_return_val_if_fail (check != NULL, NULL);

  if (!check_kernels (error))
    return NULL;
  self->k = nn_k_get ();
  self->spare = g_new0 (_Atomic (NnCrew *), 1);
  self->plan = nn_plan_new (check, error);
  if (self->plan == NULL)
    return NULL;
  self->params = nn_floats_try_new (self->plan->n_floats, "the weights", error);
  if (self->params == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

NnModel *
nn_model_copy (const NnModel *self)
{
  NnModel *copy = g_new0 (NnModel, 1);

  g_return_val_if_fail (self != NULL, NULL);

  copy->k = self->k;
  copy->spare = g_new0 (_Atomic (NnCrew *), 1);
  copy->plan = nn_plan_ref (self->plan);
  copy->params = nn_floats_copy (self->params, self->plan->n_floats);
  return copy;
}

void
nn_model_free (NnModel *self)
{
  if (self == NULL)
    return;

  if (self->spare != NULL)
    nn_crew_free (atomic_load (self->spare));
  g_free (self->spare);
  nn_floats_free (self->params);
  nn_plan_unref (self->plan);
  g_free (self);
}

const NnCheck *
nn_model_get_check (const NnModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan->check;
}

void
nn_model_init (NnModel *self, guint64 seed)
{
  g_autofree float *params = NULL;

  g_return_if_fail (self != NULL);

  params = g_new (float, self->plan->n_params);
  for (guint i = 0; i < self->plan->n_tensors; i++)
    {
      const NnPlanTensor *tensor = &self->plan->tensors[i];
      NnRng rng;

      nn_rng_init (&rng, seed, NN_RNG_INIT, i);
      nn_init_tensor (&tensor->tensor, &rng, params + tensor->offset);
    }
  nn_model_set_params (self, params);
}

/* --- weights in Keras' order --------------------------------------------------------- */

gint64
nn_model_get_n_params (const NnModel *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->plan->n_params;
}

guint
nn_model_get_n_tensors (const NnModel *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->plan->n_tensors;
}

void
nn_model_get_tensor (const NnModel *self, guint i, NnBlockId *block, const char **name, NnShape *shape, gint64 *offset)
{
  const NnPlanTensor *tensor;

  g_return_if_fail (self != NULL);
  g_return_if_fail (i < self->plan->n_tensors);

  tensor = &self->plan->tensors[i];
  if (block != NULL)
    *block = nn_block_get_id (self->plan->ops[tensor->op].block);
  if (name != NULL)
    *name = tensor->tensor.name;
  if (shape != NULL)
    *shape = tensor->tensor.shape;
  if (offset != NULL)
    *offset = tensor->offset;
}

gboolean
nn_model_is_frozen (const NnModel *self, guint i)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (i < self->plan->n_tensors, FALSE);

  return self->plan->tensors[i].tensor.frozen;
}

void
nn_model_get_params (const NnModel *self, float *params)
{
  g_return_if_fail (self != NULL && (params != NULL || self->plan->n_params == 0));

  nn_plan_save (self->plan, self->params, params);
}

void
nn_model_set_params (NnModel *self, const float *params)
{
  g_return_if_fail (self != NULL && (params != NULL || self->plan->n_params == 0));

  nn_plan_load (self->plan, params, self->params);
}

/* --- weights as they were ------------------------------------------------------------- */

NnWeights *
nn_model_dup_weights (const NnModel *self)
{
  NnWeights *weights = g_new0 (NnWeights, 1);

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_init (&weights->n_refs);
  weights->design = nn_design_ref ((NnDesign *) nn_check_get_design (self->plan->check));
  weights->n_params = self->plan->n_params;
  weights->params = g_new (float, weights->n_params);
  nn_model_get_params (self, weights->params);
  return weights;
}

void
nn_model_set_weights (NnModel *self, const NnWeights *weights)
{
  g_return_if_fail (self != NULL && weights != NULL);
  g_return_if_fail (nn_design_equal (nn_check_get_design (self->plan->check), weights->design));

  nn_model_set_params (self, weights->params);
}

NnWeights *
nn_weights_ref (const NnWeights *self)
{
  NnWeights *weights = (NnWeights *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&weights->n_refs);
  return weights;
}

void
nn_weights_unref (NnWeights *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->n_refs))
    return;

  nn_design_unref (self->design);
  g_free (self->params);
  g_free (self);
}

const float *
nn_weights_get_params (const NnWeights *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->params;
}

gint64
nn_weights_get_n_params (const NnWeights *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_params;
}

const NnDesign *
nn_weights_get_design (const NnWeights *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->design;
}
