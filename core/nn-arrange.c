/* nn-arrange.c: a shard's numbers with their axes in another order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-arrange.h"

#include "nn-layer-args.h"

static void
append_axis (NnArrangement *self, gint64 extent)
{
  g_assert (self->n < NN_K_AXES);

  self->extent[self->n++] = extent;
}

NnArrangement
nn_arrangement_new (const NnShape *shape, guint last, gint64 rows, gint64 turns)
{
  gboolean flat = shape->rank == 1;
  NnArrangement self = { 0 };
  int turn = -1, places[NN_MAX_RANK], n = 0;
  guint behind = 0;

  /* Stored are axis 0, the windows, and then the other axes; of one axis the windows come first. */
  for (int i = 0; i <= shape->rank; i++)
    if (i == (flat ? 0 : 1))
      {
        if (turns > 1)
          {
            turn = self.n;
            append_axis (&self, turns);
          }
        append_axis (&self, rows / turns);
      }
    else
      {
        int axis = i == 0 || flat ? 0 : i - 1;

        places[axis] = self.n;
        append_axis (&self, shape->dim[axis]);
      }

  for (int i = 0; i < shape->rank; i++)
    if (last & 1u << i)
      behind |= 1u << places[i];
  if (turn >= 0)
    self.order[n++] = turn;
  for (int i = 0; i < self.n; i++)
    if (i != turn && !(behind & 1u << i))
      self.order[n++] = i;
  for (int i = 0; i < self.n; i++)
    if (behind & 1u << i)
      self.order[n++] = i;
  return self;
}

gboolean
nn_arrangement_is_plain (const NnArrangement *self)
{
  for (int i = 0; i < self->n; i++)
    if (self->order[i] != i)
      return FALSE;
  return TRUE;
}

gint64
nn_arrangement_get_size (const NnArrangement *self)
{
  return nn_arrangement_is_plain (self) ? 0 : nn_size_fill_up (nn_layer_product (self->extent, self->n));
}

/* `extent` of the numbers that are read; axis i of those that are written is axis order[i]. */
static void
move (int n, const gint64 *extent, const int *order, const NnKernels *k, float *target, const float *source)
{
  size_t steps[NN_K_AXES], extents[NN_K_AXES], strides[NN_K_AXES], step = 1;

  for (int i = n; i-- > 0; )
    {
      steps[i] = step;
      step *= extent[i];
    }
  for (int i = 0; i < NN_K_AXES; i++)
    {
      int axis = i - (NN_K_AXES - n);

      extents[i] = axis < 0 ? 1 : extent[order[axis]];
      strides[i] = axis < 0 ? 0 : steps[order[axis]];
    }
  k->permute (target, source, extents, strides);
}

void
nn_arrange (const NnArrangement *self, const NnKernels *k, float *arranged, const float *stored)
{
  move (self->n, self->extent, self->order, k, arranged, stored);
}

void
nn_arrange_back (const NnArrangement *self, const NnKernels *k, float *stored, const float *arranged)
{
  gint64 extent[NN_K_AXES];
  int order[NN_K_AXES];

  for (int i = 0; i < self->n; i++)
    {
      extent[i] = self->extent[self->order[i]];
      order[self->order[i]] = i;
    }
  move (self->n, extent, order, k, stored, arranged);
}
