/* t-oracle.h: every block once more, in double precision and as plainly as can be, to check the core against
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"

G_BEGIN_DECLS

/* The output of one window, row-major; Dropout does nothing. `params` are in Keras' order. Shares with the core only the shape
 * rules of the table's value half. */
double *t_oracle_forward (const NnDesign *design, const double *params, const double *window,
                          NnShape *out) G_GNUC_WARN_UNUSED_RESULT;

/* The largest size of a number that any block gives for `n` windows; not-a-number where one is. */
double  t_oracle_largest (const NnDesign *design, const double *params, const float *windows, gint64 n, gboolean training);

/* Whether it is BatchNormalization, by itself or in TimeDistributed. */
gboolean t_oracle_is_batch_norm (const NnBlock *block);

/* The output of such a block for all `n` windows of a mini-batch, with their own statistics or the moving ones. */
void    t_oracle_batch_norm (const NnBlock *block, const double *x, const NnShape *shape, gint64 n, const double *params,
                             gboolean training, double *y);
void    t_oracle_layer_norm (const NnBlock *block, const double *x, const NnShape *shape, const double *params, double *y);

/* The output of a merge, from all its inputs in Keras' order. */
void    t_oracle_merge   (const NnBlock *block, const double *const *xs, const NnShape *ins, guint n_inputs, const NnShape *out,
                          double *y);

/* The mean cross-entropy over labelled steps of `n` windows (floats, as a batch source gives them), which are one mini-batch in
 * training. */
double  t_oracle_loss    (const NnDesign *design, const double *params, const float *windows, const gint32 *labels, gint64 n);

/* For the files of the oracle. One number bent; a row of numbers; and one recurrent block on one window, with its weights in
 * Keras' order. */
double  t_oracle_bend      (double x, const char *activation);
void    t_oracle_bend_row  (double *y, gint64 n, const char *activation);
void    t_oracle_recurrent (const NnBlock *block, const NnShape *in, const double *x, double *y, const double *w);

G_END_DECLS
