/* nn-layer-dropout.c: Dropout
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"
#include "nn-rng.h"

#include <string.h>

enum { RATE };

static const NnArg args[] = {
  [RATE] = { "rate", "Rate", "The share of numbers that is set to 0 while training.",
             NN_ARG_REAL, { 1, { 0 }, 0.2 }, 0, 0.99 },
};

static void
prepare (NnOp *op)
{
  op->n_cache = NN_PRODUCT (op->rows, nn_shape_size (&op->out));
}

/* The mask is 0 for what is dropped and 1 / (1 - rate) for the rest, so that the mean stays; kept for backward. */
static void
draw_mask (const NnOp   *op,
           const NnCall *call,
           gint64        n)
{
  double rate = nn_block_get_arg (op->block, RATE)->real;
  guint32 limit = (guint32) (rate * 4294967296.0);
  float keep = (float) (1.0 / (1.0 - rate));
  NnRng rng;

  nn_rng_init (&rng, call->seed, NN_RNG_DROPOUT, nn_rng_mix (call->index, op->serial));
  for (gint64 i = 0; i < n; i += 2)
    {
      guint64 bits = nn_rng_next (&rng);

      call->cache[i] = (guint32) bits < limit ? 0.0f : keep;
      if (i + 1 < n)
        call->cache[i + 1] = (guint32) (bits >> 32) < limit ? 0.0f : keep;
    }
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
