/* t-oracle-merge.c: merges once more, in double precision and as plainly as can be
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-oracle.h"

#include <math.h>
#include <string.h>

/* The axes of a point of an array, row-major. */
static void
split_index (const NnShape *shape, gint64 at, gint64 *index)
{
  for (int i = shape->rank; i-- > 0;)
    {
      index[i] = at % shape->dim[i];
      at /= shape->dim[i];
    }
}

static gint64
join_index (const NnShape *shape, const gint64 *index)
{
  gint64 at = 0;

  for (int i = 0; i < shape->rank; i++)
    at = at * shape->dim[i] + index[i];
  return at;
}

/* The point of an input that goes with a point of the output: the last axes lie over one another, and extents of 1 repeat. */
static double
get_repeated (const double *x, const NnShape *in, const NnShape *out, const gint64 *index)
{
  gint64 mine[NN_MAX_RANK];

  for (int i = 0; i < in->rank; i++)
    mine[i] = in->dim[i] == 1 ? 0 : index[out->rank - in->rank + i];
  return x[join_index (in, mine)];
}

static double
join_numbers (const char *kind, const double *numbers, guint n)
{
  double sum = 0.0, product = 1.0, most = -INFINITY;

  for (guint i = 0; i < n; i++)
    {
      sum += numbers[i];
      product *= numbers[i];
      most = fmax (most, numbers[i]);
    }
  if (strcmp (kind, "Add") == 0)
    return sum;
  if (strcmp (kind, "Average") == 0)
    return sum / n;
  if (strcmp (kind, "Multiply") == 0)
    return product;
  g_assert_cmpstr (kind, ==, "Maximum");
  return most;
}

static double
find_side_by_side (const NnBlock *block, const double *const *xs, const NnShape *ins, guint n_inputs, gint64 *index)
{
  gint64 axis = nn_block_get_whole (block, "axis");

  axis = axis < 0 ? ins[0].rank + axis : axis - 1;
  for (guint i = 0; i < n_inputs; i++)
    {
      if (index[axis] < ins[i].dim[axis])
        return xs[i][join_index (&ins[i], index)];
      index[axis] -= ins[i].dim[axis];
    }
  g_assert_not_reached ();
}

void
t_oracle_merge (const NnBlock *block, const double *const *xs, const NnShape *ins, guint n_inputs, const NnShape *out, double *y)
{
  const char *kind = nn_block_get_kind (block)->name;
  gint64 n = 1;

  for (int i = 0; i < out->rank; i++)
    n *= out->dim[i];
  for (gint64 at = 0; at < n; at++)
    {
      gint64 index[NN_MAX_RANK];
      double numbers[NN_MAX_INPUTS];

      split_index (out, at, index);
      for (guint i = 0; i < n_inputs && strcmp (kind, "Concatenate") != 0; i++)
        numbers[i] = get_repeated (xs[i], &ins[i], out, index);
      y[at] = strcmp (kind, "Concatenate") == 0 ? find_side_by_side (block, xs, ins, n_inputs, index)
                                                : join_numbers (kind, numbers, n_inputs);
    }
}
