/* nn-keras.c: a .keras archive as a design with weights, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-private.h"
#include "nn-archive.h"
#include "nn-error.h"
#include "nn-layer-name.h"
#include "nn-shape.h"

#include <string.h>

#define MAX_CONFIG   (1 << 24)               /* bytes of config.json */
#define MAX_WEIGHTS  (G_GINT64_CONSTANT (1) << 32)
#define MAX_DEPTH    32                      /* brackets in config.json; Keras' own are 10 deep in a Bidirectional */
#define MAX_EXTENT   1000000000
#define METADATA     "metadata.json"
#define VERSION      "3.3.3"                 /* of Keras, the oldest that is known to load what is written here */

void
nn_keras_clear (NnKeras *self)
{
  g_clear_pointer (&self->design, nn_design_unref);
  g_clear_pointer (&self->model, nn_model_free);
  g_clear_pointer (&self->loss_why, g_free);
  g_clear_pointer (&self->optimizer_why, g_free);
}

gboolean
nn_keras_is (const guint8 *bytes,
             gsize         length)
{
  return length >= 4 && memcmp (bytes, "PK\3\4", 4) == 0;
}

/* --- reading: the config ------------------------------------------------------------ */

/* The layers in the file's order. */
typedef struct
{
  NnKerasLayer *layers;
  char        **groups; /* of each layer's weights; "" for one that has none */
  guint         n;
} Layers;

static void
clear_layers (Layers *self)
{
  g_clear_pointer (&self->layers, g_free);
  g_clear_pointer (&self->groups, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layers, clear_layers)

static json_t *
read_config (NnArchive *archive,
             GError   **error)
{
  g_autoptr (GBytes) bytes = nn_archive_read (archive, NN_KERAS_CONFIG, MAX_CONFIG, error);
  json_error_t problem;
  const char *text;
  int depth = 0;
  gsize length;
  json_t *root;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  nn_codec_scan (text, length, -1, &depth);
  if (depth > MAX_DEPTH)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The brackets of " NN_KERAS_CONFIG " are %d deep; at most %d are read.",
                   depth, MAX_DEPTH);
      return NULL;
    }
  root = json_loadb (text, length, JSON_REJECT_DUPLICATES, &problem);
  if (root == NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, NN_KERAS_CONFIG ", line %d, column %d: %s.", problem.line, problem.column,
                 problem.text);
  return root;
}

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
  return strcmp (layer->class_name, "InputLayer") == 0;
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
                   "Layer “%s” (InputLayer): the shape is %s; windows of steps × channels, such as [null,400,16], can be held.",
                   name, shown);
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

/* Where the file says what comes in: in an InputLayer, else in the first layer or beside the layers. */
static json_t *
find_input (json_t       *config,
            const Layers *layers)
{
  static const char *const keys[] = { "batch_shape", "batch_input_shape" };
  json_t *shape = NULL;

  for (guint i = 0; shape == NULL && i < G_N_ELEMENTS (keys); i++)
    shape = json_object_get (layers->layers[0].config, keys[i]);
  return shape != NULL ? shape : json_object_get (config, "build_input_shape");
}

static NnDesign *
begin_design (json_t        *config,
              const NnShape *input)
{
  const char *name = json_string_value (json_object_get (config, "name"));
  g_autoptr (NnDesign) empty = nn_design_new (input);

  return nn_design_with_name (empty, name != NULL ? name : "");
}

static gboolean
append_layer (NnDesign          **design,
              const NnKerasLayer *layer,
              GError            **error)
{
  g_autoptr (NnBlock) block = nn_keras_layer_read (layer, error);
  NnDesign *longer = block != NULL
                     ? nn_design_with_block (*design, nn_design_get_n_blocks (*design), block, NULL, error) : NULL;

  if (longer == NULL)
    return FALSE;
  nn_design_unref (*design);
  *design = longer;
  return TRUE;
}

/* `groups` gets the groups of the design's blocks. */
static NnDesign *
read_sequential (json_t  *config,
                 gint64   n_steps,
                 char  ***groups,
                 GError **error)
{
  g_auto (Layers) layers = { 0 };
  g_autoptr (NnDesign) design = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  NnShape input;

  if (!open_layers (config, &layers, error)
      || (is_input (&layers.layers[0]) && !nn_keras_layer_check (&layers.layers[0], NULL, error))
      || !read_input (find_input (config, &layers), layers.layers[0].name, n_steps, &input, error))
    return NULL;
  design = begin_design (config, &input);
  for (guint i = is_input (&layers.layers[0]) ? 1 : 0; i < layers.n; i++)
    {
      if (!append_layer (&design, &layers.layers[i], error))
        return NULL;
      g_ptr_array_add (found, g_strdup (layers.groups[i]));
    }
  g_ptr_array_add (found, NULL);
  *groups = (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
  return g_steal_pointer (&design);
}

static NnDesign *
read_design (json_t  *root,
             gint64   n_steps,
             char  ***groups,
             GError **error)
{
  const char *class_name = json_string_value (json_object_get (root, "class_name"));
  json_t *config = json_object_get (root, "config");

  if (class_name == NULL || !json_is_object (config))
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, "It is no model of Keras': its class_name or its config is missing.");
  else if (strcmp (class_name, "Sequential") == 0)
    return read_sequential (config, n_steps, groups, error);
  else
    {
      g_autofree char *shown = nn_keras_show (json_object_get (root, "class_name"));

      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "The model is a %s; a Sequential can be held.", shown);
    }
  return NULL;
}

/* --- reading: the whole ------------------------------------------------------------- */

static gboolean
read_weights (NnArchive *archive,
              NnKeras   *keras,
              char     **groups,
              GError   **error)
{
  g_autoptr (NnCheck) check = nn_check_new (keras->design, NULL);
  g_autoptr (NnModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (!nn_check_is_runnable (check))
    return TRUE;
  bytes = nn_archive_read (archive, NN_KERAS_WEIGHTS, MAX_WEIGHTS, error);
  if (bytes == NULL)
    return FALSE;
  /* A design needs few bytes to ask for many weights: they must be in the file before there is memory for them. */
  length = g_bytes_get_size (bytes);
  if (nn_check_get_n_params (check) > (gint64) (length / sizeof (float)))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The layers have %" G_GINT64_FORMAT " weights; " NN_KERAS_WEIGHTS
                   " of %" G_GSIZE_FORMAT " bytes cannot hold as many.", nn_check_get_n_params (check), length);
      return FALSE;
    }
  model = nn_model_new (check, error);
  if (model == NULL || !nn_keras_weights_read (model, groups, g_bytes_get_data (bytes, NULL), length, error))
    return FALSE;
  keras->model = g_steal_pointer (&model);
  return TRUE;
}

gboolean
nn_keras_from_bytes (const guint8 *bytes,
                     gsize         length,
                     gint64        n_steps,
                     NnKeras      *keras,
                     GError      **error)
{
  g_autoptr (NnArchive) archive = NULL;
  g_autoptr (json_t) root = NULL;
  g_auto (GStrv) groups = NULL;
  g_auto (NnKeras) read = { 0 };

  g_return_val_if_fail (bytes != NULL && keras != NULL, FALSE);

  archive = nn_archive_open (bytes, length, error);
  if (archive == NULL)
    return FALSE;
  root = read_config (archive, error);
  if (root == NULL)
    return FALSE;
  read.design = read_design (root, n_steps, &groups, error);
  if (read.design == NULL)
    return FALSE;
  nn_keras_compile_read (&read, json_object_get (root, "compile_config"));
  if (!read_weights (archive, &read, groups, error))
    return FALSE;

  *keras = read;
  read = (NnKeras) { 0 };
  return TRUE;
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
  return json_pack ("{s:s, s:s, s:{s:o, s:s, s:s}, s:n}", "module", "keras.layers", "class_name", "InputLayer", "config",
                    "batch_shape", shape, "dtype", "float32", "name", "input_layer", "registered_name");
}

static json_t *
write_sequential (const NnDesign *design,
                  char          **groups)
{
  json_t *layers = json_array ();
  g_autofree char *name = make_name (design);

  json_array_append_new (layers, write_input (nn_design_get_input (design)));
  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    json_array_append_new (layers, nn_keras_layer_write (nn_design_get_block (design, i), groups[i]));
  return json_pack ("{s:s, s:s, s:{s:s, s:o}, s:n}", "module", "keras", "class_name", "Sequential", "config", "name", name,
                    "layers", layers, "registered_name");
}

static char **
list_groups (const NnDesign *design)
{
  guint n = nn_design_get_n_blocks (design);
  g_autofree const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = nn_block_get_kind (nn_design_get_block (design, i))->name;
  return nn_keras_list_groups (names, n);
}

/* Keras' Sequential is a stack without ways around. */
static gboolean
is_sequential (const NnDesign *design,
               GError        **error)
{
  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      g_autofree char *text = nn_design_block_to_text (design, i);

      if (nn_block_get_sources (nn_design_get_block (design, i)) == NULL)
        continue;
      g_set_error (error, NN_ERROR, NN_ERROR_DESIGN, "Block %u (%s) joins several blocks; a Sequential model of Keras cannot hold that.",
                   i + 1, text);
      return FALSE;
    }
  return TRUE;
}

guint8 *
nn_keras_to_bytes (const NnModel    *model,
                   const NnSettings *settings,
                   gsize            *length,
                   GError          **error)
{
  static const char metadata[] = "{\"keras_version\":\"" VERSION "\"}";
  const NnDesign *design;
  g_auto (GStrv) groups = NULL;
  g_autoptr (json_t) root = NULL;
  g_autofree guint8 *weights = NULL;
  guint8 *bytes;
  gsize n_weights;
  char *config;

  g_return_val_if_fail (model != NULL && length != NULL, NULL);

  design = nn_check_get_design (nn_model_get_check (model));
  if (!is_sequential (design, error))
    return NULL;
  groups = list_groups (design);
  root = write_sequential (design, groups);
  if (settings != NULL)
    json_object_set_new (root, "compile_config", nn_keras_compile_write (model, settings));
  weights = nn_keras_weights_write (model, groups, &n_weights, error);
  if (weights == NULL)
    return NULL;
  config = json_dumps (root, JSON_COMPACT | JSON_REAL_PRECISION (15));
  {
    const NnArchiveItem items[] = {
      { METADATA, metadata, sizeof metadata - 1 },
      { NN_KERAS_CONFIG, config, strlen (config) },
      { NN_KERAS_WEIGHTS, weights, n_weights },
    };

    bytes = nn_archive_write (items, G_N_ELEMENTS (items), length, error);
  }
  free (config);
  return bytes;
}
