/* nn-memory.h: large arrays of floats, aligned to cache lines
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

/* An array of `n` zeros, readable up to a kernel's slack past its end; NULL with NN_ERROR_TOO_LARGE, which says what it was
 * for ("the weights") and how much was asked for. */
float *nn_floats_try_new (gint64 n, const char *what, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same; like g_malloc() it ends the program when there is no memory: for copies of arrays that are there already. */
float *nn_floats_copy    (const float *source, gint64 n) G_GNUC_WARN_UNUSED_RESULT;
void   nn_floats_free    (float *self);

G_END_DECLS
