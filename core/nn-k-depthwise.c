/* nn-k-depthwise.c: products channel by channel, a register of channels at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

/* Rows, and taps for the slopes, whose sums stay in registers: enough to hide how long a sum takes. */
#define ROWS 8
#define TAPS 4

/* --- values ------------------------------------------------------------------------------- */

typedef struct
{
  float        *y;
  const float  *x, *w, *bias; /* of the register's first channel */
  const NnKTap *taps;
  ptrdiff_t     ldy, ldx;
  size_t        n_taps, n;    /* n: channels from the register's first on */
  int           add;
} Product;

INLINE void
multiply_rows (const Product *p, size_t from, const size_t rows)
{
  const float *x = p->x + (ptrdiff_t) from * p->ldx;
  float *y = p->y + (ptrdiff_t) from * p->ldy;
  vec sum[ROWS];

  UNROLL for (size_t r = 0; r < rows; r++)
    sum[r] = p->bias != NULL ? load (p->bias) : (vec) { 0 };
  for (size_t t = 0; t < p->n_taps; t++)
    {
      vec w = load (p->w + p->taps[t].w * PANEL);

      UNROLL for (size_t r = 0; r < rows; r++)
        sum[r] += load (x + (ptrdiff_t) r * p->ldx + p->taps[t].x) * w;
    }
  UNROLL for (size_t r = 0; r < rows; r++)
    {
      float *out = y + (ptrdiff_t) r * p->ldy;

      store_some (out, p->add ? load (out) + sum[r] : sum[r], p->n);
    }
}

static void
depthwise (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps,
           const float *w, size_t w_rows, const float *bias, size_t m, size_t n, int add)
{
  Product p = { .taps = taps, .ldy = ldy, .ldx = ldx, .n_taps = n_taps, .add = add };

  for (size_t j = 0; j < n; j += VL)
    {
      size_t i = 0;

      p.y = y + j;
      p.x = x + j;
      p.w = w + j / PANEL * w_rows * PANEL + j % PANEL;
      p.bias = bias != NULL ? bias + j : NULL;
      p.n = n - j;
      for (; i + ROWS <= m; i += ROWS)
        multiply_rows (&p, i, ROWS);
      for (; i < m; i++)
        multiply_rows (&p, i, 1);
    }
}

/* --- slopes by weights --------------------------------------------------------------------- */

INLINE void
sum_taps (float *dw, const float *x, ptrdiff_t ldx, const NnKTap *taps, const float *dy, ptrdiff_t lddy, size_t rows, size_t n,
          const size_t n_taps)
{
  vec sum[TAPS] = { { 0 } };

  for (size_t r = 0; r < rows; r++, x += ldx, dy += lddy)
    {
      vec slope = load (dy);

      UNROLL for (size_t t = 0; t < n_taps; t++)
        sum[t] += load (x + taps[t].x) * slope;
    }
  UNROLL for (size_t t = 0; t < n_taps; t++)
    {
      float *to = dw + taps[t].w * PANEL;

      store_some (to, load (to) + sum[t], n);
    }
}

static void
depthwise_back (float *dw, size_t w_rows, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps,
                const float *dy, ptrdiff_t lddy, size_t rows, size_t n)
{
  for (size_t j = 0; j < n; j += VL)
    {
      float *to = dw + j / PANEL * w_rows * PANEL + j % PANEL;
      size_t t = 0;

      for (; t + TAPS <= n_taps; t += TAPS)
        sum_taps (to, x + j, ldx, taps + t, dy + j, lddy, rows, n - j, TAPS);
      for (; t < n_taps; t++)
        sum_taps (to, x + j, ldx, taps + t, dy + j, lddy, rows, n - j, 1);
    }
}

void
NN_K_FILL (depthwise) (NnKernels *table)
{
  table->depthwise = depthwise;
  table->depthwise_back = depthwise_back;
}
