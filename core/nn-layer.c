/* nn-layer.c: asking a block's row
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer.h"

gboolean
nn_layer_infer (const NnBlock *block,
                const NnShape *in,
                NnInferred    *out,
                char         **why)
{
  gint64 size;

  *out = (NnInferred) { .kernel = 1, .stride = 1, .dilation = 1, .upsample = 1 };
  if (!nn_layer_of (block)->infer (block, in, out, why))
    return FALSE;

  size = nn_shape_size (&out->output);
  if (size > 0 && size <= NN_MAX_ELEMENTS)
    return TRUE;

  *why = g_strdup_printf ("%s would give more numbers for one window than can be worked with.", nn_block_get_kind (block)->name);
  out->refusal = NN_REFUSAL_SIZE;
  out->output.rank = 0;
  return FALSE;
}

guint
nn_layer_list_tensors (const NnBlock *block,
                       const NnShape *in,
                       NnTensor      *tensors)
{
  const NnLayer *layer = nn_layer_of (block);

  return layer->tensors != NULL ? layer->tensors (block, in, tensors) : 0;
}
