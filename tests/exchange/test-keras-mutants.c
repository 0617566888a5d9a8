/* test-keras-mutants.c: ten thousand damaged archives: none crashes, none takes long, each refusal is worded
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-keras.h"

#include "mutate.h"

#include <jansson.h>
#include <string.h>

#define N_MUTANTS 4000 /* of each sort */
#define STEPS     12

static const char *const names[] = { "stack.keras", "across.keras", "open-time.keras", "skips.keras" };

/* One file of real Keras, whole and in its members. */
typedef struct
{
  GBytes *archive, *config, *weights;
} Sound;

static Sound sounds[G_N_ELEMENTS (names)];

static void
try_read (GBytes *archive)
{
  gint64 before = mutate_clock_us ();
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;

  t_keras_read (archive, STEPS, &keras, &error);
  g_assert_cmpint (mutate_clock_us () - before, <, mutate_limit_us ());
}

static GBytes *
damage (GRand  *rand,
        GBytes *sound)
{
  GByteArray *mutant = g_byte_array_new ();

  g_byte_array_append (mutant, g_bytes_get_data (sound, NULL), g_bytes_get_size (sound));
  for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
    mutate (rand, mutant);
  return g_byte_array_free_to_bytes (mutant);
}

static void
test_archives (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < N_MUTANTS; i++)
    {
      g_autoptr (GBytes) mutant = damage (rand, sounds[i % G_N_ELEMENTS (names)].archive);

      try_read (mutant);
    }
}

static void
test_weights (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (int i = 0; i < N_MUTANTS; i++)
    {
      const Sound *sound = &sounds[i % G_N_ELEMENTS (names)];
      g_autoptr (GBytes) mutant = damage (rand, sound->weights);
      g_autoptr (GBytes) archive = t_keras_archive (sound->config, mutant);

      try_read (archive);
    }
}

/* --- configs that still are JSON ------------------------------------------------------ */

/* A value of a config and what holds it. */
typedef struct
{
  json_t     *holder;
  const char *key; /* NULL: in a list */
  gsize       i;
} Node;

static void
list_nodes (json_t *json,
            GArray *nodes)
{
  const char *key;
  json_t *value;
  gsize i;

  json_object_foreach (json, key, value)
    {
      Node node = { json, key };

      g_array_append_val (nodes, node);
      list_nodes (value, nodes);
    }
  json_array_foreach (json, i, value)
    {
      Node node = { json, NULL, i };

      g_array_append_val (nodes, node);
      list_nodes (value, nodes);
    }
}

static json_t *
get_node (const Node *node)
{
  return node->key != NULL ? json_object_get (node->holder, node->key) : json_array_get (node->holder, node->i);
}

/* Values of every type that few arguments can have. */
static json_t *
draw_value (GRand *rand)
{
  g_autofree char *lengthy = g_strnfill (300, 'x');

  switch (g_rand_int_range (rand, 0, 12))
    {
    case 0: return json_null ();
    case 1: return json_false ();
    case 2: return json_integer (0);
    case 3: return json_integer (-1);
    case 4: return json_integer (G_MAXINT64);
    case 5: return json_integer (g_rand_int_range (rand, 1, 100000));
    case 6: return json_real (1e300);
    case 7: return json_string ("");
    case 8: return json_string (lengthy);
    case 9: return json_array ();
    case 10: return json_pack ("[i, i, i, i, i]", 1, 2, 3, 4, 5);
    default: return json_pack ("{s:s, s:{}}", "class_name", "Conv1D", "config");
    }
}

static void
change_node (GRand  *rand,
             json_t *root)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  const Node *node, *other;
  json_t *value;

  list_nodes (root, nodes);
  if (nodes->len == 0)
    return;
  node = &g_array_index (nodes, Node, g_rand_int_range (rand, 0, nodes->len));
  other = &g_array_index (nodes, Node, g_rand_int_range (rand, 0, nodes->len));
  if (g_rand_int_range (rand, 0, 4) == 0)
    {
      if (node->key != NULL)
        json_object_del (node->holder, node->key);
      else
        json_array_remove (node->holder, node->i);
      return;
    }
  value = g_rand_boolean (rand) ? json_deep_copy (get_node (other)) : draw_value (rand);
  if (node->key != NULL)
    json_object_set_new (node->holder, node->key, value);
  else
    json_array_set_new (node->holder, node->i, value);
}

static void
test_configs (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int i = 0; i < N_MUTANTS; i++)
    {
      const Sound *sound = &sounds[i % G_N_ELEMENTS (names)];
      gsize length = g_bytes_get_size (sound->config);
      json_t *root = json_loadb (g_bytes_get_data (sound->config, NULL), length, 0, NULL);
      g_autoptr (GBytes) config = NULL;
      g_autoptr (GBytes) archive = NULL;
      char *text;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        change_node (rand, root);
      text = json_dumps (root, JSON_COMPACT);
      config = g_bytes_new_with_free_func (text, strlen (text), free, text);
      json_decref (root);
      archive = t_keras_archive (config, sound->weights);
      try_read (archive);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      sounds[i].archive = t_keras_load (names[i]);
      sounds[i].config = t_keras_member (sounds[i].archive, "config.json");
      sounds[i].weights = t_keras_member (sounds[i].archive, "model.weights.h5");
    }
  g_test_add_func ("/keras-mutants/archives", test_archives);
  g_test_add_func ("/keras-mutants/weights", test_weights);
  g_test_add_func ("/keras-mutants/configs", test_configs);
  return g_test_run ();
}
