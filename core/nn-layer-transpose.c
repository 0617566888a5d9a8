/* nn-layer-transpose.c: Conv1DTranspose
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-conv.h"

enum { FILTERS, KERNEL, STRIDES, PADDING, OUTPUT_PADDING, DILATION, ACTIVATION, USE_BIAS };

static const NnArg args[] = {
  [FILTERS] = NN_ARG_FILTERS_ROW (32),
  [KERNEL] = { "kernel_size", "Kernel size", "Over how many neighbouring steps each step that comes in is spread.",
               NN_ARG_INT, NN_WHOLE (4), 1, NN_MAX_KERNEL },
  [STRIDES] = { "strides", "Stride", "How many times longer the output is.", NN_ARG_INT, NN_WHOLE (1), 1, NN_MAX_KERNEL },
  [PADDING] = { "padding", "Padding", "valid: all that is spread is kept; same: as many steps as came in, times the stride.",
                NN_ARG_CHOICE, NN_WHOLE (NN_PADDING_VALID), 0, 0, nn_padding_2_choices },
  [OUTPUT_PADDING] = { "output_padding", "Output padding",
                       "Steps added at the end, fewer than the stride; -1 leaves it to the padding.",
                       NN_ARG_INT, NN_WHOLE (-1), -1, NN_MAX_KERNEL, .quiet = TRUE, .advanced = TRUE },
  [DILATION] = NN_ARG_DILATION_ROW,
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_LINEAR),
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  NN_ARG_KERNEL_AND_BIAS_ROWS ("kernel"),
};

static gint64
whole (const NnBlock *block,
       guint          arg)
{
  return nn_block_get_arg (block, arg)->whole[0];
}

/* Input step t is spread over the output steps t stride - before + i dilation, as far as there are such. */
typedef struct
{
  gint64 n_out, before, reach;
} Spread;

/* Keras' rule. With reach = dilation (kernel - 1) + 1, all that is spread takes (n - 1) stride + reach steps.
 *   valid: all of it, but at least n stride; or with an output padding that many steps more.
 *   same:  n stride steps, or (n - 1) stride + (reach odd: 1) + output padding. What is left out is, up to a step, as long in
 *          front as behind. */
static Spread
find_spread (const NnBlock *block,
             gint64         n)
{
  gint64 stride = whole (block, STRIDES), reach = whole (block, DILATION) * (whole (block, KERNEL) - 1) + 1;
  gint64 more = whole (block, OUTPUT_PADDING), padding, left;

  if (whole (block, PADDING) == NN_PADDING_VALID)
    return (Spread) { (n - 1) * stride + (more < 0 ? MAX (reach, stride) : reach + more), 0, reach };

  /* Zeros that Keras puts around what comes in, with the stride's holes in it: reach - 1 on either side would leave nothing
   * out. */
  padding = more < 0 ? stride + reach - 2 : reach + reach % 2 - 2 + more;
  left = MIN (padding / 2 + padding % 2, reach - 1);
  return (Spread) { (n - 1) * stride + 2 - reach + padding, reach - 1 - left, reach };
}

/* Output t = q stride + r gets what input q + (r + before - i dilation) / stride spreads, where that is whole. */
static void
tell_time (const Spread *spread,
           gint64        stride,
           NnInferred   *out)
{
  out->upsample = stride;
  out->before = (spread->reach - 1 - spread->before) / stride;
  out->kernel = out->before + 1 + (spread->before + stride - 1) / stride;
}

static gboolean
check_args (const NnBlock *block,
            const Spread  *spread,
            char         **why)
{
  gint64 stride = whole (block, STRIDES), more = whole (block, OUTPUT_PADDING);

  if (stride > 1 && whole (block, DILATION) > 1)
    return nn_layer_conv_refuse_holes (block, why);
  if (more >= stride)
    *why = g_strdup_printf ("Conv1DTranspose has an output padding of %" G_GINT64_FORMAT ": it must be below the stride, %"
                            G_GINT64_FORMAT ".", more, stride);
  else if (spread->n_out <= 0)
    *why = g_strdup ("Conv1DTranspose would leave no step: an even kernel with same padding needs an output padding, or more "
                     "steps.");
  return *why == NULL;
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  Spread spread;

  if (in->rank != 2)
    return nn_layer_refuse_rank (block, in, 2, in->rank == 1 ? "there is no time left to stretch." : "Reshape to two axes first.",
                                 out, why);

  if (NN_PRODUCT (in->dim[0], whole (block, STRIDES)) > NN_MAX_ELEMENTS)
    {
      *why = g_strdup ("Conv1DTranspose would give more steps than can be worked with.");
      out->refusal = NN_REFUSAL_SIZE;
      return FALSE;
    }
  spread = find_spread (block, in->dim[0]);
  if (!check_args (block, &spread, why))
    return FALSE;

  out->output = nn_shape_2 (spread.n_out, whole (block, FILTERS));
  out->keeps_time = TRUE;
  out->n_macs = NN_PRODUCT (in->dim[0], whole (block, KERNEL), in->dim[1], whole (block, FILTERS));
  tell_time (&spread, whole (block, STRIDES), out);
  return TRUE;
}

static guint
tensors (const NnBlock *block,
         const NnShape *in,
         NnTensor      *list)
{
  gint64 filters = whole (block, FILTERS);

  list[0] = nn_layer_tensor (block, "kernel", nn_shape_3 (whole (block, KERNEL), filters, in->dim[1]));
  list[1] = nn_layer_tensor (block, "bias", nn_shape_1 (filters));
  return whole (block, USE_BIAS) ? 2 : 1;
}

/* --- computing ---------------------------------------------------------------------- */

/* What the block does is what `conv`, a convolution from its output to its input, does to slopes, and the other way round. The
 * weights are that one's, turned around, then the bias. */
static void
prepare (NnOp *op)
{
  const NnBlock *block = op->block;
  Spread spread = find_spread (block, op->in.dim[0]);
  NnConv conv = {
    spread.n_out, 1, op->out.dim[1], op->in.dim[0], 1, op->in.dim[1],
    { whole (block, KERNEL), 1 }, { whole (block, STRIDES), 1 }, { whole (block, DILATION), 1 }, { spread.before, 0 }, 1,
  };
  NnConv turned = nn_conv_reverse (&conv);

  op->n_params = nn_size_add (nn_conv_packed_size (&turned), nn_size_fill_up (conv.channels));
  op->n_derived = nn_conv_packed_size (&conv);
  op->n_scratch = nn_conv_scratch (&conv, op->rows);
  nn_op_set_activation (op, (NnKActivation) whole (block, ACTIVATION));
  op->detail = g_memdup2 (&conv, sizeof conv);
}

static gint64
bias_at (const NnOp *op)
{
  NnConv turned = nn_conv_reverse (op->detail);

  return nn_conv_packed_size (&turned);
}

static void
load (const NnOp         *op,
      const float *const *list,
      float              *params)
{
  const NnConv *conv = op->detail;
  g_autofree float *w = g_new0 (float, nn_conv_packed_size (conv));

  nn_conv_pack (conv, w, list[0]);
  nn_conv_turn (conv, params, w);
  if (whole (op->block, USE_BIAS))
    nn_pack (params + bias_at (op), list[1], 1, conv->channels);
}

static void
derive (const NnOp  *op,
        const float *params,
        float       *derived)
{
  NnConv turned = nn_conv_reverse (op->detail);

  nn_conv_turn (&turned, derived, params);
}

static void
save (const NnOp   *op,
      const float  *params,
      float *const *list)
{
  const NnConv *conv = op->detail;
  g_autofree float *w = g_new0 (float, nn_conv_packed_size (conv));

  derive (op, params, w);
  nn_conv_unpack (conv, list[0], w);
  if (whole (op->block, USE_BIAS))
    nn_unpack (list[1], params + bias_at (op), 1, conv->channels);
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  nn_conv_input (op->detail, call->k, call->rows, call->y, call->x, call->params, call->params + bias_at (op), call->scratch);
  nn_op_bend (op, call);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  const NnConv *conv = op->detail;

  nn_op_bend_back (op, call);
  nn_conv_weights_turned (conv, call->k, call->rows, call->grads, call->dy, call->x, call->scratch);
  if (whole (op->block, USE_BIAS))
    call->k->sum_rows (call->grads + bias_at (op), call->dy, conv->channels, call->rows * conv->steps, conv->channels);
  if (call->dx != NULL)
    nn_conv_forward (conv, call->k, call->pool, call->rows, call->dx, call->dy, call->derived, NULL, call->scratch);
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = load, .save = save, .derive = derive, .forward = forward, .backward = backward,
};

const NnLayer nn_layer_conv1d_transpose = {
  .kind = { "Conv1DTranspose", "Convolution", "Spreads each step over several: makes time finer again, as it has learnt.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
