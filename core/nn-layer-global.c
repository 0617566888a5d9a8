/* nn-layer-global.c: GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalMaxPooling1D and GlobalMaxPooling2D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

enum { KEEPDIMS };

static const NnArg args[] = {
  [KEEPDIMS] = { "keepdims", "Keep axes", "Keep the axes that are pooled over, with a length of 1.",
                 NN_ARG_BOOL, NN_WHOLE (0), 0, 1, .quiet = TRUE },
};

/* Every axis but the last becomes one number. */
static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out)
{
  out->output = nn_shape_1 (nn_shape_last (in));
  if (nn_block_get_arg (block, KEEPDIMS)->whole[0])
    {
      out->output = (NnShape) { in->rank, { 1, 1, 1, 1 } };
      out->output.dim[in->rank - 1] = nn_shape_last (in);
    }
  out->sees_all = TRUE;
  return TRUE;
}

static gboolean
infer_1d (const NnBlock *block,
          const NnShape *in,
          NnInferred    *out,
          char         **why)
{
  if (in->rank == 2)
    return infer (block, in, out);
  return nn_layer_refuse_rank (block, in, 2, in->rank == 1 ? "there is no time left to pool along."
                                                           : "use the 2D kind, or Reshape to two axes first.", out, why);
}

static gboolean
infer_2d (const NnBlock *block,
          const NnShape *in,
          NnInferred    *out,
          char         **why)
{
  if (in->rank == 3)
    return infer (block, in, out);
  return nn_layer_refuse_rank (block, in, 3, in->rank == 2 ? "use the 1D kind, or a Reshape in front of it to add the depth."
                                                           : "there is no time left to pool along.", out, why);
}

/* One pool over all of it; along time alone, all channels of all windows are one run. */
static NnKPool
get_size (const NnOp *op,
          gint64      rows)
{
  gint64 steps = op->in.dim[0], channels = nn_shape_last (&op->in);

  if (op->in.rank == 2)
    return (NnKPool) { steps, 1, 1, rows * channels, 1, 1, { steps, 1 }, { 1, 1 }, { 0, 0 } };
  return (NnKPool) { steps, rows, op->in.dim[1], channels, 1, 1, { steps, op->in.dim[1] }, { 1, 1 }, { 0, 0 } };
}

static void
max_prepare (NnOp *op)
{
  op->n_cache = NN_PRODUCT (op->rows, nn_shape_size (&op->out));
}

static void
max_forward (const NnOp   *op,
             const NnCall *call)
{
  NnKPool size = get_size (op, call->rows);

  call->k->max_pool (call->y, (int32_t *) (void *) call->cache, call->x, &size);
}

static void
max_backward (const NnOp   *op,
              const NnCall *call)
{
  NnKPool size = get_size (op, call->rows);

  if (call->dx != NULL)
    call->k->max_pool_back (call->dx, call->dy, (const int32_t *) (const void *) call->cache, &size);
}

static void
average_forward (const NnOp   *op,
                 const NnCall *call)
{
  NnKPool size = get_size (op, call->rows);

  call->k->avg_pool (call->y, call->x, &size);
}

static void
average_backward (const NnOp   *op,
                  const NnCall *call)
{
  NnKPool size = get_size (op, call->rows);

  if (call->dx != NULL)
    call->k->avg_pool_back (call->dx, call->dy, &size);
}

static const NnLayerOps max_ops = { .prepare = max_prepare, .forward = max_forward, .backward = max_backward };
static const NnLayerOps average_ops = { .forward = average_forward, .backward = average_backward };

const NnLayer nn_layer_global_average_pooling1d = {
  .kind = { "GlobalAveragePooling1D", "Pooling", "Averages each channel over all steps: one row for the window.",
            args, G_N_ELEMENTS (args) },
  .infer = infer_1d,
  .ops = &average_ops,
};

const NnLayer nn_layer_global_average_pooling2d = {
  .kind = { "GlobalAveragePooling2D", "Pooling", "Averages over all steps and channels: one row of depth for the window.",
            args, G_N_ELEMENTS (args) },
  .infer = infer_2d,
  .ops = &average_ops,
};

const NnLayer nn_layer_global_max_pooling1d = {
  .kind = { "GlobalMaxPooling1D", "Pooling", "Keeps each channel's greatest number of all steps: one row for the window.",
            args, G_N_ELEMENTS (args) },
  .infer = infer_1d,
  .ops = &max_ops,
};

const NnLayer nn_layer_global_max_pooling2d = {
  .kind = { "GlobalMaxPooling2D", "Pooling",
            "Keeps the greatest number of all steps and channels: one row of depth for the window.",
            args, G_N_ELEMENTS (args) },
  .infer = infer_2d,
  .ops = &max_ops,
};
