/* nn-layer-table.c: the one list of all kinds of blocks, in palette order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer.h"

#define ROWS(ROW) \
  ROW (conv1d) \
  ROW (conv2d) \
  ROW (conv1d_transpose) \
  ROW (depthwise_conv1d) \
  ROW (separable_conv1d) \
  ROW (max_pooling1d) \
  ROW (max_pooling2d) \
  ROW (average_pooling1d) \
  ROW (average_pooling2d) \
  ROW (global_max_pooling1d) \
  ROW (global_max_pooling2d) \
  ROW (global_average_pooling1d) \
  ROW (global_average_pooling2d) \
  ROW (upsampling1d) \
  ROW (upsampling2d) \
  ROW (lstm) \
  ROW (gru) \
  ROW (simple_rnn) \
  ROW (bidirectional) \
  ROW (time_distributed) \
  ROW (dense) \
  ROW (flatten) \
  ROW (reshape) \
  ROW (permute) \
  ROW (repeat_vector) \
  ROW (expand_dims) \
  ROW (zero_padding1d) \
  ROW (zero_padding2d) \
  ROW (cropping1d) \
  ROW (cropping2d) \
  ROW (add) \
  ROW (multiply) \
  ROW (average) \
  ROW (maximum) \
  ROW (concatenate) \
  ROW (batch_normalization) \
  ROW (layer_normalization) \
  ROW (dropout) \
  ROW (spatial_dropout1d) \
  ROW (gaussian_noise) \
  ROW (activation) \
  ROW (relu) \
  ROW (leaky_relu) \
  ROW (elu) \
  ROW (prelu) \
  ROW (softmax)

#define DECLARE(name) extern const NnLayer nn_layer_##name;
#define LIST(name)    &nn_layer_##name,

ROWS (DECLARE)

static const NnLayer *const rows[] = { ROWS (LIST) };

const NnLayer *
nn_layer_nth (guint i)
{
  return i < G_N_ELEMENTS (rows) ? rows[i] : NULL;
}
