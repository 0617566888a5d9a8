/* nn-batch.h: how windows reach the core: a table of functions that someone else fills
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

/* A set of windows. A plain struct of borrowed pointers, valid as long as its maker says.
 * `fill` is called from several threads at once and must not change shared state. */
typedef struct
{
  gint64   n_windows;
  gint64   n_steps;    /* of one window */
  gint64   n_channels;
  int      n_classes;  /* 0: no labels */

  /* Writes window `i` (0 .. n_windows - 1): `x` [n_steps][n_channels] float, already
   * normalised; `y` [n_steps] int32, a class or NN_UNLABELLED; (nullable): not wanted. */
  gboolean (*fill) (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error);
  gpointer user_data;
} NnBatchSource;

G_END_DECLS
