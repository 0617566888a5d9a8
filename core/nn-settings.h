/* nn-settings.h: how a design is trained: a plain value, and the table that describes its members
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-kind.h"

G_BEGIN_DECLS

/* Keras' optimizers of these names. */
typedef enum
{
  NN_OPTIMIZER_ADAM,
  NN_OPTIMIZER_ADAMW,   /* Adam with weight decay */
  NN_OPTIMIZER_SGD,
  NN_OPTIMIZER_RMSPROP,
  NN_OPTIMIZER_ADAGRAD,
  NN_N_OPTIMIZERS,
} NnOptimizerKind;

/* Keras' losses of these names; nn-loss.h has the formulas. */
typedef enum
{
  NN_LOSS_AUTO, /* binary or sparse categorical cross-entropy by the network's output; for values the mean squared error */
  NN_LOSS_BINARY_CROSSENTROPY,
  NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY,
  NN_LOSS_CATEGORICAL_CROSSENTROPY,
  NN_LOSS_BINARY_FOCAL_CROSSENTROPY,
  NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY,
  NN_LOSS_MEAN_SQUARED_ERROR,
  NN_LOSS_MEAN_ABSOLUTE_ERROR,
  NN_LOSS_HUBER,
  NN_N_LOSSES,
} NnLossKind;

/* How the learning rate changes; nn-schedule.h has the formulas. */
typedef enum
{
  NN_SCHEDULE_CONSTANT,
  NN_SCHEDULE_STEP,        /* times `factor` every `step_epochs` epochs; with boundaries Keras' PiecewiseConstantDecay */
  NN_SCHEDULE_EXPONENTIAL, /* Keras' ExponentialDecay */
  NN_SCHEDULE_COSINE,      /* Keras' CosineDecay, with its warm-up */
  NN_SCHEDULE_PLATEAU,     /* Keras' ReduceLROnPlateau */
  NN_SCHEDULE_ONE_CYCLE,   /* up and down once in the whole training */
  NN_N_SCHEDULES,
} NnScheduleKind;

#define NN_MAX_CLASS_WEIGHTS 256
#define NN_MAX_BOUNDARIES    32

/* Keras' names and defaults where Keras has them; the ranges are those of the table below. */
typedef struct
{
  int             epochs;
  int             batch_size;
  gboolean        shuffle;       /* a new order each epoch */

  NnOptimizerKind optimizer;
  double          learning_rate; /* at first; 1e-2 is SGD's usual one */
  double          weight_decay;  /* 0: none; AdamW's usual one is 0.004 */
  double          momentum;      /* SGD, RMSprop */
  gboolean        nesterov;      /* SGD */
  double          beta_1, beta_2; /* Adam, AdamW */
  double          rho;           /* RMSprop */
  gboolean        centered;      /* RMSprop */
  double          initial_accumulator_value; /* Adagrad */
  double          epsilon;       /* all but SGD */

  /* At most one of the three is above 0, which is none. */
  double          clipnorm;        /* the norm of each weight tensor's gradient is at most this */
  double          global_clipnorm; /* the norm of all gradients together */
  double          clipvalue;       /* the size of each number in a gradient */

  NnScheduleKind  schedule;
  int             step_epochs;
  double          factor;        /* step, plateau */
  int             n_boundaries;  /* step: 0, or instead of the two above where the rate changes: it is values[i] up to and with */
  gint64          boundaries[NN_MAX_BOUNDARIES]; /* the optimizer step boundaries[i], counted from 0, and values[n] after all */
  double          values[NN_MAX_BOUNDARIES + 1];
  gint64          decay_steps;   /* exponential, cosine: optimiser steps; 0: the whole training but its warm-up */
  double          decay_rate;    /* exponential */
  gboolean        staircase;     /* exponential */
  double          cosine_alpha;  /* Keras' alpha: the share of the rate that is left at the end */
  double          warmup_target; /* cosine: the rate after the warm-up, which starts at learning_rate; 0: no warm-up */
  gint64          warmup_steps;
  int             patience;      /* plateau: epochs */
  double          min_delta;
  int             cooldown;      /* epochs */
  double          min_lr;
  double          pct_start;     /* one cycle: the share of the training in which the rate rises */

  NnLossKind      loss;
  gboolean        from_logits;   /* crossentropies: what the last block gives are logits */
  double          label_smoothing;
  double          focal_alpha, focal_gamma; /* Keras' alpha and gamma */
  gboolean        apply_class_balancing; /* binary focal: weigh by focal_alpha */
  double          huber_delta;   /* Keras' delta */

  /* What a step of class i weighs in the training loss, as Keras' class_weight: 1 from class n_class_weights on. With
   * balance_classes each class weighs n / (classes · n_i), n_i being its labelled steps of n in the training windows. */
  gboolean        balance_classes;
  int             n_class_weights;
  double          class_weight[NN_MAX_CLASS_WEIGHTS];

  /* Of no meaning to nn_train(), which is given the parts and their labels: for those who cut them out of a recording. */
  double          validation_split;  /* the share that is held back */
  int             validation_blocks; /* blocks of time of each of which it is the end; 1: the end of the whole */
  gboolean        fit_labels;    /* NnContract's `fitted` */

  guint64         seed;          /* of weights, order and dropout */
  int             threads;       /* 0: as many as there are processors */
} NnSettings;

/* The settings a new document starts with. */
NnSettings nn_settings_default       (void);

/* Whether every member is in its range; if not, NN_ERROR_RANGE names it, its value and its range. */
gboolean   nn_settings_check         (const NnSettings *self, GError **error);

/* Whether a training with the one would be that with the other. */
gboolean   nn_settings_equal         (const NnSettings *a, const NnSettings *b);

/* Chooses an optimizer. Learning rate and weight decay go to what is usual for it where they were what is usual for the one
 * before. */
void       nn_settings_set_optimizer (NnSettings *self, NnOptimizerKind optimizer);

/* --- the members, for forms and command lines --------------------------------------------- */

/* One member, described as an argument of a block is. Static data. All but class weights and boundaries are in the table. */
typedef struct
{
  NnArg   arg;
  gsize   offset, size; /* in NnSettings */
  guint32 optimizers, schedules, losses; /* bit 1 << kind: which of them use it; 0: does not depend on it */
} NnSetting;

const NnSetting *nn_setting_nth  (guint i); /* NULL past the end */
const NnSetting *nn_setting_find (const char *name); /* (nullable) */
NnValue          nn_setting_get  (const NnSetting *self, const NnSettings *settings);

/* Of the optimizer too: nn_settings_set_optimizer() is called for it. The value is in its range. */
void             nn_setting_set  (const NnSetting *self, NnSettings *settings, const NnValue *value);

/* Whether the optimizer, the schedule and the loss that are chosen use it; under loss auto all that auto may become. */
gboolean         nn_setting_counts (const NnSetting *self, const NnSettings *settings);

G_END_DECLS
