/* mutate.c: damage at random to the bytes of a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mutate.h"

#include <time.h>

/* Numbers that break sums. */
static const guint64 awkward[]
    = { 0, 1, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, G_GUINT64_CONSTANT (1) << 63, G_MAXUINT64 };

static void
overwrite (GByteArray *bytes, gsize at, guint64 value, guint n, gboolean big_endian)
{
  for (guint i = 0; i < n && at + i < bytes->len; i++)
    bytes->data[at + i] = (guint8) (value >> 8 * (big_endian ? n - 1 - i : i));
}

/* Places are drawn near the beginning more often than not: that is where headers are. */
static gsize
draw_place (GRand *rand, gsize length)
{
  gsize within = g_rand_boolean (rand) ? MIN (length, 64) : length;

  return (gsize) g_rand_int_range (rand, 0, (gint32) MAX (within, 1));
}

void
mutate (GRand *rand, GByteArray *bytes)
{
  gsize at = draw_place (rand, bytes->len);
  guint8 byte = (guint8) g_rand_int_range (rand, 0, 256);

  if (bytes->len == 0)
    return;
  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      bytes->data[at] ^= (guint8) (1 << byte % 8);
      break;
    case 1:
      g_byte_array_set_size (bytes, (guint) at);
      break;
    case 2:
      overwrite (bytes, at, awkward[byte % G_N_ELEMENTS (awkward)], 1u << byte % 4, byte >= 128);
      break;
    case 3:
      bytes->data[at] = byte;
      break;
    case 4:
      g_byte_array_remove_range (bytes, (guint) at, (guint) MIN (bytes->len - at, byte % 8));
      break;
    default:
      {
        g_autofree guint8 *copy = g_memdup2 (bytes->data + at, MIN (bytes->len - at, byte));

        g_byte_array_append (bytes, copy, (guint) MIN (bytes->len - at, byte));
      }
    }
}

gint64
mutate_clock_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

gint64
mutate_limit_us (void)
{
  const char *slow = g_getenv ("LAMINA_SLOW");

  return (gint64) (1e6 * (slow != NULL ? g_ascii_strtod (slow, NULL) : 1.0));
}
