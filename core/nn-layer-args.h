/* nn-layer-args.h: arguments that several rows share, word for word
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-layer.h"

G_BEGIN_DECLS

/* Private to the rows of the table. */

/* The indices of nn_activation_choices: Keras' activations in the order of NnKActivation, which says why in that one. */
typedef enum
{
  NN_ACTIVATION_LINEAR,
  NN_ACTIVATION_RELU,
  NN_ACTIVATION_TANH,
  NN_ACTIVATION_SIGMOID,
  NN_ACTIVATION_RELU6,
  NN_ACTIVATION_ELU,
  NN_ACTIVATION_SELU,
  NN_ACTIVATION_SOFTPLUS,
  NN_ACTIVATION_SOFTSIGN,
  NN_ACTIVATION_HARD_SIGMOID,
  NN_ACTIVATION_EXPONENTIAL,
  NN_ACTIVATION_SILU,
  NN_ACTIVATION_GELU,
  NN_ACTIVATION_SOFTMAX,
  NN_ACTIVATION_LOG_SOFTMAX,
} NnActivation;

extern const char *const nn_activation_choices[];
extern const char *const nn_padding_choices[];    /* valid same causal: the indices of NnPadding */
extern const char *const nn_padding_2_choices[];  /* valid same */
extern const char *const nn_initializer_choices[]; /* the indices of NnInit */
extern const char *const nn_bias_init_choices[];   /* zeros ones */

#define NN_MAX_UNITS  65536
#define NN_MAX_KERNEL 100000

#define NN_WHOLE(a)   { 1, { (a) }, 0 }
#define NN_PAIR(a, b) { 2, { (a), (b) }, 0 }

#define NN_ARG_FILTERS_ROW(n) \
  { "filters", "Filters", "How many patterns to look for: the channels that come out.", \
    NN_ARG_INT, NN_WHOLE (n), 1, NN_MAX_UNITS }

#define NN_ARG_UNITS_ROW(n, help) \
  { "units", "Units", help, NN_ARG_INT, NN_WHOLE (n), 1, NN_MAX_UNITS }

#define NN_ARG_ACTIVATION_ROW(n) \
  { "activation", "Activation", "What is done to each number that comes out.", \
    NN_ARG_CHOICE, NN_WHOLE (n), 0, 0, nn_activation_choices }

/* What makes a kind a merge. */
#define NN_ARG_SOURCES_ROW \
  { "with", "With", "The earlier blocks whose outputs are joined with that of the block above.", \
    NN_ARG_BLOCK_LIST, { 0 }, 0, NN_BLOCK_GONE }

#define NN_ARG_USE_BIAS_ROW \
  { "use_bias", "Bias", "Add a learnt constant to each output.", \
    NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE }

/* How a weight begins and what keeps it small: arguments that nn_layer_tensor() finds by their names. `name` is a literal, the
 * tensor's name, without "_kernel" where it ends so: recurrent_initializer. Keras writes L1 and L2 as <name>_regularizer. */
#define NN_ARG_INITIALIZER_ROW(name, label, init) \
  { name "_initializer", label " initialiser", "What the weights are before training.", \
    NN_ARG_CHOICE, NN_WHOLE (init), 0, 0, nn_initializer_choices, .quiet = TRUE, .advanced = TRUE }

#define NN_ARG_BIAS_INITIALIZER_ROW(name, label) \
  { name "_initializer", label " initialiser", "What the constants are before training.", \
    NN_ARG_CHOICE, NN_WHOLE (NN_INIT_ZEROS), 0, 0, nn_bias_init_choices, .quiet = TRUE, .advanced = TRUE }

#define NN_ARG_ONES_INITIALIZER_ROW(name, label) \
  { name "_initializer", label " initialiser", "What the factors are before training.", \
    NN_ARG_CHOICE, NN_WHOLE (1), 0, 0, nn_bias_init_choices, .quiet = TRUE, .advanced = TRUE }

/* What BatchNormalization and LayerNormalization share. */
#define NN_ARG_EPSILON_ROW \
  { "epsilon", "Epsilon", "Added to the variance, so that channels that hardly change are not blown up.", \
    NN_ARG_REAL, { 1, { 0 }, 0.001 }, 1e-12, 1, .quiet = TRUE, .advanced = TRUE }
#define NN_ARG_CENTER_ROW \
  { "center", "Learnt shift", "Add a learnt constant (beta) afterwards.", NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE }
#define NN_ARG_SCALE_ROW \
  { "scale", "Learnt factor", "Multiply by a learnt factor (gamma) afterwards.", NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE }

#define NN_ARG_L1_ROW(name, label) \
  { name "_l1", label " L1", "Added to the loss: this times the sum of the weights' sizes. It drives needless weights to 0.", \
    NN_ARG_REAL, { 1, { 0 }, 0.0 }, 0, 1000, .quiet = TRUE, .advanced = TRUE }

#define NN_ARG_L2_ROW(name, label) \
  { name "_l2", label " L2", "Added to the loss: this times the sum of the weights' squares. It keeps weights small.", \
    NN_ARG_REAL, { 1, { 0 }, 0.0 }, 0, 1000, .quiet = TRUE, .advanced = TRUE }

/* All of these for a kernel that begins as Keras' do, and its bias: the last rows of a kind. */
#define NN_ARG_KERNEL_AND_BIAS_ROWS(name) \
  NN_ARG_INITIALIZER_ROW (name, "Kernel", NN_INIT_GLOROT_UNIFORM), \
  NN_ARG_BIAS_INITIALIZER_ROW ("bias", "Bias"), \
  NN_ARG_L1_ROW (name, "Kernel"), \
  NN_ARG_L2_ROW (name, "Kernel"), \
  NN_ARG_L1_ROW ("bias", "Bias"), \
  NN_ARG_L2_ROW ("bias", "Bias"), \
  NN_ARG_TRAINABLE_ROW

/* Of every kind with weights; nn_layer_tensor() finds it. */
#define NN_ARG_TRAINABLE_ROW \
  { "trainable", "Learns", "Let training change the weights; off, they stay as they are.", \
    NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE, .advanced = TRUE }

#define NN_ARG_POOL_PADDING_ROW \
  { "padding", "Padding", "valid: only whole pools, a rest at the end is dropped; same: the rest makes one more pool.", \
    NN_ARG_CHOICE, NN_WHOLE (NN_PADDING_VALID), 0, 0, nn_padding_2_choices, .quiet = TRUE }

/* The product of positive factors; G_MAXINT64 where it does not fit. */
#define NN_PRODUCT(...) \
  nn_layer_product ((const gint64[]) { __VA_ARGS__ }, sizeof ((const gint64[]) { __VA_ARGS__ }) / sizeof (gint64))
gint64   nn_layer_product     (const gint64 *factors, gsize n);

/* The weight `name` (static) of a block. How it begins and what keeps it small is read from the block's arguments, where its kind
 * has the rows above; without, it begins at 0. */
NnTensor nn_layer_tensor      (const NnBlock *block, const char *name, NnShape shape);

/* The axis of one window (0: steps) that Keras' number means: Keras counts the windows as axis 0, and from the end with -1. Of
 * `rank` axes; -1 where there is none such. */
int      nn_layer_find_axis   (gint64 axis, int rank);

/* Says that `block` takes `needs_rank` axes (2: steps × channels, 3: with a depth) and was given `in`; returns FALSE for infer.
 */
gboolean nn_layer_refuse_rank (const NnBlock *block, const NnShape *in, int needs_rank, const char *hint, NnInferred *out,
                               char **why);

/* nn_slide() along `n` extents of the axis that people call `axis` ("steps"). FALSE with the sentence and out->refusal when the
 * kernel does not fit; `*slide` then is what same padding would give. */
gboolean nn_layer_slide       (const NnBlock *block, const char *axis, gint64 n, gint64 kernel, gint64 stride, gint64 dilation,
                               NnPadding padding, NnSlide *slide, NnInferred *out, char **why);

/* An infer for blocks that change every number where it is: the shape that comes in goes out. */
gboolean nn_layer_infer_same  (const NnBlock *block, const NnShape *in, NnInferred *out, char **why);

G_END_DECLS
