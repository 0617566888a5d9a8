/* nn-settings.h: how a design is trained: a plain value
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

typedef enum { NN_OPTIMIZER_ADAM, NN_OPTIMIZER_SGD } NnOptimizerKind;

typedef enum
{
  NN_LOSS_AUTO,               /* from the reading: binary for a binary reading, else sparse categorical */
  NN_LOSS_BINARY_CROSSENTROPY,
  NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY,
} NnLossKind;

/* Keras' names and defaults where Keras has them. */
typedef struct
{
  NnLossKind      loss;
  NnOptimizerKind optimizer;
  double          learning_rate; /* 1e-7 to 10; Adam 1e-3, SGD 1e-2 */
  double          momentum;      /* SGD: 0 to 0.999 */
  double          beta_1, beta_2, epsilon; /* Adam: 0.9, 0.999, 1e-7 */
  int             epochs;        /* 1 to 100000 */
  int             batch_size;    /* 1 to 4096 */
  gboolean        shuffle;       /* a new order each epoch */
  guint64         seed;          /* of weights, order and dropout */
  int             threads;       /* 1 to 64; 0: as many as there are processors */
} NnSettings;

/* The settings a new document starts with. */
NnSettings nn_settings_default (void);

/* Whether every member is in its range; if not, NN_ERROR_RANGE names it, its value and its range. */
gboolean   nn_settings_check   (const NnSettings *self, GError **error);

G_END_DECLS
