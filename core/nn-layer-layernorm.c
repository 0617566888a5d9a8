/* nn-layer-layernorm.c: LayerNormalization
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-arrange.h"
#include "nn-layer-args.h"

#include <stdlib.h>
#include <string.h>

enum { AXIS, EPSILON, CENTER, SCALE };

static const NnArg args[] = {
  [AXIS] = { "axis", "Axes", "The axes over which mean and variance are taken, as Keras counts: -1 is the channels of each step.",
             NN_ARG_INT_LIST, NN_WHOLE (-1), -NN_MAX_RANK, NN_MAX_RANK, .quiet = TRUE },
  [EPSILON] = NN_ARG_EPSILON_ROW,
  [CENTER] = NN_ARG_CENTER_ROW,
  [SCALE] = NN_ARG_SCALE_ROW,
  NN_ARG_TRAINABLE_ROW,
  NN_ARG_BIAS_INITIALIZER_ROW ("beta", "Beta"),
  NN_ARG_ONES_INITIALIZER_ROW ("gamma", "Gamma"),
  NN_ARG_L1_ROW ("beta", "Beta"),
  NN_ARG_L2_ROW ("beta", "Beta"),
  NN_ARG_L1_ROW ("gamma", "Gamma"),
  NN_ARG_L2_ROW ("gamma", "Gamma"),
};

/* The axes that are meant, as bits (bit 0: axis 0); 0 where one is not there, or is there twice. */
static guint
find_axes (const NnBlock *block, int rank)
{
  const NnValue *axes = nn_block_get_arg (block, AXIS);
  guint found = 0;

  for (int i = 0; i < axes->n; i++)
    {
      int axis = nn_layer_find_axis (axes->whole[i], rank);

      if (axis < 0 || found & 1u << axis)
        return 0;
      found |= 1u << axis;
    }
  return found;
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  guint axes = find_axes (block, in->rank);
  g_autofree char *asked = NULL;

  nn_layer_infer_same (block, in, out, why);
  out->sees_all = in->rank > 1 && (axes & 1u) != 0;
  if (axes != 0)
    return TRUE;
  asked = nn_arg_value_to_text (&args[AXIS], nn_block_get_arg (block, AXIS));
  *why = g_strdup_printf ("LayerNormalization cannot work over the axes %s: each may be there once, 1 to %d or -1 to -%d.", asked,
                          in->rank, in->rank);
  out->refusal = NN_REFUSAL_ARGS;
  return FALSE;
}

static int
compare_axes (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : *(const gint64 *) a > *(const gint64 *) b;
}

/* The extents in the order of Keras, which sorts the axes by their numbers as they are given. */
static NnShape
get_weights_shape (const NnBlock *block, const NnShape *in)
{
  NnValue axes = *nn_block_get_arg (block, AXIS);
  NnShape shape = { axes.n };

  qsort (axes.whole, axes.n, sizeof *axes.whole, compare_axes);
  for (int i = 0; i < shape.rank; i++)
    shape.dim[i] = in->dim[nn_layer_find_axis (axes.whole[i], in->rank)];
  return shape;
}

static guint
tensors (const NnBlock *block, const NnShape *in, NnTensor *list)
{
  NnShape shape = get_weights_shape (block, in);
  guint n = 0;

  if (nn_block_get_arg (block, SCALE)->whole[0])
    list[n++] = nn_layer_tensor (block, "gamma", shape);
  if (nn_block_get_arg (block, CENTER)->whole[0])
    list[n++] = nn_layer_tensor (block, "beta", shape);
  return n;
}

static gint64
count_run (const NnOp *op)
{
  NnShape shape = get_weights_shape (op->block, &op->in);

  return nn_shape_size (&shape);
}

static guint
count_weights (const NnOp *op)
{
  return (nn_block_get_arg (op->block, SCALE)->whole[0] != 0) + (nn_block_get_arg (op->block, CENTER)->whole[0] != 0);
}

static NnArrangement
get_arrangement (const NnOp *op, gint64 rows)
{
  return nn_arrangement_new (&op->in, find_axes (op->block, op->in.rank), rows, 1);
}

/* Floats of an array with the axes behind the others; 0 where they are there already. */
static gint64
count_arranged (const NnOp *op)
{
  NnArrangement arrangement = get_arrangement (op, op->rows);

  return nn_arrangement_get_size (&arrangement);
}

/* The weights are gamma, then beta, each filled up. Scratch has room for two arrays with the axes behind the others. */
static void
prepare (NnOp *op)
{
  op->n_params = NN_PRODUCT (count_weights (op), nn_size_fill_up (count_run (op)));
  op->n_cache = NN_PRODUCT (2, op->rows, nn_shape_size (&op->in) / count_run (op));
  op->n_scratch = NN_PRODUCT (2, count_arranged (op));
}

static void
load (const NnOp *op, const float *const *list, float *params)
{
  for (guint i = 0; i < count_weights (op); i++)
    memcpy (params + i * nn_size_fill_up (count_run (op)), list[i], count_run (op) * sizeof *params);
}

static void
save (const NnOp *op, const float *params, float *const *list)
{
  for (guint i = 0; i < count_weights (op); i++)
    memcpy (list[i], params + i * nn_size_fill_up (count_run (op)), count_run (op) * sizeof *params);
}

/* Where gamma and beta stand in the op's part of `params`; NULL where it has none. */
static float *
get_gamma (const NnOp *op, const float *params)
{
  return nn_block_get_arg (op->block, SCALE)->whole[0] ? (float *) params : NULL;
}

static float *
get_beta (const NnOp *op, const float *params)
{
  gint64 at = nn_block_get_arg (op->block, SCALE)->whole[0] ? nn_size_fill_up (count_run (op)) : 0;

  return nn_block_get_arg (op->block, CENTER)->whole[0] ? (float *) params + at : NULL;
}

/* The array with the axes behind the others: itself, or a copy in scratch. */
static const float *
arrange (const NnOp *op, const NnCall *call, guint which, const float *array)
{
  NnArrangement arrangement = get_arrangement (op, call->rows);
  float *arranged = call->scratch + which * count_arranged (op);

  if (nn_arrangement_is_plain (&arrangement))
    return array;
  nn_arrange (&arrangement, call->k, arranged, array);
  return arranged;
}

static void
forward (const NnOp *op, const NnCall *call)
{
  gint64 run = count_run (op), rows = call->rows * nn_shape_size (&op->in) / run;
  NnArrangement arrangement = get_arrangement (op, call->rows);
  const float *x = arrange (op, call, 0, call->x);
  float *y = x == call->x ? call->y : call->scratch + count_arranged (op);

  call->k->norm_rows (y, call->cache, x, get_gamma (op, call->params), get_beta (op, call->params),
                      (float) nn_block_get_arg (op->block, EPSILON)->real, rows, run);
  if (y != call->y)
    nn_arrange_back (&arrangement, call->k, call->y, y);
}

static void
backward (const NnOp *op, const NnCall *call)
{
  gint64 run = count_run (op), rows = call->rows * nn_shape_size (&op->in) / run;
  NnArrangement arrangement = get_arrangement (op, call->rows);
  const float *x = arrange (op, call, 0, call->x), *dy = arrange (op, call, 1, call->dy);
  float *dx = x == call->x || call->dx == NULL ? call->dx : (float *) dy; /* a row of dy is read before its dx is written */

  call->k->norm_rows_back (dx, get_gamma (op, call->grads), get_beta (op, call->grads), dy, x, call->cache,
                           get_gamma (op, call->params), rows, run);
  if (dx != call->dx)
    nn_arrange_back (&arrangement, call->k, call->dx, dx);
}

static const NnLayerOps ops = { .prepare = prepare, .load = load, .save = save, .forward = forward, .backward = backward };

const NnLayer nn_layer_layer_normalization = {
  .kind = { "LayerNormalization", "Normalisation",
            "Brings the channels of each step to mean 0 and variance 1, for each step by itself.",
            args, G_N_ELEMENTS (args) },
  .spreads = TRUE,
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
