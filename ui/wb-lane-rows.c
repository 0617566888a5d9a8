/* wb-lane-rows.c: runs of columns with the ground that they lie on, strip by strip
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-private.h"

#include <string.h>

#define STRIP 16 /* columns that are drawn from their top to their bottom at a time: a line of the cache in each row */

/* How many columns from `x` on lie before a line of the cache; -1: not the same in all rows. */
static int
find_line (const WbPixels *target,
           int             x)
{
  gsize at = (gsize) (target->pixels + x) / sizeof *target->pixels;

  return target->stride % STRIP == 0 ? (int) (-at % STRIP) : -1;
}

int
wb_lane_get_chunk (const WbPixels *target,
                   int             x)
{
  int lead = find_line (target, x);

  return MIN (lead > 0 ? WB_LANE_CHUNK - STRIP + lead : WB_LANE_CHUNK, target->width - x);
}

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2   __attribute__ ((target ("avx2")))
#define INLINE static inline __attribute__ ((always_inline, target ("avx2")))

/* Pictures of more pixels than this do not stay in the cache of a processor's own until they are looked at: what is written of
 * them goes past it, which spares the memory being read first. */
#define STREAM_LEAST (1 << 18)

G_STATIC_ASSERT (WB_LANE_CHUNK % STRIP == 0);

/* A row of a strip. */
typedef struct
{
  __m256i left, right;
} Pair;

/* Where a strip comes from and goes to. */
typedef struct
{
  const guint32 *ground; /* its uppermost row, which row 0 of the target and every `period`-th one has */
  guint32       *pixels; /* row 0 */
  gsize          ground_stride, stride;
  int            period;
  int            n; /* columns */
} Strip;

typedef enum
{
  WAY_PART,   /* less columns than a strip has */
  WAY_WHOLE,
  WAY_STREAM, /* the same past the cache; the target's rows are aligned to it */
} Way;

/* An opaque colour, two channels at a time, and in 256ths how much of it. */
typedef struct
{
  __m256i color, even, odd, alpha;
  gint32  share;
} Ink;

/* The rows of a strip's columns: outside [first, last) there is only ground, inside [full, rest) only the opaque curve. */
typedef struct
{
  gint32 first, full, rest, last;
} Reach;

AVX2 static Ink
make_ink (const WbLanePen *pen)
{
  return (Ink) { _mm256_set1_epi32 ((int) pen->color), _mm256_set1_epi32 ((int) (pen->color & 0x00ff00ff)),
                 _mm256_set1_epi32 ((int) (pen->color >> 8 & 0x00ff00ff)), _mm256_set1_epi32 (pen->alpha), pen->alpha };
}

/* Of two channels at a time ground · (256 - share) + colour · share, in 256ths; it is less than 2¹⁶, whatever overflows on the
 * way. */
INLINE __m256i
mix_channels (__m256i ground,
              __m256i color,
              __m256i share)
{
  return _mm256_add_epi16 (_mm256_slli_epi16 (ground, 8), _mm256_mullo_epi16 (_mm256_sub_epi16 (color, ground), share));
}

/* The share of row `y` that runs cover, over its ground. */
INLINE __m256i
mix_vector (__m256i    from,
            __m256i    to,
            gint32     y,
            __m256i    ground,
            const Ink *ink)
{
  const __m256i low = _mm256_set1_epi16 (0x00ff);
  __m256i top = _mm256_set1_epi32 (y << 8), bottom = _mm256_set1_epi32 ((y + 1) << 8);
  __m256i covered = _mm256_sub_epi32 (_mm256_min_epi32 (to, bottom), _mm256_max_epi32 (from, top)), share, even, odd;

  covered = _mm256_max_epi32 (covered, _mm256_setzero_si256 ());
  if (ink->share != 256)
    covered = _mm256_srli_epi32 (_mm256_mullo_epi32 (covered, ink->alpha), 8);
  share = _mm256_or_si256 (covered, _mm256_slli_epi32 (covered, 16));
  even = mix_channels (_mm256_and_si256 (ground, low), ink->even, share);
  odd = mix_channels (_mm256_srli_epi16 (ground, 8), ink->odd, share);
  return _mm256_or_si256 (_mm256_srli_epi16 (even, 8), _mm256_andnot_si256 (low, odd));
}

/* The first `n` of a vector, the rest 0: a copy of some would have to be waited for. */
INLINE __m256i
load_some (const guint32 *pixels,
           int            n)
{
  __m256i mask = _mm256_cmpgt_epi32 (_mm256_set1_epi32 (n), _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7));

  return _mm256_maskload_epi32 ((const int *) pixels, mask);
}

INLINE Pair
load_row (const guint32 *row,
          int            n,
          Way            way)
{
  const guint32 *right = row + STRIP / 2;

  if (way == WAY_PART)
    return (Pair) { load_some (row, n), load_some (right, n - STRIP / 2) };
  return (Pair) { _mm256_loadu_si256 ((const __m256i *) (gconstpointer) row),
                  _mm256_loadu_si256 ((const __m256i *) (gconstpointer) right) };
}

INLINE void
store_row (guint32 *row,
           int      n,
           Way      way,
           Pair     pair)
{
  guint32 some[STRIP];
  __m256i *left = (__m256i *) (gpointer) (way == WAY_PART ? some : row), *right = left + 1;

  if (way == WAY_STREAM)
    {
      _mm256_stream_si256 (left, pair.left);
      _mm256_stream_si256 (right, pair.right);
      return;
    }
  _mm256_storeu_si256 (left, pair.left);
  _mm256_storeu_si256 (right, pair.right);
  if (way == WAY_PART)
    memcpy (row, some, (gsize) n * sizeof *row);
}

/* The ground's row below `row`. */
INLINE int
turn (const Strip *strip,
      int          row)
{
  return row + 1 < strip->period ? row + 1 : 0;
}

INLINE Pair
load_ground (const Strip *strip,
             Way          way,
             int          row)
{
  return load_row (strip->ground + (gsize) row * strip->ground_stride, strip->n, way);
}

INLINE void
lay_rows (const Strip *strip,
          Way          way,
          int          from,
          int          to)
{
  for (int y = from, row = from % strip->period; y < to; y++, row = turn (strip, row))
    store_row (strip->pixels + (gsize) y * strip->stride, strip->n, way, load_ground (strip, way, row));
}

INLINE void
fill_rows (const Strip *strip,
           Way          way,
           int          from,
           int          to,
           const Ink   *ink)
{
  for (int y = from; y < to; y++)
    store_row (strip->pixels + (gsize) y * strip->stride, strip->n, way, (Pair) { ink->color, ink->color });
}

INLINE void
mix_rows (const Strip *strip,
          Way          way,
          int          from,
          int          to,
          const Pair  *runs_from,
          const Pair  *runs_to,
          const Ink   *ink)
{
  for (int y = from, row = from % strip->period; y < to; y++, row = turn (strip, row))
    {
      Pair ground = load_ground (strip, way, row);

      store_row (strip->pixels + (gsize) y * strip->stride, strip->n, way,
                 (Pair) { mix_vector (runs_from->left, runs_to->left, y, ground.left, ink),
                          mix_vector (runs_from->right, runs_to->right, y, ground.right, ink) });
    }
}

AVX2 static inline gint32
find_least (__m256i v)
{
  __m128i four = _mm_min_epi32 (_mm256_castsi256_si128 (v), _mm256_extracti128_si256 (v, 1));
  __m128i two = _mm_min_epi32 (four, _mm_shuffle_epi32 (four, 0x4e));

  return _mm_cvtsi128_si32 (_mm_min_epi32 (two, _mm_shuffle_epi32 (two, 0xb1)));
}

AVX2 static inline gint32
find_greatest (__m256i v)
{
  return -find_least (_mm256_sub_epi32 (_mm256_setzero_si256 (), v));
}

/* All bits where a run is empty. */
AVX2 static inline __m256i
find_empty (__m256i from,
            __m256i to)
{
  return _mm256_cmpgt_epi32 (_mm256_add_epi32 (from, _mm256_set1_epi32 (1)), to);
}

/* Within the pen's rows. */
AVX2 static Reach
find_reach (const WbLanePen *pen,
            const Pair      *from,
            const Pair      *to)
{
  __m256i most = _mm256_set1_epi32 (G_MAXINT32);
  __m256i left = find_empty (from->left, to->left), right = find_empty (from->right, to->right);
  __m256i from_shown
      = _mm256_min_epi32 (_mm256_blendv_epi8 (from->left, most, left), _mm256_blendv_epi8 (from->right, most, right));
  __m256i to_shown = _mm256_max_epi32 (_mm256_andnot_si256 (left, to->left), _mm256_andnot_si256 (right, to->right));
  Reach reach = { find_least (from_shown) >> 8, (find_greatest (_mm256_max_epi32 (from->left, from->right)) + 255) >> 8,
                  find_least (_mm256_min_epi32 (to->left, to->right)) >> 8, (find_greatest (to_shown) + 255) >> 8 };

  reach.first = CLAMP (reach.first, pen->top, pen->bottom);
  reach.last = CLAMP (reach.last, reach.first, pen->bottom);
  if (pen->alpha < 256 || reach.full >= reach.rest)
    reach.full = reach.rest = reach.last;
  return reach;
}

/* Most rows are all ground, or all curve. */
INLINE void
draw_strip (const WbLanePen  *pen,
            const WbLaneRuns *runs,
            const Strip      *strip,
            int               i,
            Way               way,
            const Ink        *ink)
{
  Pair from = load_row ((const guint32 *) (gconstpointer) (runs->from + i), strip->n, way);
  Pair to = load_row ((const guint32 *) (gconstpointer) (runs->to + i), strip->n, way);
  Reach reach = find_reach (pen, &from, &to);

  lay_rows (strip, way, pen->top, reach.first);
  mix_rows (strip, way, reach.first, reach.full, &from, &to, ink);
  fill_rows (strip, way, reach.full, reach.rest, ink);
  mix_rows (strip, way, reach.rest, reach.last, &from, &to, ink);
  lay_rows (strip, way, reach.last, pen->bottom);
}

AVX2 void
wb_lane_draw_rows (const WbLanePen  *pen,
                   const WbLaneRuns *runs,
                   const WbPixels   *target,
                   const WbPixels   *ground,
                   int               x,
                   int               n)
{
  int lead = find_line (target, x);
  gboolean streams = ground->pixels != target->pixels && lead >= 0 && (gint64) target->width * target->height > STREAM_LEAST;
  Ink ink = make_ink (pen);

  for (int i = 0, step = 0; i < n; i += step)
    {
      Strip strip = { ground->pixels + x + i, target->pixels + x + i, (gsize) ground->stride, (gsize) target->stride,
                      ground->height, 0 };

      step = strip.n = MIN (i == 0 && lead > 0 ? lead : STRIP, n - i);
      if (strip.n < STRIP)
        draw_strip (pen, runs, &strip, i, WAY_PART, &ink);
      else if (streams)
        draw_strip (pen, runs, &strip, i, WAY_STREAM, &ink);
      else
        draw_strip (pen, runs, &strip, i, WAY_WHOLE, &ink);
    }
  if (streams)
    _mm_sfence ();
}

gboolean
wb_lane_can_draw_rows (void)
{
  return __builtin_cpu_supports ("avx2");
}
#else
void
wb_lane_draw_rows (const WbLanePen  *pen,
                   const WbLaneRuns *runs,
                   const WbPixels   *target,
                   const WbPixels   *ground,
                   int               x,
                   int               n)
{
  g_assert_not_reached ();
}

gboolean
wb_lane_can_draw_rows (void)
{
  return FALSE;
}
#endif
