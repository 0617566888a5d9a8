/* nn-k-tile.c: polynomials' values at points, and back, for convolutions by tiles
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

typedef struct
{
  float       *y;
  const float *x;
  ptrdiff_t    ldy, ldx;
  size_t       n_points;
} Values;

/* All of a register's numbers, or the first `n`. */
INLINE void
put (float *p, vec v, size_t n, const int whole)
{
  if (whole)
    store (p, v);
  else
    store_some (p, v, n);
}

/* Σ by[j] in[j] over every second j, from `first` on. */
INLINE vec
sum_every_second (const float *by, const vec *in, const size_t first, const size_t n_in)
{
  vec sum = first < n_in ? by[first] * in[first] : (vec) { 0 };

  UNROLL for (size_t j = first + 2; j < n_in; j += 2)
    sum += by[j] * in[j];
  return sum;
}

/* A pair's even and odd terms are summed once. */
INLINE void
to_points_vec (const Values *v, const float (*by)[NN_K_POINTS], size_t k, const size_t n_in, size_t n, const int whole)
{
  vec in[NN_K_POINTS];
  float *to = v->y + k;
  size_t p = 0;

  UNROLL for (size_t j = 0; j < n_in; j++)
    in[j] = load (v->x + (ptrdiff_t) j * v->ldx + k);
  for (; p + 2 < v->n_points; p += 2, to += 2 * v->ldy)
    {
      vec even = sum_every_second (by[p], in, 0, n_in), odd = sum_every_second (by[p], in, 1, n_in);

      put (to, even + odd, n, whole);
      put (to + v->ldy, even - odd, n, whole);
    }
  for (; p < v->n_points; p++, to += v->ldy)
    put (to, sum_every_second (by[p], in, 0, n_in) + sum_every_second (by[p], in, 1, n_in), n, whole);
}

INLINE void
to_points_of (const Values *v, const float (*by)[NN_K_POINTS], const size_t n_in, size_t n)
{
  size_t k = 0;

  for (; k + VL <= n; k += VL)
    to_points_vec (v, by, k, n_in, VL, 1);
  if (k < n)
    to_points_vec (v, by, k, n_in, n - k, 0);
}

/* How many arrays there are is known when the program is compiled, so that they wait in registers. */
#define TO_POINTS(n_in) \
  case n_in: \
    to_points_of (&v, by, n_in, n); \
    break;

static void
to_points (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const float by[][NN_K_POINTS], size_t n_points, size_t n_in,
           size_t n)
{
  const Values v = { y, x, ldy, ldx, n_points };

  switch (n_in)
    {
      TO_POINTS (1) TO_POINTS (2) TO_POINTS (3) TO_POINTS (4) TO_POINTS (5) TO_POINTS (6) TO_POINTS (7) TO_POINTS (8)
    default:
      break;
    }
}

/* Σ_p by[p][i] in[p], the pairs' numbers being their sums where i is even, their differences where it is odd. */
INLINE vec
sum_points (const float (*by)[NN_K_POINTS], const vec *in, size_t i, const size_t odd, const size_t n_points)
{
  const size_t n_paired = (n_points - 1) / 2 * 2;
  vec sum = by[0][i] * in[odd];

  UNROLL for (size_t p = 2; p < n_paired; p += 2)
    sum += by[p][i] * in[p + odd];
  UNROLL for (size_t p = n_paired; p < n_points; p++)
    sum += by[p][i] * in[p];
  return sum;
}

INLINE void
from_points_vec (const Values *v, const float (*by)[NN_K_POINTS], size_t k, const size_t n_points, size_t n_out, size_t n,
                 const int whole, const int add)
{
  vec in[NN_K_POINTS];
  float *to = v->y + k;

  UNROLL for (size_t p = 0; p < n_points; p++)
    in[p] = load (v->x + (ptrdiff_t) p * v->ldx + k);
  UNROLL for (size_t p = 0; p + 2 < n_points; p += 2)
    {
      vec sum = in[p] + in[p + 1];

      in[p + 1] = in[p] - in[p + 1];
      in[p] = sum;
    }
  for (size_t i = 0; i < n_out; i++, to += v->ldy)
    {
      vec sum = i % 2 == 0 ? sum_points (by, in, i, 0, n_points) : sum_points (by, in, i, 1, n_points);

      if (add)
        sum += whole ? load (to) : load_some (to, n);
      put (to, sum, n, whole);
    }
}

INLINE void
from_points_of (const Values *v, const float (*by)[NN_K_POINTS], const size_t n_points, size_t n_out, size_t n, const int add)
{
  size_t k = 0;

  for (; k + VL <= n; k += VL)
    from_points_vec (v, by, k, n_points, n_out, VL, 1, add);
  if (k < n)
    from_points_vec (v, by, k, n_points, n_out, n - k, 0, add);
}

#define FROM_POINTS(n_points) \
  case n_points: \
    if (add) \
      from_points_of (&v, by, n_points, n_out, n, 1); \
    else \
      from_points_of (&v, by, n_points, n_out, n, 0); \
    break;

static void
from_points (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const float by[][NN_K_POINTS], size_t n_points, size_t n_out,
             size_t n, int add)
{
  const Values v = { y, x, ldy, ldx, n_points };

  switch (n_points)
    {
      FROM_POINTS (6) FROM_POINTS (7) FROM_POINTS (8)
    default:
      break;
    }
}

void
NN_K_FILL (tile) (NnKernels *table)
{
  table->to_points = to_points;
  table->from_points = from_points;
  table->tiles = 1;
}
