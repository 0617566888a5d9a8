/* nn-layer-activation.c: Activation
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

enum { ACTIVATION };

static const NnArg args[] = {
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_RELU),
};

static void
prepare (NnOp *op)
{
  nn_op_set_activation (op, (NnKActivation) nn_block_get_arg (op->block, ACTIVATION)->whole[0]);
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  gint64 n = call->rows * nn_shape_size (&op->out);

  memcpy (call->y, call->x, n * sizeof *call->y);
  nn_op_bend (op, call);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  gint64 n = call->rows * nn_shape_size (&op->out);

  if (call->dx == NULL)
    return;
  nn_op_bend_back (op, call);
  memcpy (call->dx, call->dy, n * sizeof *call->dx);
}

static const NnLayerOps ops = { .prepare = prepare, .forward = forward, .backward = backward };

const NnLayer nn_layer_activation = {
  .kind = { "Activation", "Activation", "Bends each number by itself; softmax makes the channels of a step add up to 1.",
            args, G_N_ELEMENTS (args) },
  .infer = nn_layer_infer_same,
  .ops = &ops,
};
