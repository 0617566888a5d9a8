/* nn-codec-weights.h: a trained model as the bytes of a safetensors file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-model.h"

G_BEGIN_DECLS

/* A trained model with what its prediction needs beside the weights. Owned by one; clear with nn_trained_clear(). */
typedef struct
{
  NnModel *model;
  guint    n_channels;
  double  *means, *deviations; /* [n_channels]: the normalisation it was trained with */
  char   **classes;            /* NULL-terminated names, in the order of the classes */
  char    *filter;             /* (nullable): what is done to a recording first, as whoever filters writes it */
} NnTrained;

/* (transfer full): a safetensors file, readable by its own libraries: tensors in Keras' order and shape, named
 * "conv1d.kernel"; design, normalisation, classes and filter in __metadata__. The same model gives the same bytes. */
guint8  *nn_codec_trained_to_bytes   (const NnTrained *trained, gsize *length) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE with NN_ERROR_SYNTAX, NN_ERROR_RANGE, NN_ERROR_DESIGN or NN_ERROR_TOO_LARGE, and nothing in `trained`. No bytes make it
 * crash or take more memory than a small multiple of `length`. */
gboolean nn_codec_trained_from_bytes (const guint8 *bytes, gsize length, NnTrained *trained, GError **error);

void     nn_trained_clear            (NnTrained *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnTrained, nn_trained_clear)

G_END_DECLS
