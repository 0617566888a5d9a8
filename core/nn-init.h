/* nn-init.h: Keras' initialisers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-layer.h"
#include "nn-rng.h"

G_BEGIN_DECLS

/* Private to the core. Fills the tensor's values, row-major, by its rule. */
void nn_init_tensor (const NnTensor *tensor, NnRng *rng, float *values);

G_END_DECLS
