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

/* --- reading: what comes in --------------------------------------------------------- */

static gboolean
is_input (const NnKerasLayer *layer)
{
  return strcmp (layer->class_name, INPUT) == 0;
}

static gboolean
refuse_input (const char *name,
              json_t     *shape,
              NnError     code,
              const char *reason,
              GError    **error)
{
  g_autofree char *shown = nn_keras_show (shape);

  g_set_error (error, NN_ERROR, code, "Layer “%s” (InputLayer): the shape is %s%s.", name, shown, reason);
  return FALSE;
}

/* [null, 400, 16] as 400 × 16; an axis that is left open takes its extent from `windows`. */
static gboolean
read_input (json_t        *shape,
            const char    *name,
            const NnShape *windows,
            NnShape       *input,
            GError       **error)
{
  gsize rank = json_array_size (shape);

  if (rank < 2 || rank > NN_MAX_RANK + 1)
    return refuse_input (name, shape, NN_ERROR_UNKNOWN, "; windows of 1 to 4 axes can be held, such as steps × channels: "
                         "[null,400,16]", error);
  *input = (NnShape) { (int) rank - 1 };
  for (int i = 0; i < input->rank; i++)
    {
      json_t *extent = json_array_get (shape, i + 1);
      gboolean open = json_is_null (extent);

      if (!open && !json_is_integer (extent))
        return refuse_input (name, shape, NN_ERROR_UNKNOWN, "; extents are whole numbers", error);
      if (open && (windows == NULL || i >= windows->rank))
        return refuse_input (name, shape, NN_ERROR_UNKNOWN,
                             i == 0 ? ", which leaves the steps of a window open: their number must be given (--length on the "
                                      "command line)"
                                    : ", which leaves an axis open: windows must be given",
                             error);
      input->dim[i] = open ? windows->dim[i] : json_integer_value (extent);
      if (input->dim[i] < 1 || input->dim[i] > MAX_EXTENT)
        return refuse_input (name, shape, NN_ERROR_RANGE, "; each extent may be 1 to " G_STRINGIFY (MAX_EXTENT), error);
    }
  return TRUE;
}

/* Where the file says what comes in: in its InputLayer, else in the first layer or beside the layers. */
static json_t *
find_input (json_t             *config,
            const NnKerasLayer *layer)
{
  json_t *first = json_array_get (json_object_get (config, "layers"), 0);
  json_t *const places[] = {
    json_object_get (layer->config, "batch_shape"),
    json_object_get (layer->config, "batch_input_shape"),
    json_object_get (config, "build_input_shape"),
    json_object_get (json_object_get (first, "build_config"), "input_shape"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] != NULL && !json_is_null (places[i]))
      return places[i];
  return NULL;
}

/* An empty design on what comes in. */
static NnDesign *
begin_design (json_t             *config,
              const NnKerasLayer *layer,
              const NnShape      *windows,
              GError            **error)
{
  const char *name = json_string_value (json_object_get (config, "name"));
  g_autoptr (NnDesign) empty = NULL;
  NnShape input;

  if (is_input (layer) && !nn_keras_layer_check (layer, NULL, error))
    return NULL;
  if (!read_input (find_input (config, layer), layer->name, windows, &input, error))
    return NULL;
  empty = nn_design_new (&input);
  return nn_design_with_name (empty, name != NULL ? name : "");
}

/* --- reading: the layers ------------------------------------------------------------- */

/* The layers of one model in the file's order. */
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

static gboolean
is_sequential (const char *class_name)
{
  return strcmp (class_name, "Sequential") == 0;
}

/* Models of layers; others are code. */
static gboolean
is_model (const char *class_name)
{
  return is_sequential (class_name) || strcmp (class_name, "Functional") == 0 || strcmp (class_name, "Model") == 0;
}

/* A design that grows, layer by layer. */
typedef struct
{
  NnDesign  *design;
  GPtrArray *groups; /* of its blocks' weights */
} Growth;

static gboolean append_model (Growth *self, json_t *config, gboolean sequential, const char *within, gboolean frozen,
                              const NnShape *windows, int *place, GError **error);

/* `place` has the places of its sources in the whole design; gets its own. */
static gboolean
append_layer (Growth             *self,
              const NnKerasLayer *layer,
              const NnKerasPlace *place,
              gboolean            frozen,
              GError            **error)
{
  guint position = nn_design_get_n_blocks (self->design);
  g_autoptr (NnBlock) block = nn_keras_layer_read (layer, frozen, error);
  g_autoptr (NnBlock) joined = block != NULL ? nn_keras_graph_join (block, layer, place, position, error) : NULL;
  NnDesign *longer = joined != NULL ? nn_design_with_block (self->design, position, joined, NULL, error) : NULL;

  if (longer == NULL)
    return FALSE;
  nn_design_unref (self->design);
  self->design = longer;
  return TRUE;
}

/* A layer, or a model that stands as one: its layers then come into the same stack. `*at` is where what it gives is found. */
static gboolean
append_one (Growth             *self,
            const NnKerasLayer *layer,
            const NnKerasPlace *place,
            const char         *group,
            gboolean            frozen,
            int                *at,
            GError            **error)
{
  if (is_model (layer->class_name))
    {
      g_autofree char *within = g_strconcat (group, "/layers/", NULL);
      gboolean stays = frozen || json_is_false (json_object_get (layer->config, "trainable"));

      if (place->n_sources != 1)
        return nn_keras_layer_refuse (layer, error, NN_ERROR_UNKNOWN, "A model inside a model takes one input.");
      *at = place->sources[0];
      return append_model (self, layer->config, is_sequential (layer->class_name), within, stays, NULL, at, error);
    }
  *at = (int) nn_design_get_n_blocks (self->design);
  if (!append_layer (self, layer, place, frozen, error))
    return FALSE;
  g_ptr_array_add (self->groups, g_strdup (group));
  return TRUE;
}

/* Appends the layers of a model whose weights lie in the group `within`. `*place` is where what it takes is found, and then
 * what it gives. The outermost begins the design. */
static gboolean
append_model (Growth        *self,
              json_t        *config,
              gboolean       sequential,
              const char    *within,
              gboolean       frozen,
              const NnShape *windows,
              int           *place,
              GError       **error)
{
  g_auto (Layers) layers = { 0 };
  g_autoptr (GArray) stack = NULL;
  g_autofree int *places = NULL; /* in the design, of those in this model's stack */
  guint input = 0;

  if (!open_layers (config, &layers, error))
    return FALSE;
  stack = sequential ? list_in_order (&layers) : nn_keras_graph_order (config, layers.layers, layers.n, &input, error);
  if (stack == NULL)
    return FALSE;
  if (self->design == NULL)
    self->design = begin_design (config, &layers.layers[input], windows, error);
  if (self->design == NULL)
    return FALSE;
  places = g_new (int, stack->len + 1);
  places[0] = *place;
  for (guint i = 0; i < stack->len; i++)
    {
      NnKerasPlace found = g_array_index (stack, NnKerasPlace, i);
      g_autofree char *group = g_strconcat (within, layers.groups[found.layer], NULL);

      for (guint k = 0; k < found.n_sources; k++)
        found.sources[k] = places[found.sources[k] + 1];
      if (!append_one (self, &layers.layers[found.layer], &found, group, frozen, &places[i + 1], error))
        return FALSE;
    }
  *place = places[stack->len];
  return TRUE;
}

NnDesign *
nn_keras_config_read (json_t        *root,
                      const NnShape *windows,
                      char        ***groups,
                      GError       **error)
{
  json_t *config = json_object_get (root, "config");
  const char *class_name = json_string_value (json_object_get (root, "class_name"));
  Growth growth = { NULL, NULL };
  g_autofree char *shown = NULL;
  gboolean frozen = json_is_false (json_object_get (config, "trainable"));
  int place = NN_KERAS_INPUT;

  if (class_name == NULL || !json_is_object (config))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                           "It is no model of Keras': its class_name or its config is missing.");
      return NULL;
    }
  if (!is_model (class_name))
    {
      shown = nn_keras_show (json_object_get (root, "class_name"));
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "The model is a %s; a Sequential or a Functional one can be held.", shown);
      return NULL;
    }
  growth.groups = g_ptr_array_new_with_free_func (g_free);
  if (!append_model (&growth, config, is_sequential (class_name), "", frozen, windows, &place, error))
    {
      g_clear_pointer (&growth.design, nn_design_unref);
      g_ptr_array_unref (growth.groups);
      return NULL;
    }
  g_ptr_array_add (growth.groups, NULL);
  *groups = (char **) g_ptr_array_free (growth.groups, FALSE);
  return growth.design;
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
