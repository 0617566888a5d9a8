/* sig-overlay.c: lays labels of time spans over one another: the later one wins
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-overlay.h"

#include <stdlib.h>

static int
compare_steps (const void *a,
               const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* All steps at which a span starts or ends, sorted, each once. */
static gint64 *
list_borders (const SigSpan *spans,
              gsize          n_spans,
              gsize         *n_borders)
{
  gint64 *borders = g_new (gint64, 2 * n_spans + 1);
  gsize n = 0;

  for (gsize i = 0; i < n_spans; i++)
    {
      borders[2 * i] = spans[i].start;
      borders[2 * i + 1] = spans[i].end;
    }
  qsort (borders, 2 * n_spans, sizeof *borders, compare_steps);
  for (gsize i = 0; i < 2 * n_spans; i++)
    if (n == 0 || borders[i] != borders[n - 1])
      borders[n++] = borders[i];
  *n_borders = n;
  return borders;
}

static gsize
find_border (const gint64 *borders,
             gsize         n_borders,
             gint64        step)
{
  const gint64 *found = bsearch (&step, borders, n_borders, sizeof *borders, compare_steps);

  return (gsize) (found - borders);
}

/* The first segment from `i` on that has no class yet. Paths are halved on the way. */
static gsize
find_free (gsize *next,
           gsize  i)
{
  while (next[i] != i)
    {
      next[i] = next[next[i]];
      i = next[i];
    }
  return i;
}

/* Whether there is no border at a step between what both cover. */
static gboolean
goes_on (const SigSpan *before,
         const SigSpan *after,
         gint64         step)
{
  return before == after || (before->klass == after->klass && (before->end != step || after->start != step));
}

/* Segments lie between neighbouring borders. The spans are painted last line first, and each segment once. */
GArray *
sig_overlay_flatten (const SigSpan *spans,
                     gsize          n_spans,
                     gsize         *n_overlaps)
{
  gsize n_borders;
  g_autofree gint64 *borders = list_borders (spans, n_spans, &n_borders);
  g_autofree gsize *next = g_new (gsize, n_borders + 1);
  g_autofree const SigSpan **owners = g_new0 (const SigSpan *, n_borders + 1); /* NULL: no label */
  GArray *out = g_array_new (FALSE, FALSE, sizeof (SigSpan));

  *n_overlaps = 0;
  for (gsize i = 0; i <= n_borders; i++)
    next[i] = i;
  for (gsize k = n_spans; k-- > 0;)
    {
      gsize first = find_border (borders, n_borders, spans[k].start),
            end = find_border (borders, n_borders, spans[k].end);
      gsize n_painted = 0;

      for (gsize i = find_free (next, first); i < end; i = find_free (next, i))
        {
          owners[i] = &spans[k];
          next[i] = i + 1;
          n_painted++;
        }
      *n_overlaps += n_painted < end - first;
    }
  for (gsize i = 0; i + 1 < n_borders; i++)
    {
      SigSpan *last = out->len > 0 ? &g_array_index (out, SigSpan, out->len - 1) : NULL;
      const SigSpan *owner = owners[i];

      if (owner == NULL)
        continue;
      if (last != NULL && last->end == borders[i] && goes_on (owners[i - 1], owner, borders[i]))
        last->end = borders[i + 1];
      else
        {
          SigSpan span = { borders[i], borders[i + 1], owner->klass };

          g_array_append_val (out, span);
        }
    }
  return out;
}
