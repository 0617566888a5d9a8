/* nn-conv-tile.h: convolution along the steps, four outputs at a time, with fewer products than taps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-conv.h"

G_BEGIN_DECLS

/* Private to nn-conv.c. */

/* Whether the convolution can go by tiles, and is faster so. It depends on its sizes alone. */
gboolean nn_conv_tile_pays    (const NnConv *conv);

/* Floats of workspace for up to `rows` windows; 0 where it does not pay. */
gint64   nn_conv_tile_scratch (const NnConv *conv, gint64 rows);

/* As nn_conv_forward() and nn_conv_weights(). */
void     nn_conv_tile_forward (const NnConv *conv, const NnKernels *k, NnPool *pool, gint64 rows, float *y, const float *x,
                               const float *w, const float *bias, float *scratch);
void     nn_conv_tile_weights (const NnConv *conv, const NnKernels *k, gint64 rows, float *dw, const float *x, const float *dy,
                               float *scratch);

G_END_DECLS
