/* sig-columns-pace.c: tables in which groups of channels have a time and a rate of their own, side by side
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-columns-private.h"

#include <math.h>

#define MAX_OF 1000 /* steps that the samples of a slower channel are counted by */

/* The time from row to row of each channel, by the last column of time before it, or 0 for what is no channel (transfer full);
 * NULL where a channel has none before it, or one that is not regular. */
static double *
dup_steps (const SigColumns *self)
{
  guint n = self->table->n_columns;
  g_autofree double *steps = g_new0 (double, n);
  double step_s = 0.0;

  for (guint i = 0; i < n; i++)
    {
      const SigTableColumn *column = &self->table->columns[i];

      if (self->roles[i] == SIG_ROLE_TIME && column->kind == SIG_CELL_NUMBER)
        step_s = column->n_jumps == 0 ? sig_column_even_step (column) : 0.0;
      else if (self->roles[i] == SIG_ROLE_CHANNEL && step_s == 0.0)
        return NULL;
      else if (self->roles[i] == SIG_ROLE_CHANNEL)
        steps[i] = step_s;
    }
  return g_steal_pointer (&steps);
}

/* n / of, the fraction of the smallest denominator that over all rows is off by less than a sample. */
static SigPace
find_pace (double ratio,
           gint64 n_rows)
{
  SigPace best = { 1, 1 };
  double least = INFINITY;

  for (gint64 of = 1; of <= MAX_OF && least * (double) n_rows >= 1.0; of++)
    {
      gint64 n = CLAMP (llround (ratio * (double) of), 1, of);
      double off = fabs ((double) n / (double) of - ratio);

      if (off < least)
        {
          least = off;
          best = (SigPace) { n, of };
        }
    }
  return best;
}

void
sig_columns_find_paces (SigColumns *self)
{
  guint n = self->table->n_columns;
  g_autofree double *steps = dup_steps (self);
  double shortest = INFINITY, longest = 0.0;

  for (guint i = 0; steps != NULL && i < n; i++)
    if (steps[i] > 0.0)
      {
        shortest = MIN (shortest, steps[i]);
        longest = MAX (longest, steps[i]);
      }
  if (longest == 0.0 || (longest - shortest) * (double) self->table->n_rows < shortest)
    return;
  if (self->rate_hz == 0.0)
    self->rate_hz = sig_column_rate_of_step (shortest);
  self->paces = g_new (SigPace, n);
  for (guint i = 0; i < n; i++)
    self->paces[i] = steps[i] > 0.0 ? find_pace (shortest / steps[i], self->table->n_rows) : (SigPace) { 1, 1 };
}
