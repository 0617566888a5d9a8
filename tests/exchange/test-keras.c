/* test-keras.c: files of real Keras give its numbers; what is written is read back; what cannot be held is refused in words
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-keras.h"

#include "nn-error.h"
#include "nn-pool.h"
#include "nn-predict.h"
#include "nn-shape.h"
#include "nn-template.h"

#include <math.h>
#include <string.h>

#define N_WINDOWS 3
#define STEPS     12
#define CHANNELS  4

static gboolean
fill (gpointer windows,
      gint64   i,
      float   *x,
      gint32  *y,
      GError **error)
{
  memcpy (x, (const float *) windows + i * STEPS * CHANNELS, STEPS * CHANNELS * sizeof *x);
  return TRUE;
}

/* What the file's model gives for Keras' windows is what Keras gave. */
static void
test_numbers (gconstpointer name)
{
  g_autofree char *archive_name = g_strconcat (name, ".keras", NULL);
  g_autofree char *numbers_name = g_strconcat (name, ".bin", NULL);
  g_autoptr (GBytes) archive = t_keras_load (archive_name);
  g_autoptr (GBytes) numbers = t_keras_load (numbers_name);
  const float *x = g_bytes_get_data (numbers, NULL), *wanted = x + N_WINDOWS * STEPS * CHANNELS;
  g_autoptr (NnPool) pool = nn_pool_new (1);
  g_auto (NnKeras) keras = { 0 };
  g_autofree float *output = NULL;
  g_autoptr (GError) error = NULL;
  NnBatchSource source;
  gint64 n, n_steps;

  t_keras_read (archive, STEPS, &keras, &error);
  g_assert_no_error (error);
  g_assert_nonnull (keras.model);
  n_steps = nn_design_get_input (keras.design)->rank > 1 ? STEPS : 1;
  source = (NnBatchSource) { N_WINDOWS, n_steps, STEPS * CHANNELS / n_steps, 0, fill, (gpointer) x };
  n = N_WINDOWS * nn_shape_size (nn_check_get_output (nn_model_get_check (keras.model)));
  g_assert_cmpuint (g_bytes_get_size (numbers), ==, (N_WINDOWS * STEPS * CHANNELS + n) * sizeof (float));
  output = g_new (float, n);
  g_assert_true (nn_predict (keras.model, &source, 0, N_WINDOWS, pool, NULL, NULL, output, &error));
  for (gint64 i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (output[i], wanted[i], 1e-6);
}

static void
assert_same_bytes (const NnModel    *model,
                   const NnSettings *settings,
                   const guint8     *wanted,
                   gsize             n_wanted)
{
  gsize length;
  g_autofree guint8 *bytes = nn_keras_to_bytes (model, settings, NULL, &length, NULL);

  g_assert_cmpmem (bytes, length, wanted, n_wanted);
}

/* Design, weights and settings come back, and the same model gives the same bytes. */
static void
assert_round_trip (const NnModel *model)
{
  NnSettings settings = nn_settings_default ();
  gint64 n = nn_model_get_n_params (model);
  g_autofree float *before = g_new (float, n + 1);
  g_autofree float *after = g_new (float, n + 1);
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GBytes) archive = NULL;
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  settings.optimizer = NN_OPTIMIZER_SGD;
  settings.learning_rate = 0.125;
  settings.momentum = 0.5;
  bytes = nn_keras_to_bytes (model, &settings, NULL, &length, &error);
  g_assert_no_error (error);
  g_assert_true (nn_keras_is (bytes, length));
  assert_same_bytes (model, &settings, bytes, length);

  archive = g_bytes_new (bytes, length);
  t_keras_read (archive, 0, &keras, &error);
  g_assert_no_error (error);
  g_assert_true (nn_design_equal (keras.design, nn_check_get_design (nn_model_get_check (model))));
  nn_model_get_params (model, before);
  nn_model_get_params (keras.model, after);
  g_assert_cmpmem (before, n * sizeof (float), after, n * sizeof (float));
  if (keras.has_optimizer)
    {
      g_assert_cmpint (keras.settings.optimizer, ==, NN_OPTIMIZER_SGD);
      g_assert_cmpfloat (keras.settings.learning_rate, ==, 0.125);
      g_assert_cmpfloat (keras.settings.momentum, ==, 0.5);
    }
}

static NnModel *
make_model (const NnDesign *design)
{
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);
  g_autoptr (GError) error = NULL;
  NnModel *model = nn_model_new (check, &error);

  g_assert_no_error (error);
  nn_model_init (model, 3);
  return model;
}

static void
test_templates (void)
{
  const NnShape input = nn_shape_2 (40, 16);

  for (guint i = 0; nn_template_nth (i) != NULL; i++)
    {
      g_autoptr (NnDesign) design = nn_template_build (nn_template_nth (i), &input, 2);
      g_autoptr (NnModel) model = make_model (design);

      assert_round_trip (model);
    }
}

/* The first of the values after its fallback that an argument may have: what a new block would not write by itself. */
static NnValue
change (const NnArg *arg)
{
  NnValue value = arg->fallback;

  switch (arg->type)
    {
    case NN_ARG_INT:
    case NN_ARG_INT_PAIR:
      for (int i = 0; i < value.n; i++)
        value.whole[i] = value.whole[i] < arg->max ? value.whole[i] + 1 : value.whole[i];
      break;
    case NN_ARG_BOOL:
      value.whole[0] = !value.whole[0];
      break;
    case NN_ARG_CHOICE:
      value.whole[0] = value.whole[0] == 0 ? 1 : 0;
      break;
    case NN_ARG_REAL:
      value.real = MIN (arg->max, fabs (value.real) / 2 + 0.0625);
      break;
    default:
      break;
    }
  return value;
}

static NnDesign *
append (const NnDesign *design,
        const NnBlock  *block)
{
  return nn_design_with_block (design, nn_design_get_n_blocks (design), block, NULL, NULL);
}

/* A model of the one block; NULL where it runs on no input. Before it comes what gives it as many axes as it takes; a merge
 * reads the Input too. */
static NnModel *
make_single (const NnBlock *block)
{
  static const char *const before[] = { "Dropout", "Reshape", "Flatten" };
  const NnShape input = nn_shape_2 (36, 16);
  int sources = nn_kind_find_sources (nn_block_get_kind (block));
  const NnValue the_input = nn_value_whole (0);
  g_autoptr (NnBlock) joined = sources >= 0 ? nn_block_with_arg (block, sources, &the_input) : nn_block_ref (block);

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autoptr (NnDesign) empty = nn_design_new (&input);
      g_autoptr (NnBlock) first = nn_block_new (nn_kind_find (before[i]));
      g_autoptr (NnDesign) begun = append (empty, first);
      g_autoptr (NnDesign) design = append (begun, joined);
      g_autoptr (NnCheck) check = nn_check_new (design, NULL);

      if (nn_check_is_runnable (check))
        return make_model (design);
    }
  return NULL;
}

/* Every kind of the table, with each of its arguments changed alone. */
static void
test_kinds (void)
{
  for (guint k = 0; nn_kind_nth (k) != NULL; k++)
    {
      const NnKind *kind = nn_kind_nth (k);

      if (strcmp (kind->name, "ExpandDims") == 0)
        continue; /* it comes back as the Reshape that Keras has for it */

      g_autoptr (NnBlock) plain = nn_block_new (kind);
      g_autoptr (NnModel) model = make_single (plain);

      if (model == NULL)
        g_error ("%s runs on none of the inputs of this test", kind->name);
      assert_round_trip (model);
      for (guint i = 0; i < kind->n_args; i++)
        {
          NnValue value = change (&kind->args[i]);
          g_autoptr (NnBlock) changed = nn_block_with_arg (plain, i, &value);
          g_autoptr (NnModel) other = make_single (changed);

          if (other != NULL)
            assert_round_trip (other);
        }
    }
}

/* --- models inside models, frozen layers, windows of other ranks --------------------------- */

/* Windows of any rank go through a file and come back. */
static void
test_ranks (void)
{
  static const NnShape shapes[] = { { 1, { 6 } }, { 2, { 5, 3 } }, { 3, { 5, 3, 2 } }, { 4, { 4, 3, 2, 2 } } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (NnDesign) empty = nn_design_new (&shapes[i]);
      g_autoptr (NnBlock) dense = nn_block_new (nn_kind_find ("Dense"));
      g_autoptr (NnDesign) design = append (empty, dense);
      g_autoptr (NnModel) model = make_model (design);

      assert_round_trip (model);
    }
}

static char *
name_blocks (const NnDesign *design)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      const NnBlock *block = nn_design_get_block (design, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", nn_block_get_kind (block)->name);
      if (nn_kind_find_arg (nn_block_get_kind (block), "trainable") >= 0 && !nn_block_get_whole (block, "trainable"))
        g_string_append (text, "*");
    }
  return g_string_free (text, FALSE);
}

/* `old` of the config of image.keras replaced; the blocks that come of it, those that do not learn with a star. */
static void
check_blocks (const char *old,
              const char *new,
              const char *blocks)
{
  g_autoptr (GBytes) archive = t_keras_load ("image.keras");
  g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
  g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");
  g_autoptr (GBytes) edited = t_keras_edit (config, old, new);
  g_autoptr (GBytes) changed = t_keras_archive (edited, weights);
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  t_keras_read (changed, 0, &keras, &error);
  g_assert_no_error (error);
  found = name_blocks (keras.design);
  g_assert_cmpstr (found, ==, blocks);
}

static void
test_inside (void)
{
  check_blocks ("an_image", "an_image", "Conv2D* BatchNormalization Conv2D Reshape Dense TimeDistributed Dense");
  check_blocks ("\"name\": \"inside\", \"trainable\": true", "\"name\": \"inside\", \"trainable\": false",
                "Conv2D* BatchNormalization* Conv2D* Reshape Dense TimeDistributed Dense");
}

/* A wrapper that does not learn holds a block that does not. */
static void
test_frozen_inside (void)
{
  g_autoptr (GBytes) archive = t_keras_load ("image.keras");
  g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
  g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");
  g_autoptr (GBytes) edited = t_keras_edit (config, "\"name\": \"time_distributed\", \"trainable\": true",
                                            "\"name\": \"time_distributed\", \"trainable\": false");
  g_autoptr (GBytes) changed = t_keras_archive (edited, weights);
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;

  t_keras_read (changed, 0, &keras, &error);
  g_assert_no_error (error);
  g_assert_false (nn_block_get_whole (nn_block_get_inner (nn_design_get_block (keras.design, 5)), "trainable"));
}

/* --- refusals ------------------------------------------------------------------------- */

typedef struct
{
  const char *file, *old, *new, *says;
} Case;

static void
test_refusals (void)
{
  static const Case cases[] = {
    { "stack", "\"class_name\": \"MaxPooling1D\"",
      "\"class_name\": \"Lambda\"", "Layer “max_pooling1d” (Lambda): It holds code" },
    { "stack", "\"data_format\": \"channels_last\"",
      "\"data_format\": \"channels_first\"", "data_format is \"channels_first\": channels are last here" },
    { "stack", "\"registered_name\": null}, \"filters\"",
      "\"registered_name\": null}, \"moon\": 1, \"filters\"", "moon is 1: the block here has no such argument" },
    { "stack", "\"stateful\": false", "\"stateful\": true", "stateful is true: each window starts anew" },
    { "stack", "\"return_state\": false", "\"return_state\": true", "return_state is true" },
    { "stack", "\"padding\": \"causal\"", "\"padding\": \"reflect\"", "padding cannot be “reflect”" },
    { "stack", "\"filters\": 5", "\"filters\": 1000000000", "filters" },
    { "stack", "\"filters\": 5", "\"filters\": 6", "conv1d/vars/0” are 3 × 4 × 5; the layer needs 3 × 4 × 6" },
    { "stack", "\"filters\": 5, ", "", "filters is missing" },
    { "stack", "\"use_bias\": true", "\"use_bias\": false", "has 2 arrays; the layer needs 1" },
    { "stack", "\"class_name\": \"L2\"", "\"class_name\": \"OrthogonalRegularizer\"", "kernel_regularizer is" },
    { "stack", "\"bias_constraint\": null", "\"bias_constraint\": {\"class_name\": \"NonNeg\"}", "bias_constraint is" },
    { "stack", "\"registered_name\": null}, {\"module\": \"keras.layers\"",
      "\"registered_name\": \"mine>Conv\"}, {\"module\": \"keras.layers\"", "code of others" },
    { "stack", "{\"name\": \"float32\"}, \"registered_name\": null}, \"filters\"",
      "{\"name\": \"mixed_float16\"}, \"registered_name\": null}, \"filters\"", "dtype is \"mixed_float16\"" },
    { "stack", "\"class_name\": \"Sequential\"", "\"class_name\": \"Mystery\"", "The model is a \"Mystery\"" },
    { "stack", "\"sparse\": false", "\"sparse\": true", "Layer “input_layer” (InputLayer): sparse is true" },
    { "stack", "[null, 12, 4]", "[null, 12, 4, 1, 1, 1]", "windows of 1 to 4 axes can be held" },
    { "stack", "[null, 12, 4]", "[null, 12, null]", "which leaves an axis open" },
    { "stack", "[null, 12, 4]", "[null, 12, 4.5]", "extents are whole numbers" },
    { "stack", "[null, 12, 4]", "[null, 12, -4]", "each extent may be 1 to" },
    { "stack", "{\"module\"", "{\"module\": 1, \"module\"", "duplicate" },
    { "stack", "{\"module\"", "[\"module\"", "config.json, line 1" },
    { "skips", "\"training\": false", "\"training\": true", "Layer “lstm” (LSTM): It is called with training true" },
    { "skips", "\"keras_history\": [\"lstm\"", "\"keras_history\": [\"nobody\"", "is not the output of a layer of this model" },
    { "skips", "\"keras_history\": [\"lstm\"", "\"keras_history\": [\"max_pooling1d\"",
      "It takes what “max_pooling1d” gives, and so does another branch" },
    { "skips", "\"keras_history\": [\"input_layer\"", "\"keras_history\": [\"dense\"", "in a circle, or from nowhere" },
    { "skips", "\"output_layers\": [\"dense\", 0, 0]", "\"output_layers\": [[\"dense\", 0, 0], [\"add\", 0, 0]]",
      "has 2 outputs" },
    { "skips", "\"output_layers\": [\"dense\", 0, 0]", "\"output_layers\": [\"add\", 0, 0]",
      "It is the output, but “dense” comes after" },
    { "skips", "\"class_name\": \"Maximum\"", "\"class_name\": \"Flatten\"", "(Flatten): It takes 2 inputs" },
    { "skips", "\"inbound_nodes\": [{", "\"inbound_nodes\": [{}, {", "It is used 2 times" },
    { "skips", "\"name\": \"lstm\", \"trainable\"", "\"name\": \"conv1d\", \"trainable\"", "There are two layers of that name" },
    { "open-time", "\"name\": \"sequential", "\"name\": \"sequential", "must be given (--length on the command line)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat (cases[i].file, ".keras", NULL);
      g_autoptr (GBytes) archive = t_keras_load (name);
      g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
      g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");
      g_autoptr (GBytes) edited = t_keras_edit (config, cases[i].old, cases[i].new);
      g_autoptr (GBytes) changed = t_keras_archive (edited, weights);
      g_auto (NnKeras) keras = { 0 };
      g_autoptr (GError) error = NULL;

      if (t_keras_read (changed, 0, &keras, &error) || strstr (error->message, cases[i].says) == NULL)
        g_error ("Case %u: “%s” is not in “%s”", i, cases[i].says, error != NULL ? error->message : "");
    }
}

static void
test_missing_members (void)
{
  g_autoptr (GBytes) archive = t_keras_load ("stack.keras");
  g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
  g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");
  g_autoptr (GBytes) nothing = g_bytes_new_static ("not a zip at all", 16);
  g_autoptr (GBytes) no_config = t_keras_archive (NULL, weights);
  g_autoptr (GBytes) no_weights = t_keras_archive (config, NULL);
  GBytes *const archives[] = { nothing, no_config, no_weights };
  static const char *const says[] = { "no zip archive", "“config.json” is missing", "“model.weights.h5” is missing" };

  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      g_auto (NnKeras) keras = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (t_keras_read (archives[i], 0, &keras, &error));
      g_assert_nonnull (strstr (error->message, says[i]));
    }
}

/* A design that asks for more weights than the file can have gets no memory for them. */
static void
test_greedy (void)
{
  g_autoptr (GBytes) archive = t_keras_load ("stack.keras");
  g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
  g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");
  g_autoptr (GBytes) wide = t_keras_edit (config, "\"filters\": 5", "\"filters\": 65536");
  g_autoptr (GBytes) wider = t_keras_edit (wide, "[null, 12, 4]", "[null, 12, 1000000]");
  g_autoptr (GBytes) changed = t_keras_archive (wider, weights);
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (t_keras_read (changed, 0, &keras, &error));
  g_assert_nonnull (strstr (error->message, "cannot hold as many"));
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) config = NULL;
  g_autoptr (GBytes) archive = NULL;
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  config = g_bytes_new (text->str, text->len);
  archive = t_keras_archive (config, NULL);
  g_assert_false (t_keras_read (archive, 0, &keras, &error));
  g_assert_nonnull (strstr (error->message, "are 100000 deep"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/keras/numbers/stack", "stack", test_numbers);
  g_test_add_data_func ("/keras/numbers/across", "across", test_numbers);
  g_test_add_data_func ("/keras/numbers/open-time", "open-time", test_numbers);
  g_test_add_data_func ("/keras/numbers/skips", "skips", test_numbers);
  g_test_add_data_func ("/keras/numbers/image", "image", test_numbers);
  g_test_add_data_func ("/keras/numbers/vector", "vector", test_numbers);
  g_test_add_func ("/keras/ranks", test_ranks);
  g_test_add_func ("/keras/inside", test_inside);
  g_test_add_func ("/keras/frozen-inside", test_frozen_inside);
  g_test_add_func ("/keras/templates", test_templates);
  g_test_add_func ("/keras/kinds", test_kinds);
  g_test_add_func ("/keras/refusals", test_refusals);
  g_test_add_func ("/keras/missing-members", test_missing_members);
  g_test_add_func ("/keras/greedy", test_greedy);
  g_test_add_func ("/keras/depth", test_depth);
  return g_test_run ();
}
