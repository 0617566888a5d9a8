/* nn-layer-pool.c: MaxPooling and AveragePooling in 1D and 2D, and the global ones
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

static gboolean
refuse_rank (const NnBlock *block,
             const NnShape *in,
             int            needs_rank,
             NnInferred    *out,
             char         **why)
{
  const char *hint = "there is no time left to pool along.";

  if (needs_rank == 2 && in->rank != 1)
    hint = "use the 2D kind, or Reshape to two axes first.";
  else if (needs_rank == 3 && in->rank == 2)
    hint = "use the 1D kind, or a Reshape in front of it to add the depth.";
  return nn_layer_refuse_rank (block, in, needs_rank, hint, out, why);
}

/* --- MaxPooling and AveragePooling ---------------------------------------------------- */

enum { POOL, STRIDES, PADDING };

static const NnArg pool1d_args[] = {
  [POOL] = { "pool_size", "Pool size", "How many neighbouring steps become one.",
             NN_ARG_INT, NN_WHOLE (2), 1, NN_MAX_KERNEL },
  [STRIDES] = { "strides", "Stride", "Steps from one pool to the next; 0 means the same as the pool size.",
                NN_ARG_INT, NN_WHOLE (0), 0, NN_MAX_KERNEL, .quiet = TRUE },
  [PADDING] = NN_ARG_POOL_PADDING_ROW,
};

static const NnArg pool2d_args[] = {
  [POOL] = { "pool_size", "Pool size", "How many neighbouring steps, and channels, become one.",
             NN_ARG_INT_PAIR, NN_PAIR (1, 2), 1, NN_MAX_KERNEL },
  [STRIDES] = { "strides", "Stride", "Steps and channels from one pool to the next; 0 means the same as the pool size.",
                NN_ARG_INT_PAIR, NN_PAIR (0, 0), 0, NN_MAX_KERNEL, .quiet = TRUE },
  [PADDING] = NN_ARG_POOL_PADDING_ROW,
};

/* Keras' None, our 0: one pool after the other. */
static gint64
get_stride (const NnBlock *block,
            int            axis)
{
  gint64 stride = nn_block_get_arg (block, STRIDES)->whole[axis];

  return stride > 0 ? stride : nn_block_get_arg (block, POOL)->whole[axis];
}

static gboolean
pool1d_infer (const NnBlock *block,
              const NnShape *in,
              NnInferred    *out,
              char         **why)
{
  gint64 pool = nn_block_get_arg (block, POOL)->whole[0];
  NnSlide slide;
  gboolean fits;

  if (in->rank != 2)
    return refuse_rank (block, in, 2, out, why);

  fits = nn_layer_slide (block, "steps", in->dim[0], pool, get_stride (block, 0), 1,
                         nn_block_get_arg (block, PADDING)->whole[0], &slide, out, why);
  out->output = nn_shape_2 (slide.n_out, in->dim[1]);
  out->keeps_time = TRUE;
  out->kernel = pool;
  out->stride = get_stride (block, 0);
  out->before = slide.before;
  return fits;
}

static gboolean
pool2d_infer (const NnBlock *block,
              const NnShape *in,
              NnInferred    *out,
              char         **why)
{
  const NnValue *pool = nn_block_get_arg (block, POOL);
  gint64 padding = nn_block_get_arg (block, PADDING)->whole[0];
  g_autofree char *why_across = NULL;
  NnSlide steps, across;
  gboolean fits, fits_across;

  if (in->rank != 3)
    return refuse_rank (block, in, 3, out, why);

  fits = nn_layer_slide (block, "steps", in->dim[0], pool->whole[0], get_stride (block, 0), 1, padding, &steps, out, why);
  fits_across = nn_layer_slide (block, "channels", in->dim[1], pool->whole[1], get_stride (block, 1), 1, padding,
                                &across, out, &why_across);
  out->output = nn_shape_3 (steps.n_out, across.n_out, in->dim[2]);
  out->keeps_time = TRUE;
  out->kernel = pool->whole[0];
  out->stride = get_stride (block, 0);
  out->before = steps.before;
  if (fits && !fits_across)
    *why = g_steal_pointer (&why_across);
  return fits && fits_across;
}

/* --- the global ones ------------------------------------------------------------------ */

enum { KEEPDIMS };

static const NnArg global_args[] = {
  [KEEPDIMS] = { "keepdims", "Keep axes", "Keep the axes that are pooled over, with a length of 1.",
                 NN_ARG_BOOL, NN_WHOLE (0), 0, 1, .quiet = TRUE },
};

/* Every axis but the last becomes one number. */
static gboolean
global_infer (const NnBlock *block,
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
global1d_infer (const NnBlock *block,
                const NnShape *in,
                NnInferred    *out,
                char         **why)
{
  if (in->rank == 2)
    return global_infer (block, in, out);
  return refuse_rank (block, in, 2, out, why);
}

static gboolean
global2d_infer (const NnBlock *block,
                const NnShape *in,
                NnInferred    *out,
                char         **why)
{
  if (in->rank == 3)
    return global_infer (block, in, out);
  return refuse_rank (block, in, 3, out, why);
}

/* --- computing, for all ----------------------------------------------------------------- */

/* The pool of one window; along time alone, all channels are one run. The op's detail. */
static NnKPool
find_pool (const NnOp *op)
{
  gboolean global = nn_kind_find_arg (nn_block_get_kind (op->block), "pool_size") < 0, deep = op->in.rank > 2;
  NnKPool pool = {
    .steps = op->in.dim[0], .rows = 1, .width = deep ? op->in.dim[1] : 1, .channels = nn_shape_last (&op->in),
    .out_steps = global ? 1 : op->out.dim[0], .out_width = global || !deep ? 1 : op->out.dim[1],
    .pool = { 1, 1 }, .stride = { 1, 1 },
  };

  for (int axis = 0; axis < (deep ? 2 : 1); axis++)
    if (global)
      pool.pool[axis] = op->in.dim[axis];
    else
      {
        pool.pool[axis] = nn_block_get_arg (op->block, POOL)->whole[axis];
        pool.stride[axis] = get_stride (op->block, axis);
        pool.before[axis] = nn_slide (op->in.dim[axis], pool.pool[axis], pool.stride[axis], 1,
                                      nn_block_get_arg (op->block, PADDING)->whole[0]).before;
      }
  return pool;
}

static NnKPool
get_size (const NnOp *op,
          gint64      rows)
{
  NnKPool size = *(const NnKPool *) op->detail;

  *(op->in.rank > 2 ? &size.rows : &size.channels) *= rows;
  return size;
}

static void
prepare (NnOp *op)
{
  NnKPool pool = find_pool (op);

  op->detail = g_memdup2 (&pool, sizeof pool);
}

/* What is kept is which of its inputs each output is. */
static void
max_prepare (NnOp *op)
{
  prepare (op);
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
static const NnLayerOps average_ops = { .prepare = prepare, .forward = average_forward, .backward = average_backward };

/* --- the rows ----------------------------------------------------------------------- */

const NnLayer nn_layer_max_pooling1d = {
  .kind = { "MaxPooling1D", "Pooling", "Keeps the greatest of neighbouring steps: time gets coarser.",
            pool1d_args, G_N_ELEMENTS (pool1d_args) },
  .infer = pool1d_infer,
  .ops = &max_ops,
};

const NnLayer nn_layer_max_pooling2d = {
  .kind = { "MaxPooling2D", "Pooling", "Keeps the greatest of neighbouring steps and channels.",
            pool2d_args, G_N_ELEMENTS (pool2d_args) },
  .infer = pool2d_infer,
  .ops = &max_ops,
};

const NnLayer nn_layer_average_pooling1d = {
  .kind = { "AveragePooling1D", "Pooling", "Averages neighbouring steps: time gets coarser and calmer.",
            pool1d_args, G_N_ELEMENTS (pool1d_args) },
  .infer = pool1d_infer,
  .ops = &average_ops,
};

const NnLayer nn_layer_average_pooling2d = {
  .kind = { "AveragePooling2D", "Pooling", "Averages neighbouring steps and channels.", pool2d_args, G_N_ELEMENTS (pool2d_args) },
  .infer = pool2d_infer,
  .ops = &average_ops,
};

const NnLayer nn_layer_global_average_pooling1d = {
  .kind = { "GlobalAveragePooling1D", "Pooling", "Averages each channel over all steps: one row for the window.",
            global_args, G_N_ELEMENTS (global_args) },
  .infer = global1d_infer,
  .ops = &average_ops,
};

const NnLayer nn_layer_global_average_pooling2d = {
  .kind = { "GlobalAveragePooling2D", "Pooling", "Averages over all steps and channels: one row of depth for the window.",
            global_args, G_N_ELEMENTS (global_args) },
  .infer = global2d_infer,
  .ops = &average_ops,
};

const NnLayer nn_layer_global_max_pooling1d = {
  .kind = { "GlobalMaxPooling1D", "Pooling", "Keeps each channel's greatest number of all steps: one row for the window.",
            global_args, G_N_ELEMENTS (global_args) },
  .infer = global1d_infer,
  .ops = &max_ops,
};

const NnLayer nn_layer_global_max_pooling2d = {
  .kind = { "GlobalMaxPooling2D", "Pooling",
            "Keeps the greatest number of all steps and channels: one row of depth for the window.",
            global_args, G_N_ELEMENTS (global_args) },
  .infer = global2d_infer,
  .ops = &max_ops,
};
