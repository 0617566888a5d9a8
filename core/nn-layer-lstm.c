/* nn-layer-lstm.c: LSTM
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

enum { UNITS, ACTIVATION, RECURRENT_ACTIVATION, RETURN_SEQUENCES, USE_BIAS, UNIT_FORGET_BIAS };

static const NnArg args[] = {
  [UNITS] = NN_ARG_UNITS_ROW (32, "How many cells remember: the channels that come out."),
  [ACTIVATION] = { "activation", "Activation", "What is done to a cell's input and state.",
                   NN_ARG_CHOICE, NN_WHOLE (NN_ACTIVATION_TANH), 0, 0, nn_elementwise_choices, .quiet = TRUE },
  [RECURRENT_ACTIVATION] = { "recurrent_activation", "Recurrent activation", "What is done to the gates.",
                             NN_ARG_CHOICE, NN_WHOLE (NN_ACTIVATION_SIGMOID), 0, 0, nn_elementwise_choices, .quiet = TRUE },
  [RETURN_SEQUENCES] = { "return_sequences", "Return sequences",
                         "Give the state at every step; else only the last one, and time is lost.",
                         NN_ARG_BOOL, NN_WHOLE (0), 0, 1 },
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  [UNIT_FORGET_BIAS] = { "unit_forget_bias", "Unit forget bias", "Start with gates that remember: the forget gate's bias begins at 1.",
                         NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE },
};

static gint64
whole (const NnBlock *block,
       guint          arg)
{
  return nn_block_get_arg (block, arg)->whole[0];
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  gint64 units = whole (block, UNITS);

  if (in->rank != 2)
    return nn_layer_refuse_rank (block, in, 2,
                                 in->rank == 1 ? "there is no time left to walk along."
                                               : "Reshape to two axes first, or wrap it in TimeDistributed.", out, why);

  out->keeps_time = whole (block, RETURN_SEQUENCES) != 0;
  out->output = out->keeps_time ? nn_shape_2 (in->dim[0], units) : nn_shape_1 (units);
  out->n_macs = NN_PRODUCT (in->dim[0], 4 * units, in->dim[1] + units);
  out->sees_all = TRUE;
  return TRUE;
}

static guint
tensors (const NnBlock *block,
         const NnShape *in,
         NnTensor      *list)
{
  gint64 units = whole (block, UNITS), channels = in->dim[1];

  list[0] = (NnTensor) { "kernel", nn_shape_2 (channels, 4 * units), NN_INIT_GLOROT_UNIFORM, channels, 4 * units };
  list[1] = (NnTensor) { "recurrent_kernel", nn_shape_2 (units, 4 * units), NN_INIT_ORTHOGONAL };
  list[2] = (NnTensor) { "bias", nn_shape_1 (4 * units), whole (block, UNIT_FORGET_BIAS) ? NN_INIT_UNIT_FORGET : NN_INIT_ZEROS };
  return whole (block, USE_BIAS) ? 3 : 2;
}

const NnLayer nn_layer_lstm = {
  .kind = { "LSTM", "Recurrent", "Walks along the steps and remembers what came before.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .tensors = tensors,
};
