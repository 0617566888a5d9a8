/* test-table.c: every row of the layer table is whole: what it needs to be shown, checked and computed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer.h"
#include "nn-ops.h"

#include <string.h>

static void
test_rows (void)
{
  for (guint i = 0; nn_layer_nth (i) != NULL; i++)
    {
      const NnLayer *layer = nn_layer_nth (i);

      g_test_message ("%s", layer->kind.name);
      g_assert_true (nn_kind_nth (i) == &layer->kind);
      g_assert_nonnull (layer->kind.group);
      g_assert_nonnull (layer->kind.summary);
      g_assert_true ((layer->infer != NULL) != (layer->infer_merge != NULL));
      g_assert_true ((layer->infer_merge != NULL) == (nn_kind_find_sources (&layer->kind) >= 0));
      g_assert_nonnull (layer->ops);
      g_assert_nonnull (layer->ops->forward);
      g_assert_nonnull (layer->ops->backward);
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (nn_layer_nth (j)->kind.name, !=, layer->kind.name);
    }
  g_assert_cmpuint (nn_kind_count (), >=, 13);
}

/* A window that a block with its fallback arguments can run on; a merge joins it with another of the same shape. */
static NnShape
find_input (const NnBlock *block, NnInferred *inferred)
{
  const NnShape shapes[] = { nn_shape_2 (24, 32), nn_shape_3 (24, 16, 2), nn_shape_1 (24) };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      const NnShape twice[] = { shapes[i], shapes[i] };
      g_autofree char *why = NULL;

      if (nn_layer_infer_merge (block, twice, nn_block_get_sources (block) != NULL ? 2 : 1, inferred, &why))
        return shapes[i];
    }
  g_assert_not_reached ();
}

/* A row has weights just if it can load, save and pass them back, and then as many as it says: everything that is loaded comes
 * out again, from a place of its own. */
static void
test_weights (void)
{
  for (guint i = 0; nn_layer_nth (i) != NULL; i++)
    {
      const NnLayer *layer = nn_layer_nth (i);
      g_autoptr (NnBlock) block = nn_block_new (&layer->kind);
      NnInferred inferred;
      NnShape in = find_input (block, &inferred);
      NnTensor tensors[NN_MAX_TENSORS];
      guint n = nn_layer_list_tensors (block, &in, tensors);
      NnOp op = { .block = block, .ops = layer->ops, .in = in, .out = inferred.output, .rows = NN_SHARD_ROWS, .n_turns = 1,
                  .ins = { in, in }, .n_inputs = 2 };
      float *given[NN_MAX_TENSORS], *back[NN_MAX_TENSORS], number = 0.0f;
      g_autofree float *params = NULL;

      if (layer->ops->prepare != NULL)
        layer->ops->prepare (&op);
      g_assert_cmpint (op.n_params > 0, ==, n > 0);
      params = g_new0 (float, op.n_params + 1);
      for (guint j = 0; j < n; j++)
        {
          gint64 size = nn_shape_size (&tensors[j].shape);

          given[j] = g_new (float, size);
          back[j] = g_new0 (float, size);
          for (gint64 k = 0; k < size; k++)
            given[j][k] = number += 1.0f;
        }
      if (n > 0)
        {
          layer->ops->load (&op, (const float *const *) given, params);
          layer->ops->save (&op, params, back);
        }
      for (guint j = 0; j < n; j++)
        {
          gsize bytes = nn_shape_size (&tensors[j].shape) * sizeof (float);

          g_assert_cmpmem (given[j], bytes, back[j], bytes);
          g_free (given[j]);
          g_free (back[j]);
        }
      nn_op_clear (&op);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/rows", test_rows);
  g_test_add_func ("/table/weights", test_weights);
  return g_test_run ();
}
