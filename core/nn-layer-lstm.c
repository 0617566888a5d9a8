/* nn-layer-lstm.c: LSTM
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

enum { UNITS, ACTIVATION, RECURRENT_ACTIVATION, RETURN_SEQUENCES, USE_BIAS, UNIT_FORGET_BIAS };

static const NnArg args[] = {
  [UNITS] = NN_ARG_UNITS_ROW (32, "How many cells remember: the channels that come out."),
  [ACTIVATION] = { "activation", "Activation", "What is done to a cell's input and state.",
                   NN_ARG_CHOICE, NN_WHOLE (NN_ACTIVATION_TANH), 0, 0, nn_gate_choices, .quiet = TRUE },
  [RECURRENT_ACTIVATION] = { "recurrent_activation", "Recurrent activation", "What is done to the gates.",
                             NN_ARG_CHOICE, NN_WHOLE (NN_ACTIVATION_SIGMOID), 0, 0, nn_gate_choices, .quiet = TRUE },
  [RETURN_SEQUENCES] = { "return_sequences", "Return sequences",
                         "Give the state at every step; else only the last one, and time is lost.",
                         NN_ARG_BOOL, NN_WHOLE (0), 0, 1 },
  [USE_BIAS] = NN_ARG_USE_BIAS_ROW,
  [UNIT_FORGET_BIAS] = { "unit_forget_bias", "Unit forget bias",
                         "Start with gates that remember: the forget gate's bias begins at 1.",
                         NN_ARG_BOOL, NN_WHOLE (1), 0, 1, .quiet = TRUE, .advanced = TRUE },
  NN_ARG_INITIALIZER_ROW ("kernel", "Kernel", NN_INIT_GLOROT_UNIFORM),
  NN_ARG_INITIALIZER_ROW ("recurrent", "Recurrent", NN_INIT_ORTHOGONAL),
  NN_ARG_BIAS_INITIALIZER_ROW ("bias", "Bias"),
  NN_ARG_L1_ROW ("kernel", "Kernel"),
  NN_ARG_L2_ROW ("kernel", "Kernel"),
  NN_ARG_L1_ROW ("recurrent", "Recurrent"),
  NN_ARG_L2_ROW ("recurrent", "Recurrent"),
  NN_ARG_L1_ROW ("bias", "Bias"),
  NN_ARG_L2_ROW ("bias", "Bias"),
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

  list[0] = nn_layer_tensor (block, "kernel", nn_shape_2 (channels, 4 * units));
  list[1] = nn_layer_tensor (block, "recurrent_kernel", nn_shape_2 (units, 4 * units));
  list[2] = nn_layer_tensor (block, "bias", nn_shape_1 (4 * units));
  list[2].unit_forget = whole (block, UNIT_FORGET_BIAS) != 0;
  return whole (block, USE_BIAS) ? 3 : 2;
}

/* --- computing ---------------------------------------------------------------------- */

/* Steps that backward takes before their weights' slopes are summed: what it needs stays in the cache, and the slopes of a
 * whole sequence are never stored. */
#define CHUNK 8

#define GATES (4 * NN_K_PANEL) /* floats of one block of units in a row of gates */

/* A shard's arrays, for so many windows. The weights are [blocks][inputs + units][4][PANEL], then the bias, as a row of
   gates. */
typedef struct
{
  NnKLstm size;
  gint64  steps, full;        /* full: units, filled up to whole blocks */
  gint64  n_gates, n_states, n_outputs; /* floats of one step */
  gint64  bias_at;
} Sizes;

static Sizes
get_sizes (const NnOp *op,
           gint64      rows)
{
  gint64 units = whole (op->block, UNITS), full = nn_size_fill_up (units);
  Sizes s = {
    .size = { rows, op->in.dim[1], units, whole (op->block, ACTIVATION), whole (op->block, RECURRENT_ACTIVATION) },
    .steps = op->in.dim[0],
    .full = full,
    .n_gates = NN_PRODUCT (rows, 4, full),
    .n_states = NN_PRODUCT (rows, full),
    .n_outputs = NN_PRODUCT (rows, units),
    .bias_at = NN_PRODUCT (4 * full, op->in.dim[1] + units),
  };

  return s;
}

static gint64
add_all (const gint64 *sizes,
         gsize         n)
{
  gint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum = nn_size_add (sum, sizes[i]);
  return sum;
}

static void
prepare (NnOp *op)
{
  Sizes s = get_sizes (op, op->rows);
  const gint64 forward_needs[] = { s.n_gates, s.n_states, s.n_states, nn_size_fill_up (s.n_outputs),
                                   nn_size_fill_up (s.n_outputs) };
  const gint64 backward_needs[] = { NN_PRODUCT (CHUNK, s.n_gates), s.n_states, nn_size_fill_up (s.n_outputs) };
  const gint64 kept[] = { NN_PRODUCT (s.steps, s.n_gates), NN_PRODUCT (s.steps, s.n_states), NN_PRODUCT (s.steps, s.n_states),
                          whole (op->block, RETURN_SEQUENCES) ? 0 : NN_PRODUCT (s.steps, s.n_outputs) };

  op->n_params = nn_size_add (s.bias_at, 4 * s.full);
  op->n_derived = nn_size_add (nn_packed_size (4 * s.full, s.size.inputs), nn_packed_size (4 * s.full, s.size.units));
  op->n_cache = add_all (kept, G_N_ELEMENTS (kept));
  op->n_scratch = MAX (add_all (forward_needs, G_N_ELEMENTS (forward_needs)),
                       add_all (backward_needs, G_N_ELEMENTS (backward_needs)));
}

/* Where weight (k, unit) of gate 0 is; gate g is g panels on. */
static gint64
weight_at (const Sizes *s,
           gint64       k,
           gint64       unit)
{
  return (unit / NN_K_PANEL * (gint64) (s->size.inputs + s->size.units) + k) * GATES + unit % NN_K_PANEL;
}

static gint64
bias_of (const Sizes *s,
         gint64       unit)
{
  return s->bias_at + unit / NN_K_PANEL * GATES + unit % NN_K_PANEL;
}

/* Calls the body for every weight: `plain` is Keras' place of it in tensor `which`, `at` ours. */
#define FOR_EACH_WEIGHT(s, with_bias, body)                                                                          \
  for (gint64 unit = 0, units = (s).size.units, inputs = (s).size.inputs; unit < units; unit++)                      \
    for (gint64 gate = 0; gate < 4; gate++)                                                                          \
      {                                                                                                              \
        for (gint64 k = 0; k < inputs + units; k++)                                                                  \
          {                                                                                                          \
            int which = k < inputs ? 0 : 1;                                                                          \
            gint64 plain = (which == 0 ? k : k - inputs) * 4 * units + gate * units + unit;                          \
            gint64 at = weight_at (&(s), k, unit) + gate * NN_K_PANEL;                                               \
            body;                                                                                                    \
          }                                                                                                          \
        if (with_bias)                                                                                               \
          {                                                                                                          \
            int which = 2;                                                                                           \
            gint64 plain = gate * units + unit, at = bias_of (&(s), unit) + gate * NN_K_PANEL;                       \
            body;                                                                                                    \
          }                                                                                                          \
      }

static void
load (const NnOp         *op,
      const float *const *list,
      float              *params)
{
  Sizes s = get_sizes (op, 1);

  FOR_EACH_WEIGHT (s, whole (op->block, USE_BIAS), params[at] = list[which][plain]);
}

static void
save (const NnOp   *op,
      const float  *params,
      float *const *list)
{
  Sizes s = get_sizes (op, 1);

  FOR_EACH_WEIGHT (s, whole (op->block, USE_BIAS), list[which][plain] = params[at]);
}

/* The transposed kernels, as panels: first of the inputs, then of the units. Their rows are
   the places of a row of gates. */
static void
derive (const NnOp  *op,
        const float *params,
        float       *derived)
{
  Sizes s = get_sizes (op, 1);
  float *recurrent = derived + nn_packed_size (4 * s.full, s.size.inputs);

  for (gint64 block = 0; block < s.full / NN_K_PANEL; block++)
    {
      const float *source = params + weight_at (&s, 0, block * NN_K_PANEL);

      for (gint64 k = 0; k < (gint64) (s.size.inputs + s.size.units); k++)
        {
          gboolean input = k < (gint64) s.size.inputs;
          gint64 column = input ? k : k - (gint64) s.size.inputs;
          gint64 at = (column / NN_K_PANEL * 4 * s.full + block * GATES) * NN_K_PANEL + column % NN_K_PANEL;
          float *target = (input ? derived : recurrent) + at;

          for (gint64 i = 0; i < GATES; i++)
            target[i * NN_K_PANEL] = source[k * GATES + i];
        }
    }
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  Sizes s = get_sizes (op, call->rows);
  gboolean keep = call->cache != NULL, sequences = whole (op->block, RETURN_SEQUENCES) != 0;
  float *gates = keep ? call->cache : call->scratch;
  float *c = gates + (keep ? s.steps : 1) * s.n_gates;
  float *bent = c + (keep ? s.steps : 1) * s.n_states;
  float *outputs = bent + (keep ? s.steps : 1) * s.n_states;
  const float *h_before = NULL, *c_before = NULL;

  for (gint64 t = 0; t < s.steps; t++)
    {
      gint64 at = keep ? t : 0;
      float *h = sequences ? call->y + t * s.n_outputs
                           : outputs + (keep ? t * s.n_outputs : t % 2 * nn_size_fill_up (s.n_outputs));

      call->k->lstm (h, gates + at * s.n_gates, c + at * s.n_states, bent + at * s.n_states, h_before, c_before,
                     call->x + t * call->rows * (gint64) s.size.inputs, call->params, call->params + s.bias_at, &s.size);
      h_before = h;
      c_before = c + at * s.n_states;
    }
  if (!sequences)
    memcpy (call->y, h_before, s.n_outputs * sizeof *call->y);
}

/* Adds up the weights' slopes by the steps `from` .. `to` - 1, whose dz are given, and hands the slope by the inputs on. */
static void
finish_chunk (const NnOp   *op,
              const NnCall *call,
              const Sizes  *s,
              const float  *outputs,
              const float  *dz,
              gint64        from,
              gint64        to)
{
  gint64 inputs = s->size.inputs, units = s->size.units, row = 4 * s->full, rows = (to - from) * call->rows;
  gint64 first = MAX (from, 1); /* no output comes before step 0 */
  const float *x = call->x + from * call->rows * inputs;
  const NnKTap tap = { 0, 0 };

  for (gint64 block = 0; block < s->full / NN_K_PANEL; block++)
    {
      call->k->outer (call->grads + weight_at (s, 0, block * NN_K_PANEL), GATES, NN_K_PANEL,
                      x, inputs, dz + block * GATES, row, rows, inputs, GATES);
      if (first < to)
        call->k->outer (call->grads + weight_at (s, inputs, block * NN_K_PANEL), GATES, NN_K_PANEL,
                        outputs + (first - 1) * s->n_outputs, units, dz + (first - from) * s->n_gates + block * GATES, row,
                        (to - first) * call->rows, units, GATES);
    }
  if (whole (op->block, USE_BIAS))
    call->k->sum_rows (call->grads + s->bias_at, dz, row, rows, row);
  if (call->dx != NULL)
    call->k->gemm (call->dx + from * call->rows * inputs, inputs, dz, row, &tap, 1, row, call->derived, row, NULL, rows,
                   inputs, 0);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  Sizes s = get_sizes (op, call->rows);
  gboolean sequences = whole (op->block, RETURN_SEQUENCES) != 0;
  const float *gates = call->cache, *c = gates + s.steps * s.n_gates, *bent = c + s.steps * s.n_states;
  const float *outputs = sequences ? call->y : bent + s.steps * s.n_states;
  const float *recurrent = call->derived + nn_packed_size (4 * s.full, s.size.inputs);
  float *dz = call->scratch, *dc = dz + CHUNK * s.n_gates, *dh = dc + s.n_states;
  const NnKTap tap = { 0, 0 };

  memset (dc, 0, s.n_states * sizeof *dc);
  for (gint64 to = s.steps; to > 0; to = MAX (to - CHUNK, 0))
    {
      gint64 from = MAX (to - CHUNK, 0);

      for (gint64 t = to - 1; t >= from; t--)
        {
          float *dz_t = dz + (t - from) * s.n_gates;
          const float *dy = sequences ? call->dy + t * s.n_outputs : t == s.steps - 1 ? call->dy : NULL;

          call->k->lstm_back (dz_t, dc, dy, t == s.steps - 1 ? NULL : dh, gates + t * s.n_gates, bent + t * s.n_states,
                              t > 0 ? c + (t - 1) * s.n_states : NULL, &s.size);
          if (t > 0)
            call->k->gemm (dh, s.size.units, dz_t, 4 * s.full, &tap, 1, 4 * s.full, recurrent, 4 * s.full, NULL,
                           call->rows, s.size.units, 0);
        }
      finish_chunk (op, call, &s, outputs, dz, from, to);
    }
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = load, .save = save, .derive = derive, .forward = forward, .backward = backward,
};

/* --- the row ------------------------------------------------------------------------ */

const NnLayer nn_layer_lstm = {
  .kind = { "LSTM", "Recurrent", "Walks along the steps and remembers what came before.",
            args, G_N_ELEMENTS (args) },
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
