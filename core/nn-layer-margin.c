/* nn-layer-margin.c: ZeroPadding1D, ZeroPadding2D, Cropping1D and Cropping2D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

#define NN_MAX_MARGIN 1e6

enum { MARGIN };

static const NnArg padding1d_args[] = {
  [MARGIN] = { "padding", "Padding", "How many steps of zeros to add in front and behind.",
               NN_ARG_INT_PAIR, NN_PAIR (1, 1), 0, NN_MAX_MARGIN },
};

static const NnArg padding2d_args[] = {
  [MARGIN] = { "padding", "Padding",
               "Zeros to add: steps in front and behind, channels before and after; of two numbers, for steps and for channels.",
               NN_ARG_INT_LIST, { 4, { 1, 1, 1, 1 }, 0 }, 0, NN_MAX_MARGIN },
};

static const NnArg cropping1d_args[] = {
  [MARGIN] = { "cropping", "Cropping", "How many steps to take away in front and behind.",
               NN_ARG_INT_PAIR, NN_PAIR (1, 1), 0, NN_MAX_MARGIN },
};

static const NnArg cropping2d_args[] = {
  [MARGIN] = { "cropping", "Cropping",
               "What to take away: steps in front and behind, channels before and after; of two numbers, for steps and "
               "for channels.",
               NN_ARG_INT_LIST, { 4, { 0, 0, 0, 0 }, 0 }, 0, NN_MAX_MARGIN },
};

/* Before and after, along steps and along channels. */
typedef struct
{
  gint64 before[2], after[2];
} Margin;

/* Keras' number, two numbers (which in 2D are one for each axis) or two pairs; FALSE for three numbers. */
static gboolean
get_margin (const NnBlock *block,
            int            axes,
            Margin        *margin)
{
  const NnValue *value = nn_block_get_arg (block, MARGIN);
  const gint64 *n = value->whole;

  *margin = (Margin) { { n[0], 0 }, { n[1], 0 } };
  if (axes == 1)
    return TRUE;
  if (value->n == 4)
    *margin = (Margin) { { n[0], n[2] }, { n[1], n[3] } };
  else
    *margin = (Margin) { { n[0], n[value->n - 1] }, { n[0], n[value->n - 1] } };
  return value->n != 3;
}

/* Along the first `axes` axes; `sign` is 1 for padding and -1 for cropping. */
static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       int            axes,
       int            sign,
       NnInferred    *out,
       char         **why)
{
  const char *name = nn_block_get_kind (block)->name;
  Margin margin;

  if (in->rank != axes + 1)
    return nn_layer_refuse_rank (block, in, axes + 1,
                                 in->rank == 1 ? "there is no time left." : in->rank > axes + 1 ? "use the 2D kind."
                                               : "use the 1D kind, or a Reshape in front of it to add the depth.", out, why);

  out->output = *in;
  out->keeps_time = TRUE;
  if (!get_margin (block, axes, &margin))
    {
      *why = g_strdup_printf ("%s has three numbers: it takes one, two (steps, channels) or four.", name);
      return FALSE;
    }
  out->before = sign * margin.before[0];
  for (int axis = 0; axis < axes; axis++)
    {
      gint64 change = margin.before[axis] + margin.after[axis];

      if (sign < 0 && change >= in->dim[axis])
        {
          *why = g_strdup_printf ("%s takes %" G_GINT64_FORMAT " %s away, but only %" G_GINT64_FORMAT " come in.", name, change,
                                  axis == 0 ? "steps" : "channels", in->dim[axis]);
          return FALSE;
        }
      out->output.dim[axis] += sign * change;
    }
  return TRUE;
}

static gboolean
padding1d_infer (const NnBlock *block, const NnShape *in, NnInferred *out, char **why)
{
  return infer (block, in, 1, 1, out, why);
}

static gboolean
padding2d_infer (const NnBlock *block, const NnShape *in, NnInferred *out, char **why)
{
  return infer (block, in, 2, 1, out, why);
}

static gboolean
cropping1d_infer (const NnBlock *block, const NnShape *in, NnInferred *out, char **why)
{
  return infer (block, in, 1, -1, out, why);
}

static gboolean
cropping2d_infer (const NnBlock *block, const NnShape *in, NnInferred *out, char **why)
{
  return infer (block, in, 2, -1, out, why);
}

/* --- computing ---------------------------------------------------------------------- */

/* The smaller of the two shapes lies inside the larger one, `margin` away from its beginning. Runs of it that are contiguous in
 * both: all windows of a step, or one window of a step where the width changes. */
typedef struct
{
  gint64 steps, rows, run;     /* of the smaller one: steps, runs in a step, floats of a run */
  gint64 row, from, first;     /* of the larger one: floats from one run to the next, to where the smaller one begins in
                                  a run, and to its first step */
} Inset;

static Inset
find_inset (const NnOp    *op,
            const NnShape *small,
            const NnShape *large,
            gint64         rows)
{
  gint64 run = nn_shape_size (small) / small->dim[0], row = nn_shape_size (large) / large->dim[0];
  Margin margin;
  Inset inset;

  get_margin (op->block, small->rank - 1, &margin);
  inset = (Inset) { small->dim[0], rows, run, row, margin.before[1] * nn_shape_last (small), margin.before[0] * rows * row };
  if (run == row)
    {
      inset.rows = 1;
      inset.run = inset.row = rows * run;
    }
  return inset;
}

static void
pad (const NnOp    *op,
     const NnShape *small,
     const NnShape *large,
     gint64         rows,
     float         *to,
     const float   *from)
{
  Inset inset = find_inset (op, small, large, rows);

  memset (to, 0, rows * nn_shape_size (large) * sizeof *to);
  to += inset.first + inset.from;
  for (gint64 i = 0; i < inset.steps * inset.rows; i++)
    memcpy (to + i * inset.row, from + i * inset.run, inset.run * sizeof *to);
}

static void
crop (const NnOp    *op,
      const NnShape *small,
      const NnShape *large,
      gint64         rows,
      float         *to,
      const float   *from)
{
  Inset inset = find_inset (op, small, large, rows);

  from += inset.first + inset.from;
  for (gint64 i = 0; i < inset.steps * inset.rows; i++)
    memcpy (to + i * inset.run, from + i * inset.row, inset.run * sizeof *to);
}

static void
padding_forward (const NnOp   *op,
                 const NnCall *call)
{
  pad (op, &op->in, &op->out, call->rows, call->y, call->x);
}

static void
padding_backward (const NnOp   *op,
                  const NnCall *call)
{
  if (call->dx != NULL)
    crop (op, &op->in, &op->out, call->rows, call->dx, call->dy);
}

static void
cropping_forward (const NnOp   *op,
                  const NnCall *call)
{
  crop (op, &op->out, &op->in, call->rows, call->y, call->x);
}

static void
cropping_backward (const NnOp   *op,
                   const NnCall *call)
{
  if (call->dx != NULL)
    pad (op, &op->out, &op->in, call->rows, call->dx, call->dy);
}

static const NnLayerOps padding_ops = { .forward = padding_forward, .backward = padding_backward };
static const NnLayerOps cropping_ops = { .forward = cropping_forward, .backward = cropping_backward };

/* --- the rows ----------------------------------------------------------------------- */

const NnLayer nn_layer_zero_padding1d = {
  .kind = { "ZeroPadding1D", "Shape", "Adds steps of zeros in front and behind.", padding1d_args, G_N_ELEMENTS (padding1d_args) },
  .infer = padding1d_infer,
  .ops = &padding_ops,
};

const NnLayer nn_layer_zero_padding2d = {
  .kind = { "ZeroPadding2D", "Shape", "Adds steps and channels of zeros around.", padding2d_args, G_N_ELEMENTS (padding2d_args) },
  .infer = padding2d_infer,
  .ops = &padding_ops,
};

const NnLayer nn_layer_cropping1d = {
  .kind = { "Cropping1D", "Shape", "Takes steps away in front and behind.", cropping1d_args, G_N_ELEMENTS (cropping1d_args) },
  .infer = cropping1d_infer,
  .ops = &cropping_ops,
};

const NnLayer nn_layer_cropping2d = {
  .kind = { "Cropping2D", "Shape", "Takes steps and channels away at the edges.",
            cropping2d_args, G_N_ELEMENTS (cropping2d_args) },
  .infer = cropping2d_infer,
  .ops = &cropping_ops,
};
