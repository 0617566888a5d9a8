/* nn-layer-table.c: all kinds of blocks, in palette order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-rows.h" /* made by the build from core_layers in meson.build */
#include "nn-layer.h"

#define DECLARE(name) extern const NnLayer nn_layer_##name;
#define LIST(name)    &nn_layer_##name,

NN_LAYER_ROWS (DECLARE)

static const NnLayer *const rows[] = { NN_LAYER_ROWS (LIST) };

const NnLayer *
nn_layer_nth (guint i)
{
  return i < G_N_ELEMENTS (rows) ? rows[i] : NULL;
}
