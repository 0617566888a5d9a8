/* nn-layer-depthwise.c: DepthwiseConv1D and SeparableConv1D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-conv.h"

#define NN_ARG_VALID_PADDING_ROW \
  { "padding", "Padding", "valid: no zeros, the output is shorter; same: as many steps as came in.", \
    NN_ARG_CHOICE, NN_WHOLE (NN_PADDING_VALID), 0, 0, nn_padding_2_choices }

static gint64
whole (const NnBlock *block,
       guint          arg)
{
  return nn_block_get_arg (block, arg)->whole[0];
}

/* --- DepthwiseConv1D ------------------------------------------------------------ */

enum { KERNEL, STRIDES, PADDING, MULTIPLIER, DILATION, ACTIVATION, USE_BIAS };

static const NnArg depthwise_args[] = {
  [KERNEL] = NN_ARG_KERNEL_ROW (8),
  [STRIDES] = NN_ARG_STRIDE_ROW,
  [PADDING] = NN_ARG_VALID_PADDING_ROW,
  [MULTIPLIER] = NN_ARG_MULTIPLIER_ROW,
  [DILATION] = NN_ARG_DILATION_ROW,
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_LINEAR),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_KERNEL_AND_BIAS_ROWS ("depthwise"),
};

static NnSpan
depthwise_span (const NnBlock *block)
{
  return (NnSpan) { whole (block, KERNEL), whole (block, STRIDES), whole (block, DILATION), whole (block, PADDING) };
}

static gboolean
depthwise_infer (const NnBlock *block,
                 const NnShape *in,
                 NnInferred    *out,
                 char         **why)
{
  NnSpan span = depthwise_span (block);
  gint64 filters = NN_PRODUCT (nn_shape_last (in), whole (block, MULTIPLIER));

  if (!nn_layer_conv_infer (block, in, &span, filters, out, why))
    return FALSE;
  out->n_macs = NN_PRODUCT (out->output.dim[0], span.kernel, filters);
  return TRUE;
}

/* Keras calls this kernel just that, though its initialiser is the depthwise one. */
static guint
depthwise_tensors (const NnBlock *block,
                   const NnShape *in,
                   NnTensor      *list)
{
  gint64 several = whole (block, MULTIPLIER);

  list[0] = nn_layer_tensor (block, "depthwise_kernel", nn_shape_3 (whole (block, KERNEL), in->dim[1], several));
  list[0].name = "kernel";
  list[1] = nn_layer_tensor (block, "bias", nn_shape_1 (NN_PRODUCT (in->dim[1], several)));
  return whole (block, USE_BIAS) ? 2 : 1;
}

static void
depthwise_prepare (NnOp *op)
{
  NnSpan span = depthwise_span (op->block);
  NnConv conv = nn_layer_conv_along (&op->in, &span, op->out.dim[1], op->in.dim[1]);

  nn_layer_conv_prepare (op, &conv, whole (op->block, USE_BIAS) != 0, (NnKActivation) whole (op->block, ACTIVATION));
}

static const NnLayerOps depthwise_ops = { .prepare = depthwise_prepare, NN_LAYER_CONV_OPS };

const NnLayer nn_layer_depthwise_conv1d = {
  .kind = { "DepthwiseConv1D", "Convolution", "Looks for patterns in neighbouring steps, in each channel by itself.",
            depthwise_args, G_N_ELEMENTS (depthwise_args) },
  .infer = depthwise_infer,
  .tensors = depthwise_tensors,
  .ops = &depthwise_ops,
};

/* --- SeparableConv1D ------------------------------------------------------------ */

enum { S_FILTERS, S_KERNEL, S_STRIDES, S_PADDING, S_DILATION, S_MULTIPLIER, S_ACTIVATION, S_USE_BIAS };

static const NnArg separable_args[] = {
  [S_FILTERS] = NN_ARG_FILTERS_ROW (32),
  [S_KERNEL] = NN_ARG_KERNEL_ROW (8),
  [S_STRIDES] = NN_ARG_STRIDE_ROW,
  [S_PADDING] = NN_ARG_VALID_PADDING_ROW,
  [S_DILATION] = NN_ARG_DILATION_ROW,
  [S_MULTIPLIER] = NN_ARG_MULTIPLIER_ROW,
  [S_ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_LINEAR),
  [S_USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_INITIALIZER_ROW ("depthwise", "Depthwise", NN_INIT_GLOROT_UNIFORM),
  NN_ARG_INITIALIZER_ROW ("pointwise", "Pointwise", NN_INIT_GLOROT_UNIFORM),
  NN_ARG_BIAS_INITIALIZER_ROW ("bias", "Bias"),
  NN_ARG_L1_ROW ("depthwise", "Depthwise"),
  NN_ARG_L2_ROW ("depthwise", "Depthwise"),
  NN_ARG_L1_ROW ("pointwise", "Pointwise"),
  NN_ARG_L2_ROW ("pointwise", "Pointwise"),
  NN_ARG_L1_ROW ("bias", "Bias"),
  NN_ARG_L2_ROW ("bias", "Bias"),
  NN_ARG_TRAINABLE_ROW,
};

static NnSpan
separable_span (const NnBlock *block)
{
  return (NnSpan) { whole (block, S_KERNEL), whole (block, S_STRIDES), whole (block, S_DILATION), whole (block, S_PADDING) };
}

static gboolean
separable_infer (const NnBlock *block,
                 const NnShape *in,
                 NnInferred    *out,
                 char         **why)
{
  NnSpan span = separable_span (block);
  gint64 between = NN_PRODUCT (nn_shape_last (in), whole (block, S_MULTIPLIER));

  if (!nn_layer_conv_infer (block, in, &span, whole (block, S_FILTERS), out, why))
    return FALSE;
  out->n_macs = NN_PRODUCT (out->output.dim[0], between, span.kernel + whole (block, S_FILTERS));
  return TRUE;
}

static guint
separable_tensors (const NnBlock *block,
                   const NnShape *in,
                   NnTensor      *list)
{
  gint64 several = whole (block, S_MULTIPLIER), filters = whole (block, S_FILTERS);

  list[0] = nn_layer_tensor (block, "depthwise_kernel", nn_shape_3 (whole (block, S_KERNEL), in->dim[1], several));
  list[1] = nn_layer_tensor (block, "pointwise_kernel", nn_shape_3 (1, NN_PRODUCT (in->dim[1], several), filters));
  list[2] = nn_layer_tensor (block, "bias", nn_shape_1 (filters));
  return whole (block, S_USE_BIAS) ? 3 : 2;
}

/* A convolution by channel, and what mixes its outputs at each step. */
typedef struct
{
  NnConv depth, point;
} Pair;

static gint64
count_between (const Pair *pair,
               gint64      rows)
{
  return nn_size_fill_up (NN_PRODUCT (pair->depth.out_steps, rows, pair->depth.filters));
}

/* The weights are both convolutions', then the bias; what is between them is kept for backward. */
static void
separable_prepare (NnOp *op)
{
  NnSpan span = separable_span (op->block), at_once = { 1, 1, 1, NN_PADDING_VALID };
  gint64 between = op->in.dim[1] * whole (op->block, S_MULTIPLIER);
  NnShape inside = nn_shape_2 (op->out.dim[0], between);
  Pair pair = {
    nn_layer_conv_along (&op->in, &span, between, op->in.dim[1]),
    nn_layer_conv_along (&inside, &at_once, op->out.dim[1], 1),
  };
  NnConv back[] = { nn_conv_reverse (&pair.depth), nn_conv_reverse (&pair.point) };

  op->n_params = nn_size_add (nn_conv_packed_size (&pair.depth), nn_conv_packed_size (&pair.point));
  op->n_params = nn_size_add (op->n_params, nn_size_fill_up (op->out.dim[1]));
  op->n_derived = nn_size_add (nn_conv_packed_size (&back[0]), nn_conv_packed_size (&back[1]));
  op->n_cache = count_between (&pair, op->rows);
  op->n_scratch = MAX (nn_conv_scratch (&pair.depth, op->rows), nn_conv_scratch (&pair.point, op->rows));
  op->n_scratch = nn_size_add (count_between (&pair, op->rows), op->n_scratch);
  nn_op_set_activation (op, (NnKActivation) whole (op->block, S_ACTIVATION));
  op->detail = g_memdup2 (&pair, sizeof pair);
}

static gint64
point_at (const NnOp *op)
{
  return nn_conv_packed_size (&((const Pair *) op->detail)->depth);
}

static gint64
bias_at (const NnOp *op)
{
  return point_at (op) + nn_conv_packed_size (&((const Pair *) op->detail)->point);
}

static gint64
turned_point_at (const NnOp *op)
{
  NnConv back = nn_conv_reverse (&((const Pair *) op->detail)->depth);

  return nn_conv_packed_size (&back);
}

static void
separable_load (const NnOp         *op,
                const float *const *list,
                float              *params)
{
  const Pair *pair = op->detail;

  nn_conv_pack (&pair->depth, params, list[0]);
  nn_conv_pack (&pair->point, params + point_at (op), list[1]);
  if (whole (op->block, S_USE_BIAS))
    nn_pack (params + bias_at (op), list[2], 1, op->out.dim[1]);
}

static void
separable_save (const NnOp   *op,
                const float  *params,
                float *const *list)
{
  const Pair *pair = op->detail;

  nn_conv_unpack (&pair->depth, list[0], params);
  nn_conv_unpack (&pair->point, list[1], params + point_at (op));
  if (whole (op->block, S_USE_BIAS))
    nn_unpack (list[2], params + bias_at (op), 1, op->out.dim[1]);
}

static void
separable_derive (const NnOp  *op,
                  const float *params,
                  float       *derived)
{
  const Pair *pair = op->detail;

  nn_conv_turn (&pair->depth, derived, params);
  nn_conv_turn (&pair->point, derived + turned_point_at (op), params + point_at (op));
}

static void
separable_forward (const NnOp   *op,
                   const NnCall *call)
{
  const Pair *pair = op->detail;
  float *between = call->cache != NULL ? call->cache : call->scratch, *rest = call->scratch + count_between (pair, op->rows);

  nn_conv_forward (&pair->depth, call->k, call->pool, call->rows, between, call->x, call->params, NULL, rest);
  nn_conv_forward (&pair->point, call->k, call->pool, call->rows, call->y, between, call->params + point_at (op),
                   call->params + bias_at (op), rest);
  nn_op_bend (op, call);
}

static void
separable_backward (const NnOp   *op,
                    const NnCall *call)
{
  const Pair *pair = op->detail;
  float *dbetween = call->scratch, *rest = call->scratch + count_between (pair, op->rows);
  gint64 filters = op->out.dim[1];

  nn_op_bend_back (op, call);
  nn_conv_weights (&pair->point, call->k, call->rows, call->grads + point_at (op), call->cache, call->dy, rest);
  if (whole (op->block, S_USE_BIAS))
    call->k->sum_rows (call->grads + bias_at (op), call->dy, filters, call->rows * op->out.dim[0], filters);
  nn_conv_input (&pair->point, call->k, call->rows, dbetween, call->dy, call->derived + turned_point_at (op), NULL, rest);
  nn_conv_weights (&pair->depth, call->k, call->rows, call->grads, call->x, dbetween, rest);
  if (call->dx != NULL)
    nn_conv_input (&pair->depth, call->k, call->rows, call->dx, dbetween, call->derived, NULL, rest);
}

static const NnLayerOps separable_ops = {
  .prepare = separable_prepare, .load = separable_load, .save = separable_save, .derive = separable_derive,
  .forward = separable_forward, .backward = separable_backward,
};

const NnLayer nn_layer_separable_conv1d = {
  .kind = { "SeparableConv1D", "Convolution",
            "Looks for patterns in each channel, then mixes the channels at each step: far fewer weights than Conv1D.",
            separable_args, G_N_ELEMENTS (separable_args) },
  .infer = separable_infer,
  .tensors = separable_tensors,
  .ops = &separable_ops,
};
