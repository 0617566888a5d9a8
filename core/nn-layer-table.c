/* nn-layer-table.c: the one list of all kinds of blocks, in palette order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer.h"

#define ROWS(ROW) \
  ROW (conv1d) \
  ROW (conv2d) \
  ROW (max_pooling1d) \
  ROW (max_pooling2d) \
  ROW (average_pooling1d) \
  ROW (upsampling1d) \
  ROW (lstm) \
  ROW (time_distributed) \
  ROW (dense) \
  ROW (flatten) \
  ROW (reshape) \
  ROW (dropout) \
  ROW (activation)

#define DECLARE(name) extern const NnLayer nn_layer_##name;
#define LIST(name)    &nn_layer_##name,

ROWS (DECLARE)

static const NnLayer *const rows[] = { ROWS (LIST) };

const NnLayer *
nn_layer_nth (guint i)
{
  return i < G_N_ELEMENTS (rows) ? rows[i] : NULL;
}
