/* cli-model.h: a model as a command line names it: a .keras archive, a file of weights, a design or a template
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-keras.h"
#include "sig.h"

G_BEGIN_DECLS

/* Clear with cli_model_clear(). */
typedef struct
{
  NnKeras  keras; /* design, model and how it was compiled, whatever the format; no model where there are no weights */
  SigNorm *norm;  /* (nullable): the normalisation that came with the weights */
} CliModel;

/* Opens what `name` says. `input` is the shape of the windows (nullable: not known): a template is built for it, and it stands
 * for an axis of time that an archive leaves open. */
gboolean cli_model_open   (const char *name, const NnShape *input, CliModel *model, GError **error);
void     cli_model_clear  (CliModel *self);

/* The model to compute with (borrowed): with the weights of the file, or where it has none with fresh ones from `seed`.
 * NN_ERROR_DESIGN where it cannot be run. */
NnModel *cli_model_get    (CliModel *self, guint64 seed, GError **error);

/* Writes a .keras archive. `settings` (nullable): how it is compiled; `moments` (nullable): where that optimizer is. */
gboolean cli_model_save   (const char *path, const NnModel *model, const NnSettings *settings, const NnMoments *moments,
                           GError **error);

/* Whether a path ends in .keras, as Keras asks of the files it opens. */
gboolean cli_model_is_keras_path (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliModel, cli_model_clear)

G_END_DECLS
