/* test-keras-compile.c: loss and optimizer come out of a file and go back; those that are not known cost nothing but themselves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-keras.h"

#include "nn-shape.h"
#include "nn-template.h"

#include <string.h>

#define STEPS 12

static void
test_compiled (void)
{
  g_autoptr (GBytes) stack = t_keras_load ("stack.keras");
  g_autoptr (GBytes) across = t_keras_load ("across.keras");
  g_autoptr (GBytes) open_time = t_keras_load ("open-time.keras");
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;

  t_keras_read (stack, 0, &keras, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (nn_design_get_name (keras.design), ==, "a_stack");
  g_assert_true (keras.has_loss && keras.has_optimizer);
  g_assert_cmpint (keras.settings.loss, ==, NN_LOSS_BINARY_CROSSENTROPY);
  g_assert_cmpint (keras.settings.optimizer, ==, NN_OPTIMIZER_ADAM);
  g_assert_cmpfloat_with_epsilon (keras.settings.learning_rate, 0.002, 1e-8);
  g_assert_cmpfloat_with_epsilon (keras.settings.beta_1, 0.8, 1e-8);
  nn_keras_clear (&keras);

  t_keras_read (across, 0, &keras, &error);
  g_assert_no_error (error);
  g_assert_cmpint (keras.settings.optimizer, ==, NN_OPTIMIZER_SGD);
  g_assert_cmpfloat_with_epsilon (keras.settings.momentum, 0.9, 1e-8);
  g_assert_true (keras.has_loss);
  g_assert_cmpint (keras.moments.n_steps, ==, 0);
  nn_keras_clear (&keras);

  t_keras_read (open_time, STEPS, &keras, &error);
  g_assert_no_error (error);
  g_assert_false (keras.has_loss || keras.has_optimizer);
  g_assert_null (keras.loss_why);
}

/* Whether all numbers of a row are 0 or more; `*any`: one is above. */
static gboolean
is_positive (const float *row,
             gint64       n,
             gboolean    *any)
{
  *any = FALSE;
  for (gint64 i = 0; i < n; i++)
    {
      if (row[i] < 0.0f)
        return FALSE;
      *any |= row[i] > 0.0f;
    }
  return TRUE;
}

/* What Keras' optimizers kept: the arrays of squares are known by their signs. */
static void
test_moments (void)
{
  static const struct { const char *file; guint n_arrays, squares; gint64 n_steps; } cases[] = {
    { "stack.keras", 2, 1, 1 }, /* Adam: its second moment */
    { "image.keras", 3, 0, 4 }, /* RMSprop: its mean square */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) archive = t_keras_load (cases[i].file);
      g_autofree guint8 *bytes = NULL;
      g_autoptr (GBytes) written = NULL;
      g_auto (NnKeras) keras = { 0 }, again = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean any;
      gsize length;

      t_keras_read (archive, 0, &keras, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (keras.moments_why, ==, NULL);
      g_assert_cmpint (keras.moments.n_steps, ==, cases[i].n_steps);
      g_assert_cmpuint (keras.moments.n_arrays, ==, cases[i].n_arrays);
      for (guint k = 0; k < cases[i].n_arrays; k++)
        g_assert_cmpint (is_positive (keras.moments.arrays + k * keras.moments.n_params, keras.moments.n_params, &any), ==,
                         k == cases[i].squares);

      bytes = nn_keras_to_bytes (keras.model, &keras.settings, &keras.moments, &length, &error);
      g_assert_no_error (error);
      written = g_bytes_new (bytes, length);
      t_keras_read (written, 0, &again, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (keras.moments.arrays, keras.moments.n_arrays * keras.moments.n_params * sizeof (float),
                       again.moments.arrays, again.moments.n_arrays * again.moments.n_params * sizeof (float));
    }
}

/* Of an optimizer that the file does not say it was compiled with, the state is left, in words. */
static void
test_other_moments (void)
{
  g_autoptr (GBytes) archive = t_keras_load ("image.keras");
  g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
  g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");
  g_autoptr (GBytes) edited = t_keras_edit (config, "\"centered\": true", "\"centered\": false");
  g_autoptr (GBytes) changed = t_keras_archive (edited, weights);
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;

  t_keras_read (changed, 0, &keras, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (keras.moments_why, "There are 31 arrays of it; the layers that learn need 21"));
  g_assert_cmpint (keras.moments.n_steps, ==, 0);
}

/* PiecewiseConstantDecay, and what of it cannot be held. */
static void
test_pieces (void)
{
  static const struct { const char *old, *new, *why; } cases[] = {
    { "[1, 3]", "[1.0, 3.7]", NULL },
    { "[1, 3]", "[3, 1]", "Boundary 2 of the learning rate is 1" },
    { "[1, 3]", "[1, \"x\"]", "whose boundaries is [1,\"x\"]" },
    { "[1, 3]", "[]", "whose boundaries is []" },
    { "[1, 3]", "[1]", "whose values is [0.01,0.005,0.001]" },
    { "[0.01,", "[-1,", "Value 1 of the learning rate is -1" },
  };
  g_autoptr (GBytes) archive = t_keras_load ("image.keras");
  g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
  g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) edited = t_keras_edit (config, cases[i].old, cases[i].new);
      g_autoptr (GBytes) changed = t_keras_archive (edited, weights);
      g_auto (NnKeras) keras = { 0 };
      g_autoptr (GError) error = NULL;

      t_keras_read (changed, 0, &keras, &error);
      g_assert_no_error (error);
      if (cases[i].why != NULL)
        g_assert_nonnull (strstr (keras.schedule_why, cases[i].why));
      else
        g_assert_cmpstr (keras.schedule_why, ==, NULL);
      g_assert_cmpstr (keras.optimizer_why, ==, NULL);
      g_assert_true (keras.has_optimizer); /* whose other numbers stand */
      if (cases[i].why != NULL)
        g_assert_cmpint (keras.settings.schedule, ==, NN_SCHEDULE_CONSTANT);
      if (cases[i].why != NULL)
        continue;
      g_assert_cmpint (keras.settings.schedule, ==, NN_SCHEDULE_STEP);
      g_assert_cmpint (keras.settings.n_boundaries, ==, 2);
      g_assert_cmpint (keras.settings.boundaries[1], ==, 3);
      g_assert_cmpfloat (keras.settings.values[1], ==, 0.005);
    }
}

static NnModel *
make_model (void)
{
  const NnShape input = nn_shape_2 (40, 16);
  g_autoptr (NnDesign) design = nn_template_build (nn_template_find ("R1"), &input, 2);
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);

  return nn_model_new (check, NULL);
}

/* Every optimizer with every loss, and numbers that are not the usual ones. */
static void
test_settings (void)
{
  g_autoptr (NnModel) model = make_model ();

  for (int optimizer = 0; optimizer < NN_N_OPTIMIZERS; optimizer++)
    for (int loss = NN_LOSS_AUTO + 1; loss < NN_N_LOSSES; loss++)
      {
        NnSettings settings = nn_settings_default ();
        g_autofree guint8 *bytes = NULL;
        g_autoptr (GBytes) archive = NULL;
        g_auto (NnKeras) keras = { 0 };
        g_autoptr (GError) error = NULL;
        gsize length;

        nn_settings_set_optimizer (&settings, optimizer);
        settings.loss = loss;
        settings.learning_rate = 0.0625;
        settings.momentum = 0.5;
        settings.nesterov = optimizer == NN_OPTIMIZER_SGD;
        settings.rho = 0.75;
        settings.epsilon = 1e-3;
        settings.clipnorm = 2;
        settings.label_smoothing = 0.25;
        settings.focal_alpha = 0.125;
        settings.huber_delta = 3;
        settings.schedule = loss % 2 ? NN_SCHEDULE_EXPONENTIAL : NN_SCHEDULE_COSINE;
        settings.decay_steps = 100;
        settings.cosine_alpha = 0.5;
        bytes = nn_keras_to_bytes (model, &settings, NULL, &length, &error);
        g_assert_no_error (error);
        archive = g_bytes_new (bytes, length);
        t_keras_read (archive, 0, &keras, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (keras.optimizer_why, ==, NULL);
        g_assert_cmpstr (keras.loss_why, ==, NULL);
        for (guint i = 0; nn_setting_nth (i) != NULL; i++)
          {
            const NnSetting *setting = nn_setting_nth (i);
            NnValue before = nn_setting_get (setting, &settings), after = nn_setting_get (setting, &keras.settings);

            if (nn_setting_counts (setting, &settings) && !nn_value_equal (&before, &after))
              g_error ("Optimizer %d, loss %d: %s does not come back", optimizer, loss, setting->arg.name);
          }
      }
}

/* The words and objects that Keras takes and writes. */
static void
test_words (void)
{
  static const struct { const char *json; NnLossKind loss; } cases[] = {
    { "\"mse\"", NN_LOSS_MEAN_SQUARED_ERROR },
    { "\"mean_absolute_error\"", NN_LOSS_MEAN_ABSOLUTE_ERROR },
    { "\"huber\"", NN_LOSS_HUBER },
    { "{\"class_name\": \"Huber\", \"config\": {\"delta\": 2.0, \"name\": \"huber\"}}", NN_LOSS_HUBER },
    { "{\"class_name\": \"SparseCategoricalCrossentropy\", \"config\": {\"ignore_class\": null, \"from_logits\": false}}",
      NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY },
    { "{\"class_name\": \"BinaryCrossentropy\", \"config\": {\"from_logits\": true}}", NN_LOSS_BINARY_CROSSENTROPY },
    { "\"categorical_crossentropy\"", NN_LOSS_CATEGORICAL_CROSSENTROPY },
  };
  g_autoptr (GBytes) archive = t_keras_load ("stack.keras");
  g_autoptr (GBytes) config = t_keras_member (archive, "config.json");
  g_autoptr (GBytes) weights = t_keras_member (archive, "model.weights.h5");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) edited = t_keras_edit (config, "\"binary_crossentropy\"", cases[i].json);
      g_autoptr (GBytes) changed = t_keras_archive (edited, weights);
      g_auto (NnKeras) keras = { 0 };
      g_autoptr (GError) error = NULL;

      t_keras_read (changed, 0, &keras, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (keras.loss_why, ==, NULL);
      g_assert_cmpint (keras.settings.loss, ==, cases[i].loss);
      g_assert_cmpint (keras.settings.from_logits, ==, strstr (cases[i].json, "\"from_logits\": true") != NULL);
      g_assert_true (cases[i].json[0] != '{' || cases[i].loss != NN_LOSS_HUBER || keras.settings.huber_delta == 2.0);
    }
}

/* What training is told in the file, but cannot be done here, costs nothing but that. */
static void
test_unknown_compile (void)
{
  static const struct { const char *file, *old, *new, *says; } cases[] = {
    { "stack", "\"class_name\": \"Adam\"", "\"class_name\": \"Lion\"", "the optimizer \"Lion\"" },
    { "stack", "\"amsgrad\": false", "\"amsgrad\": true", "the optimizer Adam whose amsgrad is true" },
    { "stack", "\"loss\": \"binary_crossentropy\"", "\"loss\": \"poisson\"", "the loss \"poisson\"" },
    { "stack", "\"loss\": \"binary_crossentropy\"",
      "\"loss\": {\"class_name\": \"BinaryFocalCrossentropy\", \"config\": {\"from_logits\": true}}",
      "whose from_logits is true" },
    { "stack", "\"loss\": \"binary_crossentropy\"",
      "\"loss\": {\"class_name\": \"SparseCategoricalCrossentropy\", \"config\": {\"ignore_class\": 0}}",
      "whose ignore_class is 0" },
    { "across", "\"reduction\": \"sum_over_batch_size\"", "\"reduction\": \"sum\"", "whose reduction is \"sum\"" },
    { "across", "\"axis\": -1", "\"axis\": 1", "whose axis is 1" },
    { "across", "\"loss_weights\": null", "\"loss_weights\": [2.0]", "the loss_weights [2.0]" },
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
      const char *why;

      t_keras_read (changed, 0, &keras, &error);
      g_assert_no_error (error);
      g_assert_nonnull (keras.model);
      why = keras.optimizer_why != NULL ? keras.optimizer_why : keras.schedule_why != NULL ? keras.schedule_why : keras.loss_why;
      if (why == NULL || strstr (why, cases[i].says) == NULL)
        g_error ("Case %u: “%s” is not in “%s”", i, cases[i].says, why);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keras-compile/compiled", test_compiled);
  g_test_add_func ("/keras-compile/settings", test_settings);
  g_test_add_func ("/keras-compile/words", test_words);
  g_test_add_func ("/keras-compile/unknown", test_unknown_compile);
  g_test_add_func ("/keras-compile/moments", test_moments);
  g_test_add_func ("/keras-compile/other-moments", test_other_moments);
  g_test_add_func ("/keras-compile/pieces", test_pieces);
  return g_test_run ();
}
