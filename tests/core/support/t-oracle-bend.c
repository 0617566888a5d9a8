/* t-oracle-bend.c: ReLU, LeakyReLU, ELU, PReLU and Softmax once more, in double precision
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-oracle-work.h"

#include <math.h>
#include <string.h>

/* ReLU, LeakyReLU and ELU. */
static void
bend_shaped (const TOracleWork *work)
{
  const char *kind = nn_block_get_kind (work->block)->name;
  double most = strcmp (kind, "ReLU") == 0 && real (work, "max_value") >= 0.0 ? real (work, "max_value") : INFINITY;
  double threshold = strcmp (kind, "ReLU") == 0 ? real (work, "threshold") : 0.0;

  for (gint64 i = 0; i < nn_shape_size (&work->out); i++)
    {
      double x = work->x[i];

      if (x > threshold)
        work->y[i] = fmin (x, most);
      else if (strcmp (kind, "ELU") == 0)
        work->y[i] = real (work, "alpha") * expm1 (x);
      else
        work->y[i] = real (work, "negative_slope") * (x - threshold);
    }
}

static void
bend_by_weights (const TOracleWork *work)
{
  const NnValue *shared = value (work, "shared_axes");

  for (gint64 i = 0; i < nn_shape_size (&work->out); i++)
    {
      gint64 place[NN_MAX_RANK], at = 0;

      find_place (&work->in, i, place);
      for (int axis = 0; axis < work->in.rank; axis++)
        {
          gboolean one = FALSE;

          for (int j = 0; j < shared->n; j++)
            one |= shared->whole[j] == axis + 1;
          at = one ? at : at * work->in.dim[axis] + place[axis];
        }
      work->y[i] = work->x[i] > 0.0 ? work->x[i] : work->w[at] * work->x[i];
    }
}

static void
soften (const TOracleWork *work)
{
  gint64 axis = whole (work, "axis", 0), n = 1, step = 1;

  axis = axis < 0 ? axis + work->in.rank : axis - 1;
  n = work->in.dim[axis];
  for (int i = (int) axis + 1; i < work->in.rank; i++)
    step *= work->in.dim[i];
  for (gint64 i = 0; i < nn_shape_size (&work->in); i++)
    {
      gint64 first = i / (n * step) * n * step + i % step;
      double sum = 0.0; /* of all the others as shares of this one */

      for (gint64 j = 0; j < n; j++)
        sum += exp (work->x[first + j * step] - work->x[i]);
      work->y[i] = 1.0 / sum;
    }
}

gboolean
t_oracle_bend_shaped (const TOracleWork *work)
{
  const char *kind = nn_block_get_kind (work->block)->name;

  if (strcmp (kind, "ReLU") == 0 || strcmp (kind, "LeakyReLU") == 0 || strcmp (kind, "ELU") == 0)
    bend_shaped (work);
  else if (strcmp (kind, "PReLU") == 0)
    bend_by_weights (work);
  else if (strcmp (kind, "Softmax") == 0)
    soften (work);
  else
    return FALSE;
  return TRUE;
}
