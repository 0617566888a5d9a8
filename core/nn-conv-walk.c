/* nn-conv-walk.c: a convolution's output points in runs that see the same taps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-conv-walk.h"

typedef struct
{
  const NnConv *conv;
  gint64        rows;
  gboolean      merge; /* taps next to each other in memory become one long tap */
  NnConvFunc       func;
  gpointer      data;
  NnConvRun     run;
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
  gint64 n_along = merge ? MIN (j1 - j0, 1) : j1 - j0, depth = conv->channels / conv->groups;
  NnKTap *tap = walk->run.taps;

  walk->run.depth = merge ? (j1 - j0) * depth : depth;
  walk->run.n_taps = (i1 - i0) * n_along;
  for (gint64 i = i0; i < i1; i++)
    for (gint64 j = j0; j < j0 + n_along; j++, tap++)
      {
        tap->x = (i * conv->dilation[0] * walk->rows * conv->width + j * conv->dilation[1]) * conv->channels;
        tap->w = (i * conv->kernel[1] + j) * depth;
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

void
nn_conv_walk (const NnConv *conv, gint64 rows, gboolean merge, float *scratch, NnConvFunc func, gpointer data)
{
  Walk walk = { conv, rows, merge, func, data, { .taps = (NnKTap *) (void *) scratch } };

  walk_output (&walk);
}
