/* nn-conv.c: convolution along two axes as a series of products that read their input in place
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-conv.h"

#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

/* Rows that the weights' slopes are summed over before the next tap's turn: they and their slopes stay in the first cache. */
#define CHUNK 64

/* A run is a number of output points, `m` of them, whose inputs lie `ldx` apart and which see the same taps. */
typedef struct
{
  gint64  m, x, y, ldx; /* x: where tap (0, 0) of the first point would read, even if that is outside */
  gint64  n_taps, depth;
  NnKTap *taps;
} Run;

typedef void (*RunFunc) (const Run *run, gpointer data);

typedef struct
{
  const NnConv *conv;
  gint64        rows;
  gboolean      merge; /* taps next to each other in memory become one long tap */
  RunFunc       func;
  gpointer      data;
  Run           run;
} Walk;

/* The taps from `*first` up to `*end` fall onto the input for output `at` of an axis. */
static void
clip (gint64 at, gint64 extent, const NnConv *conv, int axis, gint64 *first, gint64 *end)
{
  gint64 base = at * conv->stride[axis] - conv->before[axis], d = conv->dilation[axis];

  *first = base < 0 ? (-base + d - 1) / d : 0;
  *end = base >= extent ? 0 : MIN (conv->kernel[axis], (extent - 1 - base) / d + 1);
  if (*end < *first)
    *end = *first;
}

/* Output points along an axis for which no tap is clipped: from `*first` up to `*end`. */
static void
find_inside (gint64 n_out, gint64 extent, const NnConv *conv, int axis, gint64 *first, gint64 *end)
{
  gint64 reach = conv->dilation[axis] * (conv->kernel[axis] - 1), last = extent - 1 - reach + conv->before[axis];

  *first = MIN ((conv->before[axis] + conv->stride[axis] - 1) / conv->stride[axis], n_out);
  *end = last < 0 ? 0 : MIN (last / conv->stride[axis] + 1, n_out);
  if (*end < *first)
    *end = *first;
}

/* Lists the taps (i0 .. i1 - 1, j0 .. j1 - 1). */
static void
set_taps (Walk *walk, gint64 i0, gint64 i1, gint64 j0, gint64 j1)
{
  const NnConv *conv = walk->conv;
  gboolean merge = walk->merge && conv->dilation[1] == 1;
  gint64 n_along = merge ? MIN (j1 - j0, 1) : j1 - j0;
  NnKTap *tap = walk->run.taps;

  walk->run.depth = merge ? (j1 - j0) * conv->channels : conv->channels;
  walk->run.n_taps = (i1 - i0) * n_along;
  for (gint64 i = i0; i < i1; i++)
    for (gint64 j = j0; j < j0 + n_along; j++, tap++)
      {
        tap->x = (i * conv->dilation[0] * walk->rows * conv->width + j * conv->dilation[1]) * conv->channels;
        tap->w = (i * conv->kernel[1] + j) * conv->channels;
      }
}

/* `n` points along the width from `v` on, at one step of one window, which see the taps j0 .. j1 - 1 along the width. */
static void
emit_along (Walk *walk, gint64 t, gint64 b, gint64 v, gint64 n, gint64 i0, gint64 i1, gint64 j0, gint64 j1)
{
  const NnConv *conv = walk->conv;
  gint64 row = (t * conv->stride[0] - conv->before[0]) * walk->rows + b;

  set_taps (walk, i0, i1, j0, j1);
  walk->run.m = n;
  walk->run.ldx = conv->stride[1] * conv->channels;
  walk->run.x = (row * conv->width + v * conv->stride[1] - conv->before[1]) * conv->channels;
  walk->run.y = ((t * walk->rows + b) * conv->out_width + v) * conv->filters;
  walk->func (&walk->run, walk->data);
}

/* One step of one window. */
static void
walk_width (Walk *walk, gint64 t, gint64 b, gint64 i0, gint64 i1)
{
  const NnConv *conv = walk->conv;
  gint64 first, end, j0, j1;

  find_inside (conv->out_width, conv->width, conv, 1, &first, &end);
  for (gint64 v = 0; v < conv->out_width; v++)
    {
      if (v == first && end > first)
        {
          emit_along (walk, t, b, v, end - first, i0, i1, 0, conv->kernel[1]);
          v = end - 1;
          continue;
        }
      clip (v, conv->width, conv, 1, &j0, &j1);
      emit_along (walk, t, b, v, 1, i0, i1, j0, j1);
    }
}

/* `n` steps from `t` on, all windows and all of the width at once. */
static void
emit_steps (Walk *walk, gint64 t, gint64 n, gint64 i0, gint64 i1)
{
  const NnConv *conv = walk->conv;

  set_taps (walk, i0, i1, 0, 1);
  walk->run.m = n * walk->rows * conv->width;
  walk->run.ldx = conv->channels;
  walk->run.x = (t * conv->stride[0] - conv->before[0]) * walk->rows * conv->width * conv->channels;
  walk->run.y = t * walk->rows * conv->out_width * conv->filters;
  walk->func (&walk->run, walk->data);
}

/* Splits the whole output into runs, as long as can be. */
static void
walk_output (Walk *walk)
{
  const NnConv *conv = walk->conv;
  gboolean flat = conv->kernel[1] == 1 && conv->stride[1] == 1; /* the width is just more rows */
  gint64 first, end, i0, i1;

  find_inside (conv->out_steps, conv->steps, conv, 0, &first, &end);
  for (gint64 t = 0; t < conv->out_steps; t++)
    {
      if (flat && conv->stride[0] == 1 && t == first && end > first)
        {
          emit_steps (walk, t, end - first, 0, conv->kernel[0]);
          t = end - 1;
          continue;
        }
      clip (t, conv->steps, conv, 0, &i0, &i1);
      if (flat)
        emit_steps (walk, t, 1, i0, i1);
      else
        for (gint64 b = 0; b < walk->rows; b++)
          walk_width (walk, t, b, i0, i1);
    }
}

static void
walk_with (const NnConv *conv, gint64 rows, gboolean merge, float *scratch, RunFunc func, gpointer data)
{
  Walk walk = { conv, rows, merge, func, data, { .taps = (NnKTap *) (void *) scratch } };

  walk_output (&walk);
}

static gint64
count_taps (const NnConv *conv)
{
  return NN_PRODUCT (conv->kernel[0], conv->kernel[1]);
}

gint64
nn_conv_scratch (const NnConv *self)
{
  return nn_size_fill_up (NN_PRODUCT (count_taps (self), sizeof (NnKTap) / sizeof (float)));
}

/* --- forward ------------------------------------------------------------------------ */

typedef struct
{
  const NnConv    *conv;
  const NnKernels *k;
  float           *out;
  const float     *x, *w, *bias, *dy;
} Job;

static void
forward_run (const Run *run, gpointer data)
{
  const Job *job = data;

  job->k->gemm (job->out + run->y, job->conv->filters, job->x + run->x, run->ldx, run->taps, run->n_taps, run->depth,
                job->w, count_taps (job->conv) * job->conv->channels, job->bias, run->m, job->conv->filters, 0);
}

void
nn_conv_forward (const NnConv *self, const NnKernels *k, gint64 rows, float *y, const float *x, const float *w,
                 const float *bias, float *scratch)
{
  Job job = { self, k, y, x, w, bias, NULL };

  walk_with (self, rows, TRUE, scratch, forward_run, &job);
}

/* --- backward ----------------------------------------------------------------------- */

static void
weights_run (const Run *run, gpointer data)
{
  const Job *job = data;
  gint64 panel = count_taps (job->conv) * job->conv->channels * NN_K_PANEL;

  for (gint64 r = 0; r < run->m; r += CHUNK)
    for (gint64 i = 0; i < run->n_taps; i++)
      job->k->outer (job->out + run->taps[i].w * NN_K_PANEL, NN_K_PANEL, panel,
                     job->x + run->x + run->taps[i].x + r * run->ldx, run->ldx,
                     job->dy + run->y + r * job->conv->filters, job->conv->filters,
                     MIN (CHUNK, run->m - r), run->depth, job->conv->filters);
}

void
nn_conv_weights (const NnConv *self, const NnKernels *k, gint64 rows, float *dw, const float *x, const float *dy,
                 float *scratch)
{
  Job job = { self, k, dw, x, NULL, NULL, dy };

  walk_with (self, rows, TRUE, scratch, weights_run, &job);
}

gint64
nn_conv_turned_size (const NnConv *self)
{
  return nn_packed_size (NN_PRODUCT (count_taps (self), self->filters), self->channels);
}

void
nn_conv_turn (const NnConv *self, float *turned, const float *w)
{
  gint64 n = count_taps (self);

  for (gint64 tap = 0; tap < n; tap++)
    nn_pack_transposed (turned, (n - 1 - tap) * self->filters, n * self->filters,
                        w, tap * self->channels, n * self->channels, self->channels, self->filters);
}

/* Adds each output point's slope to the inputs of one tap after the other; for strides, where the way of
 * nn_conv_input()'s first branch would need a product with holes. */
static void
scatter_run (const Run *run, gpointer data)
{
  const Job *job = data;
  gint64 filters = job->conv->filters, channels = job->conv->channels, n = count_taps (job->conv);

  for (gint64 i = 0; i < run->n_taps; i++)
    {
      NnKTap tap = { 0, (n - 1 - (gint64) run->taps[i].w / channels) * filters };

      job->k->gemm (job->out + run->x + run->taps[i].x, run->ldx, job->dy + run->y, filters, &tap, 1, filters,
                    job->w, n * filters, NULL, run->m, channels, 1);
    }
}

void
nn_conv_input (const NnConv *self, const NnKernels *k, gint64 rows, float *dx, const float *dy, const float *turned,
               float *scratch)
{
  Job job = { self, k, dx, NULL, turned, NULL, dy };

  /* With stride 1, dx[t] = Σ_i dy[t + before - i d] wᵢᵀ, which is the convolution of dy with the kernel turned around and
   * reach - before zeros in front. */
  if (self->stride[0] == 1 && self->stride[1] == 1)
    {
      NnConv back = {
        self->out_steps, self->out_width, self->filters, self->steps, self->width, self->channels,
        { self->kernel[0], self->kernel[1] }, { 1, 1 }, { self->dilation[0], self->dilation[1] },
        { self->dilation[0] * (self->kernel[0] - 1) - self->before[0],
          self->dilation[1] * (self->kernel[1] - 1) - self->before[1] },
      };

      nn_conv_forward (&back, k, rows, dx, dy, turned, NULL, scratch);
      return;
    }

  memset (dx, 0, self->steps * rows * self->width * self->channels * sizeof *dx);
  walk_with (self, rows, FALSE, scratch, scatter_run, &job);
}
