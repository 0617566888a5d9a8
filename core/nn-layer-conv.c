/* nn-layer-conv.c: Conv1D and Conv2D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-conv.h"

/* --- Conv1D --------------------------------------------------------------------- */

enum { FILTERS, KERNEL, STRIDES, PADDING, DILATION, GROUPS, ACTIVATION, USE_BIAS };

static const NnArg conv1d_args[] = {
  [FILTERS] = NN_ARG_FILTERS_ROW (32),
  [KERNEL] = NN_ARG_KERNEL_ROW (8),
  [STRIDES] = NN_ARG_STRIDE_ROW,
  [PADDING] = { "padding", "Padding",
                "valid: no zeros, the output is shorter; same: as many steps as came in; causal: only the past is seen.",
                NN_ARG_CHOICE, NN_WHOLE (NN_PADDING_SAME), 0, 0, nn_padding_choices },
  [DILATION] = NN_ARG_DILATION_ROW,
  [GROUPS] = NN_ARG_GROUPS_ROW,
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_RELU),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_KERNEL_AND_BIAS_ROWS ("kernel"),
};

static gint64
whole (const NnBlock *block,
       guint          arg)
{
  return nn_block_get_arg (block, arg)->whole[0];
}

static gint64
second (const NnBlock *block,
        guint          arg)
{
  return nn_block_get_arg (block, arg)->whole[1];
}

/* FALSE with the sentence where the groups do not divide what comes in and goes out. */
static gboolean
check_groups (const NnBlock *block,
              gint64         channels,
              NnInferred    *out,
              char         **why)
{
  gint64 groups = whole (block, GROUPS), filters = whole (block, FILTERS);

  out->n_macs /= groups;
  if (channels % groups == 0 && filters % groups == 0)
    return TRUE;
  *why = g_strdup_printf ("%s cannot make %" G_GINT64_FORMAT " groups of %" G_GINT64_FORMAT " channels and %" G_GINT64_FORMAT
                          " filters: both must be multiples of the groups.",
                          nn_block_get_kind (block)->name, groups, channels, filters);
  return FALSE;
}

static gboolean
conv1d_infer (const NnBlock *block,
              const NnShape *in,
              NnInferred    *out,
              char         **why)
{
  NnSpan span = { whole (block, KERNEL), whole (block, STRIDES), whole (block, DILATION), whole (block, PADDING) };

  if (!nn_layer_conv_infer (block, in, &span, whole (block, FILTERS), out, why))
    return FALSE;
  out->n_macs = NN_PRODUCT (out->output.dim[0], span.kernel, in->dim[1], whole (block, FILTERS));
  return check_groups (block, in->dim[1], out, why);
}

static guint
conv1d_tensors (const NnBlock *block,
                const NnShape *in,
                NnTensor      *tensors)
{
  gint64 kernel = whole (block, KERNEL), channels = in->dim[1], filters = whole (block, FILTERS);

  tensors[0] = nn_layer_tensor (block, "kernel", nn_shape_3 (kernel, channels / whole (block, GROUPS), filters));
  tensors[1] = nn_layer_tensor (block, "bias", nn_shape_1 (filters));
  return whole (block, USE_BIAS) ? 2 : 1;
}

/* --- Conv2D --------------------------------------------------------------------- */

static const NnArg conv2d_args[] = {
  [FILTERS] = NN_ARG_FILTERS_ROW (8),
  [KERNEL] = { "kernel_size", "Kernel size", "Steps and neighbouring channels one pattern spans.",
               NN_ARG_INT_PAIR, NN_PAIR (1, 4), 1, NN_MAX_KERNEL },
  [STRIDES] = { "strides", "Stride", "Take every n-th position only, along steps and along channels.",
                NN_ARG_INT_PAIR, NN_PAIR (1, 1), 1, NN_MAX_KERNEL, .quiet = TRUE },
  [PADDING] = { "padding", "Padding", "valid: no zeros, the output is smaller; same: as many steps and channels as came in.",
                NN_ARG_CHOICE, NN_WHOLE (NN_PADDING_VALID), 0, 0, nn_padding_2_choices },
  [DILATION] = { "dilation_rate", "Dilation", "Distance from one tap of the pattern to the next, in steps and in channels.",
                 NN_ARG_INT_PAIR, NN_PAIR (1, 1), 1, NN_MAX_KERNEL, .quiet = TRUE },
  [GROUPS] = NN_ARG_GROUPS_ROW,
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_RELU),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_KERNEL_AND_BIAS_ROWS ("kernel"),
};

static gboolean
conv2d_infer (const NnBlock *block,
              const NnShape *in,
              NnInferred    *out,
              char         **why)
{
  NnSlide steps, across;
  g_autofree char *why_across = NULL;
  gboolean fits, fits_across;

  if (in->rank != 3)
    return nn_layer_refuse_rank (block, in, 3,
                                 in->rank == 2 ? "a Reshape in front of it can add the depth, or use Conv1D."
                                               : "there is no time left to slide along.", out, why);

  fits = nn_layer_slide (block, "steps", in->dim[0], whole (block, KERNEL), whole (block, STRIDES), whole (block, DILATION),
                         whole (block, PADDING), &steps, out, why);
  fits_across = nn_layer_slide (block, "channels", in->dim[1], second (block, KERNEL), second (block, STRIDES),
                                second (block, DILATION), whole (block, PADDING), &across, out, &why_across);
  out->output = nn_shape_3 (steps.n_out, across.n_out, whole (block, FILTERS));
  out->keeps_time = TRUE;
  out->n_macs = NN_PRODUCT (steps.n_out, across.n_out, whole (block, KERNEL), second (block, KERNEL), in->dim[2],
                            whole (block, FILTERS));
  out->kernel = whole (block, KERNEL);
  out->stride = whole (block, STRIDES);
  out->dilation = whole (block, DILATION);
  out->before = steps.before;
  if (fits && !fits_across)
    *why = g_steal_pointer (&why_across);
  if (!fits || !fits_across)
    return FALSE;
  if (MAX (whole (block, STRIDES), second (block, STRIDES)) > 1 && MAX (whole (block, DILATION), second (block, DILATION)) > 1)
    return nn_layer_conv_refuse_holes (block, why);
  return check_groups (block, in->dim[2], out, why);
}

static guint
conv2d_tensors (const NnBlock *block,
                const NnShape *in,
                NnTensor      *tensors)
{
  gint64 height = whole (block, KERNEL), width = second (block, KERNEL), depth = in->dim[2], filters = whole (block, FILTERS);

  tensors[0] = nn_layer_tensor (block, "kernel", (NnShape) { 4, { height, width, depth / whole (block, GROUPS), filters } });
  tensors[1] = nn_layer_tensor (block, "bias", nn_shape_1 (filters));
  return whole (block, USE_BIAS) ? 2 : 1;
}

/* --- computing ---------------------------------------------------------------------- */

static void
conv1d_prepare (NnOp *op)
{
  const NnBlock *block = op->block;
  NnSpan span = { whole (block, KERNEL), whole (block, STRIDES), whole (block, DILATION), whole (block, PADDING) };
  NnConv conv = nn_layer_conv_along (&op->in, &span, op->out.dim[1], whole (block, GROUPS));

  nn_layer_conv_prepare (op, &conv, whole (block, USE_BIAS) != 0, (NnKActivation) whole (block, ACTIVATION));
}

static void
conv2d_prepare (NnOp *op)
{
  const NnBlock *block = op->block;
  NnConv conv = { op->in.dim[0], op->in.dim[1], op->in.dim[2], op->out.dim[0], op->out.dim[1], op->out.dim[2] };

  conv.groups = whole (block, GROUPS);
  for (int axis = 0; axis < 2; axis++)
    {
      conv.kernel[axis] = nn_block_get_arg (block, KERNEL)->whole[axis];
      conv.stride[axis] = nn_block_get_arg (block, STRIDES)->whole[axis];
      conv.dilation[axis] = nn_block_get_arg (block, DILATION)->whole[axis];
      conv.before[axis] = nn_slide (op->in.dim[axis], conv.kernel[axis], conv.stride[axis], conv.dilation[axis],
                                    whole (block, PADDING)).before;
    }
  nn_layer_conv_prepare (op, &conv, whole (block, USE_BIAS) != 0, (NnKActivation) whole (block, ACTIVATION));
}

static const NnLayerOps conv1d_ops = { .prepare = conv1d_prepare, NN_LAYER_CONV_OPS };
static const NnLayerOps conv2d_ops = { .prepare = conv2d_prepare, NN_LAYER_CONV_OPS };

/* --- the rows ----------------------------------------------------------------------- */

const NnLayer nn_layer_conv1d = {
  .kind = { "Conv1D", "Convolution", "Looks for patterns across all channels in neighbouring steps.",
            conv1d_args, G_N_ELEMENTS (conv1d_args) },
  .infer = conv1d_infer,
  .tensors = conv1d_tensors,
  .ops = &conv1d_ops,
};

const NnLayer nn_layer_conv2d = {
  .kind = { "Conv2D", "Convolution", "Looks for patterns across neighbouring steps and neighbouring channels.",
            conv2d_args, G_N_ELEMENTS (conv2d_args) },
  .infer = conv2d_infer,
  .tensors = conv2d_tensors,
  .ops = &conv2d_ops,
};
