/* nn-layer-layernorm.c: LayerNormalization
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

enum { AXIS, EPSILON, CENTER, SCALE };

static const NnArg args[] = {
  [AXIS] = { "axis", "Axes", "The axes over which mean and variance are taken, as Keras counts: -1 is the channels of each step.",
             NN_ARG_INT_LIST, NN_WHOLE (-1), -NN_MAX_RANK, NN_MAX_RANK, .quiet = TRUE },
  [EPSILON] = NN_ARG_EPSILON_ROW,
  [CENTER] = NN_ARG_CENTER_ROW,
  [SCALE] = NN_ARG_SCALE_ROW,
  NN_ARG_BIAS_INITIALIZER_ROW ("beta", "Beta"),
  NN_ARG_ONES_INITIALIZER_ROW ("gamma", "Gamma"),
  NN_ARG_L1_ROW ("beta", "Beta"),
  NN_ARG_L2_ROW ("beta", "Beta"),
  NN_ARG_L1_ROW ("gamma", "Gamma"),
  NN_ARG_L2_ROW ("gamma", "Gamma"),
};

/* How many of the last axes are meant; 0 where they are not the last ones, or time is among them. */
static int
count_axes (const NnBlock *block, int rank)
{
  const NnValue *axes = nn_block_get_arg (block, AXIS);
  guint found = 0;

  for (int i = 0; i < axes->n; i++)
    {
      gint64 axis = axes->whole[i] < 0 ? axes->whole[i] + rank : axes->whole[i] - 1;

      if (axis < 0 || axis >= rank || (axis == 0 && rank > 1) || found & 1u << (rank - 1 - axis))
        return 0;
      found |= 1u << (rank - 1 - axis);
    }
  return found == (1u << axes->n) - 1 ? axes->n : 0;
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  g_autofree char *got = NULL;

  nn_layer_infer_same (block, in, out, why);
  if (count_axes (block, in->rank) > 0)
    return TRUE;
  got = nn_shape_to_text (in);
  *why = g_strdup_printf ("LayerNormalization works over the last axes of %s, time left out: -1, or (-2, -1) and so on.", got);
  out->refusal = NN_REFUSAL_ARGS;
  return FALSE;
}

static NnShape
get_weights_shape (const NnBlock *block, const NnShape *in)
{
  NnShape shape = { count_axes (block, in->rank) };

  for (int i = 0; i < shape.rank; i++)
    shape.dim[i] = in->dim[in->rank - shape.rank + i];
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

/* The weights are gamma, then beta, each filled up. */
static void
prepare (NnOp *op)
{
  op->n_params = NN_PRODUCT (count_weights (op), nn_size_fill_up (count_run (op)));
  op->n_cache = NN_PRODUCT (2, op->rows, nn_shape_size (&op->in) / count_run (op));
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

static void
forward (const NnOp *op, const NnCall *call)
{
  gint64 run = count_run (op), rows = call->rows * nn_shape_size (&op->in) / run;

  call->k->norm_rows (call->y, call->cache, call->x, get_gamma (op, call->params), get_beta (op, call->params),
                      (float) nn_block_get_arg (op->block, EPSILON)->real, rows, run);
}

static void
backward (const NnOp *op, const NnCall *call)
{
  gint64 run = count_run (op), rows = call->rows * nn_shape_size (&op->in) / run;

  call->k->norm_rows_back (call->dx, get_gamma (op, call->grads), get_beta (op, call->grads), call->dy, call->x, call->cache,
                           get_gamma (op, call->params), rows, run);
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
