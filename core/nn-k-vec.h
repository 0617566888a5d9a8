/* nn-k-vec.h: one vector register of floats, for whatever instruction set a kernel file is compiled for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"

#include <string.h>

#if defined (__SSE__)
#include <immintrin.h>
#endif

/* The build says for which table (NN_K_ISA: base, v3, v4) and how many floats a register holds (VL: 4, 8, 16). Vector
 * extensions do all but minimum and maximum, for which gcc 12 has no operator in C. */
#define VL NN_K_VL

#define NN_K_JOIN_(part, isa) nn_k_fill_##part##_##isa
#define NN_K_JOIN(part, isa)  NN_K_JOIN_ (part, isa)
#define NN_K_FILL(part)       NN_K_JOIN (part, NN_K_ISA)

/* Each file's hook: puts its kernels into the table of its instruction set. */
void NN_K_FILL (bend)  (NnKernels *table);
void NN_K_FILL (depthwise) (NnKernels *table);
void NN_K_FILL (gemm)  (NnKernels *table);
void NN_K_FILL (gru)   (NnKernels *table);
void NN_K_FILL (loss)  (NnKernels *table);
void NN_K_FILL (lstm)  (NnKernels *table);
void NN_K_FILL (norm)  (NnKernels *table);
void NN_K_FILL (optim) (NnKernels *table);
void NN_K_FILL (point) (NnKernels *table);
void NN_K_FILL (pool)  (NnKernels *table);
void NN_K_FILL (tile)  (NnKernels *table);

#define INLINE static inline __attribute__ ((always_inline, unused))

/* gcc's optimiser keeps small arrays of vectors in registers once every loop over them is unrolled. */
#define UNROLL _Pragma ("GCC unroll 16")

#define PANEL      NN_K_PANEL
#define PANEL_VECS (PANEL / VL) /* registers across a panel */

typedef float   vec __attribute__ ((vector_size (VL * 4)));
typedef float   loose_vec __attribute__ ((vector_size (VL * 4), aligned (4), may_alias));
typedef int32_t ivec __attribute__ ((vector_size (VL * 4)));

INLINE vec
load (const float *p)
{
  return *(const loose_vec *) p;
}

INLINE void
store (float *p, vec v)
{
  *(loose_vec *) p = v;
}

#if VL == 16 && defined (__AVX512F__)

/* A bit for each of the first `n` lanes. */
INLINE __mmask16
first_lanes (size_t n)
{
  return (__mmask16) _bzhi_u32 (0xffff, n < VL ? (unsigned) n : VL);
}

#endif

/* The first `n` only, n < VL too. */
INLINE void
store_some (float *p, vec v, size_t n)
{
#if VL == 16 && defined (__AVX512F__)
  _mm512_mask_storeu_ps (p, first_lanes (n), (__m512) v);
#else
  if (n >= VL)
    store (p, v);
  else
    memcpy (p, &v, n * sizeof *p);
#endif
}

/* The first `n`, the others are 0; n >= 1. */
INLINE vec
load_some (const float *p, size_t n)
{
#if VL == 16 && defined (__AVX512F__)
  return (vec) _mm512_maskz_loadu_ps (first_lanes (n), p);
#else
  vec v = { 0 };

  if (n >= VL)
    return load (p);
  memcpy (&v, p, n * sizeof *p);
  return v;
#endif
}

INLINE vec
splat (float x)
{
  return x - (vec) { 0 };
}

/* Ones in the bits of the first `n` lanes. */
INLINE ivec
keep_first (size_t n)
{
  ivec lane;

  UNROLL for (int i = 0; i < VL; i++)
    lane[i] = i;
  return lane < (ivec) { 0 } + (int) (n < VL ? n : VL);
}

/* The first `n` floats; the others, which may be those behind a row, become 0. */
INLINE vec
mask_vec (vec x, size_t n)
{
  return n < VL ? (vec) ((ivec) x & keep_first (n)) : x;
}

INLINE float
sum_lanes (vec v)
{
  float sum = 0.0f;

  UNROLL for (int i = 0; i < VL; i++)
    sum += v[i];
  return sum;
}

/* Where either is not a number, the result is b. */
INLINE vec
max_vec (vec a, vec b)
{
#if VL == 16 && defined (__AVX512F__)
  return (vec) _mm512_max_ps ((__m512) a, (__m512) b);
#elif VL == 8 && defined (__AVX__)
  return (vec) _mm256_max_ps ((__m256) a, (__m256) b);
#elif VL == 4 && defined (__SSE__)
  return (vec) _mm_max_ps ((__m128) a, (__m128) b);
#else
  ivec greater = a > b;

  return (vec) (((ivec) a & greater) | ((ivec) b & ~greater));
#endif
}

INLINE vec
min_vec (vec a, vec b)
{
#if VL == 16 && defined (__AVX512F__)
  return (vec) _mm512_min_ps ((__m512) a, (__m512) b);
#elif VL == 8 && defined (__AVX__)
  return (vec) _mm256_min_ps ((__m256) a, (__m256) b);
#elif VL == 4 && defined (__SSE__)
  return (vec) _mm_min_ps ((__m128) a, (__m128) b);
#else
  ivec smaller = a < b;

  return (vec) (((ivec) a & smaller) | ((ivec) b & ~smaller));
#endif
}

/* eˣ = 2ⁿ eʳ with n = round (x / ln 2), |r| <= ln 2 / 2: gives eʳ - 1, by a polynomial, with n in the low bits of `*n`.
 * Clipped to what a float holds; not-a-number stays. */
INLINE vec
exp_part_vec (vec x, ivec *n)
{
  const float round = 12582912.0f; /* 1.5 · 2²³: adding it leaves the nearest whole number in the low bits */
  vec shifted, r, p;

  x = min_vec (splat (88.0f), max_vec (splat (-87.3f), x));
  shifted = x * 1.44269504f + round;
  r = shifted - round;
  p = x - r * 0.693359375f;
  r = p + r * 2.12194440e-4f;

  p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  *n = (ivec) shifted;
  return p * (r * r) + r;
}

/* Relative error about 1e-7. */
INLINE vec
exp_vec (vec x)
{
  ivec n;
  vec part = exp_part_vec (x, &n);

  return (vec) ((ivec) (part + 1.0f) + (n << 23));
}

INLINE vec
sigmoid_vec (vec x)
{
  return 1.0f / (1.0f + exp_vec (-x));
}

/* scale · tanh (scale · x), as a rational function of degree 7 over 8: relative error below 5e-7, beyond ±8.005 / scale exactly
 * ±scale. `scale` is a power of 2 known to the compiler, so that it goes into the factors without rounding. */
INLINE vec
scaled_tanh_vec (vec x, const float scale)
{
  const float a = scale * scale;
  vec s, p, q;

  x = min_vec (splat (8.005f / scale), max_vec (splat (-8.005f / scale), x));
  s = x * x;
  p = s * (1.116113612e-05f * a * a * a * a) + 2.926243798e-03f * a * a * a;
  p = p * s + 1.290258578e-01f * a * a;
  p = p * s + 9.999998092e-01f * a;
  q = s * (2.373966594e-07f * a * a * a * a) + 2.351688154e-04f * a * a * a;
  q = q * s + 2.371415164e-02f * a * a;
  q = q * s + 4.623576806e-01f * a;
  q = q * s + 1.0f;
  return x * p / q;
}

INLINE vec
tanh_vec (vec x)
{
  return scaled_tanh_vec (x, 1.0f);
}

/* --- sums in double ------------------------------------------------------------------------- */

/* As many doubles as a register holds, and the floats that they are made from. */
#define HALF (VL / 2)

typedef double dvec __attribute__ ((vector_size (HALF * 8)));
typedef float  hvec __attribute__ ((vector_size (HALF * 4)));

typedef struct
{
  dvec low, high;
} Wide;

INLINE Wide
widen (vec v)
{
  hvec half[2];

  memcpy (half, &v, sizeof v);
  return (Wide) { __builtin_convertvector (half[0], dvec), __builtin_convertvector (half[1], dvec) };
}

INLINE Wide
add_wide (Wide a, Wide b)
{
  return (Wide) { a.low + b.low, a.high + b.high };
}

INLINE double
sum_wide (const Wide *wide)
{
  double sum = 0.0;

  UNROLL for (int i = 0; i < HALF; i++)
    sum += wide->low[i] + wide->high[i];
  return sum;
}

/* --- blocks ----------------------------------------------------------------------------------- */

/* How many of `n` rows the next block takes when blocks of at most `most` shall be as even as can be: 8 are 4 and 4,
 * not 6 and 2, as a small block cannot hide the latency of its sums. */
INLINE size_t
next_block (size_t n, size_t most)
{
  size_t blocks = (n + most - 1) / most;

  return (n + blocks - 1) / blocks;
}
