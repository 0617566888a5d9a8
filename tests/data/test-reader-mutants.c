/* test-reader-mutants.c: ten thousand damaged files of every format: none crashes, none takes long, each refusal is worded
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "mutate.h"
#include "seeds.h"

#define N_MUTANTS 10000    /* of each seed, unless LAMINA_MUTANTS has another number */
#define SEED      20261124 /* LAMINA_SEED says another */

/* Opens it as a recording, reads some of it, and reads it as labels of another recording. */
static void
try_open (const char *name, const GByteArray *mutant, const SigRecording *other)
{
  g_autoptr (GBytes) bytes = g_bytes_new (mutant->data, mutant->len);
  GByteArray *copy = g_byte_array_new ();
  gint64 before = mutate_clock_us ();

  g_byte_array_append (copy, mutant->data, mutant->len);

  g_auto (FixtureResult) result = fixture_open (name, copy);

  if (result.error != NULL)
    fixture_assert_refused (&result, name, "");
  else if (result.content.recording != NULL)
    {
      gint64 last = sig_recording_get_n_steps (result.content.recording) - 1;

      g_assert_cmpint (last, >=, 0);
      fixture_sample (&result, sig_recording_get_n_channels (result.content.recording) - 1, last);
    }

  g_autoptr (SigFile) file = sig_file_new_bytes (name, bytes);
  g_auto (SigReading) reading = { 0 };
  g_autoptr (GError) error = NULL;

  sig_reading_init (&reading, NULL);

  g_autoptr (SigLabels) labels = sig_reader_labels_open_file (file, other, &reading, &error);

  g_assert_cmpint (labels == NULL, ==, error != NULL);
  g_assert_cmpint (mutate_clock_us () - before, <, mutate_limit_us ());
}

static void
test_mutants (gconstpointer data)
{
  const Seed *seed = data;
  const char *other_seed = g_getenv ("LAMINA_SEED");
  guint32 first = other_seed != NULL ? (guint32) g_ascii_strtoull (other_seed, NULL, 10) : SEED;
  g_autoptr (GRand) rand = g_rand_new_with_seed (first + g_str_hash (seed->name) % 1000);
  g_autoptr (SigRecording) other = sig_recording_new_take_samples ("r", 1, 5, 10, NULL, NULL, g_new0 (float, 5));

  const char *wanted = g_getenv ("LAMINA_MUTANTS");
  int n_mutants = wanted != NULL ? (int) g_ascii_strtoll (wanted, NULL, 10) : N_MUTANTS;

  for (int i = 0; i < n_mutants; i++)
    {
      g_autoptr (GByteArray) mutant = g_byte_array_new ();

      g_byte_array_append (mutant, g_bytes_get_data (seed->bytes, NULL), (guint) g_bytes_get_size (seed->bytes));
      for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        mutate (rand, mutant);
      try_open (seed->name, mutant, other);
    }
}

/* Every seed cut short at every byte. */
static void
test_truncations (void)
{
  g_autoptr (SigRecording) other = sig_recording_new_take_samples ("r", 1, 5, 10, NULL, NULL, g_new0 (float, 5));
  gsize n_seeds;
  Seed *seeds = seeds_new (&n_seeds);

  for (gsize k = 0; k < n_seeds; k++)
    for (gsize n = 0; n <= MIN (g_bytes_get_size (seeds[k].bytes), 300); n++)
      {
        g_autoptr (GByteArray) cut = g_byte_array_new ();

        g_byte_array_append (cut, g_bytes_get_data (seeds[k].bytes, NULL), (guint) n);
        try_open (seeds[k].name, cut, other);
      }
  seeds_free (seeds, n_seeds);
}

int
main (int argc, char **argv)
{
  gsize n_seeds;
  Seed *seeds = seeds_new (&n_seeds);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-mutants/truncations", test_truncations);
  for (gsize i = 0; i < n_seeds; i++)
    {
      g_autofree char *name = g_strdup_printf ("/reader-mutants/mutants/%s", seeds[i].name);

      g_test_add_data_func (name, &seeds[i], test_mutants);
    }
  status = g_test_run ();
  seeds_free (seeds, n_seeds);
  return status;
}
