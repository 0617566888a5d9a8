/* nn-conv.h: convolution along two axes as a series of products that read their input in place
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"
#include "nn-pool.h"
#include "nn-types.h"

G_BEGIN_DECLS

/* Input [steps][rows][width][channels], output [out_steps][rows][out_width][filters]. Conv1D has width 1. Each of the groups
 * sees its own channels / groups channels and makes its own filters / groups filters of them; with as many groups as channels,
 * several, the convolution goes by channel. Nothing is padded: taps that would fall outside are left out of their product. */
typedef struct
{
  gint64 steps, width, channels, out_steps, out_width, filters;
  gint64 kernel[2], stride[2], dilation[2], before[2]; /* along steps, along width */
  gint64 groups;
  gboolean keeps_groups; /* even if as many as channels: what takes slopes back through groups of several channels */
} NnConv;

/* Floats of workspace that each of the functions below needs for up to `rows` windows. */
gint64 nn_conv_scratch     (const NnConv *self, gint64 rows);

/* From Keras' kernel [kernel[0]][kernel[1]][channels / groups][filters] to weights, and back: for each group panels of
 * [kernel · channels / groups][filters / groups], by channel panels of [kernel][filters]. */
gint64 nn_conv_packed_size (const NnConv *self);
void   nn_conv_pack        (const NnConv *self, float *w, const float *plain);
void   nn_conv_unpack      (const NnConv *self, float *plain, const float *w);

/* The convolution that takes slopes by the output back to the input if the stride is 1. Its weights are this one's kernel turned
 * around, with input and output swapped; turning twice gives the weights again. */
NnConv nn_conv_reverse     (const NnConv *self);
void   nn_conv_turn        (const NnConv *self, float *turned, const float *w);

/* `bias` and `pool`, threads that may help, (nullable). */
void   nn_conv_forward     (const NnConv *self, const NnKernels *k, NnPool *pool, gint64 rows, float *y, const float *x,
                            const float *w, const float *bias, float *scratch);

/* Adds to dw, packed as w. */
void   nn_conv_weights     (const NnConv *self, const NnKernels *k, gint64 rows, float *dw, const float *x,
                            const float *dy, float *scratch);

/* The same, packed as nn_conv_turn() packs them; for one group only. */
void   nn_conv_weights_turned (const NnConv *self, const NnKernels *k, gint64 rows, float *dturned, const float *x,
                               const float *dy, float *scratch);

/* Writes all of dx: the slope by the input, which is a transposed convolution of dy, on top of a `bias` (nullable, for one group
 * only). */
void   nn_conv_input       (const NnConv *self, const NnKernels *k, gint64 rows, float *dx, const float *dy,
                            const float *turned, const float *bias, float *scratch);

G_END_DECLS
