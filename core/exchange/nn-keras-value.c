/* nn-keras-value.c: the arguments of a block as they stand in a layer's config
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-private.h"
#include "nn-error.h"
#include "nn-layer-name.h"

#include <string.h>

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
  { "padding", "\"valid\"" }, /* where it is a word, not margins */
  { "pool_size", "2" },
  { "rate", NULL },
  { "target_shape", NULL },
  { "units", NULL },
};

/* Arguments that are a list of four numbers here and pairs in Keras: in front and behind, before and after. */
static const char *const margins[] = { "cropping", "padding", NULL };

/* Arguments whose 0 stands for Keras' null, and those whose numbers below 0 do. */
static const char *const none_is_zero[] = { "shared_axes", "strides", NULL };
static const char *const none_is_negative[] = { "max_value", NULL };

/* --- reading ------------------------------------------------------------------------ */

/* Which outputs a merge joins, and in which order: in Keras that is no argument of the layer. */
static gboolean
is_of_graph (const NnArg *arg)
{
  return arg->type == NN_ARG_BLOCK_LIST || strcmp (arg->name, NN_KERAS_PLACE_ARG) == 0;
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

gboolean
nn_keras_value_takes (const NnKind *kind,
                      const char   *key)
{
  for (guint i = 0; i < kind->n_args; i++)
    {
      g_autofree char *regularizer = name_regularizer (&kind->args[i]);

      if (strcmp (regularizer != NULL ? regularizer : kind->args[i].name, key) == 0)
        return !is_of_graph (&kind->args[i]);
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
    return nn_keras_layer_refuse_value (self, error, key, given, "only Keras' L1, L2 and L1L2 can be held");
  number = json_object_get (json_object_get (given, "config"), arg->name + strlen (arg->name) - 2);
  if (number == NULL || nn_codec_read_value (arg, number, value, &failed))
    return TRUE;
  return nn_keras_layer_refuse (self, error, failed->code, "%s", failed->message);
}

/* [[1, 2], [3, 4]] as [1, 2, 3, 4]. */
static json_t *
flatten (json_t *lists)
{
  json_t *flat = json_array (), *list;
  gsize i;

  json_array_foreach (lists, i, list)
    if (json_is_array (list))
      json_array_extend (flat, list);
    else
      json_array_append (flat, list);
  return flat;
}

/* Keras' forms of a value as ours (transfer full): [3] as 3, lists in a list as one, an initialiser's object as its name. */
static json_t *
simplify (const NnArg *arg,
          json_t      *value)
{
  const char *class_name = json_string_value (json_object_get (value, "class_name"));

  if (arg->type == NN_ARG_INT_LIST && json_is_array (value))
    return flatten (value);
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
  gboolean no_word = arg->type != NN_ARG_CHOICE && strcmp (arg->name, "padding") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (defaults) && !recurrent && !no_word; i++)
    if (strcmp (defaults[i].arg, arg->name) == 0)
      {
        g_autoptr (json_t) json = NULL;

        if (defaults[i].keras == NULL || (strcmp (kind->name, "Activation") == 0))
          return nn_keras_layer_refuse (self, error, NN_ERROR_SYNTAX, "%s is missing.", arg->name);
        json = json_loads (defaults[i].keras, JSON_DECODE_ANY, NULL);
        return nn_codec_read_value (arg, json, value, error);
      }
  return TRUE;
}

static gboolean
is_none (const NnArg   *arg,
         const NnValue *value)
{
  return (g_strv_contains (none_is_zero, arg->name) && value->whole[0] == 0)
         || (g_strv_contains (none_is_negative, arg->name) && value->real < 0);
}

/* Keras takes a layer for an activation too. */
static gboolean
is_layer (json_t *value)
{
  const char *module = json_string_value (json_object_get (value, "module"));

  return module != NULL && g_str_has_prefix (module, "keras.layers");
}

gboolean
nn_keras_value_read (const NnKerasLayer *self,
                     const NnKind       *kind,
                     const NnArg        *arg,
                     NnValue            *value,
                     GError            **error)
{
  json_t *given = json_object_get (self->config, arg->name);
  g_autofree char *regularizer = name_regularizer (arg);
  g_autoptr (json_t) simple = NULL;
  g_autoptr (GError) failed = NULL;

  *value = arg->fallback;
  if (is_of_graph (arg))
    return TRUE;
  if (regularizer != NULL)
    return read_regularizer (self, arg, regularizer, value, error);
  if (given == NULL || json_is_null (given))
    return get_default (self, kind, arg, value, error);
  if (is_layer (given))
    return nn_keras_layer_refuse_value (self, error, arg->name, given, "a layer can follow as a block of its own");
  simple = simplify (arg, given);
  if (nn_codec_read_value (arg, simple, value, &failed))
    return !is_none (arg, value) || nn_keras_layer_refuse_value (self, error, arg->name, given, "that stands for none here");
  if (is_initializer (arg->name))
    {
      *value = arg->fallback; /* the weights are in the file */
      return TRUE;
    }
  return nn_keras_layer_refuse (self, error, failed->code, "%s", failed->message);
}

/* --- writing ------------------------------------------------------------------------ */

static json_t *
write_value (const NnArg   *arg,
             const NnValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_none (arg, value))
    return json_null ();
  if (arg->type == NN_ARG_INT_LIST && value->n == 4 && g_strv_contains (margins, arg->name))
    return json_pack ("[[I, I], [I, I]]", (json_int_t) value->whole[0], (json_int_t) value->whole[1],
                      (json_int_t) value->whole[2], (json_int_t) value->whole[3]);
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
void
nn_keras_value_write (json_t        *config,
                      const NnArg   *arg,
                      const NnValue *value)
{
  g_autofree char *regularizer = name_regularizer (arg);

  if (is_of_graph (arg))
    return;
  if (regularizer != NULL)
    write_regularizer (config, regularizer, arg->name + strlen (arg->name) - 2, value->real);
  else if (!arg->advanced || !nn_value_equal (value, &arg->fallback))
    json_object_set_new (config, arg->name, write_value (arg, value));
}

