/* test-arrays.c: windows and targets of NPY files reach the core as they are, in every shape that y may have
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-arrays.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* An NPY of `n` floats. */
static char *
write_array (const char   *name,
             const gint64 *shape,
             guint         rank,
             const float  *values,
             gsize         n)
{
  g_autoptr (GBytes) header = sig_array_make_header (shape, rank);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  char *path = in_folder (name);

  g_byte_array_append (bytes, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
  g_byte_array_append (bytes, (const guint8 *) values, n * sizeof *values);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
  return path;
}

/* Four windows of 3 steps and 2 channels, counting up. */
static AppArrays *
open_x (void)
{
  const gint64 shape[] = { 4, 3, 2 };
  float values[24];
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  AppArrays *arrays;

  for (int i = 0; i < 24; i++)
    values[i] = i;
  path = write_array ("X.npy", shape, 3, values, 24);
  arrays = app_arrays_new (path, &error);
  g_assert_no_error (error);
  return arrays;
}

/* A Dense of so many units at each step, or of the flattened window. */
static NnModel *
make_model (gint64   units,
            gboolean flat)
{
  const NnShape input = nn_shape_2 (3, 2);
  g_autoptr (NnDesign) empty = nn_design_new (&input);
  g_autoptr (NnBlock) dense = nn_block_new (nn_kind_find ("Dense"));
  g_autoptr (NnBlock) wide = nn_block_with_whole (dense, "units", units);
  g_autoptr (NnBlock) before = nn_block_new (nn_kind_find (flat ? "Flatten" : "Dropout"));
  g_autoptr (NnDesign) begun = nn_design_with_block (empty, 0, before, NULL, NULL);
  g_autoptr (NnDesign) design = nn_design_with_block (begun, 1, wide, NULL, NULL);
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);

  return nn_model_new (check, NULL);
}

static void
test_windows (void)
{
  g_autoptr (AppArrays) arrays = open_x ();
  const AppArraysPart part = { arrays, 1, 3 };
  const double means[] = { 6, 7 }, deviations[] = { 2, 4 };
  g_autoptr (SigNorm) norm = sig_norm_new (2, means, deviations);
  static const float straight[] = { 12, 13, 14, 15, 16, 17 }, normal[] = { 3, 1.5f, 4, 2, 5, 2.5f };
  NnBatchSource source = app_arrays_get_source (&part);
  float x[6];

  g_assert_cmpint (app_arrays_get_n_windows (arrays), ==, 4);
  g_assert_cmpint (source.n_windows, ==, 3);
  g_assert_cmpint (source.n_classes, ==, 0);
  g_assert_true (source.fill (source.user_data, 1, x, NULL, NULL));
  g_assert_cmpmem (x, sizeof x, straight, sizeof straight);
  app_arrays_normalise (arrays, norm);
  g_assert_true (source.fill (source.user_data, 1, x, NULL, NULL));
  g_assert_cmpmem (x, sizeof x, normal, sizeof normal);
}

/* As Keras' train_validation_split(): floor (n · (1 - share)). */
static void
test_split (void)
{
  g_autoptr (AppArrays) arrays = open_x ();

  g_assert_cmpint (app_arrays_hold_back (arrays, 0, 1), ==, 4);
  g_assert_cmpint (app_arrays_hold_back (arrays, 0.25, 1), ==, 3);
  g_assert_cmpint (app_arrays_hold_back (arrays, 0.3, 1), ==, 2);
}

/* The second half of each of two blocks is held back: windows 0, 2 are trained on, 1, 3 scored with. */
static void
test_blocks (void)
{
  g_autoptr (AppArrays) arrays = open_x ();
  AppArraysPart file = { arrays, 0, 4 };
  NnBatchSource straight = app_arrays_get_source (&file);
  float wanted[4][6], x[6];
  static const int order[] = { 0, 2, 1, 3 };

  for (int i = 0; i < 4; i++)
    g_assert_true (straight.fill (straight.user_data, i, wanted[i], NULL, NULL));
  g_assert_cmpint (app_arrays_hold_back (arrays, 0.5, 2), ==, 2);
  for (int i = 0; i < 4; i++)
    {
      g_assert_true (straight.fill (straight.user_data, i, x, NULL, NULL));
      g_assert_cmpmem (x, sizeof x, wanted[order[i]], sizeof x);
    }
}

/* --- targets ------------------------------------------------------------------------------ */

/* A y of that shape for four windows, each with an output of steps × units or, flat, of units only; and how it is read. */
typedef struct
{
  gint64     shape[3];
  guint      rank;
  gboolean   flat;
  gint64     units;
  NnLossKind loss;
  float      high; /* the numbers are 0 and this in turn */
  gint64     n_labels;
  int        n_classes, n_values; /* neither: refused */
} Targets;

/* The first of the part's windows but one is the same numbers of the file. */
static void
assert_window (const NnBatchSource *source,
               const Targets       *c,
               const float         *values)
{
  gint64 n = c->n_labels * MAX (c->n_values, 1);
  gint32 classes[3];
  float numbers[9];

  if (c->n_values > 0)
    {
      g_assert_true (source->fill_values (source->user_data, 1, numbers, NULL));
      g_assert_cmpmem (numbers, n * sizeof *numbers, values + 2 * n, n * sizeof *numbers);
      return;
    }
  g_assert_true (source->fill (source->user_data, 1, (float[6]) { 0 }, classes, NULL));
  for (gint64 k = 0; k < n; k++)
    g_assert_cmpint (classes[k], ==, (gint32) values[2 * n + k]);
}

static void
try_targets (const Targets *c)
{
  g_autoptr (AppArrays) arrays = open_x ();
  g_autoptr (NnModel) model = make_model (c->units, c->flat);
  float values[36];
  gsize n = 1;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  const AppArraysPart part = { arrays, 1, 3 };
  NnBatchSource source;

  for (guint axis = 0; axis < c->rank; axis++)
    n *= c->shape[axis];
  for (gsize k = 0; k < n; k++)
    values[k] = k % 2 ? c->high : 0;
  path = write_array ("y.npy", c->shape, c->rank, values, n);
  g_assert_cmpint (app_arrays_set_targets (arrays, path, model, c->loss, &error), ==, c->n_classes + c->n_values > 0);
  if (c->n_classes + c->n_values == 0)
    {
      g_assert_nonnull (strstr (error->message, "does not fit 4 windows"));
      return;
    }
  source = app_arrays_get_source (&part);
  g_assert_cmpint (source.n_labels, ==, c->n_labels);
  g_assert_cmpint (source.n_classes, ==, c->n_classes);
  g_assert_cmpint (source.n_values, ==, c->n_values);
  assert_window (&source, c, values);
}

static void
test_targets (void)
{
  static const Targets cases[] = {
    { { 4, 3 }, 2, FALSE, 1, NN_LOSS_BINARY_CROSSENTROPY, 1, 3, 2, 0 },
    { { 4, 3, 1 }, 3, FALSE, 1, NN_LOSS_AUTO, 1, 3, 2, 0 },
    { { 4, 3, 1 }, 3, FALSE, 1, NN_LOSS_BINARY_CROSSENTROPY, 0.5f, 3, 0, 1 },
    { { 4, 3, 1 }, 3, FALSE, 1, NN_LOSS_MEAN_SQUARED_ERROR, 1, 3, 0, 1 },
    { { 4, 3 }, 2, FALSE, 3, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, 2, 3, 3, 0 },
    { { 4, 3 }, 2, FALSE, 3, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, 3, 0, 0, 0 },
    { { 4, 3 }, 2, FALSE, 3, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, -1, 3, 3, 0 },
    { { 4, 3 }, 2, FALSE, 3, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, -2, 0, 0, 0 },
    { { 4, 3 }, 2, FALSE, 3, NN_LOSS_AUTO, 2, 3, 3, 0 },
    { { 4, 3 }, 2, FALSE, 1, NN_LOSS_AUTO, -1, 3, 2, 0 },
    { { 4, 3 }, 2, FALSE, 1, NN_LOSS_BINARY_CROSSENTROPY, -1, 3, 0, 1 },
    { { 4, 3, 3 }, 3, FALSE, 3, NN_LOSS_CATEGORICAL_CROSSENTROPY, 1, 3, 0, 3 },
    { { 4, 3, 3 }, 3, FALSE, 3, NN_LOSS_AUTO, 1, 3, 0, 3 },
    { { 4, 3, 3 }, 3, FALSE, 3, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, 1, 0, 0, 0 },
    { { 4, 3, 3 }, 3, FALSE, 3, NN_LOSS_BINARY_CROSSENTROPY, 1, 3, 0, 3 },
    { { 4 }, 1, TRUE, 1, NN_LOSS_BINARY_CROSSENTROPY, 1, 1, 2, 0 },
    { { 4, 1 }, 2, TRUE, 1, NN_LOSS_MEAN_SQUARED_ERROR, 7, 1, 0, 1 },
    { { 4 }, 1, TRUE, 3, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, 2, 1, 3, 0 },
    { { 4, 3 }, 2, TRUE, 3, NN_LOSS_BINARY_CROSSENTROPY, 1, 3, 2, 0 },
    { { 4, 3 }, 2, TRUE, 3, NN_LOSS_BINARY_CROSSENTROPY, 0.25f, 1, 0, 3 },
    { { 4, 3 }, 2, TRUE, 3, NN_LOSS_CATEGORICAL_CROSSENTROPY, 1, 1, 0, 3 },
    { { 4, 2 }, 2, TRUE, 3, NN_LOSS_MEAN_SQUARED_ERROR, 1, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    try_targets (&cases[i]);
}

/* y of 4 windows of 3 steps; numbers that are one 1 among each `columns`, or 0, `high` and so on in turn. */
static void
test_contract (void)
{
  static const struct
  {
    gint64 shape[4];
    guint  rank;
    gint64 columns;
    float  high;
    gint64 n_steps; /* 0: the windows are other than X's */
    int    n_classes;
  } cases[] = {
    { { 4 }, 1, 1, 1, 1, 2 },        { { 4, 1 }, 2, 1, 4, 1, 5 },      { { 4, 3 }, 2, 1, 1, 3, 2 },
    { { 4, 3 }, 2, 3, 1, 3, 2 },     { { 4, 3, 1 }, 3, 1, 2, 3, 3 },   { { 4, 5 }, 2, 5, 1, 1, 5 },
    { { 4, 3, 4 }, 3, 4, 1, 3, 4 },  { { 4, 6 }, 2, 1, 1, 6, 2 },      { { 4, 3 }, 2, 1, 0.5f, 0, 0 },
    { { 4, 3 }, 2, 1, -1, 3, 2 },
    { { 4, 3, 2 }, 3, 1, 7, 0, 0 },  { { 4, 3, 2, 2 }, 4, 2, 1, 0, 0 },
  };
  const gint64 five[] = { 5 };
  const float zeros[5] = { 0 };
  g_autoptr (AppArrays) arrays = open_x ();
  g_autoptr (GError) error = NULL;
  g_autofree char *other = write_array ("five.npy", five, 1, zeros, 5);
  NnContract contract;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      float values[48];
      gsize n = 1;
      g_autofree char *path = NULL;

      for (guint axis = 0; axis < cases[i].rank; axis++)
        n *= cases[i].shape[axis];
      for (gsize k = 0; k < n; k++)
        values[k] = cases[i].columns > 1 ? k % cases[i].columns == 1 : k % 2 * cases[i].high;
      path = write_array ("y.npy", cases[i].shape, cases[i].rank, values, n);
      g_assert_true (app_arrays_read_contract (arrays, path, &contract, &error));
      g_assert_no_error (error);
      g_assert_cmpint (contract.n_steps, ==, cases[i].n_steps);
      g_assert_cmpint (contract.n_classes, ==, cases[i].n_classes);
    }
  g_assert_false (app_arrays_read_contract (arrays, other, &contract, &error));
  g_assert_nonnull (strstr (error->message, "has the shape (5,), X has 4 windows"));
}

/* Windows of more axes are told by their memory, axis 0 and all behind it; targets by their last axis. */
/* Class 2 stands in the last window of four alone; class 1 in the last two, of which the ends of two blocks leave one. */
static void
test_unseen (void)
{
  g_autoptr (AppArrays) arrays = open_x ();
  const float last[] = { 0, 1, 1, 2 }, halves[] = { 0, 0, 1, 1 };
  const gint64 shape[] = { 4 };
  g_autofree char *path = write_array ("y.npy", shape, 1, last, 4);
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) mended = NULL;
  const NnProblem *problem;
  NnContract contract;

  g_assert_true (app_arrays_read_contract (arrays, path, &contract, NULL));
  none = app_arrays_diagnose (arrays, 0.0, 1);
  g_assert_cmpuint (none->len, ==, 0);
  found = app_arrays_diagnose (arrays, 0.25, 1);
  problem = &g_array_index (found, NnProblem, 0);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (problem->rule, ==, "D13");
  g_assert_nonnull (strstr (problem->text, "Class 2 occurs in the held-back windows only (1 label)"));
  g_assert_cmpuint (problem->n_repairs, ==, 0);
  g_clear_pointer (&found, g_array_unref);
  g_free (path);

  path = write_array ("y.npy", shape, 1, halves, 4);
  g_assert_true (app_arrays_read_contract (arrays, path, &contract, NULL));
  found = app_arrays_diagnose (arrays, 0.5, 1);
  problem = &g_array_index (found, NnProblem, 0);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (problem->n_repairs, ==, 1);
  g_assert_cmpstr (problem->repairs[0].sentence, ==, "Hold back the ends of 2 blocks of windows instead of 1");
  mended = app_arrays_diagnose (arrays, 0.5, (int) problem->repairs[0].value.whole[0]);
  g_assert_cmpuint (mended->len, ==, 0);
}

/* Of labels for each of 3 steps those at which an average over 2 looks: at step 1, its middle rounded up. */
static void
test_places (void)
{
  g_autoptr (AppArrays) arrays = open_x ();
  const NnShape input = nn_shape_2 (3, 2);
  g_autoptr (NnDesign) empty = nn_design_new (&input);
  g_autoptr (NnBlock) pool = nn_block_new (nn_kind_find ("AveragePooling1D"));
  g_autoptr (NnBlock) dense = nn_block_new (nn_kind_find ("Dense"));
  g_autoptr (NnBlock) one = nn_block_with_whole (dense, "units", 1);
  g_autoptr (NnDesign) begun = nn_design_with_block (empty, 0, pool, NULL, NULL);
  g_autoptr (NnDesign) design = nn_design_with_block (begun, 1, one, NULL, NULL);
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);
  g_autoptr (NnModel) model = nn_model_new (check, NULL);
  const gint64 shape[] = { 4, 3 };
  const float labels[] = { 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0 };
  static const gint32 wanted[] = { 1, 0, 1, 0 };
  g_autofree char *path = write_array ("y.npy", shape, 2, labels, 12);
  g_autoptr (GError) error = NULL;
  AppArraysPart all = { arrays, 0, 4 };
  NnBatchSource source;

  app_arrays_fit_labels (arrays, design);
  g_assert_true (app_arrays_set_targets (arrays, path, model, NN_LOSS_AUTO, &error));
  g_assert_true (app_arrays_set_weights (arrays, path, &error));
  g_assert_no_error (error);
  source = app_arrays_get_source (&all);
  g_assert_cmpint (source.n_labels, ==, 1);
  for (int i = 0; i < 4; i++)
    {
      gint32 label;
      float weight, x[6];

      g_assert_true (source.fill (source.user_data, i, x, &label, NULL));
      g_assert_true (source.fill_weights (source.user_data, i, &weight, NULL));
      g_assert_cmpint (label, ==, wanted[i]);
      g_assert_cmpfloat (weight, ==, wanted[i]);
    }
}

static void
test_ranks (void)
{
  static const NnShape shapes[] = { { 1, { 6 } }, { 3, { 3, 2, 2 } }, { 4, { 3, 2, 1, 2 } } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      gint64 n = nn_shape_size (&shapes[i]), shape[5] = { 2 };
      g_autoptr (NnDesign) empty = nn_design_new (&shapes[i]);
      g_autoptr (NnBlock) block = nn_block_new (nn_kind_find ("LayerNormalization"));
      g_autoptr (NnDesign) design = nn_design_with_block (empty, 0, block, NULL, NULL);
      g_autoptr (NnCheck) check = nn_check_new (design, NULL);
      g_autoptr (NnModel) model = nn_model_new (check, NULL);
      g_autofree float *values = g_new0 (float, 2 * n);
      g_autofree char *path = NULL;
      g_autoptr (AppArrays) arrays = NULL;
      g_autoptr (GError) error = NULL;
      NnBatchSource source;
      AppArraysPart part;

      memcpy (shape + 1, shapes[i].dim, shapes[i].rank * sizeof *shape);
      path = write_array ("ranks.npy", shape, shapes[i].rank + 1, values, 2 * n);
      arrays = app_arrays_new (path, &error);
      g_assert_no_error (error);
      g_assert_true (nn_shape_equal (app_arrays_get_input (arrays), &shapes[i]));
      g_assert_true (app_arrays_set_targets (arrays, path, model, NN_LOSS_MEAN_SQUARED_ERROR, &error));
      part = (AppArraysPart) { arrays, 0, 2 };
      source = app_arrays_get_source (&part);
      g_assert_cmpint (source.n_steps, ==, shapes[i].rank > 1 ? 3 : 1);
      g_assert_cmpint (source.n_steps * source.n_channels, ==, n);
      g_assert_cmpint (source.n_labels * source.n_values, ==, n);
      g_assert_cmpint (source.n_values, ==, shapes[i].dim[shapes[i].rank - 1]);
    }
}

/* Keras' sample_weight: for each window, or for each label. */
static void
test_weights (void)
{
  const gint64 y_shape[] = { 4, 3, 1 }, windows[] = { 4 }, labels[] = { 4, 3 }, other[] = { 5 };
  const float values[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, below[4] = { 1, 1, -1, 1 }, zeros[12] = { 0 };
  g_autofree char *y_path = write_array ("y.npy", y_shape, 3, zeros, 12);
  g_autoptr (AppArrays) arrays = open_x ();
  g_autoptr (NnModel) model = make_model (1, FALSE);
  AppArraysPart part = { arrays, 1, 3 };
  g_autoptr (GError) error = NULL;

  g_assert_true (app_arrays_set_targets (arrays, y_path, model, NN_LOSS_AUTO, &error));
  for (guint each = 0; each < 2; each++)
    {
      g_autofree char *path = write_array ("weights.npy", each ? labels : windows, each ? 2 : 1, values, each ? 12 : 4);
      g_autoptr (AppArrays) fresh = open_x ();
      NnBatchSource source;
      float got[3];

      g_assert_true (app_arrays_set_targets (fresh, y_path, model, NN_LOSS_AUTO, &error));
      g_assert_true (app_arrays_set_weights (fresh, path, &error));
      part.arrays = fresh;
      source = app_arrays_get_source (&part);
      g_assert_true (source.fill_weights (source.user_data, 1, got, &error));
      g_assert_cmpfloat (got[0], ==, each ? 7 : 3);
      g_assert_cmpfloat (got[2], ==, each ? 9 : 3);
    }
  {
    g_autofree char *wrong = write_array ("weights.npy", other, 1, values, 5);

    g_assert_false (app_arrays_set_weights (arrays, wrong, &error));
    g_assert_nonnull (strstr (error->message, "has the shape (5,); one weight for each of 4 windows is needed"));
    g_clear_error (&error);
  }
  {
    g_autofree char *wrong = write_array ("weights.npy", windows, 1, below, 4);

    g_assert_false (app_arrays_set_weights (arrays, wrong, &error));
    g_assert_nonnull (strstr (error->message, "weight 3 is no number of 0 or more"));
  }
}

static void
test_misfits (void)
{
  const gint64 flat[] = { 4 }, five[] = { 5, 3 };
  const float values[24] = { 0 };
  g_autofree char *x_path = write_array ("flat.npy", flat, 1, values, 4);
  g_autofree char *y_path = write_array ("five.npy", five, 2, values, 15);
  g_autoptr (AppArrays) arrays = open_x ();
  g_autoptr (NnModel) model = make_model (1, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (app_arrays_new (x_path, &error));
  g_assert_nonnull (strstr (error->message, "flat.npy: has the shape (4,); windows first and then the 1 to 4 axes of a "
                                           "window are needed"));
  g_clear_error (&error);
  g_assert_false (app_arrays_set_targets (arrays, y_path, model, NN_LOSS_AUTO, &error));
  g_assert_nonnull (strstr (error->message, "five.npy: has the shape (5, 3), which"));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[] = { "X.npy", "y.npy", "flat.npy", "five.npy", "ranks.npy", "weights.npy" };
  int failed;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_test_add_func ("/arrays/windows", test_windows);
  g_test_add_func ("/arrays/split", test_split);
  g_test_add_func ("/arrays/blocks", test_blocks);
  g_test_add_func ("/arrays/unseen", test_unseen);
  g_test_add_func ("/arrays/places", test_places);
  g_test_add_func ("/arrays/targets", test_targets);
  g_test_add_func ("/arrays/contract", test_contract);
  g_test_add_func ("/arrays/ranks", test_ranks);
  g_test_add_func ("/arrays/weights", test_weights);
  g_test_add_func ("/arrays/misfits", test_misfits);
  failed = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = in_folder (names[i]);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return failed;
}
