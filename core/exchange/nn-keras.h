/* nn-keras.h: models in Keras' own files: the bytes of a .keras archive, in and out
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-model.h"
#include "nn-moments.h"

G_BEGIN_DECLS

/* Keras 3's format: a zip archive of config.json (the layers), model.weights.h5 (the weights) and metadata.json. A file is
 * data to us: names in it are looked up in the closed table of kinds, and nothing in it is ever run. No bytes make the
 * reader crash, or take more memory than a hundred times their number. */

/* What a file holds. Owned by one; clear with nn_keras_clear(). */
typedef struct
{
  NnDesign  *design;
  NnModel   *model;        /* with the file's weights; NULL where the design cannot be run: nn_check_new() says why */
  NnSettings settings;     /* loss and optimizer as the file was compiled, where it was; all else the defaults */
  gboolean   has_loss, has_optimizer;
  NnMoments  moments;      /* where a training before left that optimizer; all 0 where it left none */
  char      *moments_why;  /* (nullable): a sentence, where it left some that cannot be taken up */
  char      *loss_why, *optimizer_why; /* (nullable): a sentence, where it was compiled with one that cannot be held */
  char      *schedule_why; /* (nullable): the same of the optimizer's learning rate; the rest of it is in the settings */
} NnKeras;

/* Reads a Sequential model, or a Functional one that is a stack with merges; models inside it are laid out in the same stack.
 * `windows` (nullable) has the extents that stand for axes which the file leaves open; where it has none, or too few axes, such a
 * file is refused. What cannot be held is refused with the layer's name, the
 * argument, its value and the reason: NN_ERROR_SYNTAX, NN_ERROR_UNKNOWN, NN_ERROR_RANGE, NN_ERROR_DESIGN or
 * NN_ERROR_TOO_LARGE, and nothing in `keras`. */
gboolean nn_keras_from_bytes (const guint8 *bytes, gsize length, const NnShape *windows, NnKeras *keras, GError **error);

/* (transfer full): a file that every Keras 3 loads. `settings` (nullable): how model.fit() should go on; `moments` (nullable):
 * where their optimizer is. The same model gives the same bytes. NN_ERROR_TOO_LARGE. */
guint8  *nn_keras_to_bytes   (const NnModel *model, const NnSettings *settings, const NnMoments *moments, gsize *length,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the bytes begin as an archive does. */
gboolean nn_keras_is         (const guint8 *bytes, gsize length);

/* The full word for one of Keras' short words for losses, "mse"; any other word as it is. */
const char *nn_keras_spell_loss (const char *word);

void     nn_keras_clear      (NnKeras *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnKeras, nn_keras_clear)

G_END_DECLS
