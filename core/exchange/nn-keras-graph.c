/* nn-keras-graph.c: the graph of a Functional model as a stack with merges, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-graph.h"
#include "nn-error.h"

#include <string.h>

/* The graph as the file has it. */
typedef struct
{
  const NnKerasLayer *layers;
  guint               n;
  guint              *n_sources; /* of each layer */
  int               (*sources)[NN_MAX_INPUTS]; /* indices of layers */
  GHashTable         *indices;   /* name → index + 1 */
} Graph;

static void
clear_graph (Graph *self)
{
  g_clear_pointer (&self->n_sources, g_free);
  g_clear_pointer (&self->sources, g_free);
  g_clear_pointer (&self->indices, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Graph, clear_graph)

#define refuse(layer, error, ...) nn_keras_layer_refuse (layer, error, NN_ERROR_UNKNOWN, __VA_ARGS__)

/* --- reading: who takes from whom ---------------------------------------------------- */

/* The index of the layer whose output `tensor` is, of those that layer `i` takes; -1 with an error where it is no tensor of the
 * graph, or not the first of a layer's first use. */
static int
find_source (const Graph *graph,
             guint        i,
             json_t      *tensor,
             GError     **error)
{
  json_t *history = json_object_get (json_object_get (tensor, "config"), "keras_history");
  const char *name = json_string_value (json_array_get (history, 0));
  int source = name != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (graph->indices, name)) - 1 : -1;

  if (name == NULL)
    {
      g_autofree char *shown = nn_keras_show (tensor);

      refuse (&graph->layers[i], error, "It takes %s; here a block takes what other blocks give.", shown);
    }
  else if (source < 0)
    refuse (&graph->layers[i], error, "One of its inputs is not the output of a layer of this model.");
  else if (json_integer_value (json_array_get (history, 1)) != 0)
    refuse (&graph->layers[i], error, "It takes what “%s” gives where that is used again; a block stands in one place.", name);
  else if (json_integer_value (json_array_get (history, 2)) != 0)
    refuse (&graph->layers[i], error, "It takes a second output of “%s”; a block has one.", name);
  else
    return source;
  return -1;
}

static gboolean
append_source (Graph   *graph,
               guint    i,
               json_t  *tensor,
               GError **error)
{
  int source = find_source (graph, i, tensor, error);

  if (source < 0)
    return FALSE;
  if (graph->n_sources[i] == NN_MAX_INPUTS)
    return refuse (&graph->layers[i], error, "It takes more than %d inputs.", NN_MAX_INPUTS);
  graph->sources[i][graph->n_sources[i]++] = source;
  return TRUE;
}

/* What a layer is called with: tensors, or one list of tensors. */
static gboolean
read_args (Graph   *graph,
           guint    i,
           json_t  *args,
           GError **error)
{
  json_t *arg, *tensor;
  gsize a, t;

  json_array_foreach (args, a, arg)
    {
      if (!json_is_array (arg) && !append_source (graph, i, arg, error))
        return FALSE;
      json_array_foreach (arg, t, tensor)
        if (!append_source (graph, i, tensor, error))
          return FALSE;
    }
  return graph->n_sources[i] > 0 || refuse (&graph->layers[i], error, "It takes no input.");
}

/* All but the input may stand: Keras writes those that are not used as null or false. */
static gboolean
check_kwargs (const Graph *graph,
              guint        i,
              json_t      *kwargs,
              GError     **error)
{
  const char *key;
  json_t *value;

  json_object_foreach (kwargs, key, value)
    if (!json_is_null (value) && !json_is_false (value))
      {
        g_autofree char *shown = nn_keras_show (value);

        return refuse (&graph->layers[i], error, "It is called with %s %s, which cannot be held.", key, shown);
      }
  return TRUE;
}

static gboolean
read_layer (Graph   *graph,
            guint    i,
            json_t  *json,
            GError **error)
{
  json_t *nodes = json_object_get (json, "inbound_nodes"), *node = json_array_get (nodes, 0);

  if (json_array_size (nodes) > 1)
    return refuse (&graph->layers[i], error, "It is used %" G_GSIZE_FORMAT " times; a block stands in one place.",
                   json_array_size (nodes));
  if (strcmp (graph->layers[i].class_name, "InputLayer") == 0)
    return json_array_size (nodes) == 0 || refuse (&graph->layers[i], error, "It has an input of its own.");
  if (!json_is_array (json_object_get (node, "args")))
    return refuse (&graph->layers[i], error, "What it takes is not said in a way that is known here.");
  return check_kwargs (graph, i, json_object_get (node, "kwargs"), error)
         && read_args (graph, i, json_object_get (node, "args"), error);
}

static gboolean
read_graph (Graph              *graph,
            json_t             *config,
            const NnKerasLayer *layers,
            guint               n,
            GError            **error)
{
  json_t *list = json_object_get (config, "layers");

  graph->layers = layers;
  graph->n = n;
  graph->n_sources = g_new0 (guint, n);
  graph->sources = g_malloc0_n (n, sizeof *graph->sources);
  graph->indices = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    if (!g_hash_table_insert (graph->indices, (gpointer) layers[i].name, GINT_TO_POINTER (i + 1)))
      return refuse (&layers[i], error, "There are two layers of that name.");
  for (guint i = 0; i < n; i++)
    if (!read_layer (graph, i, json_array_get (list, i), error))
      return FALSE;
  return TRUE;
}

/* The layer that input_layers or output_layers names, which must be one: ["a", 0, 0], or a list of just that. */
static int
find_end (const Graph *graph,
          json_t      *ends,
          const char  *what,
          GError     **error)
{
  json_t *first = json_array_get (ends, 0);
  json_t *end = json_is_array (first) && json_array_size (ends) == 1 ? first : ends;
  const char *name = json_string_value (json_array_get (end, 0));
  int index = name != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (graph->indices, name)) - 1 : -1;

  if (index >= 0)
    return index;
  if (json_is_array (first))
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "The model has %" G_GSIZE_FORMAT " %ss; one can be held.",
                 json_array_size (ends), what);
  else
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The model does not say which layer is its %s.", what);
  return -1;
}

/* --- reading: the stack ---------------------------------------------------------------- */

/* Whether all that layer `i` takes stands in the stack already. */
static gboolean
is_ready (const Graph *graph,
          guint        i,
          const int   *places)
{
  for (guint k = 0; k < graph->n_sources[i]; k++)
    if (places[graph->sources[i][k]] == G_MININT)
      return FALSE;
  return TRUE;
}

static gboolean
takes (const Graph *graph,
       guint        i,
       guint        source)
{
  for (guint k = 0; k < graph->n_sources[i]; k++)
    if (graph->sources[i][k] == (int) source)
      return TRUE;
  return FALSE;
}

/* The layer that may follow `last`: it takes what that gives, and nothing that is not there yet. It must be the only one that
 * could be next: of two, neither gives the other what it takes. */
static int
find_next (const Graph *graph,
           guint        last,
           const int   *places,
           GError     **error)
{
  int next = -1, stray = -1;

  for (guint i = 0; i < graph->n; i++)
    if (places[i] == G_MININT && is_ready (graph, i, places))
      {
        if (next < 0 && takes (graph, i, last))
          next = i;
        else
          stray = i;
      }
  if (next >= 0 && stray < 0)
    return next;
  if (stray >= 0 && graph->n_sources[stray] > 0)
    refuse (&graph->layers[stray], error, "It takes what “%s” gives, and so does another branch: in a stack each block takes "
            "what the one above it gives, and only merges reach further up.", graph->layers[graph->sources[stray][0]].name);
  else if (stray >= 0)
    refuse (&graph->layers[stray], error, "A second input cannot be held.");
  else
    refuse (&graph->layers[last], error, "The layers after it take their inputs in a circle, or from nowhere.");
  return -1;
}

static void
append_place (GArray      *stack,
              const Graph *graph,
              guint        layer,
              const int   *places)
{
  NnKerasPlace place = { layer, graph->n_sources[layer] };

  for (guint k = 0; k < place.n_sources; k++)
    place.sources[k] = places[graph->sources[layer][k]];
  g_array_append_val (stack, place);
}

GArray *
nn_keras_graph_order (json_t             *config,
                      const NnKerasLayer *layers,
                      guint               n,
                      guint              *input,
                      GError            **error)
{
  g_auto (Graph) graph = { 0 };
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (NnKerasPlace));
  g_autofree int *places = g_new (int, n); /* in the stack; G_MININT: not there yet */
  int first, end, last;

  if (!read_graph (&graph, config, layers, n, error))
    return NULL;
  first = find_end (&graph, json_object_get (config, "input_layers"), "input", error);
  end = first >= 0 ? find_end (&graph, json_object_get (config, "output_layers"), "output", error) : -1;
  if (end < 0)
    return NULL;
  if (strcmp (layers[first].class_name, "InputLayer") != 0)
    return refuse (&layers[first], error, "It is named as the input, but is no InputLayer."), NULL;

  for (guint i = 0; i < n; i++)
    places[i] = G_MININT;
  places[first] = NN_KERAS_INPUT;
  for (last = first; stack->len + 1 < n;)
    {
      last = find_next (&graph, last, places, error);
      if (last < 0)
        return NULL;
      append_place (stack, &graph, last, places);
      places[last] = stack->len - 1;
    }
  if (last != end)
    return refuse (&layers[end], error, "It is the output, but “%s” comes after it.", layers[last].name), NULL;
  *input = first;
  return g_steal_pointer (&stack);
}

NnBlock *
nn_keras_graph_join (const NnBlock      *block,
                     const NnKerasLayer *layer,
                     const NnKerasPlace *found,
                     guint               place,
                     GError            **error)
{
  const NnKind *kind = nn_block_get_kind (block);
  int arg = nn_kind_find_sources (kind), place_arg = nn_kind_find_arg (kind, NN_KERAS_PLACE_ARG);
  NnValue ids = { 0 }, above = nn_value_whole (-1);
  g_autoptr (NnBlock) joined = NULL;

  if (arg < 0 && found->n_sources == 1)
    return nn_block_ref (block);
  if (arg < 0)
    return refuse (layer, error, "It takes %u inputs; a block of this kind takes one.", found->n_sources), NULL;
  if (found->n_sources == 1)
    return refuse (layer, error, "It takes one input; here a merge joins several."), NULL;

  /* The n-th block of a design that only ever grew at its end has the id n, and the Input 0. */
  for (guint k = 0; k < found->n_sources; k++)
    {
      if (above.whole[0] < 0 && found->sources[k] == (int) place - 1)
        above.whole[0] = k;
      else
        ids.whole[ids.n++] = found->sources[k] + 1;
    }
  joined = nn_block_with_arg (block, arg, &ids);
  return place_arg >= 0 ? nn_block_with_arg (joined, place_arg, &above) : g_steal_pointer (&joined);
}

/* --- writing ------------------------------------------------------------------------ */

gboolean
nn_keras_graph_has_merges (const NnDesign *design)
{
  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    if (nn_block_get_sources (nn_design_get_block (design, i)) != NULL)
      return TRUE;
  return FALSE;
}

/* What stands at `source` of the design, 0 being the Input, as Keras names a tensor (transfer full). */
static json_t *
write_tensor (const NnCheck *check,
              guint          source,
              char         **groups)
{
  const NnShape *shape = source > 0 ? &nn_check_get_block (check, source - 1)->output
                                    : nn_design_get_input (nn_check_get_design (check));
  json_t *extents = json_array ();

  json_array_append_new (extents, json_null ());
  for (int i = 0; i < shape->rank; i++)
    json_array_append_new (extents, json_integer (shape->dim[i]));
  return json_pack ("{s:s, s:{s:o, s:s, s:[s, i, i]}}", "class_name", "__keras_tensor__", "config", "shape", extents, "dtype",
                    "float32", "keras_history", source > 0 ? groups[source - 1] : NN_KERAS_INPUT_NAME, 0, 0);
}

/* The tensors that a merge joins, in the order in which Keras is to take them (transfer full). */
static json_t *
write_sources (const NnCheck *check,
               guint          position,
               char         **groups)
{
  const NnDesign *design = nn_check_get_design (check);
  const NnBlock *block = nn_design_get_block (design, position);
  const NnValue *ids = nn_block_get_sources (block);
  int place_arg = nn_kind_find_arg (nn_block_get_kind (block), NN_KERAS_PLACE_ARG);
  gint64 above = place_arg >= 0 ? MIN (nn_block_get_arg (block, place_arg)->whole[0], ids->n) : 0;
  json_t *tensors = json_array ();

  for (int i = 0; i < ids->n; i++)
    json_array_append_new (tensors, write_tensor (check, nn_design_find_source (design, ids->whole[i]), groups));
  json_array_insert_new (tensors, above, write_tensor (check, position, groups));
  return tensors;
}

void
nn_keras_graph_link (json_t        *layer,
                     const NnCheck *check,
                     guint          position,
                     char         **groups)
{
  const NnBlock *block = nn_design_get_block (nn_check_get_design (check), position);
  json_t *taken = nn_block_get_sources (block) != NULL ? write_sources (check, position, groups)
                                                       : write_tensor (check, position, groups);

  json_object_set_new (layer, "name", json_string (groups[position]));
  json_object_set_new (layer, "inbound_nodes", json_pack ("[{s:[o], s:{}}]", "args", taken, "kwargs"));
}
