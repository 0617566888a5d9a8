/* nn-loss.h: the losses, their slopes, and how many labels are told right
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-shard.h"
#include "nn-settings.h"
#include "nn-train.h"

G_BEGIN_DECLS

/* Private to the core. How a network's output is scored. With y the outputs of one label (n of them) and t what they should be
 * (of a class 1 at its place and 0 elsewhere; of two classes with one output, the class), Keras' losses are
 *
 *   binary crossentropy        mean_k -(t_k log y_k + (1 - t_k) log (1 - y_k))
 *   binary focal               mean_k (1 - p_k)^γ · that, p_k = t_k y_k + (1 - t_k)(1 - y_k);
 *                              with class balancing times t_k α + (1 - t_k)(1 - α)
 *   categorical crossentropy   Σ_k -t_k log q_k, q = y / Σ y; sparse is the same for classes
 *   categorical focal          Σ_k -α (1 - q_k)^γ t_k log q_k
 *   mean squared, absolute     mean_k (y_k - t_k)², mean_k |y_k - t_k|
 *   huber                      mean_k e² / 2 where e = |y_k - t_k| <= δ, else δ e - δ² / 2
 *
 * Label smoothing s makes t_k (1 - s) + s / 2 of t_k for the binary ones, and + s / n for the categorical ones; auto is the
 * categorical one instead of the sparse one, which has none, where s is above 0.
 *
 * The crossentropies of a last block that ends in a sigmoid (softmax) take what goes into it, the logits, and nothing is
 * clipped: so does Keras on TensorFlow, while on JAX and PyTorch it clips, which shows only where outputs are within 1e-7 of 0
 * or 1. Otherwise, as in Keras, probabilities are clipped to 1e-7 .. 1 - 1e-7. With from_logits the outputs are logits as they
 * are, whatever they end in.
 *
 * Labels of class NN_UNLABELLED, or with values that are not finite, carry no loss, no slope and no score. The loss of a
 * mini-batch is Σ weight · loss / labels, over its labelled ones: Keras' "sum_over_batch_size" with the unlabelled ones masked.
 * The weight is that of the source, times that of the class while learning; Keras takes one of them only, and it too leaves
 * validation without class weights. Over an epoch Keras averages mini-batches by their windows, we by their labels: the same
 * where all windows are labelled throughout. Accuracy knows no weights, as Keras' metrics. */
typedef struct
{
  NnTarget   target;
  NnLossKind kind;        /* not AUTO */
  gboolean   logits;      /* what is scored are logits */
  gboolean   bends;       /* the last activation is left to the loss, which makes them so */
  float      keep, base;  /* label smoothing: t keep + base */
  float      alpha, gamma, delta;
  gboolean   balancing;
  int        n_class_weights; /* classes from here on weigh 1 */
  float      class_weight[NN_MAX_CLASS_WEIGHTS];
} NnLoss;

/* Sums over labelled steps. */
typedef struct
{
  double loss;
  gint64 n_labelled;
  double n_right; /* NaN where the loss knows no right and wrong; a label with several yes or no counts by its share */
} NnTally;

/* NN_ERROR_DATA where the labels do not go with the network's output, NN_ERROR_RANGE where the loss of the settings does not go
 * with them. Class weights are those of the settings; balanced ones are all 1 until nn_loss_balance(). */
gboolean nn_loss_init    (NnLoss *self, const NnPlan *plan, const NnBatchSource *source, const NnSettings *settings,
                          GError **error);

/* Reads all labels of the source once and weighs the classes so that each counts alike. */
gboolean nn_loss_balance (NnLoss *self, const NnBatchSource *source, GError **error);

/* Adds to the tally the loss of `rows` windows, `y` as the last op wrote it. `dy` (nullable: scoring, without class weights) gets
 * the slope of the *sum*: whoever knows how many steps are labelled divides. A label is right where each number above one half
 * should be 1, and the others 0; of several classes, where the likeliest is its class. */
void     nn_loss_add     (const NnLoss *self, const NnKernels *k, const float *y, float *dy, const NnLabels *labels,
                          gint64 rows, NnTally *tally);

/* The class of a label, counted among those of a shard; of values the one that class weights go by, at least 0. -1: there is
 * none. */
gint64   nn_loss_find_class (const NnLoss *self, const NnLabels *labels, gint64 at);

void     nn_tally_join   (NnTally *self, const NnTally *other);

/* Means; NaN where nothing is labelled. */
NnScore  nn_tally_score  (const NnTally *self);

G_END_DECLS
