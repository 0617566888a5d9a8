/* wb-lane-rows.c: runs of columns with the ground that they lie on, row by row
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-private.h"

#include <string.h>

#ifdef __x86_64__
#define ROW_VECTOR 8 /* pixels */

typedef gint32  Ints __attribute__ ((vector_size (4 * ROW_VECTOR), aligned (4), may_alias));
typedef guint32 Words __attribute__ ((vector_size (4 * ROW_VECTOR), aligned (4), may_alias));
typedef guint16 Halves __attribute__ ((vector_size (4 * ROW_VECTOR)));

/* What rows are drawn with: an opaque colour, and in 256ths how much of it. */
typedef struct
{
  guint32 color;
  gint32  alpha;
} Paint;

/* The run's share of row `y` and the ground's rest, of two channels at a time; 255 · 256 is less than 2¹⁶. */
__attribute__ ((target ("avx2"))) static inline Words
mix_row (Ints    from,
         Ints    to,
         gint32  y,
         Words   ground,
         Paint   paint)
{
  Ints top = (Ints) { 0 } + (y << 8), bottom = top + 256, above = from < top, below = to > bottom, covered;
  Halves share, even, odd, even_color = (Halves) ((Words) { 0 } + (paint.color & 0x00ff00ff)),
                           odd_color = (Halves) ((Words) { 0 } + (paint.color >> 8 & 0x00ff00ff));

  from = (top & above) | (from & ~above);
  to = (bottom & below) | (to & ~below);
  covered = to - from;
  covered = (covered & (covered > 0)) * paint.alpha >> 8;
  share = (Halves) (covered | covered << 16);
  even = ((Halves) (ground & 0x00ff00ff) * (256 - share) + even_color * share) >> 8;
  odd = ((Halves) (ground >> 8 & 0x00ff00ff) * (256 - share) + odd_color * share) & 0xff00;
  return (Words) even | (Words) odd;
}

/* The rows of a vector's columns: outside [first, last) there is only ground, inside [full, rest) only the opaque curve. */
typedef struct
{
  gint32 first, full, rest, last;
} Reach;

__attribute__ ((target ("avx2"))) static inline Ints
choose_lesser (Ints a,
               Ints b)
{
  Ints less = a < b;

  return (a & less) | (b & ~less);
}

/* The least, or the greatest, of all in a vector. */
__attribute__ ((target ("avx2"))) static inline gint32
find_least (Ints v)
{
  v = choose_lesser (v, __builtin_shuffle (v, (Ints) { 4, 5, 6, 7, 0, 1, 2, 3 }));
  v = choose_lesser (v, __builtin_shuffle (v, (Ints) { 2, 3, 0, 1, 6, 7, 4, 5 }));
  return MIN (v[0], v[1]);
}

__attribute__ ((target ("avx2"))) static inline gint32
find_greatest (Ints v)
{
  return -find_least (-v);
}

__attribute__ ((target ("avx2"))) static Reach
find_reach (const WbLaneRuns *runs,
            int               x,
            gint32            alpha)
{
  Ints from = *(const Ints *) (runs->from + x), to = *(const Ints *) (runs->to + x), shown = from < to;
  Ints from_shown = (from & shown) | (G_MAXINT32 & ~shown);

  return (Reach) { find_least (from_shown) >> 8, alpha == 256 ? (find_greatest (from) + 255) >> 8 : G_MAXINT32,
                   find_least (to) >> 8, (find_greatest (to & shown) + 255) >> 8 };
}

/* One row of a vector's columns. Most vectors are all ground, or all curve. */
__attribute__ ((target ("avx2"))) static inline Words
draw_vector (const WbLaneRuns  *runs,
             const Reach *reach,
             int          x,
             gint32       y,
             Words        ground,
             Paint        paint)
{
  if (y < reach->first || y >= reach->last)
    return ground;
  if (y >= reach->full && y < reach->rest)
    return (Words) { 0 } + paint.color;
  return mix_row (*(const Ints *) (runs->from + x), *(const Ints *) (runs->to + x), y, ground, paint);
}

/* The last vector of a row has less pixels. */
__attribute__ ((target ("avx2"))) static void
draw_row (const WbLaneRuns    *runs,
          const Reach   *reaches,
          int            y,
          const guint32 *ground,
          guint32       *pixels,
          int            n,
          Paint          paint)
{
  int x = 0;

  for (; x + ROW_VECTOR <= n; x += ROW_VECTOR)
    *(Words *) (pixels + x) = draw_vector (runs, reaches++, x, y, *(const Words *) (ground + x), paint);
  if (x < n)
    {
      gsize size = (gsize) (n - x) * sizeof *pixels;
      Words rest = { 0 };

      memcpy (&rest, ground + x, size);
      rest = draw_vector (runs, reaches, x, y, rest, paint);
      memcpy (pixels + x, &rest, size);
    }
}

void
wb_lane_draw_rows (const WbLanePen *pen,
           const WbLaneRuns      *runs,
           const WbPixels  *target,
           const WbPixels  *ground,
           int              x)
{
  Reach reaches[WB_LANE_CHUNK / ROW_VECTOR]; /* the last one looks at runs behind the columns as well: it may be too wide */
  int n = MIN (WB_LANE_CHUNK, target->width - x);

  for (int i = 0; i < n; i += ROW_VECTOR)
    reaches[i / ROW_VECTOR] = find_reach (runs, i, pen->alpha);
  for (int y = pen->top; y < pen->bottom; y++)
    draw_row (runs, reaches, y, ground->pixels + (gsize) (y % ground->height) * ground->stride + x,
              target->pixels + (gsize) y * target->stride + x, n, (Paint) { pen->color, pen->alpha });
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
                   int               x)
{
  g_assert_not_reached ();
}

gboolean
wb_lane_can_draw_rows (void)
{
  return FALSE;
}
#endif
