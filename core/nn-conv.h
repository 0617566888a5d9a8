/* nn-conv.h: convolution along two axes as a series of products that read their input in place
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"
#include "nn-types.h"

G_BEGIN_DECLS

/* Input [steps][rows][width][channels], output [out_steps][rows][out_width][filters], kernel
 * [kernel[0]][kernel[1]][channels][filters]. Conv1D has width 1. Nothing is copied or padded: taps that would fall
 * outside are left out of their product. */
typedef struct
{
  gint64 steps, width, channels, out_steps, out_width, filters;
  gint64 kernel[2], stride[2], dilation[2], before[2]; /* along steps, along width */
} NnConv;

/* Floats of workspace that each of the functions below needs. */
gint64 nn_conv_scratch   (const NnConv *self);

/* The weights of the slope by the input: panels of [kernel · filters][channels], the kernel turned around. */
gint64 nn_conv_turned_size (const NnConv *self);
void   nn_conv_turn      (const NnConv *self, float *turned, const float *w);

/* `bias` (nullable). */
void   nn_conv_forward   (const NnConv *self, const NnKernels *k, gint64 rows, float *y, const float *x, const float *w,
                          const float *bias, float *scratch);

/* Adds to dw, packed as w. */
void   nn_conv_weights   (const NnConv *self, const NnKernels *k, gint64 rows, float *dw, const float *x,
                          const float *dy, float *scratch);

/* Writes all of dx. */
void   nn_conv_input     (const NnConv *self, const NnKernels *k, gint64 rows, float *dx, const float *dy,
                          const float *turned, float *scratch);

G_END_DECLS
