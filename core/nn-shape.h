/* nn-shape.h: shape arithmetic: sizes, texts, and the one function that sizes convolution and pooling
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

typedef enum { NN_PADDING_VALID, NN_PADDING_SAME, NN_PADDING_CAUSAL } NnPadding;

/* What sliding a window along one axis gives. */
typedef struct
{
  gint64 n_out;  /* positions; <= 0 where the kernel is longer than the padded axis */
  gint64 before; /* zeros assumed before the first step */
  gint64 after;  /* zeros assumed after the last step */
} NnSlide;

/* A shape of the given extents; rank 1 to NN_MAX_RANK. */
NnShape  nn_shape_1        (gint64 a);
NnShape  nn_shape_2        (gint64 a, gint64 b);
NnShape  nn_shape_3        (gint64 a, gint64 b, gint64 c);

gboolean nn_shape_equal    (const NnShape *a, const NnShape *b);

/* The number of elements; -1 where it does not fit into a gint64 or the shape is not known. */
gint64   nn_shape_size     (const NnShape *self);

/* "400 × 16"; "?" for a shape that is not known. */
char    *nn_shape_to_text  (const NnShape *self) G_GNUC_WARN_UNUSED_RESULT;

/* "(None, 400, 16)", as Keras' summary writes it. */
char    *nn_shape_to_keras (const NnShape *self) G_GNUC_WARN_UNUSED_RESULT;

/* Slides a kernel of `kernel` taps, `dilation` apart, along `n` steps by `stride`.
 * With k' = dilation (kernel - 1) + 1:
 *   valid:  n_out = floor ((n - k') / stride) + 1
 *   same:   n_out = ceil (n / stride), padding max ((n_out - 1) stride + k' - n, 0),
 *           the smaller half before (TensorFlow's rule, which Keras follows)
 *   causal: k' - 1 zeros before, then as valid. */
NnSlide  nn_slide          (gint64 n, gint64 kernel, gint64 stride, gint64 dilation, NnPadding padding);

G_END_DECLS
