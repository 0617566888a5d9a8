/* nn-layer-dense.c: Dense
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

enum { UNITS, ACTIVATION, USE_BIAS };

static const NnArg args[] = {
  [UNITS] = NN_ARG_UNITS_ROW (1, "How many numbers come out, at each step where time is still there."),
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_SIGMOID),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
};

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  gint64 units = nn_block_get_arg (block, UNITS)->whole[0];

  out->output = *in;
  out->output.dim[in->rank - 1] = units;
  out->keeps_time = in->rank >= 2;
  out->sees_all = in->rank == 1;
  out->n_macs = NN_PRODUCT (nn_shape_size (in), units);
  return TRUE;
}

static guint
tensors (const NnBlock *block,
         const NnShape *in,
         NnTensor      *list)
{
  gint64 units = nn_block_get_arg (block, UNITS)->whole[0], channels = in->dim[in->rank - 1];

  list[0] = (NnTensor) { "kernel", nn_shape_2 (channels, units), NN_INIT_GLOROT_UNIFORM, channels, units };
  list[1] = (NnTensor) { "bias", nn_shape_1 (units), NN_INIT_ZEROS };
  return nn_block_get_arg (block, USE_BIAS)->whole[0] ? 2 : 1;
}

const NnLayer nn_layer_dense = {
  .kind = { "Dense", "Dense", "Mixes all channels, at each step alike: usually the last block, one unit for a 0/1 label.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .tensors = tensors,
};
