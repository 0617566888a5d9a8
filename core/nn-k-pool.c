/* nn-k-pool.c: pooling and moving, one run of neighbouring channels at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

#include <math.h>

/* One tap under one output point; walk_taps() finds all of them in order. */
typedef struct
{
  size_t out, in; /* of the run's first float */
  size_t n_taps;  /* of the same point that fall onto the input */
  int    tap, first;
} Place;

/* The taps from `from` up to `to` of an axis fall onto the input. */
typedef struct
{
  ptrdiff_t base;
  size_t    from, to;
} Reach;

INLINE Reach
get_reach (size_t at, size_t pool, size_t stride, ptrdiff_t before, size_t extent)
{
  ptrdiff_t base = (ptrdiff_t) (at * stride) - before, to = (ptrdiff_t) extent - base;

  return (Reach) { base, base < 0 ? (size_t) -base : 0, to < (ptrdiff_t) pool ? (size_t) to : pool };
}

typedef void (*PlaceFunc) (const Place *place, const NnKPool *size, void *data);

INLINE void
walk_taps (const NnKPool *size, const PlaceFunc func, void *data)
{
  Place place = { 0 };

  for (size_t t = 0; t < size->out_steps; t++)
    {
      Reach down = get_reach (t, size->pool[0], size->stride[0], size->before[0], size->steps);

      for (size_t b = 0; b < size->rows; b++)
        for (size_t v = 0; v < size->out_width; v++, place.out += size->channels)
          {
            Reach along = get_reach (v, size->pool[1], size->stride[1], size->before[1], size->width);

            place.first = 1;
            place.n_taps = (down.to - down.from) * (along.to - along.from);
            for (size_t i = down.from; i < down.to; i++)
              for (size_t j = along.from; j < along.to; j++)
                {
                  size_t step = (size_t) (down.base + (ptrdiff_t) i), column = (size_t) (along.base + (ptrdiff_t) j);

                  place.in = ((step * size->rows + b) * size->width + column) * size->channels;
                  place.tap = (int) (i * size->pool[1] + j);
                  func (&place, size, data);
                  place.first = 0;
                }
          }
    }
}

typedef struct
{
  float         *to;
  const float   *from;
  int32_t       *which;
  const int32_t *chosen;
} Arrays;

INLINE void
max_tap (const Place *place, const NnKPool *size, void *data)
{
  const Arrays *arrays = data;
  float *restrict y = arrays->to + place->out;
  const float *restrict x = arrays->from + place->in;

  if (place->first)
    memcpy (y, x, size->channels * sizeof *y);
  else
    for (size_t c = 0; c < size->channels; c++)
      y[c] = x[c] <= y[c] ? y[c] : x[c]; /* not-a-number wins: it must not get lost on the way */
}

INLINE void
which_tap (const Place *place, const NnKPool *size, void *data)
{
  const Arrays *arrays = data;
  float *restrict y = arrays->to + place->out;
  const float *restrict x = arrays->from + place->in;
  int32_t *restrict which = arrays->which + place->out;
  int32_t tap = place->tap;

  if (place->first)
    {
      memcpy (y, x, size->channels * sizeof *y);
      for (size_t c = 0; c < size->channels; c++)
        which[c] = tap;
      return;
    }
  for (size_t c = 0; c < size->channels; c++)
    {
      int keep = x[c] <= y[c];

      which[c] = keep ? which[c] : tap;
      y[c] = keep ? y[c] : x[c];
    }
}

static void
max_pool (float *y, int32_t *which, const float *x, const NnKPool *size)
{
  Arrays arrays = { .to = y, .from = x, .which = which };

  if (which != NULL)
    walk_taps (size, which_tap, &arrays);
  else
    walk_taps (size, max_tap, &arrays);
}

INLINE void
max_back_tap (const Place *place, const NnKPool *size, void *data)
{
  const Arrays *arrays = data;
  float *restrict dx = arrays->to + place->in;
  const float *restrict dy = arrays->from + place->out;
  const int32_t *restrict chosen = arrays->chosen + place->out;
  int32_t tap = place->tap;

  for (size_t c = 0; c < size->channels; c++)
    dx[c] += chosen[c] == tap ? dy[c] : 0.0f;
}

INLINE size_t
input_size (const NnKPool *size)
{
  return size->steps * size->rows * size->width * size->channels;
}

static void
max_pool_back (float *dx, const float *dy, const int32_t *which, const NnKPool *size)
{
  Arrays arrays = { .to = dx, .from = dy, .chosen = which };

  memset (dx, 0, input_size (size) * sizeof *dx);
  walk_taps (size, max_back_tap, &arrays);
}

INLINE void
average_tap (const Place *place, const NnKPool *size, void *data)
{
  const Arrays *arrays = data;
  float *restrict y = arrays->to + place->out;
  const float *restrict x = arrays->from + place->in;
  float share = 1.0f / (float) place->n_taps;

  for (size_t c = 0; c < size->channels; c++)
    y[c] = (place->first ? 0.0f : y[c]) + x[c] * share;
}

static void
avg_pool (float *y, const float *x, const NnKPool *size)
{
  Arrays arrays = { .to = y, .from = x };

  walk_taps (size, average_tap, &arrays);
}

INLINE void
average_back_tap (const Place *place, const NnKPool *size, void *data)
{
  const Arrays *arrays = data;
  float *restrict dx = arrays->to + place->in;
  const float *restrict dy = arrays->from + place->out;
  float share = 1.0f / (float) place->n_taps;

  for (size_t c = 0; c < size->channels; c++)
    dx[c] += dy[c] * share;
}

static void
avg_pool_back (float *dx, const float *dy, const NnKPool *size)
{
  Arrays arrays = { .to = dx, .from = dy };

  memset (dx, 0, input_size (size) * sizeof *dx);
  walk_taps (size, average_back_tap, &arrays);
}

/* Single numbers by loops of their own, the usual counts as constants: as runs they would be one call each. */
INLINE void
repeat_numbers (float *restrict y, const float *restrict x, size_t n, const size_t times)
{
  for (size_t t = 0; t < n; t++)
    for (size_t i = 0; i < times; i++)
      y[t * times + i] = x[t];
}

static void
repeat (float *restrict y, const float *restrict x, size_t steps, size_t run, size_t times)
{
  if (run == 1)
    {
      if (times == 2)
        repeat_numbers (y, x, steps, 2);
      else if (times == 4)
        repeat_numbers (y, x, steps, 4);
      else
        repeat_numbers (y, x, steps, times);
      return;
    }
  for (size_t t = 0; t < steps; t++, x += run)
    for (size_t i = 0; i < times; i++, y += run)
      memcpy (y, x, run * sizeof *y);
}

INLINE void
repeat_numbers_back (float *restrict dx, const float *restrict dy, size_t n, const size_t times)
{
  for (size_t t = 0; t < n; t++)
    {
      float sum = 0.0f;

      for (size_t i = 0; i < times; i++)
        sum += dy[t * times + i];
      dx[t] = sum;
    }
}

static void
repeat_back (float *restrict dx, const float *restrict dy, size_t steps, size_t run, size_t times)
{
  if (run == 1)
    {
      if (times == 2)
        repeat_numbers_back (dx, dy, steps, 2);
      else if (times == 4)
        repeat_numbers_back (dx, dy, steps, 4);
      else
        repeat_numbers_back (dx, dy, steps, times);
      return;
    }
  for (size_t t = 0; t < steps; t++, dx += run)
    for (size_t i = 0; i < times; i++, dy += run)
      for (size_t j = 0; j < run; j++)
        dx[j] = (i > 0 ? dx[j] : 0.0f) + dy[j];
}

/* Long runs move as they are; short ones by reading one row of targets after the other. */
static void
swap (float *restrict y, const float *restrict x, size_t a, size_t b, size_t run)
{
  if (run == 1)
    {
      for (size_t j = 0; j < b; j++)
        for (size_t i = 0; i < a; i++)
          y[j * a + i] = x[i * b + j];
      return;
    }
  for (size_t i = 0; i < a; i++)
    for (size_t j = 0; j < b; j++)
      memcpy (y + (j * a + i) * run, x + (i * b + j) * run, run * sizeof *y);
}

/* Runs of the last axis, which lie together in x or apart. */
static void
permute (float *restrict y, const float *restrict x, const size_t extent[NN_K_AXES], const size_t stride[NN_K_AXES])
{
  size_t run = extent[4], apart = stride[4];

  for (size_t a = 0; a < extent[0]; a++)
    for (size_t b = 0; b < extent[1]; b++)
      for (size_t c = 0; c < extent[2]; c++)
        for (size_t d = 0; d < extent[3]; d++, y += run)
          {
            const float *from = x + a * stride[0] + b * stride[1] + c * stride[2] + d * stride[3];

            if (apart == 1)
              memcpy (y, from, run * sizeof *y);
            else
              for (size_t e = 0; e < run; e++)
                y[e] = from[e * apart];
          }
}

void
NN_K_FILL (pool) (NnKernels *table)
{
  table->max_pool = max_pool;
  table->max_pool_back = max_pool_back;
  table->avg_pool = avg_pool;
  table->avg_pool_back = avg_pool_back;
  table->repeat = repeat;
  table->repeat_back = repeat_back;
  table->permute = permute;
  table->swap = swap;
}
