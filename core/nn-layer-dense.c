/* nn-layer-dense.c: Dense
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

enum { UNITS, ACTIVATION, USE_BIAS };

static const NnArg args[] = {
  [UNITS] = NN_ARG_UNITS_ROW (1, "How many numbers come out, at each step where time is still there."),
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_SIGMOID),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_KERNEL_AND_BIAS_ROWS ("kernel"),
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

  list[0] = nn_layer_tensor (block, "kernel", nn_shape_2 (channels, units));
  list[1] = nn_layer_tensor (block, "bias", nn_shape_1 (units));
  return nn_block_get_arg (block, USE_BIAS)->whole[0] ? 2 : 1;
}

/* The weights are panels of [channels][units], then the bias. */
static void
prepare (NnOp *op)
{
  gint64 channels = nn_shape_last (&op->in), units = nn_shape_last (&op->out);

  op->n_params = nn_size_add (nn_packed_size (channels, units), nn_size_fill_up (units));
  op->n_derived = nn_packed_size (units, channels);
  nn_op_set_activation (op, (NnKActivation) nn_block_get_arg (op->block, ACTIVATION)->whole[0]);
}

static gboolean
has_bias (const NnOp *op)
{
  return nn_block_get_arg (op->block, USE_BIAS)->whole[0] != 0;
}

static gint64
bias_at (const NnOp *op)
{
  return nn_packed_size (nn_shape_last (&op->in), nn_shape_last (&op->out));
}

static void
load (const NnOp         *op,
      const float *const *list,
      float              *params)
{
  nn_pack (params, list[0], nn_shape_last (&op->in), nn_shape_last (&op->out));
  if (has_bias (op))
    nn_pack (params + bias_at (op), list[1], 1, nn_shape_last (&op->out));
}

static void
save (const NnOp   *op,
      const float  *params,
      float *const *list)
{
  nn_unpack (list[0], params, nn_shape_last (&op->in), nn_shape_last (&op->out));
  if (has_bias (op))
    nn_unpack (list[1], params + bias_at (op), 1, nn_shape_last (&op->out));
}

static void
derive (const NnOp  *op,
        const float *params,
        float       *derived)
{
  gint64 channels = nn_shape_last (&op->in), units = nn_shape_last (&op->out);

  nn_pack_transposed (derived, 0, units, params, 0, channels, channels, units);
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  gint64 channels = nn_shape_last (&op->in), units = nn_shape_last (&op->out);
  gint64 rows = call->rows * nn_shape_size (&op->in) / channels;
  const NnKTap tap = { 0, 0 };

  call->k->gemm (call->y, units, call->x, channels, &tap, 1, channels, call->params, channels,
                 call->params + bias_at (op), rows, units, 0);
  nn_op_bend (op, call);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  gint64 channels = nn_shape_last (&op->in), units = nn_shape_last (&op->out);
  gint64 rows = call->rows * nn_shape_size (&op->in) / channels;
  const NnKTap tap = { 0, 0 };

  nn_op_bend_back (op, call);
  call->k->outer (call->grads, NN_K_PANEL, channels * NN_K_PANEL, call->x, channels, call->dy, units, rows, channels, units);
  if (has_bias (op))
    call->k->sum_rows (call->grads + bias_at (op), call->dy, units, rows, units);
  if (call->dx != NULL)
    call->k->gemm (call->dx, channels, call->dy, units, &tap, 1, units, call->derived, units, NULL, rows, channels, 0);
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = load, .save = save, .derive = derive, .forward = forward, .backward = backward,
};

const NnLayer nn_layer_dense = {
  .kind = { "Dense", "Dense", "Mixes all channels, at each step alike: usually the last block, one unit for a 0/1 label.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
