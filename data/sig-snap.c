/* sig-snap.c: the step that someone means who points at one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-snap.h"

#include <math.h>

/* The best so far. */
typedef struct
{
  double step;
  double distance; /* of the best; at first as far as it may be */
  gint64 best;
} Search;

static void
offer (Search *search,
       gint64  step)
{
  double distance = fabs (step - search->step);

  if (distance < search->distance)
    {
      search->distance = distance;
      search->best = step;
    }
}

static void
offer_edges (Search          *search,
             const SigLabels *labels)
{
  gsize n, i = sig_labels_find (labels, (gint64) floor (search->step));
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  if (i > 0)
    offer (search, spans[i - 1].end);
  for (gsize k = i; k < MIN (n, i + 2); k++)
    {
      offer (search, spans[k].start);
      offer (search, spans[k].end);
    }
}

static void
offer_windows (Search *search,
               gint64  window,
               gint64  n_steps)
{
  gint64 before = (gint64) floor (search->step / window) * window;

  offer (search, before);
  offer (search, MIN (before + window, n_steps));
}

/* Steps [from, to] within `reach` of the search, with their samples and the one before them in `samples`; FALSE where those are
 * not at hand, or there are none. */
static gboolean
get_samples (const SigSnap *self,
             double         step,
             double         reach,
             gint64        *from,
             gint64        *to,
             float         *samples)
{
  *from = (gint64) MAX (1, ceil (step - reach));
  *to = (gint64) MIN (self->n_steps - 1, floor (step + reach));
  return *from <= *to && sig_pyramid_get_samples (self->pyramid, self->channel, *from - 1, *to - *from + 2, samples);
}

static void
offer_crossings (Search        *search,
                 const SigSnap *self)
{
  double reach = MIN (search->distance, SIG_SNAP_SAMPLES);
  g_autofree float *samples = g_new (float, 2 * SIG_SNAP_SAMPLES + 3);
  gint64 from, to;

  while (!get_samples (self, search->step, reach, &from, &to, samples))
    {
      reach /= 2;
      if (reach < 1)
        return;
    }
  for (gint64 step = from; step <= to; step++)
    {
      float before = samples[step - from], after = samples[step - from + 1];

      if (!isnan (before) && !isnan (after) && (before < 0) != (after < 0))
        offer (search, step);
    }
}

gint64
sig_snap (const SigSnap *self,
          double         step,
          double         tolerance)
{
  Search search = { CLAMP (step, 0, self->n_steps), MAX (tolerance, 0) + 1e-9, 0 };

  g_return_val_if_fail (self != NULL && self->n_steps >= 0 && !isnan (step), 0);

  search.best = (gint64) floor (search.step + .5);
  if (self->labels != NULL)
    offer_edges (&search, self->labels);
  if (self->window > 0)
    offer_windows (&search, self->window, self->n_steps);
  if (self->pyramid != NULL)
    offer_crossings (&search, self);
  return search.best;
}
