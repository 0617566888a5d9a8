/* test-kind.c: walks the table of kinds: every row is whole, and its fallbacks are allowed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer.h"

#include <string.h>

static const char *const groups[] = {
  "Convolution", "Pooling", "Recurrent", "Dense", "Shape", "Merging", "Normalisation", "Regularisation", "Activation", NULL,
};

static void
test_rows (void)
{
  const NnLayer *layer;
  guint n = 0;

  for (; (layer = nn_layer_nth (n)) != NULL; n++)
    {
      const NnKind *kind = &layer->kind;

      g_assert_true (nn_kind_nth (n) == kind);
      g_assert_true (nn_kind_find (kind->name) == kind);
      g_assert_true (g_strv_contains (groups, kind->group));
      g_assert_true (g_str_has_suffix (kind->summary, "."));
      g_assert_cmpuint (kind->n_args, <=, NN_MAX_ARGS);
      for (guint i = 0; i < kind->n_args; i++)
        {
          const NnArg *arg = &kind->args[i];
          g_autofree char *message = NULL;

          g_assert_true (nn_arg_check_value (arg, &arg->fallback, &message));
          g_assert_null (message);
          g_assert_true (g_str_has_suffix (arg->help, "."));
          g_assert_cmpint (nn_kind_find_arg (kind, arg->name), ==, i);
          g_assert_true ((arg->type == NN_ARG_CHOICE) == (arg->choices != NULL));
        }
    }
  g_assert_cmpuint (n, ==, nn_kind_count ());
  g_assert_cmpuint (n, >=, 13);
  g_assert_null (nn_kind_find ("conv1d"));
  g_assert_cmpint (nn_kind_find_arg (nn_kind_find ("Dense"), "filters"), ==, -1);
}

/* Groups are headings of the palette: no heading comes twice. */
static void
test_groups (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *last = NULL;

  for (guint i = 0; i < nn_kind_count (); i++)
    {
      const char *group = nn_kind_nth (i)->group;

      if (last == NULL || strcmp (last, group) != 0)
        g_assert_true (g_hash_table_add (seen, (gpointer) group));
      last = group;
    }
}

typedef struct
{
  const char *kind;
  gint64      in[3];
  gint64      out[3];
  gint64      n_params;
} Case;

/* Shapes and counts of Keras 3 for blocks with our fallbacks. */
static void
test_shapes (void)
{
  static const Case cases[] = {
    { "Conv1D", { 400, 16 }, { 400, 32 }, 4128 },
    { "Conv2D", { 400, 16, 1 }, { 400, 13, 8 }, 40 },
    { "MaxPooling1D", { 401, 16 }, { 200, 16 }, 0 },
    { "MaxPooling2D", { 400, 13, 8 }, { 400, 6, 8 }, 0 },
    { "AveragePooling1D", { 7, 3 }, { 3, 3 }, 0 },
    { "UpSampling1D", { 100, 32 }, { 200, 32 }, 0 },
    { "LSTM", { 400, 32 }, { 32 }, 8320 },
    { "TimeDistributed", { 400, 13, 8 }, { 400, 13, 1 }, 9 },
    { "Dense", { 400, 32 }, { 400, 1 }, 33 },
    { "Dense", { 32 }, { 1 }, 33 },
    { "Flatten", { 400, 16 }, { 6400 }, 0 },
    { "Reshape", { 400, 16 }, { 400, 16, 1 }, 0 },
    { "Dropout", { 400, 13, 8 }, { 400, 13, 8 }, 0 },
    { "Activation", { 400 }, { 400 }, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NnBlock) block = nn_block_new (nn_kind_find (cases[i].kind));
      NnShape in = { 0 }, out = { 0 };
      NnTensor tensors[NN_MAX_TENSORS];
      NnInferred inferred;
      gint64 n_params = 0;
      char *why = NULL;

      for (; in.rank < 3 && cases[i].in[in.rank] > 0; in.rank++)
        in.dim[in.rank] = cases[i].in[in.rank];
      for (; out.rank < 3 && cases[i].out[out.rank] > 0; out.rank++)
        out.dim[out.rank] = cases[i].out[out.rank];
      g_assert_true (nn_layer_infer (block, &in, &inferred, &why));
      g_assert_null (why);
      g_assert_true (nn_shape_equal (&inferred.output, &out));
      for (guint t = nn_layer_list_tensors (block, &in, tensors); t-- > 0; )
        n_params += nn_shape_size (&tensors[t].shape);
      g_assert_cmpint (n_params, ==, cases[i].n_params);
    }
}

static void
test_refusals (void)
{
  static const struct { const char *kind; int rank; const char *says; } cases[] = {
    { "Conv2D", 2,
      "Conv2D needs steps × channels × depth, got 400 × 16: a Reshape in front of it can add the depth, or use Conv1D." },
    { "Conv1D", 1, "Conv1D needs steps × channels, got 400: there is no time left to slide along." },
    { "LSTM", 3, "LSTM needs steps × channels, got 400 × 16 × 3: Reshape to two axes first, or wrap it in TimeDistributed." },
    { "TimeDistributed", 1, "TimeDistributed needs steps × channels, got 400: there is no time left to repeat along." },
  };
  g_autoptr (NnBlock) conv = nn_block_new (nn_kind_find ("Conv1D"));
  g_autoptr (NnBlock) valid = nn_block_with_choice (conv, "padding", "valid");
  NnShape five = nn_shape_2 (5, 16);
  NnInferred inferred;
  char *why = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NnBlock) block = nn_block_new (nn_kind_find (cases[i].kind));
      NnShape in = { cases[i].rank, { 400, 16, 3 } };

      g_assert_false (nn_layer_infer (block, &in, &inferred, &why));
      g_assert_cmpstr (why, ==, cases[i].says);
      g_clear_pointer (&why, g_free);
    }
  g_assert_false (nn_layer_infer (valid, &five, &inferred, &why));
  g_assert_cmpstr (why, ==, "Conv1D covers 8 steps at once, but only 5 come in: the output length would be -2.");
  g_free (why);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kind/rows", test_rows);
  g_test_add_func ("/kind/groups", test_groups);
  g_test_add_func ("/kind/shapes", test_shapes);
  g_test_add_func ("/kind/refusals", test_refusals);
  return g_test_run ();
}
