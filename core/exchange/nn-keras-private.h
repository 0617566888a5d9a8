/* nn-keras-private.h: what reading and writing .keras share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-codec-private.h"
#include "nn-error.h"
#include "nn-h5-reader.h"
#include "nn-keras.h"

G_BEGIN_DECLS

#define NN_KERAS_CONFIG  "config.json"
#define NN_KERAS_WEIGHTS "model.weights.h5"

#define NN_KERAS_INPUT_NAME "input_layer"

/* The argument of our Concatenate that says which of the outputs it joins is that of the block above. */
#define NN_KERAS_PLACE_ARG "place"

/* --- the model: nn-keras-config.c --------------------------------------------------- */

/* The design that a config describes (transfer full). `*groups` gets the groups of its blocks' weights, NULL-terminated; those of
 * a model inside the model are "sequential/layers/dense". */
NnDesign *nn_keras_config_read  (json_t *root, const NnShape *windows, char ***groups, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The config of a design (transfer full): Sequential, or where it has merges Functional; and its groups. */
json_t   *nn_keras_config_write (const NnCheck *check, char ***groups) G_GNUC_WARN_UNUSED_RESULT;

/* --- layers: nn-keras-layer.c ------------------------------------------------------- */

/* One layer as it stands in a file's config; borrowed from its JSON. */
typedef struct
{
  const char *name;       /* as the user calls it */
  const char *class_name;
  json_t     *config;     /* an object */
} NnKerasLayer;

/* A value (nullable) of a config as a sentence can name it, short and in ASCII (transfer full). */
char    *nn_keras_show        (json_t *value) G_GNUC_WARN_UNUSED_RESULT;

/* Whether `list`, a list as JSON text, has the value. */
gboolean nn_keras_is_one_of   (json_t *value, const char *list);

/* FALSE with the sentence, or one that names an argument, its value and the reason, after the layer's name. */
gboolean nn_keras_layer_refuse       (const NnKerasLayer *self, GError **error, NnError code, const char *format,
                                      ...) G_GNUC_PRINTF (4, 5);
gboolean nn_keras_layer_refuse_value (const NnKerasLayer *self, GError **error, const char *key, json_t *value,
                                      const char *reason);

/* FALSE with NN_ERROR_SYNTAX where `json` is no layer of Keras' own. */
gboolean nn_keras_layer_open  (NnKerasLayer *self, json_t *json, GError **error);

/* Whether every key of the config that no argument of `kind` (nullable: an InputLayer) reads has a value that changes nothing. */
gboolean nn_keras_layer_check (const NnKerasLayer *self, const NnKind *kind, GError **error);

/* The layer as a block of ours: every argument of its kind is taken from the config, and all else there must change nothing.
 * `frozen`: what holds it does not learn, so that it does not either. */
NnBlock *nn_keras_layer_read  (const NnKerasLayer *self, gboolean frozen, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The layer object of the block at `position` (transfer full), and its class. */
json_t     *nn_keras_layer_write (const NnCheck *check, guint position, const char *name) G_GNUC_WARN_UNUSED_RESULT;
const char *nn_keras_layer_class (const NnBlock *block);

/* --- arguments: nn-keras-value.c ---------------------------------------------------- */

/* Whether an argument of the kind is read from that key of a config, or the layer that it holds. */
gboolean nn_keras_value_takes (const NnKind *kind, const char *key);

/* The value of an argument from the layer's config, or Keras' default where it is not there. */
gboolean nn_keras_value_read  (const NnKerasLayer *self, const NnKind *kind, const NnArg *arg, NnValue *value, GError **error);

/* Adds it to a config. */
void     nn_keras_value_write (json_t *config, const NnArg *arg, const NnValue *value);

/* --- weights: nn-keras-weights.c ----------------------------------------------------- */

/* The names of the layers' groups, as Keras counts them: "conv1d", "conv1d_1"; `n` class names. NULL-terminated. */
char   **nn_keras_list_groups   (const char *const *class_names, guint n) G_GNUC_WARN_UNUSED_RESULT;

/* Sets all weights of `model`; groups[i] is the group of the block at position i, NULL-terminated. */
gboolean nn_keras_weights_read  (NnModel *model, char **groups, const guint8 *bytes, gsize length, GError **error);

/* The HDF5 file of the model's weights (transfer full); of the optimizer as well where both settings and moments are given. */
guint8  *nn_keras_weights_write (const NnModel *model, char **groups, const NnSettings *settings, const NnMoments *moments,
                                 gsize *length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- the optimizer's arrays: nn-keras-moments.c --------------------------------------- */

/* Takes those of the optimizer that self->settings name, for self->model; self->moments_why says what stands in the way. */
void     nn_keras_moments_read   (NnKeras *self, const guint8 *bytes, gsize length);

/* Appends them to `items` (of NnH5Item, whose paths are to be freed), which borrow them and `*rate`, where their learning rate
 * goes; `settings` are theirs. */
void     nn_keras_moments_write  (const NnModel *model, const NnSettings *settings, const NnMoments *moments, GArray *items,
                                  float *rate);

/* --- how it was compiled: nn-keras-compile.c ------------------------------------------ */

/* Takes loss and optimizer; `json` may be NULL: it was not compiled. What cannot be held is said in self->loss_why,
 * self->optimizer_why and self->schedule_why. */
void     nn_keras_compile_read  (NnKeras *self, json_t *json);

/* Whether they give the optimizer of a file a schedule instead of a learning rate. */
gboolean nn_keras_compile_has_schedule (const NnSettings *settings);

/* (transfer full): NULL where the output of the model cannot be scored. */
json_t  *nn_keras_compile_write (const NnModel *model, const NnSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
