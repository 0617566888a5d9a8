/* keras-seeds.c: files of real Keras, where mutations begin; KERAS_MEMBER says which member, where it is not the whole archive
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "seeds.h"

#include "t-keras.h"

Seed *
seeds_new (gsize *n_seeds)
{
  static const char *const names[] = { "stack.keras", "across.keras", "open-time.keras", "skips.keras", "image.keras",
                                       "vector.keras" };
  Seed *seeds = g_new (Seed, G_N_ELEMENTS (names));

  *n_seeds = G_N_ELEMENTS (names);
  for (gsize i = 0; i < *n_seeds; i++)
    {
      g_autoptr (GBytes) archive = t_keras_load (names[i]);

#ifdef KERAS_MEMBER
      seeds[i] = (Seed) { names[i], t_keras_member (archive, KERAS_MEMBER) };
#else
      seeds[i] = (Seed) { names[i], g_steal_pointer (&archive) };
#endif
    }
  return seeds;
}

void
seeds_free (Seed *seeds,
            gsize n_seeds)
{
  for (gsize i = 0; i < n_seeds; i++)
    g_bytes_unref (seeds[i].bytes);
  g_free (seeds);
}
