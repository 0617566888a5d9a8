/* nn-error.c: the core's error domain
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-error.h"

G_DEFINE_QUARK (nn-error-quark, nn_error)
