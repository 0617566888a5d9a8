/* nn-train.h: the blocking epoch loop
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-batch.h"
#include "nn-model.h"
#include "nn-moments.h"

G_BEGIN_DECLS

typedef enum
{
  NN_TRAIN_FINISHED, /* all epochs were run */
  NN_TRAIN_STOPPED,  /* should_stop said so */
  NN_TRAIN_DIVERGED, /* the loss or a gradient was not finite; weights are the last good ones */
  NN_TRAIN_FAILED,   /* the data could not be read, or memory could not be had: see the error */
} NnTrainEnd;

/* Mean loss, with what L1 and L2 regularisers add, and accuracy over labelled steps; NaN where there were none. The accuracy is
 * NaN as well where the loss knows no right and wrong: mean squared and absolute error, Huber. */
typedef struct
{
  double loss;
  double accuracy;
} NnScore;

/* Where training stands. */
typedef struct
{
  int      epoch;            /* from 1 */
  int      epochs;
  gint64   batch, n_batches; /* done in this epoch, of so many */
  NnScore  running;          /* over this epoch so far */
  double   elapsed_s;        /* since the start, pauses left out */
} NnTrainStep;

/* One finished epoch. */
typedef struct
{
  int      epoch;
  NnScore  train;            /* averaged over the epoch's batches, as Keras' fit() */
  NnScore  validation;       /* NaN where there is no validation part */
  double   elapsed_s;
  gboolean best;             /* the lowest validation loss so far (train loss without validation) */
  double   learning_rate;    /* of the step that would come next, before a plateau lowers it */
} NnEpoch;

/* What the loop tells and asks; every member may be NULL. All are called on the calling
 * thread between two mini-batches. `should_stop` may block: that is a pause. */
typedef struct
{
  void     (*on_step)     (gpointer user_data, const NnTrainStep *step);
  void     (*on_epoch)    (gpointer user_data, const NnEpoch *epoch, const NnModel *model);
  gboolean (*should_stop) (gpointer user_data);
  gpointer user_data;

  /* Where an earlier training left the optimizer, all 0 for nowhere; gets where the last step of this one leaves it. It must have
   * been the optimizer of the settings, on the same design. */
  NnMoments *moments;
} NnTrainHooks;

typedef struct
{
  NnTrainEnd end;
  int        n_epochs;     /* finished */
  int        best_epoch;   /* 0: none was finished */
  NnScore    best;         /* its validation score (train score without validation) */
  double     elapsed_s;    /* pauses left out */
  char      *reason;       /* (nullable): one or two sentences for STOPPED, DIVERGED and FAILED */
  int        bad_place;    /* DIVERGED: the position of the block where it was first seen; -1: in the windows themselves */
  gboolean   early;        /* DIVERGED: before the first step of learning, so that no other settings would have helped */
} NnTrainResult;

/* Trains `model` in place on `train` and scores `validation` (nullable) after each epoch; at
 * the end the model holds the best epoch's weights (the last good ones where no epoch was
 * finished). The optimizer's state lives for the call, where the hooks ask for no other. Same seed, same sources, same kernel
 * table: the same bits, whatever the pool's size. FALSE with error only for FAILED. */
gboolean nn_train              (NnModel *model, const NnBatchSource *train, const NnBatchSource *validation,
                                const NnSettings *settings, NnPool *pool, const NnTrainHooks *hooks,
                                NnTrainResult *result, GError **error);
void     nn_train_result_clear (NnTrainResult *self);

/* Mean loss and accuracy of `model` on `source`. */
gboolean nn_evaluate           (const NnModel *model, const NnBatchSource *source, const NnSettings *settings,
                                NnPool *pool, NnScore *score, GError **error);

G_END_DECLS
