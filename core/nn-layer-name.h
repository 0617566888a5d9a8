/* nn-layer-name.h: Keras' names for the layers of a design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"

G_BEGIN_DECLS

/* Private to the core and to exchange. */

/* A class name as Keras turns it into a layer's: "MaxPooling1D" to "max_pooling1d", "PReLU" to "p_re_lu". */
char *nn_layer_snake_case (const char *class_name) G_GNUC_WARN_UNUSED_RESULT;

/* "max_pooling1d" for the first MaxPooling1D of the design, "max_pooling1d_1" for the second. */
char *nn_layer_name (const NnDesign *design, guint position) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
