/* sig-error.c: the signal layer's error domain
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-error.h"

G_DEFINE_QUARK (sig-error-quark, sig_error)
