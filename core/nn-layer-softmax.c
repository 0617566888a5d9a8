/* nn-layer-softmax.c: Softmax
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

enum { AXIS };

static const NnArg args[] = {
  [AXIS] = { "axis", "Axis", "Along which axis the numbers share 1: -1 is the last, the channels; 1 is the steps.",
             NN_ARG_INT, NN_WHOLE (-1), -NN_MAX_RANK, NN_MAX_RANK, .quiet = TRUE },
};

static int
find_axis (const NnBlock *block,
           const NnShape *in)
{
  return nn_layer_find_axis (nn_block_get_arg (block, AXIS)->whole[0], in->rank);
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  int axis = find_axis (block, in);

  nn_layer_infer_same (block, in, out, why);
  out->sees_all = axis == 0;
  if (axis >= 0)
    return TRUE;
  *why = g_strdup_printf ("Softmax cannot go along axis %" G_GINT64_FORMAT ": it may be 1 to %d, or -1 to -%d.",
                          nn_block_get_arg (block, AXIS)->whole[0], in->rank, in->rank);
  return FALSE;
}

/* How a shard's numbers are nested around the axis: [before][length][after]. */
typedef struct
{
  gint64 before, length, after;
} Nest;

static Nest
find_nest (const NnOp *op,
           gint64      rows)
{
  int axis = find_axis (op->block, &op->in);
  Nest nest = { 1, op->in.dim[axis], 1 };

  for (int i = 0; i < op->in.rank; i++)
    if (i != axis)
      *(i < axis ? &nest.before : &nest.after) *= op->in.dim[i];
  *(axis > 0 || op->in.rank == 1 ? &nest.before : &nest.after) *= rows;
  return nest;
}

/* Along the last axis it is an activation like any other, and may be left to the loss. */
static void
prepare (NnOp *op)
{
  if (find_axis (op->block, &op->in) == op->in.rank - 1)
    nn_op_set_activation (op, NN_K_SOFTMAX);
  else
    op->n_scratch = NN_PRODUCT (2, op->rows, nn_shape_size (&op->in));
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  gint64 n = call->rows * nn_shape_size (&op->out);
  Nest nest = find_nest (op, call->rows);
  gint64 size = nest.length * nest.after;

  if (op->activation == NN_K_SOFTMAX)
    {
      memcpy (call->y, call->x, n * sizeof *call->y);
      nn_op_bend (op, call);
      return;
    }
  for (gint64 at = 0; at < n; at += size)
    {
      call->k->swap (call->scratch, call->x + at, nest.length, nest.after, 1);
      call->k->softmax (call->scratch, nest.after, nest.length);
      call->k->swap (call->y + at, call->scratch, nest.after, nest.length, 1);
    }
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  gint64 n = call->rows * nn_shape_size (&op->out);
  Nest nest = find_nest (op, call->rows);
  gint64 size = nest.length * nest.after;
  float *y = call->scratch, *dy = y + size;

  if (call->dx == NULL)
    return;
  if (op->activation == NN_K_SOFTMAX)
    {
      nn_op_bend_back (op, call);
      memcpy (call->dx, call->dy, n * sizeof *call->dx);
      return;
    }
  for (gint64 at = 0; at < n; at += size)
    {
      call->k->swap (y, call->y + at, nest.length, nest.after, 1);
      call->k->swap (dy, call->dy + at, nest.length, nest.after, 1);
      call->k->softmax_back (dy, y, nest.after, nest.length);
      call->k->swap (call->dx + at, dy, nest.after, nest.length, 1);
    }
}

static const NnLayerOps ops = { .prepare = prepare, .forward = forward, .backward = backward };

const NnLayer nn_layer_softmax = {
  .kind = { "Softmax", "Activation", "Makes the channels of a step, or the steps of a channel, add up to 1.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .ops = &ops,
};
