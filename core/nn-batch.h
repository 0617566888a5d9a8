/* nn-batch.h: how windows and their labels reach the core: a table of functions that someone else fills
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

/* A set of windows. A plain struct of borrowed pointers, valid as long as its maker says.
 * The functions are called from several threads at once and must not change shared state; FALSE with error ends the training.
 *
 * In the simplest case every step has a label and each label is a class: then all from n_labels on stays 0. A table of arrays
 * as Keras' fit (x, y, sample_weight) takes them is told like this, with T steps and C channels in x (n, T, C):
 *
 *   y                               n_classes  n_labels  n_values
 *   (n, T) or (n, T, 1), classes    K          0         0          binary or sparse categorical cross-entropy
 *   (n,) or (n, 1), classes         K          1         0          the same, one label for each window
 *   (n, T, K), one-hot or soft      0          0         K          categorical cross-entropy; sigmoid outputs: binary
 *   (n, K), one-hot or soft         0          1         K          the same, one label for each window
 *   (n, T) or (n, T, 1), numbers    0          0         1          mean squared or absolute error, Huber
 *   (n, T, K), numbers              0          0         K          the same for K numbers at each step
 *   (n, M), numbers                 0          1         M          M numbers for each window
 *
 * Windows of other ranks than T × C are told by their memory: one of (H, W, C) is H steps of W · C channels, one of (F) is 1 step
 * of F.
 *
 * A network's output meets them where it is (n_labels, outputs), or (n_labels) with one output each, or (outputs) where
 * n_labels is 1; outputs are n_values, or n_classes, or 1 for two classes. One of (H, W, C) gives H · W labels of C numbers. */
typedef struct
{
  gint64   n_windows;
  gint64   n_steps;    /* of one window */
  gint64   n_channels;
  int      n_classes;  /* 0: no labels that are classes */

  /* Writes window `i` (0 .. n_windows - 1): `x` [n_steps][n_channels] float, already
   * normalised; `y` [labels of a window] int32, a class or NN_UNLABELLED; (nullable): not wanted. */
  gboolean (*fill) (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error);
  gpointer user_data;

  gint64   n_labels;   /* of one window; 0: one for each step */
  int      n_values;   /* above 0: each label is so many numbers, and `fill` is not asked for `y` */

  /* Where n_values is above 0: writes `values` [labels of a window][n_values]. A label with a number that is not finite
   * counts as unlabelled. */
  gboolean (*fill_values)  (gpointer user_data, gint64 i, float *values, GError **error);

  /* (nullable): writes what each label weighs in the loss, `weights` [labels of a window], 0 or more: Keras' sample_weight.
   * The mean is over all labels whatever they weigh, so that weights of 1/2 halve the loss. */
  gboolean (*fill_weights) (gpointer user_data, gint64 i, float *weights, GError **error);
} NnBatchSource;

/* Labels of one window. */
static inline gint64
nn_batch_count_labels (const NnBatchSource *self)
{
  return self->n_labels > 0 ? self->n_labels : self->n_steps;
}

G_END_DECLS
