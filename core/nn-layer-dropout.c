/* nn-layer-dropout.c: Dropout
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

enum { RATE };

static const NnArg args[] = {
  [RATE] = { "rate", "Rate", "The share of numbers that is set to 0 while training.",
             NN_ARG_REAL, { 1, { 0 }, 0.2 }, 0, 0.99 },
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

const NnLayer nn_layer_dropout = {
  .kind = { "Dropout", "Regularisation", "Forgets some numbers at random while training, so that the network does not rely on few.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
};
