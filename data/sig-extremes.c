/* sig-extremes.c: the least and greatest finite sample of a run
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-extremes.h"

#include <string.h>
#ifdef __SSE__
#include <xmmintrin.h>
#endif

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

/* Lane by lane `a` where it is less (greater) than `b`, else `b`: a NaN in `a` loses, as in the machine's own instruction. */
#ifdef __SSE__

static inline Floats
lesser (Floats a,
        Floats b)
{
  return (Floats) _mm_min_ps ((__m128) a, (__m128) b);
}

static inline Floats
greater (Floats a,
         Floats b)
{
  return (Floats) _mm_max_ps ((__m128) a, (__m128) b);
}

#else

static inline Floats
lesser (Floats a,
        Floats b)
{
  Mask mask = a < b;

  return (Floats) (((Mask) a & mask) | ((Mask) b & ~mask));
}

static inline Floats
greater (Floats a,
         Floats b)
{
  Mask mask = a > b;

  return (Floats) (((Mask) a & mask) | ((Mask) b & ~mask));
}

#endif

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

/* Widens by the lanes of `min` and `max`, none of them NaN. */
static inline void
join_lanes (SigColumn *self,
            Floats     min,
            Floats     max)
{
  min = lesser (min, (Floats) { min[2], min[3], min[0], min[1] });
  max = greater (max, (Floats) { max[2], max[3], max[0], max[1] });
  min = lesser (min, (Floats) { min[1], min[0], min[3], min[2] });
  max = greater (max, (Floats) { max[1], max[0], max[3], max[2] });
  sig_extremes_join (self, &(SigColumn) { min[0], max[0] });
}

void
sig_extremes_scan_16 (SigColumn   *entries,
                      const float *samples,
                      gint64       n)
{
  const Floats most = { INFINITY, INFINITY, INFINITY, INFINITY };

  for (gint64 i = 0; i < n; i++, samples += 16)
    {
      Floats a = load (samples), b = load (samples + 4), c = load (samples + 8), d = load (samples + 12);
      SigColumn entry = SIG_COLUMN_EMPTY;

      join_lanes (&entry, lesser (a, lesser (b, lesser (c, lesser (d, most)))),
                  greater (a, greater (b, greater (c, greater (d, -most)))));
      if (entry.min == -INFINITY || entry.max == INFINITY)
        {
          entry = SIG_COLUMN_EMPTY;
          scan_slowly (&entry, samples, 16);
        }
      entries[i] = entry;
    }
}

/* NaN never wins. An infinity does: then the run is gone through again slowly. The last lanes may hold samples that were seen. */
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

      for (; i < n; i += LANES)
        {
          Floats v = load (samples + MIN (i, n - LANES));

          min = lesser (v, min);
          max = greater (v, max);
        }
      join_lanes (&run, min, max);
    }
  for (; i < n; i++)
    sig_extremes_join (&run, &(SigColumn) { samples[i], samples[i] });

  if (run.min == -INFINITY || run.max == INFINITY)
    scan_slowly (self, samples, n);
  else
    sig_extremes_join (self, &run);
}
