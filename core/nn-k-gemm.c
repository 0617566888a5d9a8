/* nn-k-gemm.c: products of packed weights, in blocks that stay in registers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k-vec.h"

/* A block is ROWS × VECS sums; with one register of each operand they fill the register file without spilling. */
#if VL == 16
#define REGISTERS 32
#define ROWS      12
#define PANELS    2
#elif VL == 8
#define REGISTERS 16
#define ROWS      6
#define PANELS    1
#else
#define REGISTERS 16
#define ROWS      3
#define PANELS    1
#endif
#define VECS (PANELS * PANEL_VECS)

/* Few rows, as in inference of one window, leave too few sums to hide their latency: then a block is wider. So are the blocks of
 * 4 rows, with AVX-512 of 8, that a shard of 8 windows makes. */
#define WIDEST 8
#if VL == 16
#define MOST_VECS(rows) ((rows) == 1 ? WIDEST : (rows) <= 6 ? 4 : (rows) <= 9 ? 3 : VECS)
#else
#define MOST_VECS(rows) ((rows) == 1 ? WIDEST : (rows) <= 3 ? 4 : (rows) == 4 && VL == 8 ? 3 : VECS)
#endif

#define ALWAYS_VECS(rows) VECS

#define CHUNK 96 /* rows that one panel after the other is multiplied with: they stay in the first cache */

typedef struct
{
  float        *y;
  const float  *x, *w, *bias;
  const NnKTap *taps;
  ptrdiff_t     ldy, ldx, panel; /* panel: floats from one panel of w to the next */
  size_t        first;           /* the block's first register in the panel that w points at */
  size_t        n_taps, depth, n;
  int           add;
} Product;

/* Where register v lies from its panel's, or an earlier panel's, first column on. */
#define IN_PANELS(v, panel) ((ptrdiff_t) ((v) / PANEL_VECS) * (panel) + (ptrdiff_t) ((v) % PANEL_VECS) * VL)

/* A block of which columns are missing: only `n` of them are there. */
static __attribute__ ((noinline)) void
put_part (float *y, ptrdiff_t ldy, ptrdiff_t panel, const vec *sum, size_t rows, size_t n, int add)
{
  for (size_t r = 0; r < rows; r++, y += ldy)
    for (size_t v = 0; v * VL < n; v++, sum++)
      {
        float *to = y + IN_PANELS (v, panel);
        size_t left = n - v * VL;

        store_some (to, add ? load_some (to, left) + *sum : *sum, left);
      }
}

/* Writes a block's sums, or adds them, to columns that lie in panels; plain rows are panels without a gap. `n` may be more than
 * the block is wide. Whether all of it is there is asked once, as a block is short. */
INLINE void
put_block (float *y, ptrdiff_t ldy, ptrdiff_t panel, vec sum[ROWS][WIDEST], const size_t rows, const size_t vecs, size_t n,
           int add)
{
  if (n < vecs * VL)
    {
      vec part[ROWS * WIDEST];

      UNROLL for (size_t r = 0; r < rows; r++)
        UNROLL for (size_t v = 0; v < vecs; v++)
          part[r * vecs + v] = sum[r][v];
      put_part (y, ldy, panel, part, rows, n, add);
    }
  else if (add)
    UNROLL for (size_t r = 0; r < rows; r++)
      UNROLL for (size_t v = 0; v < vecs; v++)
        {
          float *to = y + (ptrdiff_t) r * ldy + IN_PANELS (v, panel);

          store (to, load (to) + sum[r][v]);
        }
  else
    UNROLL for (size_t r = 0; r < rows; r++)
      UNROLL for (size_t v = 0; v < vecs; v++)
        store (y + (ptrdiff_t) r * ldy + IN_PANELS (v, panel), sum[r][v]);
}

/* Adds what input `k` of each row gives, by the weights at w. The fewer of rows and columns wait in registers for the others. */
INLINE void
add_products (vec sum[ROWS][WIDEST], const float *x, ptrdiff_t ldx, const float *w, ptrdiff_t panel, const size_t first,
              const size_t rows, const size_t vecs)
{
  vec kept[ROWS > WIDEST ? ROWS : WIDEST];

  if ((rows + 1) * vecs < REGISTERS)
    {
      UNROLL for (size_t v = 0; v < vecs; v++)
        kept[v] = load (w + IN_PANELS (first + v, panel));
      UNROLL for (size_t r = 0; r < rows; r++)
        UNROLL for (size_t v = 0; v < vecs; v++)
          sum[r][v] += x[(ptrdiff_t) r * ldx] * kept[v];
    }
  else
    {
      UNROLL for (size_t r = 0; r < rows; r++)
        kept[r] = splat (x[(ptrdiff_t) r * ldx]);
      UNROLL for (size_t v = 0; v < vecs; v++)
        UNROLL for (size_t r = 0; r < rows; r++)
          sum[r][v] += kept[r] * load (w + IN_PANELS (first + v, panel));
    }
}

INLINE void
multiply_block (const Product *p, const size_t rows, const size_t vecs)
{
  vec sum[ROWS][WIDEST];
  const size_t first = PANEL_VECS > 1 && vecs < 4 ? p->first : 0; /* wider ones are of whole panels */

  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < vecs; v++)
      sum[r][v] = p->bias != NULL ? load (p->bias + v * VL) : (vec) { 0 };

  for (size_t t = 0; t < p->n_taps; t++)
    {
      const float *x = p->x + p->taps[t].x, *w = p->w + p->taps[t].w * PANEL;

      for (size_t k = 0; k < p->depth; k++, w += PANEL)
        add_products (sum, x + k, p->ldx, w, p->panel, first, rows, vecs);
    }
  put_block (p->y, p->ldy, PANEL, sum, rows, vecs, p->n, p->add);
}

/* A function with all the blocks of 12 rows in it leaves gcc no registers for their addresses, and it begins to spill; blocks of
 * 6 rows are spared that, and a call for each would cost them 3 %. */
#if VL == 16
#define BLOCK static __attribute__ ((noinline))
#else
#define BLOCK INLINE
#endif

/* Every block size is compiled for itself; sizes that this instruction set does not use, or that are wider than `most` for so
 * many rows, fall away. */
#define FITS(r, v, most) ((r) <= ROWS && (v) <= most (r))
#define DEFINE(r, v, most, func, type) \
  BLOCK void func##_##r##_##v (const type *p) \
  { \
    if (FITS (r, v, most)) \
      func (p, (r) <= ROWS ? (r) : ROWS, (v) <= most (r) ? (v) : 1); \
  }
#define CASE(r, v, most, func, p) \
  case (r) * 16 + (v): \
    if (FITS (r, v, most)) \
      func##_##r##_##v (p); \
    break;
#define EACH_WIDTH(DO, r, ...) DO (r, 1, __VA_ARGS__) DO (r, 2, __VA_ARGS__) DO (r, 3, __VA_ARGS__) DO (r, 4, __VA_ARGS__)
#define EACH_BLOCK(DO, ...) \
  EACH_WIDTH (DO, 1, __VA_ARGS__) \
  DO (1, 5, __VA_ARGS__) DO (1, 6, __VA_ARGS__) DO (1, 7, __VA_ARGS__) DO (1, 8, __VA_ARGS__) \
  EACH_WIDTH (DO, 2, __VA_ARGS__) EACH_WIDTH (DO, 3, __VA_ARGS__) EACH_WIDTH (DO, 4, __VA_ARGS__) \
  EACH_WIDTH (DO, 5, __VA_ARGS__) EACH_WIDTH (DO, 6, __VA_ARGS__) EACH_WIDTH (DO, 7, __VA_ARGS__) \
  EACH_WIDTH (DO, 8, __VA_ARGS__) EACH_WIDTH (DO, 9, __VA_ARGS__) EACH_WIDTH (DO, 10, __VA_ARGS__) \
  EACH_WIDTH (DO, 11, __VA_ARGS__) EACH_WIDTH (DO, 12, __VA_ARGS__)
#define SWITCH_BLOCK(rows, vecs, ...) \
  switch ((rows) * 16 + (vecs)) \
    { \
      EACH_BLOCK (CASE, __VA_ARGS__) \
    default: \
      break; \
    }

EACH_BLOCK (DEFINE, MOST_VECS, multiply_block, Product)

/* One column alone, such as a Dense of one unit: a register then holds neighbouring inputs, not neighbouring columns. */
#define MOST_DEPTH 256

static void
multiply_column (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, size_t depth, const float *w,
                 const float *bias, size_t m, int add)
{
  float column[MOST_DEPTH];

  for (size_t k = 0; k < depth; k++)
    column[k] = w[k * PANEL];
  for (size_t i = 0; i < m; i++, x += ldx, y += ldy)
    {
      vec sum = { 0 };
      size_t k = 0;
      float total = bias != NULL ? *bias : 0.0f;

      for (; k + VL <= depth; k += VL)
        sum += load (x + k) * load (column + k);
      for (; k < depth; k++)
        total += x[k] * column[k];
      total += sum_lanes (sum);
      *y = add ? *y + total : total;
    }
}

/* How many of `n` registers the next block is wide: of whole panels as long as that can be, and else as even as can be. */
static size_t
next_width (size_t n, size_t most)
{
  if (PANEL_VECS == 1 || most % PANEL_VECS > 0)
    return next_block (n, most);
  return n < most ? n : most;
}

static void
gemm (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps, size_t depth,
      const float *w, size_t w_rows, const float *bias, size_t m, size_t n, int add)
{
  Product p = { .taps = taps, .ldy = ldy, .ldx = ldx, .panel = (ptrdiff_t) (w_rows * PANEL), .n_taps = n_taps,
                .depth = depth, .add = add };

  if (n == 1 && n_taps == 1 && depth >= VL && depth <= MOST_DEPTH)
    {
      multiply_column (y, ldy, x + taps->x, ldx, depth, w + taps->w * PANEL, bias, m, add);
      return;
    }

  for (size_t chunk = 0; chunk < m; chunk += CHUNK)
    {
      size_t end = m - chunk < CHUNK ? m : chunk + CHUNK, most = MOST_VECS (next_block (end - chunk, ROWS)), vecs, rows;

      for (size_t j = 0; j < n; j += vecs * VL)
        {
          p.w = w + (ptrdiff_t) (j / PANEL) * p.panel;
          p.first = j % PANEL / VL;
          p.bias = bias != NULL ? bias + j : NULL;
          p.n = n - j;
          vecs = next_width ((n - j + VL - 1) / VL, most);
          for (size_t i = chunk; i < end; i += rows)
            {
              rows = next_block (end - i, ROWS);
              p.x = x + (ptrdiff_t) i * ldx;
              p.y = y + (ptrdiff_t) i * ldy + (ptrdiff_t) j;
              SWITCH_BLOCK (rows, vecs, MOST_VECS, multiply_block, &p)
            }
        }
    }
}

/* --- slopes by weights ------------------------------------------------------------------ */

typedef struct
{
  float       *dw;
  const float *x, *dy;
  ptrdiff_t    lddw, panel, ldx, lddy;
  size_t       rows, n;
} Slopes;

/* Here the block's rows are inputs, and what is summed over are the rows of x and dy. */
INLINE void
sum_block (const Slopes *s, const size_t inputs, const size_t vecs)
{
  const float *x = s->x, *dy = s->dy;
  vec sum[ROWS][WIDEST];

  UNROLL for (size_t i = 0; i < inputs; i++)
    UNROLL for (size_t v = 0; v < vecs; v++)
      sum[i][v] = (vec) { 0 };

  for (size_t r = 0; r < s->rows; r++, x += s->ldx, dy += s->lddy)
    {
      vec column[VECS];

      UNROLL for (size_t v = 0; v < vecs; v++)
        column[v] = load (dy + v * VL);
      UNROLL for (size_t i = 0; i < inputs; i++)
        UNROLL for (size_t v = 0; v < vecs; v++)
          sum[i][v] += x[i] * column[v];
    }

  /* Nothing is added to columns that fill a panel up; asking for each whether it is there would cost more than the sums. */
  if (VL <= NN_K_UNITS && s->n < vecs * VL)
    UNROLL for (size_t i = 0; i < inputs; i++)
      sum[i][vecs - 1] = mask_vec (sum[i][vecs - 1], s->n % VL);
  put_block (s->dw, s->lddw, s->panel, sum, inputs, vecs, VL <= NN_K_UNITS ? vecs * VL : s->n, 1);
}

EACH_BLOCK (DEFINE, ALWAYS_VECS, sum_block, Slopes)

/* One column alone, the same way. */
INLINE void
sum_column (float *dw, ptrdiff_t lddw, const float *x, ptrdiff_t ldx, const float *dy, ptrdiff_t lddy, size_t rows,
            const size_t vecs)
{
  vec sum[4] = { { 0 } };

  for (size_t r = 0; r < rows; r++, x += ldx, dy += lddy)
    UNROLL for (size_t v = 0; v < vecs; v++)
      sum[v] += load (x + v * VL) * *dy;
  for (size_t v = 0; v < vecs; v++)
    for (size_t lane = 0; lane < VL; lane++, dw += lddw)
      *dw += sum[v][lane];
}

/* Does as many inputs as fill registers; returns how many. */
static size_t
sum_columns (float *dw, ptrdiff_t lddw, const float *x, ptrdiff_t ldx, const float *dy, ptrdiff_t lddy, size_t rows, size_t m)
{
  size_t i = 0;

  for (; i + 4 * VL <= m; i += 4 * VL)
    sum_column (dw + (ptrdiff_t) i * lddw, lddw, x + i, ldx, dy, lddy, rows, 4);
  for (; i + VL <= m; i += VL)
    sum_column (dw + (ptrdiff_t) i * lddw, lddw, x + i, ldx, dy, lddy, rows, 1);
  return i;
}

static void
outer (float *dw, ptrdiff_t lddw, ptrdiff_t panel, const float *x, ptrdiff_t ldx, const float *dy, ptrdiff_t lddy,
       size_t rows, size_t m, size_t n)
{
  Slopes s = { .lddw = lddw, .panel = panel, .ldx = ldx, .lddy = lddy };

  if (n == 1)
    {
      size_t done = sum_columns (dw, lddw, x, ldx, dy, lddy, rows, m);

      dw += (ptrdiff_t) done * lddw;
      x += done;
      m -= done;
    }

  for (size_t chunk = 0; chunk < rows; chunk += CHUNK)
    for (size_t j = 0; j < n; j += PANELS * PANEL)
      {
        size_t vecs = (n - j + VL - 1) / VL, inputs;

        vecs = vecs < VECS ? vecs : VECS;
        s.rows = rows - chunk < CHUNK ? rows - chunk : CHUNK;
        s.n = n - j;
        s.dy = dy + (ptrdiff_t) chunk * lddy + (ptrdiff_t) j;
        for (size_t i = 0; i < m; i += inputs)
          {
            inputs = next_block (m - i, ROWS);
            s.x = x + (ptrdiff_t) chunk * ldx + (ptrdiff_t) i;
            s.dw = dw + (ptrdiff_t) (j / PANEL) * panel + (ptrdiff_t) i * lddw;
            SWITCH_BLOCK (inputs, vecs, ALWAYS_VECS, sum_block, &s)
          }
      }
}

/* Of neighbouring columns, whose sums do not wait for one another. `n` may be more than the registers hold. */
INLINE void
sum_rows_block (float *sum, const float *x, ptrdiff_t ldx, size_t rows, size_t n, const size_t vecs)
{
  vec total[4] = { { 0 } };

  for (size_t r = 0; r < rows; r++, x += ldx)
    UNROLL for (size_t v = 0; v < vecs; v++)
      total[v] += load (x + v * VL);
  UNROLL for (size_t v = 0; v < vecs; v++)
    store_some (sum + v * VL, load_some (sum + v * VL, n - v * VL) + total[v], n - v * VL);
}

static void
sum_rows (float *sum, const float *x, ptrdiff_t ldx, size_t rows, size_t n)
{
  size_t j = 0;

  for (; j + 4 * VL <= n; j += 4 * VL)
    sum_rows_block (sum + j, x + j, ldx, rows, n - j, 4);
  for (; j < n; j += VL)
    sum_rows_block (sum + j, x + j, ldx, rows, n - j, 1);
}

void
NN_K_FILL (gemm) (NnKernels *table)
{
  table->gemm = gemm;
  table->outer = outer;
  table->sum_rows = sum_rows;
}
