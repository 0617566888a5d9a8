/* nn-layer-pool.c: MaxPooling1D, AveragePooling1D and MaxPooling2D
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

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
    return nn_layer_refuse_rank (block, in, 2,
                                 in->rank == 1 ? "there is no time left to pool along."
                                               : "use MaxPooling2D, or Reshape to two axes first.", out, why);

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
    return nn_layer_refuse_rank (block, in, 3,
                                 in->rank == 2 ? "use MaxPooling1D, or a Reshape in front of it to add the depth."
                                               : "there is no time left to pool along.", out, why);

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

const NnLayer nn_layer_max_pooling1d = {
  .kind = { "MaxPooling1D", "Pooling", "Keeps the greatest of neighbouring steps: time gets coarser.",
            pool1d_args, G_N_ELEMENTS (pool1d_args) },
  .infer = pool1d_infer,
};

const NnLayer nn_layer_max_pooling2d = {
  .kind = { "MaxPooling2D", "Pooling", "Keeps the greatest of neighbouring steps and channels.",
            pool2d_args, G_N_ELEMENTS (pool2d_args) },
  .infer = pool2d_infer,
};

const NnLayer nn_layer_average_pooling1d = {
  .kind = { "AveragePooling1D", "Pooling", "Averages neighbouring steps: time gets coarser and calmer.",
            pool1d_args, G_N_ELEMENTS (pool1d_args) },
  .infer = pool1d_infer,
};
