/* test-array.c: NPY arrays come out in their order, whatever their type, and go back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <glib/gstdio.h>
#include <string.h>

#include "fixture.h"
#include "sig-array.h"

static char *folder;

/* A file of that header with `n` numbers counting up from 0 as 16-bit integers. */
static char *
write_counting (const char *dictionary, guint n)
{
  g_autoptr (GByteArray) bytes = fixture_npy (dictionary, 0);
  char *path = g_build_filename (folder, "counting.npy", NULL);

  for (guint i = 0; i < n; i++)
    fixture_put (bytes, i, 2, FALSE);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
  return path;
}

static void
assert_values (const SigArray *array, const float *wanted, gint64 n)
{
  g_assert_cmpint (array->n_items, ==, n);
  g_assert_cmpmem (array->values, n * sizeof (float), wanted, n * sizeof (float));
}

static void
test_order (void)
{
  static const float straight[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
  static const float turned[] = { 0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11 }; /* numpy.arange(12).reshape((2, 3, 2), order='F') */
  g_autofree char *path = write_counting ("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3, 2), }", 12);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigArray) array = sig_array_open (path, &error);
  g_autofree char *shape = NULL;

  g_assert_no_error (error);
  g_assert_true (sig_array_is (path));
  shape = sig_array_dup_shape (array);
  g_assert_cmpstr (shape, ==, "(2, 3, 2)");
  assert_values (array, straight, 12);

  g_clear_pointer (&array, sig_array_free);
  g_free (path);
  path = write_counting ("{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3, 2), }", 12);
  array = sig_array_open (path, &error);
  g_assert_no_error (error);
  assert_values (array, turned, 12);
}

/* More numbers than are read at a time. */
static void
test_long (void)
{
  g_autofree char *path = write_counting ("{'descr': '<i2', 'fortran_order': False, 'shape': (32767, 5), }", 5 * 32767);
  g_autoptr (SigArray) array = sig_array_open (path, NULL);

  g_assert_nonnull (array);
  for (gint64 i = 0; i < 32767; i++)
    g_assert_cmpfloat (array->values[i], ==, i);
  g_assert_cmpfloat (array->values[5 * 32767 - 1], ==, (gint16) (5 * 32767 - 1));
}

static void
test_header (void)
{
  const gint64 shapes[][2] = { { 3, 0 }, { 2, 3 }, { 1234567, 1 } };
  const float values[] = { 1, 2, 3, 4, 5, 6 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) header = sig_array_make_header (shapes[i], 1 + i);
      g_autofree char *path = g_build_filename (folder, "back.npy", NULL);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (SigArray) array = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_bytes_get_size (header) % 64, ==, 0);
      g_byte_array_append (bytes, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
      g_byte_array_append (bytes, (const guint8 *) values, i == 0 ? 12 : 24);
      g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
      array = sig_array_open (path, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (array->rank, ==, 1 + i);
      assert_values (array, values, i == 0 ? 3 : 6);
    }
}

static void
test_refused (void)
{
  g_autofree char *path = g_build_filename (folder, "text.npy", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "no array", -1, NULL));
  g_assert_false (sig_array_is (path));
  g_assert_null (sig_array_open (path, &error));
  g_assert_nonnull (strstr (error->message, "text.npy"));
  g_assert_false (sig_array_is ("/nowhere.npy"));
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  folder = fixture_folder ();
  g_test_add_func ("/array/order", test_order);
  g_test_add_func ("/array/long", test_long);
  g_test_add_func ("/array/header", test_header);
  g_test_add_func ("/array/refused", test_refused);
  failed = g_test_run ();
  fixture_remove (folder);
  return failed;
}
