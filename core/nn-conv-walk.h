/* nn-conv-walk.h: a convolution's output points in runs that see the same taps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-conv.h"

G_BEGIN_DECLS

/* Private to nn-conv.c. `m` output points whose inputs lie `ldx` floats apart and which see the same taps. Of groups, the first:
 * the others' input and output lie behind its by the channels and filters of one. */
typedef struct
{
  gint64  m, x, y, ldx; /* x: where tap (0, 0) of the first point would read, even if that is outside */
  gint64  n_taps, depth;
  NnKTap *taps;
} NnConvRun;

typedef void (*NnConvFunc) (const NnConvRun *run, gpointer data);

/* Calls `func` for runs that cover every output point once. With `merge` taps that are next to each other in memory become one
 * long tap, which groups do not allow. `scratch` holds the taps. */
void nn_conv_walk (const NnConv *conv, gint64 rows, gboolean merge, float *scratch, NnConvFunc func, gpointer data);

G_END_DECLS
