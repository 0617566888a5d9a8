/* nn-target.h: how a network's output meets the labels of a batch source
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-batch.h"
#include "nn-plan.h"

G_BEGIN_DECLS

/* Private to the core. The output of `rows` windows is [n_labels / n_inner][rows][n_inner][n_outputs]: n_inner is n_labels where
 * it has one axis, 1 where it has two, and what lies between the first and the last where it has more. */
typedef struct
{
  gint64   n_labels;  /* of one window */
  gint64   n_inner;   /* of them lie one after the other */
  int      n_outputs; /* numbers that the network gives for one label */
  int      n_values;  /* numbers of a label that is not a class; 0: classes */
} NnTarget;

/* NN_ERROR_DATA says what does not fit. */
gboolean nn_target_init       (NnTarget *self, const NnPlan *plan, const NnBatchSource *source, GError **error);

/* Where the labels of window `b` of `rows` have their output: that of label `t` begins here. */
static inline gint64
nn_target_find_output (const NnTarget *self, gint64 rows, gint64 b, gint64 t)
{
  return ((t / self->n_inner * rows + b) * self->n_inner + t % self->n_inner) * self->n_outputs;
}

G_END_DECLS
