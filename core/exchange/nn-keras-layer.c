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
  { "reset_after", "[true]", "the reset gate comes after the product here" },
  { "return_state", "[false]", "a block has one output" },
  { "rms_scaling", "[false]", "the mean is taken off here" },
  { "seed", NULL, NULL },
  { "sparse", "[false]", "arrays are dense here" },
  { "stateful", "[false]", "each window starts anew here" },
  { "supports_masking", NULL, NULL },
  { "synchronized", NULL, NULL },
  { "time_major", "[false]", "time comes first in each window here" },
  { "trainable", "[true]", "all layers learn here" },
  { "unroll", NULL, NULL },
  { "use_cudnn", NULL, NULL },
  { "zero_output_for_mask", NULL, NULL },
};

/* Arguments whose default in Keras is not the value that a new block of ours gets. Keras itself writes all of them into its
 * files. */
typedef struct
{
  const char *arg;
  const char *keras; /* JSON; NULL: Keras has no default */
} Default;

static const Default defaults[] = {
  { "activation", "\"linear\"" }, /* but for recurrent layers */
  { "filters", NULL },
  { "kernel_size", NULL },
  { "padding", "\"valid\"" },
  { "pool_size", "2" },
  { "rate", NULL },
  { "target_shape", NULL },
  { "units", NULL },
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

/* --- reading ------------------------------------------------------------------------ */

static gboolean
refuse (const NnKerasLayer *self,
        GError            **error,
        NnError             code,
        const char         *format,
        ...) G_GNUC_PRINTF (4, 5);

static gboolean
refuse (const NnKerasLayer *self,
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

static gboolean
refuse_value (const NnKerasLayer *self,
              GError            **error,
              const char         *key,
              json_t             *value,
              const char         *reason)
{
  g_autofree char *shown = nn_keras_show (value);

  return refuse (self, error, NN_ERROR_UNKNOWN, "%s is %s: %s.", key, shown, reason);
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
  if ((registered != NULL && !json_is_null (registered)) || (module != NULL && !g_str_has_prefix (module, "keras")))
    return refuse (self, error, NN_ERROR_UNKNOWN, "It is not one of Keras' own layers; code of others cannot be held.");
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
  return refuse_value (self, error, "dtype", name != NULL ? name : value, "everything is computed in float32 here");
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
      g_autoptr (json_t) allowed = NULL;

      if (!fits_key (tolerated[i].key, key))
        continue;
      if (tolerated[i].allowed == NULL)
        return TRUE;
      allowed = json_loads (tolerated[i].allowed, 0, NULL);
      for (gsize k = 0; k < json_array_size (allowed); k++)
        if (json_equal (json_array_get (allowed, k), value))
          return TRUE;
      return refuse_value (self, error, key, value, tolerated[i].reason);
    }
  return refuse_value (self, error, key, value, "the block here has no such argument");
}

static gboolean
is_initializer (const char *key)
{
  return g_str_has_suffix (key, "_initializer");
}

/* "kernel_regularizer" for our kernel_l1 and kernel_l2; NULL for other arguments (transfer full). */
static char *
name_regularizer (const NnArg *arg)
{
  gsize stem = strlen (arg->name) - MIN (strlen (arg->name), 3);

  if (strcmp (arg->name + stem, "_l1") != 0 && strcmp (arg->name + stem, "_l2") != 0)
    return NULL;
  return g_strdup_printf ("%.*s_regularizer", (int) stem, arg->name);
}

/* Whether a key is read by an argument of another name, or holds another layer. */
static gboolean
is_read (const NnKind *kind,
         const char   *key)
{
  if (nn_kind_find_arg (kind, key) >= 0)
    return TRUE;
  for (guint i = 0; i < kind->n_args; i++)
    {
      g_autofree char *regularizer = name_regularizer (&kind->args[i]);

      if (g_strcmp0 (regularizer, key) == 0)
        return TRUE;
    }
  return kind->wraps && (strcmp (key, "layer") == 0 || strcmp (key, "backward_layer") == 0);
}

/* Keras' L1, L2 and L1L2 as our two numbers. */
static gboolean
read_regularizer (const NnKerasLayer *self,
                  const NnArg        *arg,
                  const char         *key,
                  NnValue            *value,
                  GError            **error)
{
  static const char *const known[] = { "L1", "L2", "L1L2", NULL };
  json_t *given = json_object_get (self->config, key), *number;
  const char *class_name = json_string_value (json_object_get (given, "class_name"));
  g_autoptr (GError) failed = NULL;

  *value = arg->fallback;
  if (given == NULL || json_is_null (given))
    return TRUE;
  if (class_name == NULL || !g_strv_contains (known, class_name))
    return refuse_value (self, error, key, given, "only Keras' L1, L2 and L1L2 can be held");
  number = json_object_get (json_object_get (given, "config"), arg->name + strlen (arg->name) - 2);
  if (number == NULL || nn_codec_read_value (arg, number, value, &failed))
    return TRUE;
  return refuse (self, error, failed->code, "%s", failed->message);
}

/* Keras' forms of a value as ours (transfer full): [3] as 3, null strides as 0, an initialiser's object as its name. */
static json_t *
simplify (const NnArg *arg,
          json_t      *value)
{
  const char *class_name = json_string_value (json_object_get (value, "class_name"));

  if (arg->type == NN_ARG_INT && json_array_size (value) == 1)
    return json_incref (json_array_get (value, 0));
  if (arg->type == NN_ARG_CHOICE && class_name != NULL)
    {
      g_autofree char *word = nn_layer_snake_case (class_name);

      return json_string (word);
    }
  return json_incref (value);
}

/* What the argument is where the config does not say. FALSE where Keras would not do without. */
static gboolean
get_default (const NnKerasLayer *self,
             const NnKind       *kind,
             const NnArg        *arg,
             NnValue            *value,
             GError            **error)
{
  gboolean recurrent = strcmp (kind->group, "Recurrent") == 0 && strcmp (arg->name, "activation") == 0;

  *value = arg->fallback;
  for (guint i = 0; i < G_N_ELEMENTS (defaults) && !recurrent; i++)
    if (strcmp (defaults[i].arg, arg->name) == 0)
      {
        g_autoptr (json_t) json = NULL;

        if (defaults[i].keras == NULL || (strcmp (kind->name, "Activation") == 0))
          return refuse (self, error, NN_ERROR_SYNTAX, "%s is missing.", arg->name);
        json = json_loads (defaults[i].keras, JSON_DECODE_ANY, NULL);
        return nn_codec_read_value (arg, json, value, error);
      }
  return TRUE;
}

static gboolean
read_arg (const NnKerasLayer *self,
          const NnKind       *kind,
          const NnArg        *arg,
          NnValue            *value,
          GError            **error)
{
  json_t *given = json_object_get (self->config, arg->name);
  g_autofree char *regularizer = name_regularizer (arg);
  g_autoptr (json_t) simple = NULL;
  g_autoptr (GError) failed = NULL;

  if (regularizer != NULL)
    return read_regularizer (self, arg, regularizer, value, error);
  if (given == NULL || json_is_null (given))
    return get_default (self, kind, arg, value, error);
  simple = simplify (arg, given);
  if (nn_codec_read_value (arg, simple, value, &failed))
    return TRUE;
  if (is_initializer (arg->name))
    {
      *value = arg->fallback; /* the weights are in the file */
      return TRUE;
    }
  return refuse (self, error, failed->code, "%s", failed->message);
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
    return refuse (self, error, NN_ERROR_UNKNOWN, "Its backward_layer does not go backwards.");
  json_object_set_new (layer.config, "go_backwards", json_false ());
  backward = nn_keras_layer_read (&layer, error);
  if (backward == NULL)
    return FALSE;
  return nn_block_equal (forward, backward)
         || refuse (self, error, NN_ERROR_UNKNOWN, "Its backward_layer is another than the forward one; here they are alike.");
}

static NnBlock *
read_inner (const NnKerasLayer *self,
            GError            **error)
{
  json_t *backward = json_object_get (self->config, "backward_layer");
  g_autoptr (NnBlock) inner = NULL;
  NnKerasLayer layer;

  if (!json_is_object (json_object_get (self->config, "layer")))
    {
      refuse (self, error, NN_ERROR_SYNTAX, "layer is missing.");
      return NULL;
    }
  if (!nn_keras_layer_open (&layer, json_object_get (self->config, "layer"), error))
    return NULL;
  inner = nn_keras_layer_read (&layer, error);
  if (inner == NULL)
    return NULL;
  if (nn_block_get_kind (inner)->wraps)
    {
      refuse (self, error, NN_ERROR_UNKNOWN, "It holds a %s; a block that holds another cannot be held.", layer.class_name);
      return NULL;
    }
  if (backward != NULL && !json_is_null (backward) && !check_backward (self, inner, backward, error))
    return NULL;
  return g_steal_pointer (&inner);
}

gboolean
nn_keras_layer_check (const NnKerasLayer *self,
                      const NnKind       *kind,
                      GError            **error)
{
  const char *key;
  json_t *value;

  json_object_foreach (self->config, key, value)
    if ((kind == NULL || !is_read (kind, key)) && !check_key (self, key, value, error))
      return FALSE;
  return TRUE;
}

NnBlock *
nn_keras_layer_read (const NnKerasLayer *self,
                     GError            **error)
{
  const NnKind *kind = nn_kind_find (self->class_name);
  g_autoptr (NnBlock) block = NULL;

  if (kind == NULL)
    {
      refuse (self, error, NN_ERROR_UNKNOWN, "There is no block of that kind here.");
      return NULL;
    }
  if (!nn_keras_layer_check (self, kind, error))
    return NULL;
  block = nn_block_new (kind);
  for (guint i = 0; i < kind->n_args; i++)
    {
      NnBlock *next;
      NnValue value;

      if (!read_arg (self, kind, &kind->args[i], &value, error))
        return NULL;
      next = nn_block_with_arg (block, i, &value);
      nn_block_unref (block);
      block = next;
    }
  if (kind->wraps)
    {
      g_autoptr (NnBlock) inner = read_inner (self, error);
      NnBlock *next;

      if (inner == NULL)
        return NULL;
      next = nn_block_with_inner (block, inner);
      nn_block_unref (block);
      block = next;
    }
  return g_steal_pointer (&block);
}

/* --- writing ------------------------------------------------------------------------ */

static json_t *
write_value (const NnArg   *arg,
             const NnValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (strcmp (arg->name, "strides") == 0 && arg->min == 0 && value->whole[0] == 0)
    return json_null ();
  nn_codec_append_value (text, arg, value);
  return json_loads (text->str, JSON_DECODE_ANY, NULL);
}

static void
write_regularizer (json_t     *config,
                   const char *key,
                   const char *member,
                   double      value)
{
  json_t *object = json_object_get (config, key);

  if (value == 0)
    return;
  if (object == NULL)
    {
      object = json_pack ("{s:s, s:s, s:{s:f, s:f}, s:n}", "module", "keras.regularizers", "class_name", "L1L2", "config",
                          "l1", 0.0, "l2", 0.0, "registered_name");
      json_object_set_new (config, key, object);
    }
  json_object_set_new (json_object_get (object, "config"), member, json_real (value));
}

/* What few need is left to Keras' defaults, which are ours, while nothing is changed: not all versions know all of it. */
static void
write_arg (json_t        *config,
           const NnArg   *arg,
           const NnValue *value)
{
  g_autofree char *regularizer = name_regularizer (arg);

  if (regularizer != NULL)
    write_regularizer (config, regularizer, arg->name + strlen (arg->name) - 2, value->real);
  else if (!arg->advanced || !nn_value_equal (value, &arg->fallback))
    json_object_set_new (config, arg->name, write_value (arg, value));
}

json_t *
nn_keras_layer_write (const NnBlock *block,
                      const char    *name)
{
  const NnKind *kind = nn_block_get_kind (block);
  json_t *config = json_object ();

  json_object_set_new (config, "name", json_string (name));
  json_object_set_new (config, "dtype", json_string ("float32"));
  for (guint i = 0; i < kind->n_args; i++)
    write_arg (config, &kind->args[i], nn_block_get_arg (block, i));
  if (nn_block_get_inner (block) != NULL)
    {
      g_autofree char *inside = nn_layer_snake_case (nn_block_get_kind (nn_block_get_inner (block))->name);

      json_object_set_new (config, "layer", nn_keras_layer_write (nn_block_get_inner (block), inside));
    }
  return json_pack ("{s:s, s:s, s:o, s:n}", "module", "keras.layers", "class_name", kind->name, "config", config,
                    "registered_name");
}
