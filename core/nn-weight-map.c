/* nn-weight-map.c: which weight tensor each number in the kernels' order belongs to
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-weight-map.h"

#include "nn-memory.h"

/* Lets the rows themselves tell their order: loads weights that are each the number of their tensor within the block, from 1, so
 * that 0 is left where nothing was loaded. `plain` has room for all weights. */
static void
load_owners (const NnPlan *plan, float *plain, float *owners)
{
  guint next = 0;

  for (guint i = 0; i < plan->n_ops; i++)
    {
      const float *list[NN_MAX_TENSORS];
      const NnOp *op = &plan->ops[i];
      guint n = 0;

      for (; next < plan->n_tensors && plan->tensors[next].op == i; next++)
        {
          float *tensor = plain + plan->tensors[next].offset;

          for (gint64 j = 0; j < nn_shape_size (&plan->tensors[next].tensor.shape); j++)
            tensor[j] = (float) (n + 1);
          list[n++] = tensor;
        }
      if (op->n_params > 0)
        op->ops->load (op, list, owners + op->params_at);
    }
}

static void
append_chunk (GArray *chunks, gint64 from, guint tensor)
{
  NnChunk chunk = { from, 0, tensor };

  g_array_append_val (chunks, chunk);
}

/* Chunks of the op whose first tensor is `first`. */
static void
cut_op (GArray *chunks, const NnOp *op, guint first, const float *owners)
{
  guint owner = 0;

  for (gint64 i = op->params_at; i < op->params_at + op->n_params; i++)
    {
      guint found = (guint) owners[i];

      if ((found > 0 && found != owner) || (owner > 0 && i % NN_PIECE == 0))
        {
          owner = found > 0 ? found : owner;
          append_chunk (chunks, i, first + owner - 1);
        }
      if (owner > 0)
        g_array_index (chunks, NnChunk, chunks->len - 1).n++;
    }
}

gboolean
nn_weight_map_init (NnWeightMap *self, const NnPlan *plan, GError **error)
{
  g_autoptr (GArray) chunks = g_array_new (FALSE, FALSE, sizeof (NnChunk));
  float *plain = nn_floats_try_new (plan->n_params, "the order of the weights", error);
  float *owners = plain != NULL ? nn_floats_try_new (plan->n_floats, "the order of the weights", error) : NULL;
  guint first = 0;

  *self = (NnWeightMap) { .plan = plan };
  for (guint i = 0; i < plan->n_tensors; i++)
    self->penal |= nn_tensor_is_penal (&plan->tensors[i].tensor);
  if (owners != NULL)
    load_owners (plan, plain, owners);
  for (guint i = 0; i < plan->n_ops && owners != NULL; i++)
    {
      cut_op (chunks, &plan->ops[i], first, owners);
      while (first < plan->n_tensors && plan->tensors[first].op == i)
        first++;
    }
  self->n_chunks = chunks->len;
  self->chunks = (NnChunk *) (void *) g_array_free (g_steal_pointer (&chunks), FALSE);
  nn_floats_free (plain);
  nn_floats_free (owners);
  return owners != NULL;
}

void
nn_weight_map_clear (NnWeightMap *self)
{
  g_clear_pointer (&self->chunks, g_free);
}

guint
nn_weight_map_find (const NnWeightMap *self, gint64 from)
{
  guint low = 0, high = self->n_chunks;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->chunks[middle].from < from)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

double
nn_weight_map_get_penalty (const NnWeightMap *self, const NnKernels *k, const float *params)
{
  double penalty = 0.0;

  for (guint i = 0; i < self->n_chunks && self->penal; i++)
    {
      const NnChunk *chunk = &self->chunks[i];
      const NnTensor *tensor = &self->plan->tensors[chunk->tensor].tensor;

      if (tensor->l1 > 0.0)
        penalty += tensor->l1 * k->sum_sizes (params + chunk->from, chunk->n);
      if (tensor->l2 > 0.0)
        penalty += tensor->l2 * k->sum_squares (params + chunk->from, chunk->n);
    }
  return penalty;
}
