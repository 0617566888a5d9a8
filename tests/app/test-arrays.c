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

/* A Dense of so many units at each step. */
static NnModel *
make_model (gint64 units)
{
  const NnShape input = nn_shape_2 (3, 2);
  g_autoptr (NnDesign) empty = nn_design_new (&input);
  g_autoptr (NnBlock) dense = nn_block_new (nn_kind_find ("Dense"));
  g_autoptr (NnBlock) wide = nn_block_with_whole (dense, "units", units);
  g_autoptr (NnDesign) design = nn_design_with_block (empty, 0, wide, NULL, NULL);
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

  g_assert_cmpint (app_arrays_split (arrays, 0), ==, 4);
  g_assert_cmpint (app_arrays_split (arrays, 0.25), ==, 3);
  g_assert_cmpint (app_arrays_split (arrays, 0.3), ==, 2);
}

typedef struct
{
  gint64 shape[3];
  guint  rank;
  gint64 units;
  float  wrong;  /* what a number may not be */
} Targets;

static void
test_targets (void)
{
  static const Targets cases[] = {
    { { 4, 3 }, 2, 1, 2 }, { { 4, 3, 1 }, 3, 1, 0.5f }, { { 4, 3 }, 2, 3, 3 }, { { 4, 3, 3 }, 3, 3, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AppArrays) arrays = open_x ();
      g_autoptr (NnModel) model = make_model (cases[i].units);
      gboolean one_hot = cases[i].rank == 3 && cases[i].shape[2] > 1;
      gsize width = one_hot ? 3 : 1;
      float values[36] = { 0 };
      gint32 y[3];
      g_autofree char *path = NULL;
      g_autoptr (GError) error = NULL;
      const AppArraysPart part = { arrays, 0, 4 };
      NnBatchSource source;

      for (int k = 0; k < 12; k++)
        values[k * width + (one_hot ? k % 2 : 0)] = one_hot ? 1 : k % 2;
      path = write_array ("y.npy", cases[i].shape, cases[i].rank, values, 12 * width);
      g_assert_true (app_arrays_set_targets (arrays, path, model, &error));
      g_assert_no_error (error);
      source = app_arrays_get_source (&part);
      g_assert_cmpint (source.n_classes, ==, cases[i].units > 1 ? 3 : 2);
      g_assert_true (source.fill (source.user_data, 1, (float[6]) { 0 }, y, NULL));
      for (int t = 0; t < 3; t++)
        g_assert_cmpint (y[t], ==, (3 + t) % 2);

      values[3] = cases[i].wrong;
      g_free (path);
      path = write_array ("y.npy", cases[i].shape, cases[i].rank, values, 12 * width);
      g_assert_false (app_arrays_set_targets (arrays, path, model, &error));
      g_assert_nonnull (strstr (error->message, one_hot ? "is not one 1 among zeros" : "the network tells the classes"));
      g_clear_pointer (&arrays, app_arrays_free);
    }
}

static void
test_misfits (void)
{
  const gint64 flat[] = { 4, 6 }, five[] = { 5, 3 };
  const float values[24] = { 0 };
  g_autofree char *x_path = write_array ("flat.npy", flat, 2, values, 24);
  g_autofree char *y_path = write_array ("five.npy", five, 2, values, 15);
  g_autoptr (AppArrays) arrays = open_x ();
  g_autoptr (NnModel) model = make_model (1);
  g_autoptr (GError) error = NULL;

  g_assert_null (app_arrays_new (x_path, &error));
  g_assert_nonnull (strstr (error->message, "flat.npy: has the shape (4, 6); (windows, steps, channels) is needed"));
  g_clear_error (&error);
  g_assert_false (app_arrays_set_targets (arrays, y_path, model, &error));
  g_assert_nonnull (strstr (error->message, "five.npy: has the shape (5, 3), which does not fit 4 windows"));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[] = { "X.npy", "y.npy", "flat.npy", "five.npy" };
  int failed;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_test_add_func ("/arrays/windows", test_windows);
  g_test_add_func ("/arrays/split", test_split);
  g_test_add_func ("/arrays/targets", test_targets);
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
