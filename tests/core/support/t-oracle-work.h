/* t-oracle-work.h: what the files of the oracle share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "t-oracle.h"

#include "nn-layer.h"

/* One block at work on one window, all row-major. */
typedef struct
{
  const NnBlock *block;
  NnShape        in, out;
  const double  *x;
  double        *y;
  const double  *w; /* the block's weights, in Keras' order */
} TOracleWork;

static inline const NnValue *
value (const TOracleWork *work, const char *name)
{
  return nn_block_get_arg (work->block, nn_kind_find_arg (nn_block_get_kind (work->block), name));
}

static inline gint64
whole (const TOracleWork *work, const char *name, int i)
{
  return value (work, name)->whole[i];
}

static inline double
real (const TOracleWork *work, const char *name)
{
  return value (work, name)->real;
}

/* Where number `i` lies along the axes of its window, and back. */
static inline void
find_place (const NnShape *shape, gint64 i, gint64 *place)
{
  for (int axis = shape->rank - 1; axis >= 0; axis--)
    {
      place[axis] = i % shape->dim[axis];
      i /= shape->dim[axis];
    }
}

static inline gint64
find_number (const NnShape *shape, const gint64 *place)
{
  gint64 i = 0;

  for (int axis = 0; axis < shape->rank; axis++)
    i = i * shape->dim[axis] + place[axis];
  return i;
}

/* Each runs the block if it is of the family, and says whether it did: ReLU, LeakyReLU, ELU, PReLU and Softmax; what
 * moves, repeats, pools over everything. */
gboolean t_oracle_bend_shaped (const TOracleWork *work);
gboolean t_oracle_reshape     (const TOracleWork *work);
