/* nn-loss.h: cross-entropy per labelled step, its slope, and how many steps are right
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-plan.h"
#include "nn-settings.h"
#include "nn-train.h"

G_BEGIN_DECLS

/* Private to the core. How a network's output is scored. Steps of class NN_UNLABELLED carry no loss, no slope and no
 * score. The loss of a mini-batch is the mean over its labelled steps: what Keras' losses give for windows that are
 * labelled throughout, and for a mask (Keras' sample_weight would still divide by all steps).
 *
 * Where the last block ends in a sigmoid (softmax), the loss takes what goes into it, the logits, and nothing is
 * clipped:
 *   binary: max (z, 0) - z t + log (1 + exp (-|z|));  classes: log Σ_k exp (z_k) - z_t.
 * Otherwise, as in Keras, probabilities are clipped to 1e-7 .. 1 - 1e-7; for classes they are first divided by their
 * sum. */
typedef struct
{
  NnReading reading;
  gboolean  logits;    /* the last activation is left to the loss */
  gint64    n_steps;   /* labels of one window */
  int       n_outputs; /* probabilities of one label */
  gboolean  windows_first; /* the output is [rows][steps], else [steps][rows][outputs] */
} NnLoss;

/* Sums over labelled steps. */
typedef struct
{
  double loss;
  gint64 n_labelled, n_right;
} NnTally;

/* NN_ERROR_RANGE where the loss of the settings does not go with the network's output. */
gboolean nn_loss_init    (NnLoss *self, const NnPlan *plan, NnLossKind kind, GError **error);

/* Adds to the tally the loss of `rows` windows, `y` as the last op wrote it, `labels` [rows][n_steps]. `dy` (nullable)
 * gets the slope of the *sum*: whoever knows how many steps are labelled divides. A step is right where the probability
 * of class 1 is above one half just if its class is 1; of several classes, where the likeliest is its class. */
void     nn_loss_add     (const NnLoss *self, const float *y, float *dy, const gint32 *labels, gint64 rows, NnTally *tally);

/* Means; NaN where nothing is labelled. */
NnScore  nn_tally_score  (const NnTally *self);

G_END_DECLS
