/* nn-keras-layer.c: a layer's config in a .keras file as a block, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-private.h"
#include "nn-error.h"
#include "nn-layer-name.h"

#include <string.h>

/* Our kinds and their arguments have Keras' names, so that a config is read argument by argument, whatever the kind. What has no
 * argument is in this table: keys that may have any value because nothing depends on it, and keys whose other values would
 * change what the layer does. A null is always taken as "not used". */
typedef struct
{
  const char *key;     /* "*_constraint": every key that ends so */
  const char *allowed; /* a JSON list of values; NULL: any */
  const char *reason;  /* why no other can be held */
} Tolerated;

static const Tolerated tolerated[] = {
  { "*_constraint", "[]", "weights are not constrained here" },
  { "*_initializer", NULL, NULL }, /* the weights are in the file */
  { "activity_regularizer", "[]", "what a layer gives is not penalised here" },
  { "*_regularizer", "[]", "this layer's weights are not penalised here" },
  { "autocast", NULL, NULL },
  { "axis", "[-1, [-1]]", "the last axis is the only one here" },
  { "batch_input_shape", NULL, NULL },
  { "batch_shape", NULL, NULL },
  { "data_format", "[\"channels_last\"]", "channels are last here" },
  { "dropout", "[0, 0.0]", "this layer drops nothing here" },
  { "dynamic", "[false]", "no code is taken from a file" },
  { "go_backwards", "[false]", "steps are walked forwards here" },
  { "groups", "[1]", "this layer's channels are not in groups here" },
  { "implementation", NULL, NULL },
  { "input_dtype", NULL, NULL },
  { "interpolation", "[\"nearest\"]", "values are repeated here" },
  { "keepdims", "[false]", "the axis goes away here" },
  { "lora_alpha", NULL, NULL },
  { "name", NULL, NULL },
  { "optional", "[false]", "there is one input, and it is there" },
  { "ragged", "[false]", "all windows are of one length" },
  { "recurrent_dropout", "[0, 0.0]", "this layer drops nothing here" },
  { "renorm", "[false]", "there is no renormalisation here" },
  { "renorm_momentum", NULL, NULL },
  { "reset_after", "[true]", "the reset gate comes after the product here" },
  { "return_state", "[false]", "a block has one output" },
  { "rms_scaling", "[false]", "the mean is taken off here" },
  { "seed", NULL, NULL },
  { "sparse", "[false]", "arrays are dense here" },
  { "stateful", "[false]", "each window starts anew here" },
  { "supports_masking", NULL, NULL },
  { "synchronized", NULL, NULL },
  { "time_major", "[false]", "time comes first in each window here" },
  { "trainable", NULL, NULL }, /* of what has no weights, or holds others */
  { "unroll", NULL, NULL },
  { "use_cudnn", NULL, NULL },
  { "zero_output_for_mask", NULL, NULL },
};

/* Kinds of Keras' that are often met, and why there is no block of theirs. */
static const struct
{
  const char *class_name, *reason;
} strangers[] = {
  { "Embedding", "There is no block of that kind here: windows hold numbers, not words." },
  { "Functional", "A model inside another is laid flat, but not inside TimeDistributed: wrap each of its layers." },
  { "Lambda", "It holds code, and no code is run from a file." },
  { "Masking", "There is no block of that kind here: all steps are computed, and those without a label carry no loss." },
  { "RNN", "There is no block of that kind here: use LSTM, GRU or SimpleRNN instead of a cell." },
  { "Sequential", "A model inside another is laid flat, but not inside TimeDistributed: wrap each of its layers." },
};

char *
nn_keras_show (json_t *value)
{
  const gsize how = JSON_ENCODE_ANY | JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION (9);
  char *text = value != NULL ? json_dumps (value, how) : NULL;
  char *shown = text != NULL ? g_strdup_printf ("%.60s%s", text, strlen (text) > 60 ? "…" : "") : g_strdup ("missing");

  free (text);
  return shown;
}

gboolean
nn_keras_is_one_of (json_t     *value,
                    const char *list)
{
  g_autoptr (json_t) allowed = json_loads (list, 0, NULL);
  json_t *one;
  gsize i;

  json_array_foreach (allowed, i, one)
    if (json_equal (one, value))
      return TRUE;
  return FALSE;
}

/* --- reading ------------------------------------------------------------------------ */

gboolean
nn_keras_layer_refuse (const NnKerasLayer *self,
                       GError            **error,
                       NnError             code,
                       const char         *format,
                       ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, NN_ERROR, code, "Layer “%s” (%s): %s", self->name, self->class_name, sentence);
  return FALSE;
}

gboolean
nn_keras_layer_refuse_value (const NnKerasLayer *self,
                             GError            **error,
                             const char         *key,
                             json_t             *value,
                             const char         *reason)
{
  g_autofree char *shown = nn_keras_show (value);

  return nn_keras_layer_refuse (self, error, NN_ERROR_UNKNOWN, "%s is %s: %s.", key, shown, reason);
}

/* NULL: minimal files leave it out. */
static gboolean
is_of_keras (const char *module)
{
  return module == NULL || strcmp (module, "keras") == 0 || g_str_has_prefix (module, "keras.");
}

gboolean
nn_keras_layer_open (NnKerasLayer *self,
                     json_t       *json,
                     GError      **error)
{
  json_t *registered = json_object_get (json, "registered_name");
  const char *module = json_string_value (json_object_get (json, "module"));

  self->class_name = json_string_value (json_object_get (json, "class_name"));
  self->config = json_object_get (json, "config");
  self->name = json_string_value (json_object_get (self->config, "name"));
  if (self->class_name == NULL || !json_is_object (self->config))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, "The config holds a layer without a class_name or a config.");
      return FALSE;
    }
  if (self->name == NULL)
    self->name = "without a name";
  if (!is_of_keras (module) || (json_is_string (registered) && strcmp (json_string_value (registered), self->class_name) != 0))
    return nn_keras_layer_refuse (self, error, NN_ERROR_UNKNOWN,
                                  "It is not one of Keras' own layers; code of others cannot be held.");
  return TRUE;
}

static gboolean
fits_key (const char *pattern,
          const char *key)
{
  return *pattern == '*' ? g_str_has_suffix (key, pattern + 1) || strcmp (key, pattern + 2) == 0 : strcmp (pattern, key) == 0;
}

static gboolean
check_dtype (const NnKerasLayer *self,
             json_t             *value,
             GError            **error)
{
  json_t *name = json_is_object (value) ? json_object_get (json_object_get (value, "config"), "name") : value;

  if (json_is_string (name) && strcmp (json_string_value (name), "float32") == 0)
    return TRUE;
  return nn_keras_layer_refuse_value (self, error, "dtype", name != NULL ? name : value,
                                      "everything is computed in float32 here");
}

/* A key that is no argument of the kind. */
static gboolean
check_key (const NnKerasLayer *self,
           const char         *key,
           json_t             *value,
           GError            **error)
{
  if (json_is_null (value))
    return TRUE;
  if (strcmp (key, "dtype") == 0)
    return check_dtype (self, value, error);
  for (guint i = 0; i < G_N_ELEMENTS (tolerated); i++)
    {
      if (!fits_key (tolerated[i].key, key))
        continue;
      if (tolerated[i].allowed == NULL)
        return TRUE;
      if (nn_keras_is_one_of (value, tolerated[i].allowed))
        return TRUE;
      return nn_keras_layer_refuse_value (self, error, key, value, tolerated[i].reason);
    }
  return nn_keras_layer_refuse_value (self, error, key, value, "the block here has no such argument");
}

/* Keras' copy of the layer that walks backwards; Keras builds it from the other, so that it can differ only by hand. */
static gboolean
check_backward (const NnKerasLayer *self,
                const NnBlock      *forward,
                json_t             *json,
                GError            **error)
{
  g_autoptr (json_t) copy = json_deep_copy (json);
  g_autoptr (NnBlock) backward = NULL;
  NnKerasLayer layer;

  if (!nn_keras_layer_open (&layer, copy, error))
    return FALSE;
  if (!json_is_true (json_object_get (layer.config, "go_backwards")))
    return nn_keras_layer_refuse (self, error, NN_ERROR_UNKNOWN, "Its backward_layer does not go backwards.");
  json_object_set_new (layer.config, "go_backwards", json_false ());
  backward = nn_keras_layer_read (&layer, FALSE, error);
  if (backward == NULL)
    return FALSE;
  return nn_block_equal (forward, backward)
         || nn_keras_layer_refuse (self, error, NN_ERROR_UNKNOWN,
                                   "Its backward_layer is another than the forward one; here they are alike.");
}

static NnBlock *
read_inner (const NnKerasLayer *self,
            const NnKind       *kind,
            GError            **error)
{
  json_t *backward = json_object_get (self->config, "backward_layer");
  g_autoptr (NnBlock) inner = NULL;
  NnKerasLayer layer;

  if (!json_is_object (json_object_get (self->config, "layer")))
    {
      nn_keras_layer_refuse (self, error, NN_ERROR_SYNTAX, "layer is missing.");
      return NULL;
    }
  if (!nn_keras_layer_open (&layer, json_object_get (self->config, "layer"), error))
    return NULL;
  inner = nn_keras_layer_read (&layer, FALSE, error);
  if (inner == NULL)
    return NULL;
  if (!nn_kind_accepts (kind, nn_block_get_kind (inner)))
    {
      nn_keras_layer_refuse (self, error, NN_ERROR_UNKNOWN, "It holds a %s, which it cannot here.", layer.class_name);
      return NULL;
    }
  if (backward != NULL && !json_is_null (backward) && !check_backward (self, inner, backward, error))
    return NULL;
  return g_steal_pointer (&inner);
}

/* A copy that does not learn, nor what it holds (transfer full). */
static NnBlock *
freeze (const NnBlock *block)
{
  const NnBlock *inner = nn_block_get_inner (block);
  g_autoptr (NnBlock) frozen_inner = inner != NULL ? freeze (inner) : NULL;
  g_autoptr (NnBlock) outside = inner != NULL ? nn_block_with_inner (block, frozen_inner) : nn_block_ref ((NnBlock *) block);

  if (nn_kind_find_arg (nn_block_get_kind (block), "trainable") < 0)
    return g_steal_pointer (&outside);
  return nn_block_with_whole (outside, "trainable", FALSE);
}

gboolean
nn_keras_layer_check (const NnKerasLayer *self,
                      const NnKind       *kind,
                      GError            **error)
{
  const char *key;
  json_t *value;

  json_object_foreach (self->config, key, value)
    if ((kind == NULL || !nn_keras_value_takes (kind, key)) && !check_key (self, key, value, error))
      return FALSE;
  return TRUE;
}

static const char *
explain_stranger (const char *class_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (strcmp (strangers[i].class_name, class_name) == 0)
      return strangers[i].reason;
  return "There is no block of that kind here.";
}

NnBlock *
nn_keras_layer_read (const NnKerasLayer *self,
                     gboolean            frozen,
                     GError            **error)
{
  gboolean stays = frozen || json_is_false (json_object_get (self->config, "trainable"));
  const NnKind *kind = nn_kind_find (self->class_name);
  g_autoptr (NnBlock) block = NULL;

  if (kind == NULL)
    {
      nn_keras_layer_refuse (self, error, NN_ERROR_UNKNOWN, "%s", explain_stranger (self->class_name));
      return NULL;
    }
  if (!nn_keras_layer_check (self, kind, error))
    return NULL;
  block = nn_block_new (kind);
  for (guint i = 0; i < kind->n_args; i++)
    {
      NnBlock *next;
      NnValue value;

      if (!nn_keras_value_read (self, kind, &kind->args[i], &value, error))
        return NULL;
      next = nn_block_with_arg (block, i, &value);
      nn_block_unref (block);
      block = next;
    }
  if (kind->wraps)
    {
      g_autoptr (NnBlock) inner = read_inner (self, kind, error);
      NnBlock *next;

      if (inner == NULL)
        return NULL;
      next = nn_block_with_inner (block, inner);
      nn_block_unref (block);
      block = next;
    }
  return stays ? freeze (block) : g_steal_pointer (&block);
}

/* --- writing ------------------------------------------------------------------------ */

/* Keras has no layer of these: all that they do is give the numbers other extents. */
static const char *const reshapes[] = { "ExpandDims", NULL };

static gboolean
is_reshape (const NnKind *kind)
{
  return g_strv_contains (reshapes, kind->name);
}

const char *
nn_keras_layer_class (const NnBlock *block)
{
  const NnKind *kind = nn_block_get_kind (block);

  return is_reshape (kind) ? "Reshape" : kind->name;
}

static json_t *
write_extents (const NnShape *shape,
               int            from)
{
  json_t *extents = json_array ();

  for (int i = from; i < shape->rank; i++)
    json_array_append_new (extents, json_integer (shape->dim[i]));
  return extents;
}

/* `from`: how many axes of the output are not the block's own. */
static json_t *
write_block (const NnBlock *block,
             const char    *name,
             const NnShape *output,
             int            from)
{
  const NnKind *kind = nn_block_get_kind (block);
  const NnBlock *inner = nn_block_get_inner (block);
  json_t *config = json_object ();

  json_object_set_new (config, "name", json_string (name));
  json_object_set_new (config, "dtype", json_string ("float32"));
  if (is_reshape (kind))
    json_object_set_new (config, "target_shape", write_extents (output, from));
  for (guint i = 0; i < kind->n_args && !is_reshape (kind); i++)
    nn_keras_value_write (config, &kind->args[i], nn_block_get_arg (block, i));
  if (inner != NULL)
    {
      g_autofree char *inside = nn_layer_snake_case (nn_keras_layer_class (inner));

      json_object_set_new (config, "layer", write_block (inner, inside, output, from + 1));
    }
  return json_pack ("{s:s, s:s, s:o, s:n}", "module", "keras.layers", "class_name", nn_keras_layer_class (block), "config",
                    config, "registered_name");
}

json_t *
nn_keras_layer_write (const NnCheck *check,
                      guint          position,
                      const char    *name)
{
  const NnBlock *block = nn_design_get_block (nn_check_get_design (check), position);

  return write_block (block, name, &nn_check_get_block (check, position)->output, 0);
}
