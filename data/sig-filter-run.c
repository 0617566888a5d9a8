/* sig-filter-run.c: sections of second order over some channels at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-filter-private.h"

#include <string.h>

/* A step's value waits for that of the step before: channels side by side take no longer than one. */
typedef double Lanes __attribute__ ((vector_size (sizeof (double) * SIG_FILTER_LANES)));

void
sig_filter_settle (SigFilterRun    *self,
                   const SigBiquad *sections,
                   guint            n_sections,
                   const double    *x)
{
  self->sections = sections;
  self->n_sections = n_sections;
  for (int lane = 0; lane < SIG_FILTER_LANES; lane++)
    {
      double value = x[lane];

      for (guint i = 0; i < n_sections; i++)
        {
          const SigBiquad *s = &sections[i];
          double y = value * (s->b0 + s->b1 + s->b2) / (1 + s->a1 + s->a2);

          self->first[i][lane] = y - s->b0 * value;
          self->second[i][lane] = s->b2 * value - s->a2 * y;
          value = y;
        }
    }
}

/* `n` is a constant wherever this is inlined, so that what sections remember stays in registers. */
static inline __attribute__ ((always_inline)) void
run (SigFilterRun *self,
     guint         n,
     double       *x,
     gint64        n_steps,
     gint64        stride)
{
  Lanes first[SIG_FILTER_MAX_SECTIONS], second[SIG_FILTER_MAX_SECTIONS];

#pragma GCC unroll 4
  for (guint i = 0; i < n; i++)
    {
      memcpy (&first[i], self->first[i], sizeof first[i]);
      memcpy (&second[i], self->second[i], sizeof second[i]);
    }
  for (gint64 t = 0; t < n_steps; t++, x += stride * SIG_FILTER_LANES)
    {
      Lanes value;

      memcpy (&value, x, sizeof value);
#pragma GCC unroll 4
      for (guint i = 0; i < n; i++)
        {
          const SigBiquad *s = &self->sections[i];
          Lanes y = s->b0 * value + first[i];

          first[i] = s->b1 * value - s->a1 * y + second[i];
          second[i] = s->b2 * value - s->a2 * y;
          value = y;
        }
      memcpy (x, &value, sizeof value);
    }
#pragma GCC unroll 4
  for (guint i = 0; i < n; i++)
    {
      memcpy (self->first[i], &first[i], sizeof first[i]);
      memcpy (self->second[i], &second[i], sizeof second[i]);
    }
}

static inline __attribute__ ((always_inline)) void
run_some (SigFilterRun *self,
          double       *x,
          gint64        n,
          gint64        stride)
{
  if (self->n_sections == 1)
    run (self, 1, x, n, stride);
  else if (self->n_sections == 2)
    run (self, 2, x, n, stride);
  else if (self->n_sections == 4)
    run (self, 4, x, n, stride);
  else
    run (self, self->n_sections, x, n, stride);
}

#ifdef __x86_64__
/* The same arithmetic with wider registers, and the same bits: nothing is contracted. */
__attribute__ ((target ("avx2"))) static void
run_some_avx2 (SigFilterRun *self,
               double       *x,
               gint64        n,
               gint64        stride)
{
  run_some (self, x, n, stride);
}
#endif

void
sig_filter_run (SigFilterRun *self,
                double       *x,
                gint64        n,
                gint64        stride)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    {
      run_some_avx2 (self, x, n, stride);
      return;
    }
#endif
  run_some (self, x, n, stride);
}
