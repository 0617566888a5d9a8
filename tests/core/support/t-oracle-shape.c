/* t-oracle-shape.c: blocks that move, repeat or pool over everything once more, in double precision
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-oracle-work.h"

#include <math.h>
#include <string.h>

/* The number of the input at `place`; 0 outside. */
static double
look_up (const TOracleWork *work, const gint64 *place)
{
  for (int axis = 0; axis < work->in.rank; axis++)
    if (place[axis] < 0 || place[axis] >= work->in.dim[axis])
      return 0.0;
  return work->x[find_number (&work->in, place)];
}

/* Zeros around, or (with the sign turned) edges taken away: one number, one for each axis or a pair for each. */
static void
move_edges (const TOracleWork *work, const char *name, gint64 sign)
{
  const NnValue *margin = value (work, name);

  for (gint64 i = 0; i < nn_shape_size (&work->out); i++)
    {
      gint64 place[NN_MAX_RANK];

      find_place (&work->out, i, place);
      place[0] -= sign * margin->whole[0];
      if (work->in.rank == 3)
        place[1] -= sign * margin->whole[margin->n == 4 ? 2 : margin->n - 1];
      work->y[i] = look_up (work, place);
    }
}

static void
permute (const TOracleWork *work)
{
  for (gint64 i = 0; i < nn_shape_size (&work->out); i++)
    {
      gint64 place[NN_MAX_RANK], from[NN_MAX_RANK];

      find_place (&work->out, i, place);
      for (int axis = 0; axis < work->in.rank; axis++)
        from[whole (work, "dims", axis) - 1] = place[axis];
      work->y[i] = look_up (work, from);
    }
}

static void
repeat (const TOracleWork *work)
{
  for (gint64 i = 0; i < nn_shape_size (&work->out); i++)
    work->y[i] = work->x[i % work->in.dim[0]];
}

/* Tents over the inputs, each `size` outputs wide to both sides, the first and the last going on for ever. */
static void
stretch (const TOracleWork *work)
{
  gboolean straight = strcmp (nn_block_get_choice (work->block, "interpolation"), "bilinear") == 0;

  for (gint64 i = 0; i < nn_shape_size (&work->out); i++)
    {
      gint64 place[NN_MAX_RANK], from[NN_MAX_RANK];

      find_place (&work->out, i, place);
      from[2] = place[2];
      work->y[i] = 0.0;
      for (from[0] = 0; from[0] < work->in.dim[0]; from[0]++)
        for (from[1] = 0; from[1] < work->in.dim[1]; from[1]++)
          {
            double share = 1.0;

            for (int axis = 0; axis < 2; axis++)
              {
                gint64 size = whole (work, "size", axis);
                double at = ((double) place[axis] + 0.5) / (double) size - 0.5;

                at = CLAMP (at, 0.0, (double) work->in.dim[axis] - 1.0);
                share *= straight ? fmax (0.0, 1.0 - fabs (at - (double) from[axis])) : place[axis] / size == from[axis];
              }
            work->y[i] += share * look_up (work, from);
          }
    }
}

static void
pool_all (const TOracleWork *work, gboolean average)
{
  gint64 channels = work->in.dim[work->in.rank - 1], n = nn_shape_size (&work->in) / channels;

  for (gint64 c = 0; c < channels; c++)
    {
      double most = -INFINITY, sum = 0.0;

      for (gint64 i = 0; i < n; i++)
        {
          most = fmax (most, work->x[i * channels + c]);
          sum += work->x[i * channels + c];
        }
      work->y[c] = average ? sum / (double) n : most;
    }
}

gboolean
t_oracle_reshape (const TOracleWork *work)
{
  const char *kind = nn_block_get_kind (work->block)->name;

  if (g_str_has_prefix (kind, "ZeroPadding"))
    move_edges (work, "padding", 1);
  else if (g_str_has_prefix (kind, "Cropping"))
    move_edges (work, "cropping", -1);
  else if (strcmp (kind, "Permute") == 0)
    permute (work);
  else if (strcmp (kind, "RepeatVector") == 0)
    repeat (work);
  else if (strcmp (kind, "UpSampling2D") == 0)
    stretch (work);
  else if (g_str_has_prefix (kind, "Global"))
    pool_all (work, strstr (kind, "Average") != NULL);
  else
    return FALSE;
  return TRUE;
}
