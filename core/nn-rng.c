/* nn-rng.c: random numbers with explicit state
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-rng.h"

#include <math.h>

/* One step of splitmix64, which spreads any seed, 0 too, over 64 bits. */
static guint64
splitmix (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint64
nn_rng_mix (guint64 a, guint64 b)
{
  guint64 state = a;

  state = splitmix (&state) ^ b;
  return splitmix (&state);
}

void
nn_rng_init (NnRng *self, guint64 seed, NnRngPurpose purpose, guint64 index)
{
  guint64 state = nn_rng_mix (nn_rng_mix (seed, purpose), index);

  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    self->state[i] = splitmix (&state);
}

static guint64
rotate_left (guint64 x, int by)
{
  return (x << by) | (x >> (64 - by));
}

guint64
nn_rng_next (NnRng *self)
{
  guint64 *s = self->state;
  guint64 result = rotate_left (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

double
nn_rng_uniform (NnRng *self)
{
  return (double) (nn_rng_next (self) >> 11) * 0x1p-53;
}

double
nn_rng_normal (NnRng *self)
{
  /* Box and Muller's first number; the second is left, so that the state is the whole state. */
  double u = 1.0 - nn_rng_uniform (self);
  double v = nn_rng_uniform (self);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * v);
}

guint64
nn_rng_below (NnRng *self, guint64 n)
{
  guint64 biased, x;

  g_return_val_if_fail (n > 0, 0);

  biased = -n % n; /* 2^64 mod n numbers too many, taken off the low end */
  do
    x = nn_rng_next (self);
  while (x < biased);
  return x % n;
}

void
nn_rng_fill_mask (NnRng *self, double rate, float *mask, gint64 n)
{
  guint32 limit = (guint32) (rate * 4294967296.0);
  float keep = (float) (1.0 / (1.0 - rate));

  g_return_if_fail (rate >= 0.0 && rate < 1.0);

  for (gint64 i = 0; i < n; i += 2)
    {
      guint64 bits = nn_rng_next (self);

      mask[i] = (guint32) bits < limit ? 0.0f : keep;
      if (i + 1 < n)
        mask[i + 1] = (guint32) (bits >> 32) < limit ? 0.0f : keep;
    }
}

void
nn_rng_shuffle (NnRng *self, gint64 *items, gsize n)
{
  for (gsize i = n; i > 1; i--)
    {
      gsize j = nn_rng_below (self, i);
      gint64 item = items[i - 1];

      items[i - 1] = items[j];
      items[j] = item;
    }
}
