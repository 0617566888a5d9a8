/* wb-lane-paint.c: one curve's min/max columns into plain pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-paint.h"

#include <math.h>
#include <string.h>

/* Columns that are drawn row by row at a time: their ends and a row of them stay in the nearest cache. */
#define N_CHUNK 256

static guint32
get_pixel (const WbColor *color,
           double         alpha)
{
  return (guint32) (alpha * 255 + .5) << 24 | (guint32) (color->red * alpha * 255 + .5) << 16
         | (guint32) (color->green * alpha * 255 + .5) << 8 | (guint32) (color->blue * alpha * 255 + .5);
}

static void
fill_ramp (guint32       *ramp,
           const WbColor *color)
{
  for (guint i = 0; i < 256; i++)
    ramp[i] = get_pixel (color, color->alpha * i / 255);
}

/* The coverage of an edge in 256ths. */
static inline void
cover (guint32       *pixel,
       const guint32 *ramp,
       int            coverage)
{
  *pixel = wb_pixel_blend (*pixel, ramp[MIN (coverage, 255)]);
}

/* From `from` to `to`, in 256ths of a row. This is where the time goes, most of it with branches that no processor foresees: so
 * both ends are always drawn, the lower one with nothing where they are in one row. */
static inline void
fill_run (const WbLanePen *pen,
          const WbPixels  *target,
          int              x,
          gint32           from,
          gint32           to)
{
  int stride = target->stride, first = from >> 8, last = (to - 1) >> 8;
  guint32 *pixel = target->pixels + (gsize) first * stride + x, *end = target->pixels + (gsize) last * stride + x;
  guint32 solid = pen->ramp[255];

  if (from >= to)
    return;
  cover (pixel, pen->ramp, MIN (to, (first + 1) << 8) - from);
  cover (end, pen->ramp, last > first ? to - (last << 8) : 0);
  if (pen->alpha == 256)
    for (pixel += stride; pixel < end; pixel += stride)
      *pixel = solid;
  else
    for (pixel += stride; pixel < end; pixel += stride)
      *pixel = wb_pixel_blend (*pixel, solid);
}

/* CLAMP() looks at its arguments again and again. */
static inline double
limit (double value,
       double least,
       double greatest)
{
  value = value < least ? least : value;
  return value > greatest ? greatest : value;
}

/* A line of width w that rises r rows within one column covers w √(1 + r²) rows of it, the run alone r. Never more than half the
 * width is added at an end: a spike must not look taller than it is. */
static inline double
half_width (const WbLanePen *pen,
            double           rise)
{
  double half = pen->line_width / 2;

  return limit (half * sqrt (1 + rise * rise) - rise / 2, 0, half);
}

double
wb_lane_get_slope (double height,
                   float  low,
                   float  high)
{
  double padding = height >= 8 ? height * .06 : 0;

  return (height - 2 * padding) / ((double) high - low);
}

void
wb_lane_pen_init (WbLanePen     *self,
                  int            top,
                  int            bottom,
                  float          low,
                  float          high,
                  double         line_width,
                  const WbColor *color)
{
  double height = bottom - top, half = MIN (line_width, height) / 2;

  self->top = top;
  self->bottom = bottom;
  self->line_width = line_width;
  self->slope = -wb_lane_get_slope (height, low, high);
  self->offset = (top + bottom) / 2. - ((double) low + high) / 2 * self->slope;
  self->least = top + half;
  self->greatest = bottom - half;
  fill_ramp (self->ramp, color);
  self->alpha = (gint32) (color->alpha * 256 + .5);
  self->color = get_pixel (color, 1);
}

static inline double
map_value (const WbLanePen *pen,
           double           value)
{
  return limit (value * pen->slope + pen->offset, pen->least, pen->greatest);
}

/* Where a column is drawn, in 256ths of a row: limited to the pen's rows; empty where from >= to. */
typedef struct
{
  gint32 from[N_CHUNK], to[N_CHUNK];
} Runs;

/* Of `n` columns from `x` on, at most a chunk. */
static void
find_runs (const WbLanePen   *pen,
           const WbLaneCurve *curve,
           int                x,
           int                n,
           Runs              *runs)
{
  const SigColumn *columns = curve->columns + x, *before = x > 0 ? columns - 1 : curve->before;
  double last_top = NAN, last_bottom = NAN;

  if (before != NULL && before->min <= before->max)
    {
      last_top = map_value (pen, before->max);
      last_bottom = map_value (pen, before->min);
    }
  for (int i = 0; i < n; i++)
    {
      double top, bottom, half, from, to;

      runs->from[i] = runs->to[i] = 0;
      if (curve->apart != NULL && curve->apart[x + i])
        last_top = last_bottom = NAN;
      if (!(columns[i].min <= columns[i].max))
        {
          last_top = last_bottom = NAN;
          continue;
        }
      top = map_value (pen, columns[i].max);
      bottom = map_value (pen, columns[i].min);
      from = last_bottom < top ? last_bottom : top;
      to = last_top > bottom ? last_top : bottom;
      half = half_width (pen, to - from);
      runs->from[i] = (gint32) (limit (from - half, pen->top, pen->bottom) * 256);
      runs->to[i] = (gint32) (limit (to + half, pen->top, pen->bottom) * 256);
      last_top = top;
      last_bottom = bottom;
    }
}

/* The pixels of a chunk from column `x` on. */
static WbPixels
get_chunk (const WbPixels *pixels,
           int             x)
{
  return (WbPixels) { pixels->pixels + x, MIN (N_CHUNK, pixels->width - x), pixels->height, pixels->stride };
}

void
wb_lane_pen_draw (const WbLanePen   *self,
                  const WbPixels    *target,
                  const WbLaneCurve *curve)
{
  Runs runs;

  for (int x = 0; x < target->width; x += N_CHUNK)
    {
      WbPixels chunk = get_chunk (target, x);

      find_runs (self, curve, x, chunk.width, &runs);
      for (int i = 0; i < chunk.width; i++)
        fill_run (self, &chunk, i, runs.from[i], runs.to[i]);
    }
}

/* --- with the ground that they lie on, row by row ----------------------------------------- */

static void
lay_ground (const WbLanePen *pen,
            const WbPixels  *target,
            const WbPixels  *ground)
{
  for (int y = pen->top; y < pen->bottom; y++)
    memcpy (target->pixels + (gsize) y * target->stride, ground->pixels + (gsize) (y % ground->height) * ground->stride,
            (gsize) target->width * sizeof *target->pixels);
}

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

/* One vector; the last ones of a row have less than a vector's pixels. */
__attribute__ ((target ("avx2"))) static void
draw_row (const Runs    *runs,
          int            y,
          const guint32 *ground,
          guint32       *pixels,
          int            n,
          Paint          paint)
{
  int x = 0;

  for (; x + ROW_VECTOR <= n; x += ROW_VECTOR)
    *(Words *) (pixels + x) = mix_row (*(const Ints *) (runs->from + x), *(const Ints *) (runs->to + x), y,
                                       *(const Words *) (ground + x), paint);
  if (x < n)
    {
      gsize size = (gsize) (n - x) * sizeof *pixels;
      Words rest = { 0 };

      memcpy (&rest, ground + x, size);
      rest = mix_row (*(const Ints *) (runs->from + x), *(const Ints *) (runs->to + x), y, rest, paint);
      memcpy (pixels + x, &rest, size);
    }
}

/* Columns from `x` on; `ground` may be the target. */
static void
draw_rows (const WbLanePen *pen,
           const Runs      *runs,
           const WbPixels  *target,
           const WbPixels  *ground,
           int              x)
{
  int n = MIN (N_CHUNK, target->width - x);

  for (int y = pen->top; y < pen->bottom; y++)
    draw_row (runs, y, ground->pixels + (gsize) (y % ground->height) * ground->stride + x,
              target->pixels + (gsize) y * target->stride + x, n, (Paint) { pen->color, pen->alpha });
}

static gboolean
can_draw_rows (void)
{
  return __builtin_cpu_supports ("avx2");
}
#else
#define draw_rows(pen, runs, target, ground, x) g_assert_not_reached ()
#define can_draw_rows() FALSE
#endif

void
wb_lane_pen_draw_on (const WbLanePen   *self,
                     const WbPixels    *target,
                     const WbPixels    *ground,
                     const WbLaneCurve *curve)
{
  Runs runs = { 0 };

  if (can_draw_rows ())
    for (int x = 0; x < target->width; x += N_CHUNK)
      {
        find_runs (self, curve, x, MIN (N_CHUNK, target->width - x), &runs);
        draw_rows (self, &runs, target, ground, x);
      }
  else
    {
      lay_ground (self, target, ground);
      wb_lane_pen_draw (self, target, curve);
    }
}

void
wb_lane_pen_fill (const WbLanePen *self,
                  const WbPixels  *target,
                  const SigColumn *columns)
{
  Runs runs = { 0 };

  for (int x = 0; x < target->width; x += N_CHUNK)
    {
      WbPixels chunk = get_chunk (target, x);

      for (int i = 0; i < chunk.width; i++)
        {
          gboolean shown = columns[x + i].min <= columns[x + i].max;

          runs.from[i] = shown ? (gint32) (map_value (self, columns[x + i].max) * 256) : 0;
          runs.to[i] = shown ? self->bottom << 8 : 0;
        }
      if (can_draw_rows ())
        draw_rows (self, &runs, target, target, x);
      else
        for (int i = 0; i < chunk.width; i++)
          fill_run (self, &chunk, i, runs.from[i], runs.to[i]);
    }
}

void
wb_lane_pen_dot (const WbLanePen *self,
                 const WbPixels  *target,
                 gint64           x,
                 float            value,
                 int              reach)
{
  double y = isfinite (value) ? map_value (self, value) : NAN;

  for (gint64 at = MAX (x - reach, 0); !isnan (y) && at <= MIN (x + reach, target->width - 1); at++)
    fill_run (self, target, (int) at, (gint32) (limit (y - reach - .5, self->top, self->bottom) * 256),
              (gint32) (limit (y + reach + .5, self->top, self->bottom) * 256));
}
