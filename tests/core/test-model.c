/* test-model.c: weights go in and come out as they are, begin as Keras' do, and copies stand for themselves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-error.h"

#include <math.h>
#include <string.h>

#define DESIGN "Conv1D filters=19 kernel_size=3 padding=same; TimeDistributed: Dense units=5; " \
               "LSTM units=21 return_sequences=yes; Dense units=1 activation=sigmoid use_bias=no"

static float *
get_params (const NnModel *model)
{
  float *params = g_new (float, nn_model_get_n_params (model));

  nn_model_get_params (model, params);
  return params;
}

static void
test_round_trip (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 4, 2, DESIGN, 1);
  gint64 n = nn_model_get_n_params (model);
  g_autofree float *in = g_new (float, n), *out = NULL;

  g_assert_cmpint (n, ==, nn_check_get_n_params (nn_model_get_check (model)));
  for (gint64 i = 0; i < n; i++)
    in[i] = (float) i;
  nn_model_set_params (model, in);
  out = get_params (model);
  g_assert_cmpmem (in, n * sizeof *in, out, n * sizeof *out);
}

/* As Keras' get_weights() lists them. */
static void
test_tensors (void)
{
  static const struct { guint block; const char *name, *shape; } expected[] = {
    { 0, "kernel", "3 × 4 × 19" }, { 0, "bias", "19" },
    { 1, "kernel", "19 × 5" }, { 1, "bias", "5" },
    { 2, "kernel", "5 × 84" }, { 2, "recurrent_kernel", "21 × 84" }, { 2, "bias", "84" },
    { 3, "kernel", "21 × 1" },
  };
  g_autoptr (NnModel) model = t_model_new (10, 4, 2, DESIGN, 1);
  const NnDesign *design = nn_check_get_design (nn_model_get_check (model));
  gint64 next = 0;

  g_assert_cmpuint (nn_model_get_n_tensors (model), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = NULL;
      const char *name;
      NnBlockId block;
      NnShape shape;
      gint64 offset;

      nn_model_get_tensor (model, i, &block, &name, &shape, &offset);
      text = nn_shape_to_text (&shape);
      g_assert_cmpint (nn_design_find_block (design, block), ==, expected[i].block);
      g_assert_cmpstr (name, ==, expected[i].name);
      g_assert_cmpstr (text, ==, expected[i].shape);
      g_assert_cmpint (offset, ==, next);
      next += nn_shape_size (&shape);
    }
  g_assert_cmpint (next, ==, nn_model_get_n_params (model));
}

/* Q of [21][84] has orthonormal rows. */
static void
check_orthogonal (const float *q, gint64 rows, gint64 columns)
{
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j <= i; j++)
      {
        double product = 0.0;

        for (gint64 k = 0; k < columns; k++)
          product += (double) q[i * columns + k] * (double) q[j * columns + k];
        g_assert_cmpfloat_with_epsilon (product, i == j ? 1.0 : 0.0, 1e-5);
      }
}

static void
test_init (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 4, 2, DESIGN, 1);
  g_autofree float *params = NULL, *again = NULL, *other = NULL;
  double limit = sqrt (6.0 / (3 * 4 + 3 * 19)), most = 0.0;
  gint64 at, n = nn_model_get_n_params (model);

  nn_model_init (model, 5);
  params = get_params (model);
  nn_model_init (model, 5);
  again = get_params (model);
  nn_model_init (model, 6);
  other = get_params (model);
  g_assert_cmpmem (params, n * sizeof *params, again, n * sizeof *again);
  g_assert_cmpint (memcmp (params, other, n * sizeof *params), !=, 0);

  for (guint i = 0; i < 3 * 4 * 19; i++)
    most = fmax (most, fabs ((double) params[i]));
  g_assert_cmpfloat (most, <=, limit);
  g_assert_cmpfloat (most, >, 0.95 * limit);

  nn_model_get_tensor (model, 1, NULL, NULL, NULL, &at);
  for (guint i = 0; i < 19; i++)
    g_assert_cmpfloat (params[at + i], ==, 0.0f);
  nn_model_get_tensor (model, 5, NULL, NULL, NULL, &at);
  check_orthogonal (params + at, 21, 84);
  nn_model_get_tensor (model, 6, NULL, NULL, NULL, &at);
  for (guint i = 0; i < 84; i++)
    g_assert_cmpfloat (params[at + i], ==, i / 21 == 1 ? 1.0f : 0.0f);
}

static void
test_copies (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 4, 2, DESIGN, 1);
  g_autoptr (NnModel) copy = nn_model_copy (model);
  g_autoptr (NnWeights) weights = nn_model_dup_weights (model);
  g_autoptr (NnWeights) same = nn_weights_ref (weights);
  g_autofree float *before = get_params (model), *after = NULL, *copied = NULL;
  gsize bytes = nn_model_get_n_params (model) * sizeof (float);

  nn_model_init (model, 99);
  copied = get_params (copy);
  g_assert_cmpmem (before, bytes, copied, bytes);
  g_assert_cmpmem (before, bytes, nn_weights_get_params (same), bytes);
  g_assert_cmpint (nn_weights_get_n_params (weights) * sizeof (float), ==, bytes);
  g_assert_true (nn_design_equal (nn_weights_get_design (weights), nn_check_get_design (nn_model_get_check (model))));
  nn_model_set_weights (model, weights);
  after = get_params (model);
  g_assert_cmpmem (before, bytes, after, bytes);
}

static NnModel *
try_model (const char *text, GError **error)
{
  g_autoptr (NnDesign) design = t_design_new (10, 4, text);
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);

  return nn_model_new (check, error);
}

static void
test_refusals (void)
{
  g_autoptr (GError) broken = NULL, large = NULL, larger = NULL;

  g_assert_null (try_model ("Conv1D filters=2 kernel_size=11 padding=valid", &broken));
  g_assert_error (broken, NN_ERROR, NN_ERROR_DESIGN);
  g_assert_true (g_str_has_prefix (broken->message, "The design cannot be run: "));

  /* 1.7 · 10¹⁵ bytes, which no address space has. */
  g_assert_null (try_model ("Dense units=65536; Conv1D filters=65536 kernel_size=100000 padding=same", &large));
  g_assert_error (large, NN_ERROR, NN_ERROR_TOO_LARGE);

  g_assert_null (try_model ("Dense units=65536; LSTM units=65536 return_sequences=yes; "
                            "Conv1D filters=65536 kernel_size=100000 padding=same; "
                            "Reshape target_shape=(10,1,1,65536); Dense units=65536", &larger));
  g_assert_error (larger, NN_ERROR, NN_ERROR_TOO_LARGE);
}

static void
test_forced_kernels (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnModel) model = NULL;

  g_setenv ("LAMINA_KERNELS", "v99", TRUE);
  g_assert_null (try_model ("Dense units=1", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "“v99”"));
  g_assert_nonnull (strstr (error->message, "ref"));

  g_setenv ("LAMINA_KERNELS", "ref", TRUE);
  model = try_model ("Dense units=1", NULL);
  g_assert_nonnull (model);
  g_unsetenv ("LAMINA_KERNELS");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/round-trip", test_round_trip);
  g_test_add_func ("/model/tensors", test_tensors);
  g_test_add_func ("/model/init", test_init);
  g_test_add_func ("/model/copies", test_copies);
  g_test_add_func ("/model/refusals", test_refusals);
  g_test_add_func ("/model/forced-kernels", test_forced_kernels);
  return g_test_run ();
}
