/* nn-model.h: a design made runnable: its plan and its weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

G_BEGIN_DECLS

/* Weights and biases of one design, in the kernels' order. One owner at a time; copies
 * are cheap (the plan is shared). Reading it from several threads at once is safe. */

/* The weights as they were at one moment, in Keras' order; immutable and atomically
 * ref-counted, made to be handed to other threads. */
typedef struct _NnWeights NnWeights;

/* A runnable model with zero weights; NN_ERROR_DESIGN with the check's headline when the
 * check is not runnable, NN_ERROR_TOO_LARGE when the bytes cannot be had, NN_ERROR_UNKNOWN when LAMINA_KERNELS
 * names kernels that this processor cannot run. */
NnModel         *nn_model_new            (const NnCheck *check, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnModel         *nn_model_copy           (const NnModel *self) G_GNUC_WARN_UNUSED_RESULT;
void             nn_model_free           (NnModel *self);

const NnCheck   *nn_model_get_check      (const NnModel *self);

/* Keras' initialisers (glorot uniform, orthogonal, zeros, unit forget bias) from `seed`. */
void             nn_model_init           (NnModel *self, guint64 seed);

/* The number of weights, and the weights one tensor at a time, as Keras' get_weights() lists
 * them: same order, same shapes, row-major. */
gint64           nn_model_get_n_params   (const NnModel *self);
guint            nn_model_get_n_tensors  (const NnModel *self);

/* What tensor `i` is: `*block` its block, `*name` Keras' name ("kernel", "recurrent_kernel",
 * "bias"; static), `shape`, and the index of its first element in the flat Keras order. */
void             nn_model_get_tensor     (const NnModel *self, guint i, NnBlockId *block, const char **name,
                                          NnShape *shape, gint64 *offset);

/* Whether training leaves tensor `i` alone: its block does not learn, or it is learnt in other ways, as moving means are. */
gboolean         nn_model_is_frozen      (const NnModel *self, guint i);

/* Copies all weights out to, or in from, `n_params` floats in Keras' order. */
void             nn_model_get_params     (const NnModel *self, float *params);
void             nn_model_set_params     (NnModel *self, const float *params);

NnWeights       *nn_model_dup_weights    (const NnModel *self) G_GNUC_WARN_UNUSED_RESULT;
void             nn_model_set_weights    (NnModel *self, const NnWeights *weights);

NnWeights       *nn_weights_ref          (const NnWeights *self);
void             nn_weights_unref        (NnWeights *self);
const float     *nn_weights_get_params   (const NnWeights *self); /* Keras' order */
gint64           nn_weights_get_n_params (const NnWeights *self);
const NnDesign  *nn_weights_get_design   (const NnWeights *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnModel, nn_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnWeights, nn_weights_unref)

G_END_DECLS
