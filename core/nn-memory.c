/* nn-memory.c: large arrays of floats, aligned to cache lines
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-memory.h"

#include "nn-error.h"
#include "nn-k.h"

#include <string.h>

#define ALIGNMENT 64

/* Bytes for `n` floats with the slack, and for what alignment costs; 0 where they do not fit. */
static gsize
count_bytes (gint64 n)
{
  gsize floats, bytes;

  if (n < 0 || !g_size_checked_add (&floats, (gsize) n, NN_K_SLACK) || !g_size_checked_mul (&bytes, floats, sizeof (float)) ||
      !g_size_checked_add (&bytes, bytes, ALIGNMENT + sizeof (gpointer)) || bytes > G_MAXSSIZE)
    return 0;
  return bytes;
}

/* The first aligned place in `base` that leaves room for base itself just before it. */
static float *
align (gpointer base)
{
  guintptr at = ((guintptr) base + sizeof base + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

  ((gpointer *) at)[-1] = base;
  return (float *) at;
}

float *
nn_floats_try_new (gint64 n, const char *what, GError **error)
{
  gsize bytes = count_bytes (n);
  gpointer base = bytes > 0 ? g_try_malloc0 (bytes) : NULL;

  if (base == NULL)
    {
      g_autofree char *size = g_format_size_full (bytes > 0 ? bytes : G_MAXINT64, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE, "There is no memory for %s: %s%s are needed.",
                   what, bytes > 0 ? "" : "more than ", size);
      return NULL;
    }
  return align (base);
}

float *
nn_floats_copy (const float *source, gint64 n)
{
  float *self = align (g_malloc0 (count_bytes (n)));

  memcpy (self, source, n * sizeof *self);
  return self;
}

void
nn_floats_free (float *self)
{
  if (self != NULL)
    g_free (((gpointer *) self)[-1]);
}
