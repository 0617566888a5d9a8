/* sig-extremes.c: the least and greatest finite sample of a run
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-extremes.h"

#include <string.h>

#define LANES 4

typedef float  Floats __attribute__ ((vector_size (4 * LANES)));
typedef gint32 Mask __attribute__ ((vector_size (4 * LANES)));

static inline Floats
load (const float *at)
{
  Floats out;

  memcpy (&out, at, sizeof out);
  return out;
}

static inline Floats
choose (Mask   mask,
        Floats yes,
        Floats no)
{
  return (Floats) (((Mask) yes & mask) | ((Mask) no & ~mask));
}

/* One sample at a time, infinities left out. */
static void
scan_slowly (SigColumn   *self,
             const float *samples,
             gint64       n)
{
  for (gint64 i = 0; i < n; i++)
    if (isfinite (samples[i]))
      sig_extremes_join (self, &(SigColumn) { samples[i], samples[i] });
}

/* A comparison with NaN is false, so NaN never wins. An infinity does: then the run is gone through
 * again slowly. */
void
sig_extremes_scan (SigColumn   *self,
                   const float *samples,
                   gint64       n)
{
  SigColumn run = SIG_COLUMN_EMPTY;
  gint64 i = 0;

  if (n >= LANES)
    {
      Floats min = { INFINITY, INFINITY, INFINITY, INFINITY };
      Floats max = -min;

      for (; i + LANES <= n; i += LANES)
        {
          Floats v = load (samples + i);

          min = choose (v < min, v, min);
          max = choose (v > max, v, max);
        }
      for (int lane = 0; lane < LANES; lane++)
        sig_extremes_join (&run, &(SigColumn) { min[lane], max[lane] });
    }
  for (; i < n; i++)
    sig_extremes_join (&run, &(SigColumn) { samples[i], samples[i] });

  if (run.min == -INFINITY || run.max == INFINITY)
    scan_slowly (self, samples, n);
  else
    sig_extremes_join (self, &run);
}
