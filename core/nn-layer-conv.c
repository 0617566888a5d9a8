/* nn-layer-conv.c: Conv1D and Conv2D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-conv.h"
#include "nn-layer-args.h"
#include "nn-ops.h"

/* --- Conv1D --------------------------------------------------------------------- */

enum { FILTERS, KERNEL, STRIDES, PADDING, DILATION, ACTIVATION, USE_BIAS };

static const NnArg conv1d_args[] = {
  [FILTERS] = NN_ARG_FILTERS_ROW (32),
  [KERNEL] = { "kernel_size", "Kernel size", "How many neighbouring steps one pattern spans.",
               NN_ARG_INT, NN_WHOLE (8), 1, NN_MAX_KERNEL },
  [STRIDES] = { "strides", "Stride", "Take every n-th position only: the output is n times shorter.",
                NN_ARG_INT, NN_WHOLE (1), 1, NN_MAX_KERNEL, .quiet = TRUE },
  [PADDING] = { "padding", "Padding",
                "valid: no zeros, the output is shorter; same: as many steps as came in; causal: only the past is seen.",
                NN_ARG_CHOICE, NN_WHOLE (NN_PADDING_SAME), 0, 0, nn_padding_choices },
  [DILATION] = { "dilation_rate", "Dilation",
                 "Steps from one tap of the pattern to the next: it sees further for the same cost.",
                 NN_ARG_INT, NN_WHOLE (1), 1, NN_MAX_KERNEL, .quiet = TRUE },
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_RELU),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_INITIALIZER_ROW ("kernel", "Kernel", NN_INIT_GLOROT_UNIFORM),
  NN_ARG_BIAS_INITIALIZER_ROW ("bias", "Bias"),
  NN_ARG_L1_ROW ("kernel", "Kernel"),
  NN_ARG_L2_ROW ("kernel", "Kernel"),
  NN_ARG_L1_ROW ("bias", "Bias"),
  NN_ARG_L2_ROW ("bias", "Bias"),
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

/* Keras refuses the pair as well: what it would mean is not agreed on. */
static gboolean
refuse_stride_with_dilation (const NnBlock *block,
                             char         **why)
{
  *why = g_strdup_printf ("%s has a stride and a dilation above 1: Keras allows only one of them.",
                          nn_block_get_kind (block)->name);
  return FALSE;
}

static gboolean
conv1d_infer (const NnBlock *block,
              const NnShape *in,
              NnInferred    *out,
              char         **why)
{
  NnSlide slide;
  gboolean fits;

  if (in->rank != 2)
    return nn_layer_refuse_rank (block, in, 2,
                                 in->rank == 1 ? "there is no time left to slide along."
                                               : "use Conv2D, or Reshape to two axes first.", out, why);

  fits = nn_layer_slide (block, "steps", in->dim[0], whole (block, KERNEL), whole (block, STRIDES), whole (block, DILATION),
                         whole (block, PADDING), &slide, out, why);
  out->output = nn_shape_2 (slide.n_out, whole (block, FILTERS));
  out->keeps_time = TRUE;
  out->n_macs = NN_PRODUCT (slide.n_out, whole (block, KERNEL), in->dim[1], whole (block, FILTERS));
  out->kernel = whole (block, KERNEL);
  out->stride = whole (block, STRIDES);
  out->dilation = whole (block, DILATION);
  out->before = slide.before;
  if (fits && out->stride > 1 && out->dilation > 1)
    return refuse_stride_with_dilation (block, why);
  return fits;
}

static guint
conv1d_tensors (const NnBlock *block,
                const NnShape *in,
                NnTensor      *tensors)
{
  gint64 kernel = whole (block, KERNEL), channels = in->dim[1], filters = whole (block, FILTERS);

  tensors[0] = nn_layer_tensor (block, "kernel", nn_shape_3 (kernel, channels, filters));
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
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_RELU),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_INITIALIZER_ROW ("kernel", "Kernel", NN_INIT_GLOROT_UNIFORM),
  NN_ARG_BIAS_INITIALIZER_ROW ("bias", "Bias"),
  NN_ARG_L1_ROW ("kernel", "Kernel"),
  NN_ARG_L2_ROW ("kernel", "Kernel"),
  NN_ARG_L1_ROW ("bias", "Bias"),
  NN_ARG_L2_ROW ("bias", "Bias"),
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
    return refuse_stride_with_dilation (block, why);
  return TRUE;
}

static guint
conv2d_tensors (const NnBlock *block,
                const NnShape *in,
                NnTensor      *tensors)
{
  gint64 height = whole (block, KERNEL), width = second (block, KERNEL), depth = in->dim[2], filters = whole (block, FILTERS);

  tensors[0] = nn_layer_tensor (block, "kernel", (NnShape) { 4, { height, width, depth, filters } });
  tensors[1] = nn_layer_tensor (block, "bias", nn_shape_1 (filters));
  return whole (block, USE_BIAS) ? 2 : 1;
}

/* --- computing, for both ------------------------------------------------------------ */

/* The weights are panels of [kernel · channels][filters], then the bias. */
static void
prepare (NnOp        *op,
         const NnConv *conv)
{
  gint64 n_taps = NN_PRODUCT (conv->kernel[0], conv->kernel[1]);

  op->n_params = nn_size_add (nn_packed_size (NN_PRODUCT (n_taps, conv->channels), conv->filters),
                              nn_size_fill_up (conv->filters));
  op->n_derived = nn_conv_turned_size (conv);
  op->n_scratch = nn_conv_scratch (conv);
  nn_op_set_activation (op, (NnKActivation) whole (op->block, ACTIVATION));
  op->detail = g_memdup2 (conv, sizeof *conv);
}

static void
conv1d_prepare (NnOp *op)
{
  gint64 kernel = whole (op->block, KERNEL), stride = whole (op->block, STRIDES), dilation = whole (op->block, DILATION);
  NnSlide slide = nn_slide (op->in.dim[0], kernel, stride, dilation, whole (op->block, PADDING));
  NnConv conv = {
    op->in.dim[0], 1, op->in.dim[1], slide.n_out, 1, op->out.dim[1],
    { kernel, 1 }, { stride, 1 }, { dilation, 1 }, { slide.before, 0 },
  };

  prepare (op, &conv);
}

static void
conv2d_prepare (NnOp *op)
{
  const NnBlock *block = op->block;
  NnConv conv = { op->in.dim[0], op->in.dim[1], op->in.dim[2], op->out.dim[0], op->out.dim[1], op->out.dim[2] };

  for (int axis = 0; axis < 2; axis++)
    {
      conv.kernel[axis] = nn_block_get_arg (block, KERNEL)->whole[axis];
      conv.stride[axis] = nn_block_get_arg (block, STRIDES)->whole[axis];
      conv.dilation[axis] = nn_block_get_arg (block, DILATION)->whole[axis];
      conv.before[axis] = nn_slide (op->in.dim[axis], conv.kernel[axis], conv.stride[axis], conv.dilation[axis],
                                    whole (block, PADDING)).before;
    }
  prepare (op, &conv);
}

static gint64
weight_rows (const NnConv *conv)
{
  return conv->kernel[0] * conv->kernel[1] * conv->channels;
}

static gint64
bias_at (const NnConv *conv)
{
  return nn_packed_size (weight_rows (conv), conv->filters);
}

static void
load (const NnOp         *op,
      const float *const *list,
      float              *params)
{
  const NnConv *conv = op->detail;

  nn_pack (params, list[0], weight_rows (conv), conv->filters);
  if (whole (op->block, USE_BIAS))
    nn_pack (params + bias_at (conv), list[1], 1, conv->filters);
}

static void
save (const NnOp   *op,
      const float  *params,
      float *const *list)
{
  const NnConv *conv = op->detail;

  nn_unpack (list[0], params, weight_rows (conv), conv->filters);
  if (whole (op->block, USE_BIAS))
    nn_unpack (list[1], params + bias_at (conv), 1, conv->filters);
}

static void
derive (const NnOp  *op,
        const float *params,
        float       *derived)
{
  nn_conv_turn (op->detail, derived, params);
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  const NnConv *conv = op->detail;

  nn_conv_forward (conv, call->k, call->rows, call->y, call->x, call->params, call->params + bias_at (conv), call->scratch);
  nn_op_bend (op, call);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  const NnConv *conv = op->detail;
  gint64 n = call->rows * nn_shape_size (&op->out);

  nn_op_bend_back (op, call);
  nn_conv_weights (conv, call->k, call->rows, call->grads, call->x, call->dy, call->scratch);
  if (whole (op->block, USE_BIAS))
    call->k->sum_rows (call->grads + bias_at (conv), call->dy, conv->filters, n / conv->filters, conv->filters);
  if (call->dx != NULL)
    nn_conv_input (conv, call->k, call->rows, call->dx, call->dy, call->derived, call->scratch);
}

static const NnLayerOps conv1d_ops = {
  .prepare = conv1d_prepare, .load = load, .save = save, .derive = derive, .forward = forward, .backward = backward,
};

static const NnLayerOps conv2d_ops = {
  .prepare = conv2d_prepare, .load = load, .save = save, .derive = derive, .forward = forward, .backward = backward,
};

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
