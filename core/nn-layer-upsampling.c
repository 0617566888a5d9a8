/* nn-layer-upsampling.c: UpSampling1D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

enum { SIZE };

static const NnArg args[] = {
  [SIZE] = { "size", "Size", "How many times each step is repeated.", NN_ARG_INT, NN_WHOLE (2), 1, NN_MAX_KERNEL },
};

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  if (in->rank != 2)
    return nn_layer_refuse_rank (block, in, 2,
                                 in->rank == 1 ? "there is no time left to stretch."
                                               : "Reshape to two axes first.", out, why);

  out->upsample = nn_block_get_arg (block, SIZE)->whole[0];
  out->output = nn_shape_2 (NN_PRODUCT (in->dim[0], out->upsample), in->dim[1]);
  out->keeps_time = TRUE;
  return TRUE;
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  call->k->repeat (call->y, call->x, op->in.dim[0], call->rows * op->in.dim[1], nn_block_get_arg (op->block, SIZE)->whole[0]);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  if (call->dx != NULL)
    call->k->repeat_back (call->dx, call->dy, op->in.dim[0], call->rows * op->in.dim[1],
                          nn_block_get_arg (op->block, SIZE)->whole[0]);
}

static const NnLayerOps ops = { .forward = forward, .backward = backward };

const NnLayer nn_layer_upsampling1d = {
  .kind = { "UpSampling1D", "Pooling", "Repeats each step: undoes the coarser time of a pooling block.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .ops = &ops,
};
