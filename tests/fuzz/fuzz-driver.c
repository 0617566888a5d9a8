/* fuzz-driver.c: runs a fuzz target without an engine: on files named on the command line, else on the seeds
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#include "seeds.h"

/* Every seed as it is, and cut short at every byte of its first 200. */
static void
test_seeds (void)
{
  gsize n_seeds;
  Seed *seeds = seeds_new (&n_seeds);

  for (gsize i = 0; i < n_seeds; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (seeds[i].bytes, &size);

      g_assert_cmpint (LLVMFuzzerTestOneInput (data, size), ==, 0);
      for (gsize n = 0; n < MIN (size, 200); n++)
        {
          g_autofree guint8 *cut = g_memdup2 (data, n);

          g_assert_cmpint (LLVMFuzzerTestOneInput (cut, n), ==, 0);
        }
    }
  seeds_free (seeds, n_seeds);
}

/* A file that an engine found, to be looked at with a debugger. */
static void
test_file (gconstpointer path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const guint8 *) data, size), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 1)
    g_test_add_func ("/fuzz/seeds", test_seeds);
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *name = g_strdup_printf ("/fuzz/file/%d", i);

      g_test_add_data_func (name, argv[i], test_file);
    }
  return g_test_run ();
}
