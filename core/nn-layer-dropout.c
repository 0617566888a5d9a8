/* nn-layer-dropout.c: Dropout, SpatialDropout1D and GaussianNoise
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"
#include "nn-rng.h"

#include <math.h>
#include <string.h>

enum { RATE };

static const NnArg args[] = {
  [RATE] = { "rate", "Rate", "The share of numbers that is set to 0 while training.",
             NN_ARG_REAL, { 1, { 0 }, 0.2 }, 0, 0.99 },
};

static void
start_stream (const NnOp   *op,
              const NnCall *call,
              NnRng        *rng)
{
  nn_rng_init (rng, call->seed, NN_RNG_DROPOUT, nn_rng_mix (call->index, op->serial));
}

/* --- Dropout ------------------------------------------------------------------------ */

static void
prepare (NnOp *op)
{
  op->n_cache = NN_PRODUCT (op->rows, nn_shape_size (&op->out));
}

static void
draw_mask (const NnOp   *op,
           const NnCall *call,
           gint64        n)
{
  NnRng rng;

  start_stream (op, call, &rng);
  nn_rng_fill_mask (&rng, nn_block_get_arg (op->block, RATE)->real, call->cache, n);
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  gint64 n = call->rows * nn_shape_size (&op->out);

  if (call->training)
    {
      draw_mask (op, call, n);
      call->k->multiply (call->y, call->x, call->cache, n);
    }
  else
    memcpy (call->y, call->x, n * sizeof *call->y);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  gint64 n = call->rows * nn_shape_size (&op->out);

  if (call->dx == NULL)
    return;
  if (call->training)
    call->k->multiply (call->dx, call->dy, call->cache, n);
  else
    memcpy (call->dx, call->dy, n * sizeof *call->dx);
}

static const NnLayerOps ops = { .prepare = prepare, .forward = forward, .backward = backward };

const NnLayer nn_layer_dropout = {
  .kind = { "Dropout", "Regularisation",
            "Forgets some numbers at random while training, so that the network does not rely on few.",
            args, G_N_ELEMENTS (args) },
  .infer = nn_layer_infer_same,
  .ops = &ops,
};

/* --- SpatialDropout1D --------------------------------------------------------------- */

static const NnArg spatial_args[] = {
  [RATE] = { "rate", "Rate", "The share of channels that is set to 0 in a window while training.",
             NN_ARG_REAL, { 1, { 0 }, 0.2 }, 0, 0.99 },
};

static gboolean
spatial_infer (const NnBlock *block,
               const NnShape *in,
               NnInferred    *out,
               char         **why)
{
  if (in->rank == 2)
    return nn_layer_infer_same (block, in, out, why);
  return nn_layer_refuse_rank (block, in, 2, in->rank == 1 ? "there is no time left: use Dropout."
                                                           : "use Dropout, or Reshape to two axes first.", out, why);
}

/* One mask for the channels of each window, at all steps. */
static void
spatial_prepare (NnOp *op)
{
  op->n_cache = NN_PRODUCT (op->rows, op->in.dim[1]);
}

static void
mask_steps (const NnOp   *op,
            const NnCall *call,
            float        *to,
            const float  *from)
{
  gint64 n = call->rows * op->in.dim[1];

  for (gint64 t = 0; t < op->in.dim[0]; t++)
    call->k->multiply (to + t * n, from + t * n, call->cache, n);
}

static void
spatial_forward (const NnOp   *op,
                 const NnCall *call)
{
  if (call->training)
    {
      draw_mask (op, call, call->rows * op->in.dim[1]);
      mask_steps (op, call, call->y, call->x);
    }
  else
    memcpy (call->y, call->x, call->rows * nn_shape_size (&op->out) * sizeof *call->y);
}

static void
spatial_backward (const NnOp   *op,
                  const NnCall *call)
{
  if (call->dx == NULL)
    return;
  if (call->training)
    mask_steps (op, call, call->dx, call->dy);
  else
    memcpy (call->dx, call->dy, call->rows * nn_shape_size (&op->in) * sizeof *call->dx);
}

static const NnLayerOps spatial_ops = { .prepare = spatial_prepare, .forward = spatial_forward, .backward = spatial_backward };

const NnLayer nn_layer_spatial_dropout1d = {
  .kind = { "SpatialDropout1D", "Regularisation", "Forgets whole channels at random while training.",
            spatial_args, G_N_ELEMENTS (spatial_args) },
  .infer = spatial_infer,
  .ops = &spatial_ops,
};

/* --- GaussianNoise ------------------------------------------------------------------ */

enum { STDDEV };

static const NnArg noise_args[] = {
  [STDDEV] = { "stddev", "Standard deviation", "How far the numbers are moved at random while training.",
               NN_ARG_REAL, { 1, { 0 }, 0.1 }, 0, 1 },
};

/* Both numbers of Box and Muller's, of two times 24 random bits: noise needs no more, and a shard needs many. */
static void
draw_pair (NnRng *rng,
           float  deviation,
           float *pair)
{
  guint64 bits = nn_rng_next (rng);
  float u = (float) ((bits >> 40) + 1) / 16777216.0f, v = (float) (bits & 0xffffff) / 16777216.0f;
  float size = deviation * sqrtf (-2.0f * logf (u)), angle = 2.0f * (float) G_PI * v;

  pair[0] = size * cosf (angle);
  pair[1] = size * sinf (angle);
}

static void
noise_forward (const NnOp   *op,
               const NnCall *call)
{
  gint64 n = call->rows * nn_shape_size (&op->out);
  float deviation = (float) nn_block_get_arg (op->block, STDDEV)->real, pair[2];
  NnRng rng;

  memcpy (call->y, call->x, n * sizeof *call->y);
  if (!call->training)
    return;
  start_stream (op, call, &rng);
  for (gint64 i = 0; i < n; i++)
    {
      if (i % 2 == 0)
        draw_pair (&rng, deviation, pair);
      call->y[i] += pair[i % 2];
    }
}

static void
noise_backward (const NnOp   *op,
                const NnCall *call)
{
  if (call->dx != NULL)
    memcpy (call->dx, call->dy, call->rows * nn_shape_size (&op->out) * sizeof *call->dx);
}

static const NnLayerOps noise_ops = { .forward = noise_forward, .backward = noise_backward };

const NnLayer nn_layer_gaussian_noise = {
  .kind = { "GaussianNoise", "Regularisation",
            "Moves each number a little at random while training, as if the sensors were noisier.",
            noise_args, G_N_ELEMENTS (noise_args) },
  .infer = nn_layer_infer_same,
  .ops = &noise_ops,
};
