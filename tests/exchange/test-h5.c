/* test-h5.c: what libhdf5 writes our own reader reads; circles, links, lies and other arrays are refused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-h5-reader.h"
#include "nn-h5-writer.h"

#include "nn-error.h"
#include "nn-shape.h"

#include <hdf5.h>
#include <math.h>
#include <string.h>

static const float numbers[] = { 1, -2, 3.5f, 4, 5, 6 };

static GBytes *
write_items (const NnH5Item *items,
             guint           n)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  guint8 *bytes = nn_h5_write (items, n, &length, &error);

  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static GBytes *
write_one (void)
{
  const NnH5Item items[] = { { "vars", { 0 }, NULL }, { "layers/dense/vars/0", { 2, { 2, 3 } }, numbers } };

  return write_items (items, G_N_ELEMENTS (items));
}

static void
open_reader (NnH5Reader *reader,
             GBytes     *bytes)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  nn_h5_reader_open (reader, data, length, &error);
  g_assert_no_error (error);
}

static void
assert_unread (GBytes        *bytes,
               const char    *path,
               const NnShape *shape,
               const char    *says)
{
  NnH5Reader reader;
  float out[64];
  g_autoptr (GError) error = NULL;

  open_reader (&reader, bytes);
  g_assert_false (nn_h5_reader_read_floats (&reader, path, shape, out, &error));
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” is not in “%s”", says, error->message);
}

/* As many groups as make a tree of several levels, each with an array. */
static void
test_round_trip (void)
{
  enum { N = 600 };
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  NnH5Item items[N];
  float values[N];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  NnH5Reader reader;

  for (int i = 0; i < N; i++)
    {
      values[i] = i;
      g_ptr_array_add (paths, g_strdup_printf ("layers/layer_%d/vars/0", i));
      items[i] = (NnH5Item) { paths->pdata[i], nn_shape_1 (1), &values[i] };
    }
  bytes = write_items (items, N);
  again = write_items (items, N);
  g_assert_true (g_bytes_equal (bytes, again));
  open_reader (&reader, bytes);
  for (int i = 0; i < N; i++)
    {
      const NnShape one = nn_shape_1 (1);
      float value = -1;

      nn_h5_reader_read_floats (&reader, paths->pdata[i], &one, &value, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (value, ==, i);
    }
  g_assert_cmpint (nn_h5_reader_count (&reader, "layers", &error), ==, N);
  g_assert_cmpint (nn_h5_reader_count (&reader, "layers/layer_7/vars", &error), ==, 1);
  g_assert_cmpint (nn_h5_reader_count (&reader, "layers/layer_7/vars/0", &error), ==, -1);
  g_assert_cmpint (nn_h5_reader_count (&reader, "nowhere", &error), ==, -1);
  g_assert_no_error (error);
}

static void
test_shapes (void)
{
  g_autoptr (GBytes) bytes = write_one ();
  const NnShape right = nn_shape_2 (2, 3), turned = nn_shape_2 (3, 2), flat = nn_shape_1 (6);
  float out[6];
  g_autoptr (GError) error = NULL;
  NnH5Reader reader;

  open_reader (&reader, bytes);
  nn_h5_reader_read_floats (&reader, "layers/dense/vars/0", &right, out, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (out, sizeof out, numbers, sizeof numbers);
  assert_unread (bytes, "layers/dense/vars/0", &turned, "are 2 × 3; the layer needs 3 × 2");
  assert_unread (bytes, "layers/dense/vars/0", &flat, "are 2 × 3; the layer needs 6");
  assert_unread (bytes, "layers/dense/vars/1", &right, "are not in the file");
  assert_unread (bytes, "layers/dense", &right, "cannot be read");
}

/* --- files that Keras does not write -------------------------------------------------- */

/* The bytes of a file that `make` fills. */
static GBytes *
make_file (void (*make) (hid_t file))
{
  hid_t access = H5Pcreate (H5P_FILE_ACCESS), file;
  gssize length;
  guint8 *bytes;

  H5Pset_fapl_core (access, 4096, FALSE);
  file = H5Fcreate ("t", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  make (file);
  H5Fflush (file, H5F_SCOPE_GLOBAL);
  length = H5Fget_file_image (file, NULL, 0);
  bytes = g_malloc (length);
  g_assert_cmpint (H5Fget_file_image (file, bytes, length), ==, length);
  H5Fclose (file);
  H5Pclose (access);
  return g_bytes_new_take (bytes, length);
}

static void
add_array (hid_t       file,
           const char *name,
           hid_t       type,
           hid_t       creation,
           const void *values)
{
  hsize_t extents[] = { 2, 3 };
  hid_t space = H5Screate_simple (2, extents, NULL);
  hid_t array = H5Dcreate2 (file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);

  g_assert_cmpint (array, >=, 0);
  if (values != NULL)
    g_assert_cmpint (H5Dwrite (array, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), >=, 0);
  H5Dclose (array);
  H5Sclose (space);
}

static void
make_odd (hid_t file)
{
  hid_t compact = H5Pcreate (H5P_DATASET_CREATE), chunked = H5Pcreate (H5P_DATASET_CREATE);
  hid_t packed = H5Pcreate (H5P_DATASET_CREATE), outside = H5Pcreate (H5P_DATASET_CREATE);
  hsize_t chunk[] = { 1, 3 };
  float broken[] = { 1, NAN, 3, 4, 5, 6 };

  H5Pset_layout (compact, H5D_COMPACT);
  H5Pset_chunk (chunked, 2, chunk);
  H5Pset_chunk (packed, 2, chunk);
  H5Pset_shuffle (packed);
  H5Pset_external (outside, "/etc/passwd", 0, 24);
  add_array (file, "compact", H5T_IEEE_F32LE, compact, numbers);
  add_array (file, "double", H5T_IEEE_F64LE, H5P_DEFAULT, numbers);
  add_array (file, "big", H5T_IEEE_F32BE, H5P_DEFAULT, numbers);
  add_array (file, "whole", H5T_STD_I32LE, H5P_DEFAULT, numbers);
  add_array (file, "chunked", H5T_IEEE_F32LE, chunked, numbers);
  add_array (file, "packed", H5T_IEEE_F32LE, packed, numbers);
  add_array (file, "outside", H5T_IEEE_F32LE, outside, NULL);
  add_array (file, "unwritten", H5T_IEEE_F32LE, H5P_DEFAULT, NULL);
  add_array (file, "broken", H5T_IEEE_F32LE, H5P_DEFAULT, broken);
  H5Lcreate_soft ("/compact", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
  H5Pclose (compact);
  H5Pclose (chunked);
  H5Pclose (packed);
  H5Pclose (outside);
}

/* A link to another file makes the whole group one of another kind. */
static void
make_external (hid_t file)
{
  add_array (file, "real", H5T_IEEE_F32LE, H5P_DEFAULT, numbers);
  H5Lcreate_external ("/etc/passwd", "/", file, "external", H5P_DEFAULT, H5P_DEFAULT);
}

static void
test_odd (void)
{
  g_autoptr (GBytes) bytes = make_file (make_odd);
  const NnShape shape = nn_shape_2 (2, 3);
  static const char *const good[] = { "compact", "double" };
  static const struct { const char *path, *says; } bad[] = {
    { "big", "are not 32-bit floats" },       { "whole", "are not 32-bit floats" },
    { "chunked", "not stored whole" },        { "packed", "is a link or compressed" },
    { "outside", "is a link or compressed" }, { "unwritten", "not stored whole" },
    { "broken", "are not finite" },           { "soft", "is a link" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      NnH5Reader reader;
      float out[6];

      open_reader (&reader, bytes);
      nn_h5_reader_read_floats (&reader, good[i], &shape, out, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (out, sizeof out, numbers, sizeof numbers);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_unread (bytes, bad[i].path, &shape, bad[i].says);
}

static void
test_external (void)
{
  g_autoptr (GBytes) bytes = make_file (make_external);
  const NnShape shape = nn_shape_2 (2, 3);

  assert_unread (bytes, "external", &shape, "are not in the file");
}

/* --- lies ------------------------------------------------------------------------------- */

/* Where `text` is in the bytes; not being there ends the test. */
static gsize
find (const guint8 *bytes,
      gsize         length,
      const char   *text)
{
  for (gsize i = 0; i + 4 <= length; i++)
    if (memcmp (bytes + i, text, 4) == 0)
      return i;
  g_error ("%s is not in the file", text);
}

static void
put (guint8  *bytes,
     guint64  value)
{
  for (int i = 0; i < 8; i++)
    bytes[i] = (guint8) (value >> 8 * i);
}

/* A tree whose child is itself, one level up as well; a name outside the heap; a group that is its own member. */
static void
test_circles (void)
{
  const NnShape shape = nn_shape_2 (2, 3);

  for (int lie = 0; lie < 4; lie++)
    {
      g_autoptr (GBytes) bytes = write_one ();
      gsize length = g_bytes_get_size (bytes);
      guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
      gsize tree = find (copy, length, "TREE"), leaf = find (copy, length, "SNOD");
      g_autoptr (GBytes) changed = NULL;

      if (lie < 2)
        put (copy + tree + 24 + 8, tree);
      if (lie == 1)
        copy[tree + 5] = 1;
      if (lie == 2)
        put (copy + leaf + 8, 1 << 20);
      if (lie == 3)
        put (copy + leaf + 8 + 8, 96);
      changed = g_bytes_new_take (copy, length);
      assert_unread (changed, "layers/dense/vars/0", &shape, lie == 3 ? "are not in the file" : "cannot be read");
    }
}

static void
test_not_hdf5 (void)
{
  g_autoptr (GBytes) good = write_one ();
  gsize length = g_bytes_get_size (good);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (good, NULL), length);
  NnH5Reader reader;
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_h5_reader_open (&reader, copy, 95, &error));
  g_assert_nonnull (strstr (error->message, "does not begin"));
  g_clear_error (&error);
  copy[8] = 3;
  g_assert_false (nn_h5_reader_open (&reader, copy, length, &error));
  g_assert_nonnull (strstr (error->message, "superblock of version 3"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/h5/round-trip", test_round_trip);
  g_test_add_func ("/h5/shapes", test_shapes);
  g_test_add_func ("/h5/odd", test_odd);
  g_test_add_func ("/h5/external", test_external);
  g_test_add_func ("/h5/circles", test_circles);
  g_test_add_func ("/h5/not-hdf5", test_not_hdf5);
  return g_test_run ();
}
