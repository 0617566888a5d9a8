/* sig-damage.c: the steps of a recording that could not be decoded, as reading finds them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-damage.h"

#include <pthread.h>

#include "sig-reading.h"

struct _SigDamage
{
  gatomicrefcount refs;
  gint64          n_steps;
  double          rate_hz;
  pthread_mutex_t mutex;
  GArray         *spans; /* of SigSegment: sorted, none touches another */
};

SigDamage *
sig_damage_new (gint64 n_steps,
                double rate_hz)
{
  SigDamage *self = g_new0 (SigDamage, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_steps = n_steps;
  self->rate_hz = rate_hz;
  pthread_mutex_init (&self->mutex, NULL);
  self->spans = g_array_new (FALSE, FALSE, sizeof (SigSegment));
  return self;
}

SigDamage *
sig_damage_ref (SigDamage *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
sig_damage_unref (SigDamage *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  pthread_mutex_destroy (&self->mutex);
  g_array_unref (self->spans);
  g_free (self);
}

/* The first span that ends at `step` or later; the number of spans where none does. */
static guint
find_span (const GArray *spans,
           gint64        step)
{
  guint low = 0, high = spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (spans, SigSegment, middle).end < step)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
sig_damage_add (SigDamage *self,
                gint64     start,
                gint64     end)
{
  SigSegment joined = { start, end };
  guint first, last;

  g_return_if_fail (start < end);

  pthread_mutex_lock (&self->mutex);
  first = last = find_span (self->spans, start);
  for (; last < self->spans->len && g_array_index (self->spans, SigSegment, last).start <= end; last++)
    {
      joined.start = MIN (joined.start, g_array_index (self->spans, SigSegment, last).start);
      joined.end = MAX (joined.end, g_array_index (self->spans, SigSegment, last).end);
    }
  if (last > first)
    g_array_remove_range (self->spans, first, last - first);
  g_array_insert_val (self->spans, first, joined);
  pthread_mutex_unlock (&self->mutex);
}

/* (transfer full) */
static char *
describe_place (const SigDamage *self,
                gint64           step)
{
  g_autofree char *count = sig_dup_count (step);

  return self->rate_hz > 0.0 ? g_strdup_printf ("%.3f s", (double) step / self->rate_hz) : g_strdup_printf ("step %s", count);
}

char *
sig_damage_describe (SigDamage *self)
{
  gint64 first = 0, n_lost = 0;
  guint n_spans;

  pthread_mutex_lock (&self->mutex);
  n_spans = self->spans->len;
  for (guint i = 0; i < n_spans; i++)
    {
      const SigSegment *span = &g_array_index (self->spans, SigSegment, i);

      first = i == 0 ? span->start : first;
      n_lost += span->end - span->start;
    }
  pthread_mutex_unlock (&self->mutex);
  if (n_spans == 0)
    return NULL;

  g_autofree char *lost = sig_dup_count (n_lost), *all = sig_dup_count (self->n_steps), *place = describe_place (self, first);

  return g_strdup_printf ("%s of %s steps could not be decoded: the file is damaged%s %s.", lost, all,
                          n_spans > 1 ? ", first at" : " at", place);
}
