/* nn-layer-conv.h: what the rows of the convolutions share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-conv.h"
#include "nn-layer-args.h"
#include "nn-ops.h"

G_BEGIN_DECLS

/* Private to the rows of the convolutions. */

#define NN_ARG_KERNEL_ROW(n) \
  { "kernel_size", "Kernel size", "How many neighbouring steps one pattern spans.", \
    NN_ARG_INT, NN_WHOLE (n), 1, NN_MAX_KERNEL }

#define NN_ARG_STRIDE_ROW \
  { "strides", "Stride", "Take every n-th position only: the output is n times shorter.", \
    NN_ARG_INT, NN_WHOLE (1), 1, NN_MAX_KERNEL, .quiet = TRUE }

#define NN_ARG_DILATION_ROW \
  { "dilation_rate", "Dilation", "Steps from one tap of the pattern to the next: it sees further for the same cost.", \
    NN_ARG_INT, NN_WHOLE (1), 1, NN_MAX_KERNEL, .quiet = TRUE }

#define NN_ARG_GROUPS_ROW \
  { "groups", "Groups", "Into how many parts the channels are split that do not see each other.", \
    NN_ARG_INT, NN_WHOLE (1), 1, NN_MAX_UNITS, .quiet = TRUE, .advanced = TRUE }

#define NN_ARG_MULTIPLIER_ROW \
  { "depth_multiplier", "Depth multiplier", "How many patterns to look for in each channel.", \
    NN_ARG_INT, NN_WHOLE (1), 1, NN_MAX_UNITS, .quiet = TRUE }

/* How a kernel slides along the steps. */
typedef struct
{
  gint64    kernel, stride, dilation;
  NnPadding padding;
} NnSpan;

/* An infer for convolutions along the steps with `filters` outputs; all but the cost. */
gboolean nn_layer_conv_infer        (const NnBlock *block, const NnShape *in, const NnSpan *span, gint64 filters, NnInferred *out,
                                     char **why);

/* Says that stride and dilation are both above 1; returns FALSE for infer. */
gboolean nn_layer_conv_refuse_holes (const NnBlock *block, char **why);

NnConv   nn_layer_conv_along        (const NnShape *in, const NnSpan *span, gint64 filters, gint64 groups);

/* The compute half of a block that is one convolution: weights, bias, activation. A row's `prepare` calls the first; the
 * others are its ops as they are. */
void     nn_layer_conv_prepare      (NnOp *op, const NnConv *conv, gboolean use_bias, NnKActivation activation);
void     nn_layer_conv_load         (const NnOp *op, const float *const *list, float *params);
void     nn_layer_conv_save         (const NnOp *op, const float *params, float *const *list);
void     nn_layer_conv_derive       (const NnOp *op, const float *params, float *derived);
void     nn_layer_conv_forward      (const NnOp *op, const NnCall *call);
void     nn_layer_conv_backward     (const NnOp *op, const NnCall *call);

#define NN_LAYER_CONV_OPS \
  .load = nn_layer_conv_load, .save = nn_layer_conv_save, .derive = nn_layer_conv_derive, .forward = nn_layer_conv_forward, \
  .backward = nn_layer_conv_backward

G_END_DECLS
