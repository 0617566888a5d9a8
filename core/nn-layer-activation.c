/* nn-layer-activation.c: Activation
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

enum { ACTIVATION };

static const NnArg args[] = {
  [ACTIVATION] = NN_ARG_ACTIVATION_ROW (NN_ACTIVATION_RELU),
};

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  out->output = *in;
  out->keeps_time = TRUE;
  return TRUE;
}

const NnLayer nn_layer_activation = {
  .kind = { "Activation", "Activation", "Bends each number by itself; softmax makes the channels of a step add up to 1.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
};
