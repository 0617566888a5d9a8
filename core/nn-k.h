/* nn-k.h: the kernels: every loop that costs time, as a table of functions with one table per instruction set
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Kernels are free functions: outputs first, then inputs, then sizes. They know libc only, allocate nothing and own
 * nothing. Matrices are row-major; `ld…` is the distance from one row to the next, in floats. Two things hold for all:
 *  - Arrays of activations and gradients may be *read* (never written) up to NN_K_SLACK floats past their last element.
 *  - Weights are packed in panels of NN_K_PANEL columns, the last one filled up with zeros: element (k, n) of a matrix
 *    of `w_rows` rows is w[(n / PANEL · w_rows + k) · PANEL + n % PANEL]; its bias is filled up with zeros alike.
 *    Kernels that write into packed weights leave the columns that fill up alone. */
#define NN_K_PANEL 16
#define NN_K_SLACK 16
#define NN_K_AXES   5 /* of a shard: its windows' and that of the windows */
#define NN_K_POINTS 8

/* Keras' activations. First those that bend each number by itself and whose slope follows from the value they give; then those
 * that bend each number by itself, but whose slope has to be kept; then those over a whole row. */
typedef enum
{
  NN_K_LINEAR,
  NN_K_RELU,
  NN_K_TANH,
  NN_K_SIGMOID,
  NN_K_RELU6,
  NN_K_ELU,
  NN_K_SELU,
  NN_K_SOFTPLUS,
  NN_K_SOFTSIGN,
  NN_K_HARD_SIGMOID,
  NN_K_EXPONENTIAL,
  NN_K_SILU,
  NN_K_GELU,
  NN_K_SOFTMAX,
  NN_K_LOG_SOFTMAX,
} NnKActivation;

/* Whether bend_back() cannot do it, as two inputs with different slopes have the same value: bend_slope() keeps the slopes, and
 * multiply() takes them back. */
static inline int
nn_k_keeps_slope (NnKActivation activation)
{
  return activation == NN_K_SILU || activation == NN_K_GELU;
}

/* Whether it bends each number by itself: all but those over a whole row. */
static inline int
nn_k_is_pointwise (NnKActivation activation)
{
  return activation != NN_K_SOFTMAX && activation != NN_K_LOG_SOFTMAX;
}

/* One tap of a convolution: where its inputs begin, counted from the row's start (negative too), and which row of the
 * packed weights goes with the first of them. A plain product has a single tap of zeros. */
typedef struct
{
  ptrdiff_t x;
  size_t    w;
} NnKTap;

/* Keras' ReLU: x above the threshold, but no more than `most` (INFINITY: no limit); below, slope (x - threshold). At the two
 * corners the slope is what `at_threshold` and `at_most` say. */
typedef struct
{
  float most, slope, threshold;
  float at_threshold, at_most;
} NnKRamp;

/* One axis-0-major pool: input [steps][rows][width][channels], output [out_steps][rows][out_width][channels]. */
typedef struct
{
  size_t    steps, rows, width, channels, out_steps, out_width;
  size_t    pool[2], stride[2]; /* along steps, along width */
  ptrdiff_t before[2];          /* padding, which no pool takes any notice of */
} NnKPool;

/* Units are filled up to whole NN_K_UNITS. A row of gates holds blocks of NN_K_PANEL units, the last one maybe of NN_K_UNITS, and
 * each block its slots one after the other: with four slots unit u's slot s is at u / PANEL · 4 · PANEL + s · width + u % PANEL,
 * where width is the block's. Rows of states are filled up as well. What fills up may hold anything. */
#define NN_K_UNITS 8

static inline size_t
nn_k_fill_units (size_t units)
{
  return (units + NN_K_UNITS - 1) / NN_K_UNITS * NN_K_UNITS;
}

/* Of unit u's block; `full` units are there, filled up. */
static inline size_t
nn_k_slot_width (size_t full, size_t u)
{
  return full - u / NN_K_PANEL * NN_K_PANEL < NN_K_PANEL ? NN_K_UNITS : NN_K_PANEL;
}

/* `slopes` is NULL where both activations tell their slopes by their values; else it keeps the slopes of what is bent, laid out
 * as it is: of the gates, then those of the LSTM's bent states. */
typedef struct
{
  size_t        rows, units;
  NnKActivation activation, recurrent;
} NnKRecurrent;

/* A full array of 5 axes and the steps along them in a smaller one, 0 where that repeats. */
typedef struct
{
  size_t    n[5];
  ptrdiff_t step[5];
} NnKSpread;

typedef struct
{
  double rate, beta_1, beta_2, epsilon;
  double step; /* from 1 */
} NnKAdam;

typedef struct
{
  double rate, momentum;
  int    nesterov;
} NnKSgd;

typedef struct
{
  double rate, rho, momentum, epsilon;
} NnKRmsprop;

typedef struct
{
  const char *name;  /* "ref", "base", "v3", "v4" */
  int         tiles; /* convolutions may go by tiles, see nn-conv-tile.h; the plain twins multiply tap by tap */

  /* --- products --------------------------------------------------------------------- */

  /* y[i][j] = (add: y[i][j]) + bias[j] + Σ_tap Σ_k x[i ldx + tap.x + k] w(tap.w + k, j)
   *                                     for i < m, j < n, k < depth; bias (nullable) */
  void (*gemm)     (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps, size_t depth,
                    const float *w, size_t w_rows, const float *bias, size_t m, size_t n, int add);

  /* dw[j / PANEL · panel + i lddw + j % PANEL] += Σ_r x[r ldx + i] dy[r lddy + j]   for i < m, j < n, r < rows */
  void (*outer)    (float *dw, ptrdiff_t lddw, ptrdiff_t panel, const float *x, ptrdiff_t ldx, const float *dy, ptrdiff_t lddy,
                    size_t rows, size_t m, size_t n);

  /* y[i][j] = (add: y[i][j]) + bias[j] + Σ_tap x[i ldx + tap.x + j] w(tap.w, j)     for i < m, j < n; bias (nullable) */
  void (*depthwise)      (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps,
                          const float *w, size_t w_rows, const float *bias, size_t m, size_t n, int add);

  /* dw(tap.w, j) += Σ_r x[r ldx + tap.x + j] dy[r lddy + j]   for each tap, j < n, r < rows; dw packed as w above */
  void (*depthwise_back) (float *dw, size_t w_rows, const float *x, ptrdiff_t ldx, const NnKTap *taps, size_t n_taps,
                          const float *dy, ptrdiff_t lddy, size_t rows, size_t n);

  /* sum[j] += Σ_r x[r ldx + j]   for j < n, r < rows */
  void (*sum_rows) (float *sum, const float *x, ptrdiff_t ldx, size_t rows, size_t n);

  /* Of polynomials whose coefficients are arrays, the values at points, and back:
   *   y[p ldy + k] = Σ_j by[p][j] x[j ldx + k]                            for p < n_points, j < n_in, k < n
   *   y[i ldy + k] = (add: y[i ldy + k]) + Σ_p by[p][i] x[p ldx + k]      for i < n_out, p < n_points, k < n
   * with 6 to NN_K_POINTS points, of which the first (n_points - 1) / 2 pairs lie at a and -a: by[p + 1][j] = (-1)ʲ by[p][j] for
   * even p there. */
  void (*to_points)   (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const float by[][NN_K_POINTS], size_t n_points,
                       size_t n_in, size_t n);
  void (*from_points) (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, const float by[][NN_K_POINTS], size_t n_points,
                       size_t n_out, size_t n, int add);

  /* --- LSTM ------------------------------------------------------------------------- */

  /* One step of all rows. `gates`, in rows as above, comes as the products' sums z and goes as the gates, the slots
   * being i, f, c, o: i, f, o = recurrent (z_i, z_f, z_o); g = activation (z_c); c = f c_before + i g; h = o activation (c).
   * c, bent (= activation (c)) [rows][full], h [rows][units]. At the first step c_before is NULL; c may be c_before. */
  void (*lstm)      (float *h, float *gates, float *c, float *bent, float *slopes, const float *c_before,
                     const NnKRecurrent *size);

  /* Back through the gates of one step: dz, laid out as gates (all of it is written), and dc, which comes as the loss's
   * slope by c that later steps give, and goes as that by c_before. dy and dh (both nullable) [rows][units] add up to the
   * slope by h. */
  void (*lstm_back) (float *dz, float *dc, const float *dy, const float *dh, const float *gates, const float *bent,
                     const float *slopes, const float *c_before, const NnKRecurrent *size);

  /* --- GRU -------------------------------------------------------------------------- */

  /* One step of all rows. The slots are x, z, r, a: x, the candidate's sum by the inputs, and a, that by the units; z and r come
   * as their sums and go as recurrent (z), recurrent (r). The candidate is activation (x + r a), and takes the place of x.
   * h = z h_before + (1 - z) candidate. h, h_before [rows][units]; at the first step h_before is NULL.
   * `reset_first`: z and r went through gru_reset(), and r is in a already: the candidate is activation (x + a). */
  void (*gru)       (float *h, float *gates, float *slopes, const float *h_before, int reset_first, const NnKRecurrent *size);

  /* Where the reset comes before the product: z and r as above, and reset [rows][units] gets r h_in (nullable: it is left
   * alone). */
  void (*gru_reset) (float *gates, float *reset, float *slopes, const float *h_in, const NnKRecurrent *size);

  /* Back through the gates of one step: dz, laid out as gates, of which all is written; and dh, which comes as the loss's slope
   * by h that later steps give, to which dy (nullable) is added, and goes as that by h_before, as far as it did not go through w.
   * h_in (nullable, as h_before) [rows][units] is what r was multiplied with. Where `reset` is not NULL it gets r h_in again, and
   * dz's r is left 0 for gru_reset_back(). */
  void (*gru_back)  (float *dz, float *dh, float *reset, const float *dy, const float *gates, const float *slopes,
                     const float *h_before, const float *h_in, const NnKRecurrent *size);

  /* Where the reset comes before the product: by_reset comes as the loss's slope by r h_in and goes as that by h_in; dz's r is
   * filled. */
  void (*gru_reset_back) (float *dz, float *by_reset, const float *gates, const float *slopes, const float *h_in,
                          const NnKRecurrent *size);

  /* --- point by point --------------------------------------------------------------- */

  /* Pointwise activations only. y = f (y); dy = dy f', by the value y that bend() gave, not for nn_k_keeps_slope(); and for
   * every one both at once, slope = f' by the y that came. */
  void (*bend)         (float *y, size_t n, NnKActivation activation);
  void (*bend_back)    (float *dy, const float *y, size_t n, NnKActivation activation);
  void (*bend_slope)   (float *y, float *slope, size_t n, NnKActivation activation);

  /* With a shape of their own; back writes dx, which may be dy, by the x that came. elu: y = x > 0 ? x : alpha (eˣ - 1).
   * leak: y = x > 0 ? x : alpha x with an alpha for each, whose slopes are added to dalpha; its slope at 0 is 0. */
  void (*ramp)         (float *y, const float *x, size_t n, const NnKRamp *ramp);
  void (*ramp_back)    (float *dx, const float *dy, const float *x, size_t n, const NnKRamp *ramp);
  void (*elu)          (float *y, const float *x, size_t n, float alpha);
  void (*elu_back)     (float *dx, const float *dy, const float *x, size_t n, float alpha);
  void (*leak)         (float *y, const float *x, const float *alpha, size_t n);
  void (*leak_back)    (float *dx, float *dalpha, const float *dy, const float *x, const float *alpha, size_t n);

  /* Over each row of [rows][n]; back by the values that came out. */
  void (*softmax)          (float *y, size_t rows, size_t n);
  void (*softmax_back)     (float *dy, const float *y, size_t rows, size_t n);
  void (*log_softmax)      (float *y, size_t rows, size_t n);
  void (*log_softmax_back) (float *dy, const float *y, size_t rows, size_t n);

  void (*multiply)     (float *y, const float *a, const float *b, size_t n);            /* y = a b */
  void (*add)          (float *y, const float *x, size_t n);                            /* y = y + x */
  void (*add_scaled)   (float *y, const float *x, float scale, size_t n);               /* y = y + scale x */
  int  (*is_finite)    (const float *x, size_t n);                                      /* 1 where all are */

  /* --- pooling and moving ------------------------------------------------------------- */

  /* `which` (nullable) gets the tap (of pool[0] · pool[1], row by row) that was the greatest, the first of equals. */
  void (*max_pool)      (float *y, int32_t *which, const float *x, const NnKPool *size);
  void (*max_pool_back) (float *dx, const float *dy, const int32_t *which, const NnKPool *size); /* writes all of dx */
  void (*avg_pool)      (float *y, const float *x, const NnKPool *size);
  void (*avg_pool_back) (float *dx, const float *dy, const NnKPool *size);                       /* writes all of dx */

  /* y[t times + i][j] = x[t][j]   for t < steps, i < times, j < run; back: dx[t][j] = Σ_i dy[t times + i][j] */
  void (*repeat)        (float *y, const float *x, size_t steps, size_t run, size_t times);
  void (*repeat_back)   (float *dx, const float *dy, size_t steps, size_t run, size_t times);

  /* y [extent[0]] … [extent[4]] of what lies stride[i] floats apart in x along each axis. */
  void (*permute)       (float *y, const float *x, const size_t extent[NN_K_AXES], const size_t stride[NN_K_AXES]);

  /* y[j][i][k] = x[i][j][k]       for i < a, j < b, k < run */
  void (*swap)          (float *y, const float *x, size_t a, size_t b, size_t run);

  /* --- merging ------------------------------------------------------------------------ */

  void (*scale)         (float *y, const float *x, float by, size_t n);                 /* y = by x */
  void (*greatest)      (float *y, const float *x, size_t n);                           /* y = max (y, x) */

  /* The slope dy of max (a, b) goes to the greater one, half to each where they are equal: dy becomes what a gets, dx what b
   * gets. */
  void (*greatest_back) (float *dy, float *dx, const float *a, const float *b, size_t n);

  /* y[r ldy + j] = x[r ldx + j]   for r < rows, j < n */
  void (*copy_rows)     (float *y, ptrdiff_t ldy, const float *x, ptrdiff_t ldx, size_t rows, size_t n);

  /* y[i₀]…[i₄] = x[Σ_k i_k step_k]; back, with dx all 0 before: dx[Σ_k i_k step_k] += dy[i₀]…[i₄] */
  void (*spread)        (float *y, const float *x, const NnKSpread *size);
  void (*spread_back)   (float *dx, const float *dy, const NnKSpread *size);

  /* --- normalisation ------------------------------------------------------------------ */

  /* sum[j] += Σ_r a[r][j]; product[j] += Σ_r a[r][j] b[r][j]   for j < n, r < rows */
  void (*sum_products)  (double *sum, double *product, const float *a, const float *b, size_t rows, size_t n);

  /* y[r][j] = (x[r][j] - middle[j]) slope[j] + shift[j]; y may be x */
  void (*affine_rows)   (float *y, const float *x, const float *middle, const float *slope, const float *shift, size_t rows,
                         size_t n);

  /* dx[r][j] = dy[r][j] by_dy[j] + (x[r][j] - middle[j]) by_x[j] + shift[j]; dx may be dy */
  void (*affine_back)   (float *dx, const float *dy, const float *x, const float *by_dy, const float *middle, const float *by_x,
                         const float *shift, size_t rows, size_t n);

  /* Each row by itself, with its mean m and i = 1 / √(variance + epsilon): y[r][j] = (x[r][j] - m) i gamma[j] + beta[j]; gamma
   * and beta (nullable) 1 and 0. `kept` (nullable) [rows][2] gets m and i. */
  void (*norm_rows)      (float *y, float *kept, const float *x, const float *gamma, const float *beta, float epsilon,
                          size_t rows, size_t n);

  /* Adds to dgamma and dbeta (nullable); writes dx (nullable). */
  void (*norm_rows_back) (float *dx, float *dgamma, float *dbeta, const float *dy, const float *x, const float *kept,
                          const float *gamma, size_t rows, size_t n);

  /* --- losses ------------------------------------------------------------------------- */

  /* Binary crossentropy by logits: gives Σ weight (max (z, 0) - z t + ln (1 + e^-|z|)), and in dz (nullable) weight (σ (z) - t),
   * for i < n. Where t is not a number there is no label: nothing is added, and dz is 0. */
  double (*logistic)    (float *dz, const float *z, const float *t, const float *weight, size_t n);

  /* --- optimisers, as Keras has them: g [n] is multiplied by `scale` first ----------------- */

  /* m += (g - m)(1 - β₁); v += (g² - v)(1 - β₂); w -= rate √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε) */
  void (*adam)    (float *w, float *m, float *v, const float *g, float scale, size_t n, const NnKAdam *how);

  /* m = momentum m - rate g; w += m; by Nesterov w += momentum m - rate g */
  void (*sgd)     (float *w, float *m, const float *g, float scale, size_t n, const NnKSgd *how);

  /* v = ρ v + (1 - ρ) g²; mean = ρ mean + (1 - ρ) g; step = rate g / √(v - mean² + ε); m = momentum m + step; w -= m.
   * m (nullable: w -= step), mean (nullable: 0) */
  void (*rmsprop) (float *w, float *v, float *m, float *mean, const float *g, float scale, size_t n, const NnKRmsprop *how);

  /* v += g²; w -= rate g / √(v + ε) */
  void (*adagrad) (float *w, float *v, const float *g, float scale, size_t n, float rate, float epsilon);

  /* w -= share w */
  void (*decay)   (float *w, float share, size_t n);

  /* --- what is done to a gradient before ---------------------------------------------------- */

  /* g = scale g + l1 sign (w) + 2 l2 w */
  void   (*regularise)  (float *g, const float *w, float scale, float l1, float l2, size_t n);
  void   (*clip)        (float *g, float scale, float limit, size_t n);  /* g = scale g, at most `limit` and at least -limit */
  double (*sum_squares) (const float *x, size_t n);
  double (*sum_sizes)   (const float *x, size_t n);                      /* Σ |x| */
} NnKernels;

/* The fastest table that this processor can run, or the one that the environment variable LAMINA_KERNELS names (ref, base,
 * v3, v4) if it can. Looked up anew at each call. */
const NnKernels *nn_k_get      (void);

/* By name; NULL where there is none of that name or this processor cannot run it. */
const NnKernels *nn_k_find     (const char *name);

/* The tables that this processor can run, from the plainest on; NULL past the end. */
const NnKernels *nn_k_nth      (unsigned i);

/* The name of the table that nn_k_get() gives, to be shown. */
const char      *nn_k_get_name (void);

/* Fills in the plain twins, which every table starts from. */
void             nn_k_fill_ref  (NnKernels *table);
