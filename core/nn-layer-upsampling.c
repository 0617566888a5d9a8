/* nn-layer-upsampling.c: UpSampling1D and UpSampling2D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

enum { SIZE, INTERPOLATION };

/* --- UpSampling1D ------------------------------------------------------------------- */

static const NnArg args[] = {
  [SIZE] = { "size", "Size", "How many times each step is repeated.", NN_ARG_INT, NN_WHOLE (2), 1, NN_MAX_KERNEL },
};

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  if (in->rank != 2)
    return nn_layer_refuse_rank (block, in, 2,
                                 in->rank == 1 ? "there is no time left to stretch."
                                               : "Reshape to two axes first.", out, why);

  out->upsample = nn_block_get_arg (block, SIZE)->whole[0];
  out->output = nn_shape_2 (NN_PRODUCT (in->dim[0], out->upsample), in->dim[1]);
  out->keeps_time = TRUE;
  return TRUE;
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  call->k->repeat (call->y, call->x, op->in.dim[0], call->rows * op->in.dim[1], nn_block_get_arg (op->block, SIZE)->whole[0]);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  if (call->dx != NULL)
    call->k->repeat_back (call->dx, call->dy, op->in.dim[0], call->rows * op->in.dim[1],
                          nn_block_get_arg (op->block, SIZE)->whole[0]);
}

static const NnLayerOps ops = { .forward = forward, .backward = backward };

const NnLayer nn_layer_upsampling1d = {
  .kind = { "UpSampling1D", "Pooling", "Repeats each step: undoes the coarser time of a pooling block.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .ops = &ops,
};

/* --- UpSampling2D ------------------------------------------------------------------- */

enum { NEAREST, BILINEAR };

static const char *const interpolations[] = { "nearest", "bilinear", NULL };

static const NnArg args_2d[] = {
  [SIZE] = { "size", "Size", "How many times longer the steps, and the channels, become.",
             NN_ARG_INT_PAIR, NN_PAIR (2, 2), 1, NN_MAX_KERNEL },
  [INTERPOLATION] = { "interpolation", "Between", "nearest: each number is repeated; bilinear: straight lines between them.",
                      NN_ARG_CHOICE, NN_WHOLE (NEAREST), 0, 0, interpolations, .quiet = TRUE },
};

static gint64
get_size (const NnBlock *block,
          int            axis)
{
  return nn_block_get_arg (block, SIZE)->whole[axis];
}

static gboolean
is_bilinear (const NnBlock *block)
{
  return nn_block_get_arg (block, INTERPOLATION)->whole[0] == BILINEAR;
}

static gboolean
infer_2d (const NnBlock *block,
          const NnShape *in,
          NnInferred    *out,
          char         **why)
{
  if (in->rank != 3)
    return nn_layer_refuse_rank (block, in, 3,
                                 in->rank == 1 ? "there is no time left to stretch."
                                               : "use UpSampling1D, or a Reshape in front of it to add the depth.", out, why);

  out->upsample = get_size (block, 0);
  out->output = nn_shape_3 (NN_PRODUCT (in->dim[0], out->upsample), NN_PRODUCT (in->dim[1], get_size (block, 1)), in->dim[2]);
  out->keeps_time = TRUE;
  if (is_bilinear (block) && out->upsample > 1)
    {
      out->kernel = 3; /* the step before or behind, by which half of a step it is */
      out->before = 1;
    }
  return TRUE;
}

static void
prepare_2d (NnOp *op)
{
  op->n_scratch = NN_PRODUCT (op->rows, nn_shape_size (&op->in), get_size (op->block, 1));
}

/* Output `i` of an axis that becomes `times` longer lies at (i + ½) / times - ½ of the input, whose ends go on for ever: between
 * its numbers `from` and `to`, with the share `part` of the second. */
static void
find_between (gint64 i, gint64 n, gint64 times, gint64 *from, gint64 *to, float *part)
{
  double place = ((double) i + 0.5) / (double) times - 0.5;
  gint64 low = place < 0.0 ? -1 : (gint64) place;

  *part = (float) (place - (double) low);
  *from = MAX (low, 0);
  *to = MIN (low + 1, n - 1);
}

/* An axis of `n` in front of runs, for each of `outer`. */
static void
stretch (const NnCall *call, float *y, const float *x, gint64 outer, gint64 n, gint64 run, gint64 times)
{
  memset (y, 0, outer * n * times * run * sizeof *y);
  for (gint64 a = 0; a < outer; a++, x += n * run, y += n * times * run)
    for (gint64 i = 0; i < n * times; i++)
      {
        gint64 from, to;
        float part;

        find_between (i, n, times, &from, &to, &part);
        call->k->add_scaled (y + i * run, x + from * run, 1.0f - part, run);
        call->k->add_scaled (y + i * run, x + to * run, part, run);
      }
}

static void
stretch_back (const NnCall *call, float *dx, const float *dy, gint64 outer, gint64 n, gint64 run, gint64 times)
{
  memset (dx, 0, outer * n * run * sizeof *dx);
  for (gint64 a = 0; a < outer; a++, dx += n * run, dy += n * times * run)
    for (gint64 i = 0; i < n * times; i++)
      {
        gint64 from, to;
        float part;

        find_between (i, n, times, &from, &to, &part);
        call->k->add_scaled (dx + from * run, dy + i * run, 1.0f - part, run);
        call->k->add_scaled (dx + to * run, dy + i * run, part, run);
      }
}

/* Along the channels into the workspace, then along the steps. */
static void
forward_2d (const NnOp   *op,
            const NnCall *call)
{
  gint64 steps = op->in.dim[0], width = op->in.dim[1], depth = op->in.dim[2];
  gint64 wide = op->out.dim[1], n = call->rows * wide * depth;

  if (is_bilinear (op->block))
    {
      stretch (call, call->scratch, call->x, steps * call->rows, width, depth, get_size (op->block, 1));
      stretch (call, call->y, call->scratch, 1, steps, n, get_size (op->block, 0));
      return;
    }
  call->k->repeat (call->scratch, call->x, steps * call->rows * width, depth, get_size (op->block, 1));
  call->k->repeat (call->y, call->scratch, steps, n, get_size (op->block, 0));
}

static void
backward_2d (const NnOp   *op,
             const NnCall *call)
{
  gint64 steps = op->in.dim[0], width = op->in.dim[1], depth = op->in.dim[2];
  gint64 wide = op->out.dim[1], n = call->rows * wide * depth;

  if (call->dx == NULL)
    return;
  if (is_bilinear (op->block))
    {
      stretch_back (call, call->scratch, call->dy, 1, steps, n, get_size (op->block, 0));
      stretch_back (call, call->dx, call->scratch, steps * call->rows, width, depth, get_size (op->block, 1));
      return;
    }
  call->k->repeat_back (call->scratch, call->dy, steps, n, get_size (op->block, 0));
  call->k->repeat_back (call->dx, call->scratch, steps * call->rows * width, depth, get_size (op->block, 1));
}

static const NnLayerOps ops_2d = { .prepare = prepare_2d, .forward = forward_2d, .backward = backward_2d };

const NnLayer nn_layer_upsampling2d = {
  .kind = { "UpSampling2D", "Pooling", "Makes steps and channels finer again: undoes the coarseness of a pooling block.",
            args_2d, G_N_ELEMENTS (args_2d) },
  .infer = infer_2d,
  .ops = &ops_2d,
};
