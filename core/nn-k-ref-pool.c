/* nn-k-ref-pool.c: the plain twins of the pooling and moving kernels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-ref.h"

#include <math.h>
#include <string.h>

/* The taps of the pool at output `at` along one axis that fall onto the input: from, to. */
typedef struct
{
  size_t from, to, base; /* tap i reads input base + i; base may wrap below 0, the sum does not */
} Reach;

static Reach
reach (size_t at, size_t pool, size_t stride, ptrdiff_t before, size_t extent)
{
  ptrdiff_t base = (ptrdiff_t) (at * stride) - before;
  ptrdiff_t to = (ptrdiff_t) extent - base;

  return (Reach) { base < 0 ? (size_t) -base : 0, to < (ptrdiff_t) pool ? (size_t) to : pool, (size_t) base };
}

/* Calls the body for each output point's run of channels: y and the reaches along steps and width are in scope. */
#define FOR_EACH_OUTPUT(s)                                                                                          \
  for (size_t t = 0, out = 0; t < (s)->out_steps; t++)                                                              \
    for (size_t b = 0; b < (s)->rows; b++)                                                                          \
      for (size_t v = 0; v < (s)->out_width; v++, out += (s)->channels)

#define REACHES(s)                                                                                                  \
  Reach down = reach (t, (s)->pool[0], (s)->stride[0], (s)->before[0], (s)->steps);                                 \
  Reach along = reach (v, (s)->pool[1], (s)->stride[1], (s)->before[1], (s)->width)

#define INPUT(s, i, j) (((down.base + (i)) * (s)->rows + b) * (s)->width + along.base + (j)) * (s)->channels

static size_t
input_size (const NnKPool *s)
{
  return s->steps * s->rows * s->width * s->channels;
}

static void
max_pool (float *y, int32_t *which, const float *x, const NnKPool *size)
{
  FOR_EACH_OUTPUT (size)
    {
      REACHES (size);

      for (size_t c = 0; c < size->channels; c++)
        {
          float most = -INFINITY;
          size_t tap = down.from * size->pool[1] + along.from;

          for (size_t i = down.from; i < down.to; i++)
            for (size_t j = along.from; j < along.to; j++)
              {
                float value = x[INPUT (size, i, j) + c];

                if (value <= most)
                  continue;
                most = value; /* not-a-number too: it must not get lost on the way */
                tap = i * size->pool[1] + j;
              }
          y[out + c] = most;
          if (which != NULL)
            which[out + c] = (int32_t) tap;
        }
    }
}

static void
max_pool_back (float *dx, const float *dy, const int32_t *which, const NnKPool *size)
{
  memset (dx, 0, input_size (size) * sizeof *dx);
  FOR_EACH_OUTPUT (size)
    {
      REACHES (size);

      for (size_t c = 0; c < size->channels; c++)
        {
          size_t tap = (size_t) which[out + c];

          dx[INPUT (size, tap / size->pool[1], tap % size->pool[1]) + c] += dy[out + c];
        }
    }
}

static void
avg_pool (float *y, const float *x, const NnKPool *size)
{
  FOR_EACH_OUTPUT (size)
    {
      REACHES (size);
      float share = 1.0f / (float) ((down.to - down.from) * (along.to - along.from));

      for (size_t c = 0; c < size->channels; c++)
        {
          float sum = 0.0f;

          for (size_t i = down.from; i < down.to; i++)
            for (size_t j = along.from; j < along.to; j++)
              sum += x[INPUT (size, i, j) + c];
          y[out + c] = sum * share;
        }
    }
}

static void
avg_pool_back (float *dx, const float *dy, const NnKPool *size)
{
  memset (dx, 0, input_size (size) * sizeof *dx);
  FOR_EACH_OUTPUT (size)
    {
      REACHES (size);
      float share = 1.0f / (float) ((down.to - down.from) * (along.to - along.from));

      for (size_t i = down.from; i < down.to; i++)
        for (size_t j = along.from; j < along.to; j++)
          for (size_t c = 0; c < size->channels; c++)
            dx[INPUT (size, i, j) + c] += dy[out + c] * share;
    }
}

static void
repeat (float *y, const float *x, size_t steps, size_t run, size_t times)
{
  for (size_t t = 0; t < steps; t++)
    for (size_t i = 0; i < times; i++)
      memcpy (y + (t * times + i) * run, x + t * run, run * sizeof *y);
}

static void
repeat_back (float *dx, const float *dy, size_t steps, size_t run, size_t times)
{
  for (size_t t = 0; t < steps; t++)
    for (size_t j = 0; j < run; j++)
      {
        float sum = 0.0f;

        for (size_t i = 0; i < times; i++)
          sum += dy[(t * times + i) * run + j];
        dx[t * run + j] = sum;
      }
}

static void
swap (float *y, const float *x, size_t a, size_t b, size_t run)
{
  for (size_t i = 0; i < a; i++)
    for (size_t j = 0; j < b; j++)
      for (size_t k = 0; k < run; k++)
        y[(j * a + i) * run + k] = x[(i * b + j) * run + k];
}

static void
permute (float *y, const float *x, const size_t extent[NN_K_AXES], const size_t stride[NN_K_AXES])
{
  size_t n = extent[0] * extent[1] * extent[2] * extent[3] * extent[4];

  for (size_t i = 0; i < n; i++)
    {
      size_t rest = i, from = 0;

      for (int axis = NN_K_AXES - 1; axis >= 0; axis--)
        {
          from += rest % extent[axis] * stride[axis];
          rest /= extent[axis];
        }
      y[i] = x[from];
    }
}

void
nn_k_fill_ref_pool (NnKernels *table)
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
