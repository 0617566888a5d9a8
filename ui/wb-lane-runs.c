/* wb-lane-runs.c: which rows each column of a curve covers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-private.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* A column's rows before its line has a width; NaN where it is empty. */
typedef struct
{
  double top, bottom;
} Ends;

#define NO_ENDS ((Ends) { NAN, NAN })

static inline Ends
find_ends (const WbLanePen *pen,
           const SigColumn *column)
{
  if (!(column->min <= column->max))
    return NO_ENDS;
  return (Ends) { wb_lane_map_value (pen, column->max), wb_lane_map_value (pen, column->min) };
}

/* Those of the column to the left of column `x`. */
static Ends
find_ends_before (const WbLanePen   *pen,
                  const WbLaneCurve *curve,
                  int                x)
{
  const SigColumn *before = x > 0 ? &curve->columns[x - 1] : curve->before;

  return before != NULL ? find_ends (pen, before) : NO_ENDS;
}

/* A line of width w that rises r rows within one column covers w √(1 + r²) rows of it, the run alone r. Never more than half the
 * width is added at an end: a spike must not look taller than it is. */
static inline double
half_width (const WbLanePen *pen,
            double           rise)
{
  double half = pen->line_width / 2;

  return wb_lane_limit (half * sqrt (1 + rise * rise) - rise / 2, 0, half);
}

static void
find_runs_one_by_one (const WbLanePen   *pen,
                      const WbLaneCurve *curve,
                      int                x,
                      int                n,
                      WbLaneRuns        *runs)
{
  Ends last = find_ends_before (pen, curve, x);

  for (int i = 0; i < n; i++)
    {
      Ends ends = find_ends (pen, &curve->columns[x + i]);
      double half, from, to;

      runs->from[i] = runs->to[i] = 0;
      if (curve->apart != NULL && curve->apart[x + i])
        last = NO_ENDS;
      if (!isnan (ends.top))
        {
          from = last.bottom < ends.top ? last.bottom : ends.top;
          to = last.top > ends.bottom ? last.top : ends.bottom;
          half = half_width (pen, to - from);
          runs->from[i] = (gint32) (wb_lane_limit (from - half, pen->top, pen->bottom) * 256);
          runs->to[i] = (gint32) (wb_lane_limit (to + half, pen->top, pen->bottom) * 256);
        }
      last = ends;
    }
}

#ifdef __x86_64__
#define N 4 /* columns in a vector */

/* The ends of a chunk's columns, each behind that of the column to its left. */
typedef struct
{
  double top[WB_LANE_CHUNK + 1 + N], bottom[WB_LANE_CHUNK + 1 + N];
} Edges;

/* As wb_lane_limit(): a NaN stays one, as the machine gives its second operand then. */
__attribute__ ((target ("avx2"))) static inline __m256d
limit_all (__m256d value,
           double  least,
           double  greatest)
{
  return _mm256_min_pd (_mm256_set1_pd (greatest), _mm256_max_pd (_mm256_set1_pd (least), value));
}

__attribute__ ((target ("avx2"))) static inline __m256d
map_all (const WbLanePen *pen,
         __m128           values)
{
  __m256d product = _mm256_mul_pd (_mm256_cvtps_pd (values), _mm256_set1_pd (pen->slope));

  return limit_all (_mm256_add_pd (product, _mm256_set1_pd (pen->offset)), pen->least, pen->greatest);
}

__attribute__ ((target ("avx2"))) static inline void
find_edges_of (const WbLanePen *pen,
               const SigColumn *columns,
               double          *tops,
               double          *bottoms)
{
  __m128 first = _mm_loadu_ps ((const float *) columns), second = _mm_loadu_ps ((const float *) (columns + 2));
  __m128 min = _mm_shuffle_ps (first, second, 0x88), max = _mm_shuffle_ps (first, second, 0xdd);
  __m128 empty = _mm_cmpnle_ps (min, max); /* all bits of a float that is NaN */

  _mm256_storeu_pd (tops, map_all (pen, _mm_or_ps (max, empty)));
  _mm256_storeu_pd (bottoms, map_all (pen, _mm_or_ps (min, empty)));
}

__attribute__ ((target ("avx2"))) static void
find_edges (const WbLanePen   *pen,
            const WbLaneCurve *curve,
            int                x,
            int                n,
            Edges             *edges)
{
  const SigColumn *columns = curve->columns + x;
  SigColumn rest[N] = { 0 };
  Ends last = find_ends_before (pen, curve, x);
  int i = 0;

  edges->top[0] = last.top;
  edges->bottom[0] = last.bottom;
  for (; i + N <= n; i += N)
    find_edges_of (pen, columns + i, edges->top + i + 1, edges->bottom + i + 1);
  for (int k = 0; i + k < n; k++)
    rest[k] = columns[i + k];
  find_edges_of (pen, rest, edges->top + i + 1, edges->bottom + i + 1);
}

__attribute__ ((target ("avx2"))) static inline __m128i
to_rows (const WbLanePen *pen,
         __m256d          value,
         __m256d          shown)
{
  return _mm256_cvttpd_epi32 (
      _mm256_and_pd (shown, _mm256_mul_pd (limit_all (value, pen->top, pen->bottom), _mm256_set1_pd (256))));
}

/* The same arithmetic as one by one, and the same bits. */
__attribute__ ((target ("avx2"))) static void
find_runs_by_vectors (const WbLanePen   *pen,
                      const WbLaneCurve *curve,
                      int                x,
                      int                n,
                      WbLaneRuns        *runs)
{
  const __m256d half_line = _mm256_set1_pd (pen->line_width / 2), one = _mm256_set1_pd (1), two = _mm256_set1_pd (2);
  Edges edges;

  find_edges (pen, curve, x, n, &edges);
  for (int i = 0; i < n; i += N)
    {
      __m256d top = _mm256_loadu_pd (edges.top + i + 1), bottom = _mm256_loadu_pd (edges.bottom + i + 1);
      __m256d last_top = _mm256_loadu_pd (edges.top + i), last_bottom = _mm256_loadu_pd (edges.bottom + i);
      __m256d shown = _mm256_cmp_pd (top, top, _CMP_ORD_Q), from, to, rise, half;

      if (curve->apart != NULL)
        {
          gint32 bytes = 0;
          __m256d apart;

          for (int k = 0; k < N && i + k < n; k++)
            bytes |= (curve->apart[x + i + k] != 0) << (8 * k);
          apart = _mm256_castsi256_pd (
              _mm256_cmpgt_epi64 (_mm256_cvtepu8_epi64 (_mm_cvtsi32_si128 (bytes)), _mm256_setzero_si256 ()));
          last_top = _mm256_or_pd (last_top, apart);
          last_bottom = _mm256_or_pd (last_bottom, apart);
        }
      from = _mm256_min_pd (last_bottom, top);
      to = _mm256_max_pd (last_top, bottom);
      rise = _mm256_sub_pd (to, from);
      half = _mm256_mul_pd (half_line, _mm256_sqrt_pd (_mm256_add_pd (one, _mm256_mul_pd (rise, rise))));
      half = limit_all (_mm256_sub_pd (half, _mm256_div_pd (rise, two)), 0, pen->line_width / 2);
      _mm_storeu_si128 ((__m128i *) (gpointer) (runs->from + i), to_rows (pen, _mm256_sub_pd (from, half), shown));
      _mm_storeu_si128 ((__m128i *) (gpointer) (runs->to + i), to_rows (pen, _mm256_add_pd (to, half), shown));
    }
}
#endif

void
wb_lane_find_runs (const WbLanePen   *pen,
                   const WbLaneCurve *curve,
                   int                x,
                   int                n,
                   WbLaneRuns        *runs)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    {
      find_runs_by_vectors (pen, curve, x, n, runs);
      return;
    }
#endif
  find_runs_one_by_one (pen, curve, x, n, runs);
}
