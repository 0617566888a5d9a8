/* nn-layer.c: asking a block's row
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer.h"

static gboolean
infer (const NnBlock *block,
       const NnShape *ins,
       guint          n_ins,
       NnInferred    *out,
       char         **why)
{
  const NnLayer *layer = nn_layer_of (block);

  if (layer->infer_merge == NULL)
    return layer->infer (block, ins, out, why);
  if (n_ins > 1)
    return layer->infer_merge (block, ins, n_ins, out, why);

  *why = g_strdup_printf ("%s joins the block above it with earlier blocks; choose at least one.", layer->kind.name);
  out->refusal = NN_REFUSAL_SOURCE;
  out->output = *ins;
  out->keeps_time = TRUE;
  return FALSE;
}

gboolean
nn_layer_infer_merge (const NnBlock *block,
                      const NnShape *ins,
                      guint          n_ins,
                      NnInferred    *out,
                      char         **why)
{
  gint64 size;

  *out = (NnInferred) { .kernel = 1, .stride = 1, .dilation = 1, .upsample = 1 };
  if (!infer (block, ins, n_ins, out, why))
    return FALSE;

  size = nn_shape_size (&out->output);
  if (size > 0 && size <= NN_MAX_ELEMENTS)
    return TRUE;

  *why = g_strdup_printf ("%s would give more numbers for one window than can be worked with.", nn_block_get_kind (block)->name);
  out->refusal = NN_REFUSAL_SIZE;
  out->output.rank = 0;
  return FALSE;
}

gboolean
nn_layer_infer (const NnBlock *block,
                const NnShape *in,
                NnInferred    *out,
                char         **why)
{
  return nn_layer_infer_merge (block, in, 1, out, why);
}

guint
nn_layer_list_tensors (const NnBlock *block,
                       const NnShape *in,
                       NnTensor      *tensors)
{
  const NnLayer *layer = nn_layer_of (block);

  return layer->tensors != NULL ? layer->tensors (block, in, tensors) : 0;
}
