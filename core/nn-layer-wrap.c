/* nn-layer-wrap.c: TimeDistributed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

/* What the inner block gets: everything but the time axis. */
static NnShape
drop_time (const NnShape *in)
{
  NnShape inner = { in->rank - 1 };

  for (int i = 1; i < in->rank; i++)
    inner.dim[i - 1] = in->dim[i];
  return inner;
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  const NnBlock *inner = nn_block_get_inner (block);
  NnInferred each;
  g_autofree char *inner_why = NULL;
  gboolean fits;
  NnShape inside;

  if (in->rank < 2)
    return nn_layer_refuse_rank (block, in, 2, "there is no time left to repeat along.", out, why);

  inside = drop_time (in);
  fits = nn_layer_infer (inner, &inside, &each, &inner_why);
  if (!fits)
    {
      out->refusal = each.refusal;
      out->needs_rank = each.needs_rank + 1;
      *why = g_strdup_printf ("Inside TimeDistributed, at each step: %s", inner_why);
    }
  if (each.output.rank == NN_MAX_RANK)
    {
      if (fits)
        *why = g_strdup_printf ("TimeDistributed would give %d axes; at most %d are possible.", NN_MAX_RANK + 1, NN_MAX_RANK);
      return FALSE;
    }

  out->output = (NnShape) { .rank = 0 };
  if (each.output.rank > 0)
    {
      out->output.rank = each.output.rank + 1;
      out->output.dim[0] = in->dim[0];
      for (int i = 0; i < each.output.rank; i++)
        out->output.dim[i + 1] = each.output.dim[i];
    }
  out->keeps_time = TRUE;
  out->n_macs = NN_PRODUCT (in->dim[0], each.n_macs);
  return fits;
}

static guint
tensors (const NnBlock *block,
         const NnShape *in,
         NnTensor      *list)
{
  const NnBlock *inner = nn_block_get_inner (block);
  NnShape inside = drop_time (in);

  return nn_layer_list_tensors (inner, &inside, list);
}

const NnLayer nn_layer_time_distributed = {
  .kind = { "TimeDistributed", "Recurrent", "Runs the block it holds at each step by itself, with the same weights.",
            NULL, 0, TRUE },
  .infer = infer,
  .tensors = tensors,
};
