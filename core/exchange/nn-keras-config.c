/* nn-keras-config.c: the config of a .keras archive as a design, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-error.h"
#include "nn-keras-graph.h"
#include "nn-layer-name.h"
#include "nn-shape.h"

#include <string.h>

#define MAX_EXTENT 1000000000
#define INPUT      "InputLayer"

/* --- reading ------------------------------------------------------------------------ */

/* The layers in the file's order. */
typedef struct
{
  NnKerasLayer *layers;
  char        **groups; /* of each layer's weights */
  guint         n;
} Layers;

static void
clear_layers (Layers *self)
{
  g_clear_pointer (&self->layers, g_free);
  g_clear_pointer (&self->groups, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layers, clear_layers)

static gboolean
open_layers (json_t  *config,
             Layers  *layers,
             GError **error)
{
  json_t *list = json_object_get (config, "layers");
  g_autofree const char **names = NULL;
  gsize n = json_array_size (list);

  if (n == 0 || n > NN_MAX_BLOCKS + 1)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The model has %" G_GSIZE_FORMAT " layers; 1 to %d can be held.",
                   n, NN_MAX_BLOCKS);
      return FALSE;
    }
  layers->layers = g_new0 (NnKerasLayer, n);
  names = g_new0 (const char *, n);
  for (layers->n = 0; layers->n < n; layers->n++)
    {
      if (!nn_keras_layer_open (&layers->layers[layers->n], json_array_get (list, layers->n), error))
        return FALSE;
      names[layers->n] = layers->layers[layers->n].class_name;
    }
  layers->groups = nn_keras_list_groups (names, n);
  return TRUE;
}

static gboolean
is_input (const NnKerasLayer *layer)
{
  return strcmp (layer->class_name, INPUT) == 0;
}

/* [null, 400, 16] as 400 × 16; an open axis of time takes `n_steps`. */
static gboolean
read_input (json_t     *shape,
            const char *name,
            gint64      n_steps,
            NnShape    *input,
            GError    **error)
{
  g_autofree char *shown = nn_keras_show (shape);
  json_t *steps = json_array_get (shape, 1), *channels = json_array_get (shape, 2);

  if (json_array_size (shape) != 3 || (!json_is_null (steps) && !json_is_integer (steps)) || !json_is_integer (channels))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   "Layer “%s” (InputLayer): the shape is %s; windows of steps × channels, such as [null,400,16], can be "
                   "held.", name, shown);
      return FALSE;
    }
  *input = nn_shape_2 (json_is_integer (steps) ? json_integer_value (steps) : n_steps, json_integer_value (channels));
  if (json_is_null (steps) && n_steps == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   "Layer “%s” (InputLayer): the shape is %s, which leaves the steps of a window open: their number must be "
                   "given.", name, shown);
      return FALSE;
    }
  for (int i = 0; i < 2; i++)
    if (input->dim[i] < 1 || input->dim[i] > MAX_EXTENT)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "Layer “%s” (InputLayer): the shape is %s; each extent may be 1 to %d.",
                     name, shown, MAX_EXTENT);
        return FALSE;
      }
  return TRUE;
}

/* Where the file says what comes in: in its InputLayer, else in the first layer or beside the layers. */
static json_t *
find_input (json_t             *config,
            const NnKerasLayer *layer)
{
  static const char *const keys[] = { "batch_shape", "batch_input_shape" };
  json_t *shape = NULL;

  for (guint i = 0; shape == NULL && i < G_N_ELEMENTS (keys); i++)
    shape = json_object_get (layer->config, keys[i]);
  return shape != NULL ? shape : json_object_get (config, "build_input_shape");
}

/* An empty design on what comes in. */
static NnDesign *
begin_design (json_t             *config,
              const NnKerasLayer *layer,
              gint64              n_steps,
              GError            **error)
{
  const char *name = json_string_value (json_object_get (config, "name"));
  g_autoptr (NnDesign) empty = NULL;
  NnShape input;

  if (is_input (layer) && !nn_keras_layer_check (layer, NULL, error))
    return NULL;
  if (!read_input (find_input (config, layer), layer->name, n_steps, &input, error))
    return NULL;
  empty = nn_design_new (&input);
  return nn_design_with_name (empty, name != NULL ? name : "");
}

static gboolean
append_layer (NnDesign          **design,
              const NnKerasLayer *layer,
              const NnKerasPlace *place,
              GError            **error)
{
  guint position = nn_design_get_n_blocks (*design);
  g_autoptr (NnBlock) block = nn_keras_layer_read (layer, error);
  g_autoptr (NnBlock) joined = block != NULL ? nn_keras_graph_join (block, layer, place, position, error) : NULL;
  NnDesign *longer = joined != NULL ? nn_design_with_block (*design, position, joined, NULL, error) : NULL;

  if (longer == NULL)
    return FALSE;
  nn_design_unref (*design);
  *design = longer;
  return TRUE;
}

/* The stack of a Sequential: each layer takes what the one before it gives. */
static GArray *
list_in_order (const Layers *layers)
{
  guint first = is_input (&layers->layers[0]) ? 1 : 0;
  GArray *stack = g_array_new (FALSE, FALSE, sizeof (NnKerasPlace));

  for (guint i = first; i < layers->n; i++)
    {
      NnKerasPlace place = { i, 1, { (int) (i - first) - 1 } }; /* of the first, NN_KERAS_INPUT */

      g_array_append_val (stack, place);
    }
  return stack;
}

static NnDesign *
read_model (json_t  *config,
            gboolean functional,
            gint64   n_steps,
            char  ***groups,
            GError **error)
{
  g_auto (Layers) layers = { 0 };
  g_autoptr (NnDesign) design = NULL;
  g_autoptr (GArray) stack = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  guint input = 0;

  if (!open_layers (config, &layers, error))
    return NULL;
  stack = functional ? nn_keras_graph_order (config, layers.layers, layers.n, &input, error) : list_in_order (&layers);
  if (stack == NULL)
    return NULL;
  design = begin_design (config, &layers.layers[input], n_steps, error);
  for (guint i = 0; design != NULL && i < stack->len; i++)
    {
      const NnKerasPlace *place = &g_array_index (stack, NnKerasPlace, i);

      if (!append_layer (&design, &layers.layers[place->layer], place, error))
        return NULL;
      g_ptr_array_add (found, g_strdup (layers.groups[place->layer]));
    }
  g_ptr_array_add (found, NULL);
  *groups = (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
  return g_steal_pointer (&design);
}

NnDesign *
nn_keras_config_read (json_t  *root,
                      gint64   n_steps,
                      char  ***groups,
                      GError **error)
{
  json_t *config = json_object_get (root, "config");
  const char *class_name = json_string_value (json_object_get (root, "class_name"));
  g_autofree char *shown = NULL;

  if (class_name == NULL || !json_is_object (config))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                           "It is no model of Keras': its class_name or its config is missing.");
      return NULL;
    }
  if (strcmp (class_name, "Sequential") == 0)
    return read_model (config, FALSE, n_steps, groups, error);
  if (strcmp (class_name, "Functional") == 0 || strcmp (class_name, "Model") == 0)
    return read_model (config, TRUE, n_steps, groups, error);
  shown = nn_keras_show (json_object_get (root, "class_name"));
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "The model is a %s; a Sequential or a Functional one can be held.", shown);
  return NULL;
}

/* --- writing ------------------------------------------------------------------------ */

/* What every version takes as the name of a model: a letter, then letters, digits and lines. */
static char *
make_name (const NnDesign *design)
{
  g_autofree char *name = g_strdup (nn_design_get_name (design));

  for (char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at))
      *at = '_';
  return g_ascii_isalpha (name[0]) ? g_steal_pointer (&name) : g_strconcat ("lamina", *name != '\0' ? "_" : "", name, NULL);
}

static json_t *
write_input (const NnShape *input)
{
  json_t *shape = json_array ();

  json_array_append_new (shape, json_null ());
  for (int i = 0; i < input->rank; i++)
    json_array_append_new (shape, json_integer (input->dim[i]));
  return json_pack ("{s:s, s:s, s:{s:o, s:s, s:s}, s:n}", "module", "keras.layers", "class_name", INPUT, "config",
                    "batch_shape", shape, "dtype", "float32", "name", NN_KERAS_INPUT_NAME, "registered_name");
}

static json_t *
write_sequential (const NnCheck *check,
                  char         **groups)
{
  const NnDesign *design = nn_check_get_design (check);
  json_t *layers = json_array ();
  g_autofree char *name = make_name (design);

  json_array_append_new (layers, write_input (nn_design_get_input (design)));
  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    json_array_append_new (layers, nn_keras_layer_write (check, i, groups[i]));
  return json_pack ("{s:s, s:s, s:{s:s, s:o}, s:n}", "module", "keras", "class_name", "Sequential", "config", "name", name,
                    "layers", layers, "registered_name");
}

static json_t *
write_functional (const NnCheck *check,
                  char         **groups)
{
  const NnDesign *design = nn_check_get_design (check);
  guint n = nn_design_get_n_blocks (design);
  json_t *layers = json_array (), *input = write_input (nn_design_get_input (design));
  g_autofree char *name = make_name (design);

  json_object_set_new (input, "name", json_string (NN_KERAS_INPUT_NAME));
  json_object_set_new (input, "inbound_nodes", json_array ());
  json_array_append_new (layers, input);
  for (guint i = 0; i < n; i++)
    {
      json_t *layer = nn_keras_layer_write (check, i, groups[i]);

      nn_keras_graph_link (layer, check, i, groups);
      json_array_append_new (layers, layer);
    }
  return json_pack ("{s:s, s:s, s:{s:s, s:o, s:[[s, i, i]], s:[[s, i, i]]}, s:n}", "module", "keras.models", "class_name",
                    "Model", "config", "name", name, "layers", layers, "input_layers", NN_KERAS_INPUT_NAME, 0, 0,
                    "output_layers", groups[n - 1], 0, 0, "registered_name");
}

json_t *
nn_keras_config_write (const NnCheck *check,
                       char        ***groups)
{
  const NnDesign *design = nn_check_get_design (check);
  guint n = nn_design_get_n_blocks (design);
  g_autofree const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = nn_keras_layer_class (nn_design_get_block (design, i));
  *groups = nn_keras_list_groups (names, n);
  return nn_keras_graph_has_merges (design) ? write_functional (check, *groups) : write_sequential (check, *groups);
}
