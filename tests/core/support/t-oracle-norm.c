/* t-oracle-norm.c: BatchNormalization and LayerNormalization once more, in double precision and as plainly as can be
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-oracle.h"

#include "nn-shape.h"

#include <math.h>
#include <string.h>

/* Of n numbers. */
static void
find_moments (const double *x, gint64 n, double *mean, double *variance)
{
  *mean = *variance = 0.0;
  for (gint64 i = 0; i < n; i++)
    *mean += x[i] / (double) n;
  for (gint64 i = 0; i < n; i++)
    *variance += (x[i] - *mean) * (x[i] - *mean) / (double) n;
}

static double
bend (const NnBlock *block, double x, double mean, double variance, const double *params, gint64 at, gint64 n)
{
  gboolean scale = nn_block_get_whole (block, "scale") != 0, center = nn_block_get_whole (block, "center") != 0;
  double y = (x - mean) / sqrt (variance + nn_block_get_real (block, "epsilon"));

  return y * (scale ? params[at] : 1.0) + (center ? params[(scale ? n : 0) + at] : 0.0);
}

/* Which places along the axes whose bit is set number `i` of a window has, and along the others, counted through. */
static void
split_index (const NnShape *shape, guint axes, gint64 i, gint64 *along, gint64 *across)
{
  gint64 n_along = 1, n_across = 1;

  *along = *across = 0;
  for (int axis = shape->rank; axis-- > 0; i /= shape->dim[axis])
    {
      gboolean counts = (axes & 1u << axis) != 0;
      gint64 at = i % shape->dim[axis];

      *(counts ? along : across) += at * (counts ? n_along : n_across);
      *(counts ? &n_along : &n_across) *= shape->dim[axis];
    }
}

static guint
find_axes (const NnBlock *block, int rank)
{
  const NnValue *axes = nn_block_get_arg (block, nn_kind_find_arg (nn_block_get_kind (block), "axis"));
  guint bits = 0;

  for (int i = 0; i < axes->n; i++)
    bits |= 1u << (axes->whole[i] < 0 ? axes->whole[i] + rank : axes->whole[i] - 1);
  return bits;
}

/* One step of TimeDistributed: of each of the `n` windows, which are `stride` numbers apart, those of `shape`. */
static void
norm_batch (const NnBlock *block, const double *x, const NnShape *shape, gint64 n, gint64 stride, const double *params,
            gboolean training, double *y)
{
  gint64 size = nn_shape_size (shape), channels = 1, along, across;
  guint axes = find_axes (block, shape->rank);
  const double *moving = params;
  g_autofree double *numbers = g_new (double, n * size);

  for (int axis = 0; axis < shape->rank; axis++)
    channels *= axes & 1u << axis ? shape->dim[axis] : 1;
  moving += channels * ((nn_block_get_whole (block, "scale") != 0) + (nn_block_get_whole (block, "center") != 0));
  for (gint64 c = 0; c < channels; c++)
    {
      double mean = moving[c], variance = moving[channels + c];
      gint64 count = 0;

      for (gint64 i = 0; i < n * size; i++)
        {
          split_index (shape, axes, i % size, &along, &across);
          if (along == c)
            numbers[count++] = x[i / size * stride + i % size];
        }
      if (training && nn_block_get_whole (block, "trainable"))
        find_moments (numbers, count, &mean, &variance);
      for (gint64 i = 0; i < n * size; i++)
        {
          gint64 at = i / size * stride + i % size;

          split_index (shape, axes, i % size, &along, &across);
          if (along == c)
            y[at] = bend (block, x[at], mean, variance, params, c, channels);
        }
    }
}

gboolean
t_oracle_is_batch_norm (const NnBlock *block)
{
  while (nn_block_get_inner (block) != NULL)
    block = nn_block_get_inner (block);
  return strcmp (nn_block_get_kind (block)->name, "BatchNormalization") == 0;
}

/* In TimeDistributed each step is normalised by itself. */
void
t_oracle_batch_norm (const NnBlock *block, const double *x, const NnShape *shape, gint64 n, const double *params,
                     gboolean training, double *y)
{
  gint64 size = nn_shape_size (shape), turns = 1;
  const NnBlock *core = block;
  NnShape each = *shape;

  for (; nn_block_get_inner (core) != NULL; core = nn_block_get_inner (core))
    {
      turns *= each.dim[0];
      each.rank--;
      memmove (each.dim, each.dim + 1, each.rank * sizeof *each.dim);
    }
  for (gint64 t = 0; t < turns; t++)
    norm_batch (core, x + t * (size / turns), &each, n, size, params, training, y + t * (size / turns));
}

void
t_oracle_layer_norm (const NnBlock *block, const double *x, const NnShape *shape, const double *params, double *y)
{
  gint64 size = nn_shape_size (shape), run = 1, along, across;
  guint axes = find_axes (block, shape->rank);
  g_autofree double *numbers = g_new (double, size);

  for (int axis = 0; axis < shape->rank; axis++)
    run *= axes & 1u << axis ? shape->dim[axis] : 1;
  for (gint64 r = 0; r < size / run; r++)
    {
      double mean, variance;

      for (gint64 i = 0; i < size; i++)
        {
          split_index (shape, axes, i, &along, &across);
          if (across == r)
            numbers[along] = x[i];
        }
      find_moments (numbers, run, &mean, &variance);
      for (gint64 i = 0; i < size; i++)
        {
          split_index (shape, axes, i, &along, &across);
          if (across == r)
            y[i] = bend (block, x[i], mean, variance, params, along, run);
        }
    }
}
