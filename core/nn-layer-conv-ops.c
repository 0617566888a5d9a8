/* nn-layer-conv-ops.c: what the rows of the convolutions share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-conv.h"

/* Keras refuses the pair as well: what it would mean is not agreed on. */
gboolean
nn_layer_conv_refuse_holes (const NnBlock *block,
                            char         **why)
{
  *why = g_strdup_printf ("%s has a stride and a dilation above 1: Keras allows only one of them.",
                          nn_block_get_kind (block)->name);
  return FALSE;
}

gboolean
nn_layer_conv_infer (const NnBlock *block,
                     const NnShape *in,
                     const NnSpan  *span,
                     gint64         filters,
                     NnInferred    *out,
                     char         **why)
{
  NnSlide slide;
  gboolean fits;

  if (in->rank != 2)
    return nn_layer_refuse_rank (block, in, 2,
                                 in->rank == 1 ? "there is no time left to slide along."
                                               : "use Conv2D, or Reshape to two axes first.", out, why);

  fits = nn_layer_slide (block, "steps", in->dim[0], span->kernel, span->stride, span->dilation, span->padding, &slide, out, why);
  out->output = nn_shape_2 (slide.n_out, filters);
  out->keeps_time = TRUE;
  out->kernel = span->kernel;
  out->stride = span->stride;
  out->dilation = span->dilation;
  out->before = slide.before;
  if (fits && out->stride > 1 && out->dilation > 1)
    return nn_layer_conv_refuse_holes (block, why);
  return fits;
}

NnConv
nn_layer_conv_along (const NnShape *in,
                     const NnSpan  *span,
                     gint64         filters,
                     gint64         groups)
{
  NnSlide slide = nn_slide (in->dim[0], span->kernel, span->stride, span->dilation, span->padding);

  return (NnConv) {
    in->dim[0], 1, in->dim[1], slide.n_out, 1, filters,
    { span->kernel, 1 }, { span->stride, 1 }, { span->dilation, 1 }, { slide.before, 0 }, groups,
  };
}

/* --- computing ---------------------------------------------------------------------- */

typedef struct
{
  NnConv   conv;
  gboolean use_bias;
} Detail;

static const NnConv *
get_conv (const NnOp *op)
{
  return &((const Detail *) op->detail)->conv;
}

static gboolean
has_bias (const NnOp *op)
{
  return ((const Detail *) op->detail)->use_bias;
}

/* The weights are the convolution's, then the bias. */
void
nn_layer_conv_prepare (NnOp         *op,
                       const NnConv *conv,
                       gboolean      use_bias,
                       NnKActivation activation)
{
  NnConv back = nn_conv_reverse (conv);
  Detail detail = { *conv, use_bias };

  op->n_params = nn_size_add (nn_conv_packed_size (conv), nn_size_fill_up (conv->filters));
  op->n_derived = nn_conv_packed_size (&back);
  op->n_scratch = nn_conv_scratch (conv, op->rows);
  nn_op_set_activation (op, activation);
  op->detail = g_memdup2 (&detail, sizeof detail);
}

static gint64
bias_at (const NnOp *op)
{
  return nn_conv_packed_size (get_conv (op));
}

void
nn_layer_conv_load (const NnOp         *op,
                    const float *const *list,
                    float              *params)
{
  nn_conv_pack (get_conv (op), params, list[0]);
  if (has_bias (op))
    nn_pack (params + bias_at (op), list[1], 1, get_conv (op)->filters);
}

void
nn_layer_conv_save (const NnOp   *op,
                    const float  *params,
                    float *const *list)
{
  nn_conv_unpack (get_conv (op), list[0], params);
  if (has_bias (op))
    nn_unpack (list[1], params + bias_at (op), 1, get_conv (op)->filters);
}

void
nn_layer_conv_derive (const NnOp  *op,
                      const float *params,
                      float       *derived)
{
  nn_conv_turn (get_conv (op), derived, params);
}

void
nn_layer_conv_forward (const NnOp   *op,
                       const NnCall *call)
{
  nn_conv_forward (get_conv (op), call->k, call->pool, call->rows, call->y, call->x, call->params, call->params + bias_at (op),
                   call->scratch);
  nn_op_bend (op, call);
}

void
nn_layer_conv_backward (const NnOp   *op,
                        const NnCall *call)
{
  const NnConv *conv = get_conv (op);
  gint64 n = call->rows * nn_shape_size (&op->out);

  nn_op_bend_back (op, call);
  nn_conv_weights (conv, call->k, call->rows, call->grads, call->x, call->dy, call->scratch);
  if (has_bias (op))
    call->k->sum_rows (call->grads + bias_at (op), call->dy, conv->filters, n / conv->filters, conv->filters);
  if (call->dx != NULL)
    nn_conv_input (conv, call->k, call->rows, call->dx, call->dy, call->derived, NULL, call->scratch);
}
