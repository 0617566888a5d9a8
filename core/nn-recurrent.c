/* nn-recurrent.c: shapes, weights and masks of LSTM, GRU and SimpleRNN
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent-private.h"

gboolean
nn_recurrent_is_kind (const NnKind *kind)
{
  return ((const NnLayer *) kind)->ops == &nn_recurrent_ops;
}

static const NnCell *
get_cell (const NnBlock *block)
{
  return nn_layer_of (block)->variant;
}

/* A yes or no that only some of the kinds ask for; no where it is not asked. */
static gboolean
says_yes (const NnBlock *block, const char *name)
{
  return nn_kind_find_arg (nn_block_get_kind (block), name) >= 0 && nn_block_get_whole (block, name);
}

/* --- shapes ----------------------------------------------------------------------------- */

gboolean
nn_recurrent_infer (const NnBlock *block,
                    const NnShape *in,
                    NnInferred    *out,
                    char         **why)
{
  gint64 units = nn_block_get_whole (block, "units");

  if (in->rank != 2)
    return nn_layer_refuse_rank (block, in, 2,
                                 in->rank == 1 ? "there is no time left to walk along."
                                               : "Reshape to two axes first, or wrap it in TimeDistributed.", out, why);

  out->keeps_time = nn_block_get_whole (block, "return_sequences") != 0;
  out->output = out->keeps_time ? nn_shape_2 (in->dim[0], units) : nn_shape_1 (units);
  out->n_macs = NN_PRODUCT (in->dim[0], get_cell (block)->gates * units, in->dim[1] + units);
  out->sees_all = TRUE;
  return TRUE;
}

guint
nn_recurrent_tensors (const NnBlock *block,
                      const NnShape *in,
                      NnTensor      *list)
{
  gint64 units = nn_block_get_whole (block, "units"), columns = get_cell (block)->gates * units;

  list[0] = nn_layer_tensor (block, "kernel", nn_shape_2 (in->dim[1], columns));
  list[1] = nn_layer_tensor (block, "recurrent_kernel", nn_shape_2 (units, columns));
  list[2] = nn_layer_tensor (block, "bias", says_yes (block, "reset_after") ? nn_shape_2 (2, columns) : nn_shape_1 (columns));
  list[2].unit_forget = says_yes (block, "unit_forget_bias");
  return nn_block_get_whole (block, "use_bias") ? 3 : 2;
}

/* --- sizes ------------------------------------------------------------------------------ */

static gint64
take (gint64 *total, gint64 n)
{
  gint64 at = *total;

  *total = nn_size_add (*total, nn_size_fill_up (n));
  return at;
}

void
nn_recurrent_lay_out (const NnRecurrent *self,
                      gint64             rows,
                      gboolean           keep,
                      NnRecurrentLayout *layout)
{
  NnRecurrentLayout l = { 0 };
  gint64 x_masks = self->dropout > 0.0 ? self->n_masks : 0, h_masks = self->recurrent_dropout > 0.0 ? self->n_masks : 0;
  gint64 ahead = self->steps <= NN_RECURRENT_AHEAD ? NN_PRODUCT (self->steps, self->cell->slots, self->full) : 0;
  gint64 n_arrays = self->cell->n_states + (self->keeps_slopes ? self->cell->n_slopes : 0);

  l.chunk = keep ? NN_RECURRENT_CHUNK : MAX (NN_RECURRENT_CHUNK, NN_RECURRENT_CHUNK * NN_SHARD_ROWS / rows);
  l.n_x = NN_PRODUCT (rows, self->inputs);
  l.n_h = NN_PRODUCT (rows, self->units);
  l.n_states = NN_PRODUCT (rows, self->full);
  l.n_gates = NN_PRODUCT (self->cell->slots, l.n_states);
  l.n_kept = NN_PRODUCT (n_arrays, l.n_states);

  l.gates = take (&l.n_cache, NN_PRODUCT (self->steps, l.n_gates));
  l.kept = take (&l.n_cache, NN_PRODUCT (self->steps, l.n_kept));
  l.outputs = take (&l.n_cache, self->sequences && self->in_order ? 0 : NN_PRODUCT (self->steps, l.n_h));
  l.x_masks = take (&l.n_cache, NN_PRODUCT (x_masks, l.n_x));
  l.h_masks = take (&l.n_cache, NN_PRODUCT (h_masks, l.n_h));

  l.chunk_x = take (&l.n_forward, NN_PRODUCT (x_masks, l.chunk, l.n_x));
  for (int i = 0; i < 2; i++)
    l.row[i] = take (&l.n_forward, self->bends_units ? self->units : 0);
  l.n_backward = l.n_forward;

  l.chunk_gates = take (&l.n_forward, keep ? 0 : MAX (NN_PRODUCT (l.chunk, l.n_gates), ahead));
  l.step = take (&l.n_forward, keep ? 0 : l.n_kept);
  l.last[0] = take (&l.n_forward, keep ? 0 : l.n_h);
  l.last[1] = take (&l.n_forward, keep ? 0 : l.n_h);
  l.masked_h = take (&l.n_forward, NN_PRODUCT (h_masks, l.n_h));
  l.reset = take (&l.n_forward, self->reset_after ? 0 : l.n_h);

  l.dz = take (&l.n_backward, NN_PRODUCT (NN_RECURRENT_CHUNK, l.n_gates));
  l.carry = take (&l.n_backward, l.n_states);
  l.dh = take (&l.n_backward, l.n_h);
  l.chunk_h = take (&l.n_backward, NN_PRODUCT (h_masks, NN_RECURRENT_CHUNK, l.n_h));
  l.chunk_reset = take (&l.n_backward, self->reset_after ? 0 : NN_PRODUCT (NN_RECURRENT_CHUNK, l.n_h));
  l.by_reset = take (&l.n_backward, self->reset_after ? 0 : l.n_h);
  l.spare = take (&l.n_backward, x_masks + h_masks > 0 ? MAX (NN_PRODUCT (NN_RECURRENT_CHUNK, l.n_x), l.n_h) : 0);
  *layout = l;
}

/* Keras draws a mask for each gate where the outputs are masked, else one for all. */
static guint
count_masks (const NnRecurrent *self)
{
  return self->recurrent_dropout > 0.0 ? self->cell->gates : 1;
}

static void
prepare (NnOp *op)
{
  const NnBlock *block = op->block;
  const NnCell *cell = get_cell (block);
  gint64 units = nn_block_get_whole (block, "units"), full = (gint64) nn_k_fill_units ((gsize) units);
  gint64 n_blocks = (full + NN_K_PANEL - 1) / NN_K_PANEL, last;
  gboolean gated = nn_kind_find_arg (nn_block_get_kind (block), "recurrent_activation") >= 0;
  NnRecurrent *self = g_malloc0 (sizeof *self + n_blocks * sizeof *self->taps);
  NnRecurrentLayout layout;

  self->cell = cell;
  self->steps = op->in.dim[0];
  self->inputs = op->in.dim[1];
  self->units = units;
  self->full = full;
  self->activation = nn_block_get_whole (block, "activation");
  self->recurrent = gated ? nn_block_get_whole (block, "recurrent_activation") : self->activation;
  self->use_bias = nn_block_get_whole (block, "use_bias") != 0;
  self->two_biases = self->use_bias && says_yes (block, "reset_after");
  self->sequences = nn_block_get_whole (block, "return_sequences") != 0;
  self->reset_after = nn_kind_find_arg (nn_block_get_kind (block), "reset_after") < 0 || says_yes (block, "reset_after");
  self->from_end = op->turned || nn_block_get_whole (block, "go_backwards");
  self->in_order = op->turned || !self->from_end;
  self->dropout = nn_block_get_real (block, "dropout");
  self->recurrent_dropout = nn_block_get_real (block, "recurrent_dropout");
  self->n_masks = count_masks (self);
  self->bends_units = nn_recurrent_bends_units (self->activation) || nn_recurrent_bends_units (self->recurrent);
  self->keeps_slopes = nn_k_keeps_slope (self->activation) || nn_k_keeps_slope (self->recurrent) || (gated && self->bends_units);
  self->n_bias = nn_size_fill_up (NN_PRODUCT (cell->gates, full));
  self->bias_at = nn_packed_size (self->inputs + units, cell->gates * full);
  last = (gint64) nn_k_slot_width ((gsize) full, (gsize) units - 1);
  for (gint64 i = 0; i < n_blocks; i++)
    self->taps[i] = (NnKTap) { i * cell->slots * NN_K_PANEL, i * cell->gates * NN_K_PANEL };
  for (guint i = 0; i < cell->gates; i++)
    self->gate_taps[i] = (NnKTap) { i * last, i * last };

  op->detail = self;
  op->n_params = nn_size_add (self->bias_at, NN_PRODUCT (cell->unit_slot > 0 ? 2 : 1, self->n_bias));
  op->n_derived = nn_size_add (nn_packed_size (cell->gates * full, self->inputs), nn_packed_size (cell->gates * full, units));
  nn_recurrent_lay_out (self, op->rows, FALSE, &layout);
  op->n_cache = layout.n_cache;
  op->n_scratch = MAX (layout.n_forward, layout.n_backward);
}

/* --- weights ---------------------------------------------------------------------------- */

/* Which column of all weights is that of a unit's gate. */
static gint64
column_of (const NnRecurrent *self,
           gint64             gate,
           gint64             unit)
{
  gint64 width = (gint64) nn_k_slot_width ((gsize) self->full, (gsize) unit);

  return unit / NN_K_PANEL * NN_K_PANEL * self->cell->gates + gate * width + unit % NN_K_PANEL;
}

/* Where weight (k, column) is; rows k are those of the inputs, then those of the units. */
static gint64
weight_at (const NnRecurrent *self,
           gint64             k,
           gint64             column)
{
  return (column / NN_K_PANEL * (self->inputs + self->units) + k) * NN_K_PANEL + column % NN_K_PANEL;
}

/* Calls `each` for every weight: number `plain` of Keras' tensor `which` is number `at` of ours. */
static void
for_each_weight (const NnRecurrent *self,
                 void (*each) (gpointer data, guint which, gint64 plain, gint64 at),
                 gpointer           data)
{
  gint64 gates = self->cell->gates, columns = gates * self->units;

  for (gint64 unit = 0; unit < self->units; unit++)
    for (gint64 gate = 0; gate < gates; gate++)
      {
        gint64 plain = gate * self->units + unit, by_unit = column_of (self, gate, unit);
        gint64 by_input = column_of (self, (gate + self->cell->input_turn) % gates, unit);

        for (gint64 k = 0; k < self->inputs; k++)
          each (data, 0, k * columns + plain, weight_at (self, k, by_input));
        for (gint64 k = 0; k < self->units; k++)
          each (data, 1, k * columns + plain, weight_at (self, self->inputs + k, by_unit));
        if (self->use_bias)
          each (data, 2, plain, self->bias_at + by_input);
        if (self->two_biases)
          each (data, 2, columns + plain, self->bias_at + self->n_bias + by_unit);
      }
}

typedef struct
{
  const float *const *from;
  float       *const *to;
  const float        *source;
  float              *target;
} Transfer;

static void
load_one (gpointer data, guint which, gint64 plain, gint64 at)
{
  Transfer *transfer = data;

  transfer->target[at] = transfer->from[which][plain];
}

static void
save_one (gpointer data, guint which, gint64 plain, gint64 at)
{
  Transfer *transfer = data;

  transfer->to[which][plain] = transfer->source[at];
}

static void
load (const NnOp         *op,
      const float *const *list,
      float              *params)
{
  Transfer transfer = { .from = list, .target = params };

  for_each_weight (op->detail, load_one, &transfer);
}

static void
save (const NnOp   *op,
      const float  *params,
      float *const *list)
{
  Transfer transfer = { .to = list, .source = params };

  for_each_weight (op->detail, save_one, &transfer);
}

/* The transposed kernels, as panels: first of the inputs, then of the units. Their rows are the gates of one block after the
 * other. */
static void
derive (const NnOp  *op,
        const float *params,
        float       *derived)
{
  const NnRecurrent *self = op->detail;
  gint64 columns = self->cell->gates * self->full, depth = self->inputs + self->units;
  float *by_units = derived + nn_packed_size (columns, self->inputs);

  nn_pack_transposed (derived, 0, columns, params, 0, depth, self->inputs, columns);
  nn_pack_transposed (by_units, 0, columns, params, self->inputs, depth, self->units, columns);
}

const NnLayerOps nn_recurrent_ops = {
  .prepare = prepare, .load = load, .save = save, .derive = derive,
  .forward = nn_recurrent_forward, .backward = nn_recurrent_backward,
};
