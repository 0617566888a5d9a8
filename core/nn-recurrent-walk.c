/* nn-recurrent-walk.c: the walk of LSTM, GRU and SimpleRNN along the steps, there and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent-private.h"

#include "nn-rng.h"

#include <string.h>

/* One call. Steps are counted as they are walked; a step's place is where its inputs lie. */
typedef struct
{
  const NnRecurrent *self;
  const NnCall      *call;
  NnRecurrentLayout  at;
  gboolean           keep;
  gboolean           masks_x, masks_h;
  float             *outputs; /* of all steps, by place; only where they are kept */
} Walk;

static Walk
begin (const NnOp *op, const NnCall *call)
{
  const NnRecurrent *self = op->detail;
  Walk walk = {
    .self = self, .call = call, .keep = call->cache != NULL,
    .masks_x = call->training && self->dropout > 0.0,
    .masks_h = call->training && self->recurrent_dropout > 0.0,
  };

  nn_recurrent_lay_out (self, call->rows, walk.keep, &walk.at);
  if (walk.keep)
    walk.outputs = self->sequences && self->in_order ? call->y : call->cache + walk.at.outputs;
  return walk;
}

static gint64
place_of (const NnRecurrent *self, gint64 step)
{
  return self->from_end ? self->steps - 1 - step : step;
}

/* Where the output of a step is in y, or its slope in dy. */
static gint64
answer_at (const Walk *walk, gint64 step)
{
  return (walk->self->in_order ? place_of (walk->self, step) : step) * walk->at.n_h;
}

NnKRecurrent
nn_recurrent_size (const NnRecurrent *self, const NnStep *step)
{
  return (NnKRecurrent) {
    .rows = step->call->rows,
    .units = self->units,
    .activation = nn_recurrent_bends_units (self->activation) ? NN_K_LINEAR : self->activation,
    .recurrent = nn_recurrent_bends_units (self->recurrent) ? NN_K_LINEAR : self->recurrent,
  };
}

/* Where what is kept of a step beside its gates begins. */
static void
point_at_kept (const Walk *walk, float *kept, NnStep *step)
{
  step->states = kept;
  step->slopes = walk->self->keeps_slopes ? kept + walk->self->cell->n_states * walk->at.n_states : NULL;
}

/* Some steps in a row: places `from` .. `to` - 1. Where inputs or outputs are masked for each gate, the masked ones lie
 * `…_apart` floats apart; 0: one for all gates. */
typedef struct
{
  gint64       from, to;
  const float *x;
  gint64       x_apart, h_apart;
  const float *h_in;    /* backward only: the outputs before; that of place `from` first, if it has any */
  gint64       first_h; /* places that have an output before: `first_h` .. `end_h` - 1 */
  gint64       end_h;
} Chunk;

/* --- masks --------------------------------------------------------------------------------- */

/* One mask of each row for the whole sequence, as Keras draws them. */
static void
draw_masks (const NnOp *op, const Walk *walk)
{
  const NnRecurrent *self = walk->self;
  NnRng rng;

  nn_rng_init (&rng, walk->call->seed, NN_RNG_DROPOUT, nn_rng_mix (walk->call->index, op->serial));
  if (walk->masks_x)
    nn_rng_fill_mask (&rng, self->dropout, walk->call->cache + walk->at.x_masks, self->n_masks * walk->at.n_x);
  if (walk->masks_h)
    nn_rng_fill_mask (&rng, self->recurrent_dropout, walk->call->cache + walk->at.h_masks, self->n_masks * walk->at.n_h);
}

/* Multiplies one step's `n` numbers by each mask; the results lie `apart`. */
static void
mask (const Walk *walk, float *target, gint64 apart, const float *source, const float *masks, gint64 n)
{
  for (guint i = 0; i < walk->self->n_masks; i++)
    walk->call->k->multiply (target + i * apart, source, masks + i * n, n);
}

/* What is masked lies so far apart for each gate, if each has a mask of its own. */
static gint64
apart (const Walk *walk, gint64 n)
{
  return walk->self->n_masks > 1 ? n : 0;
}

/* Of the steps that come after `done` have been walked, in whichever direction. */
static Chunk
cut_chunk (const Walk *walk, gint64 walked)
{
  const NnRecurrent *self = walk->self;
  gint64 n = MIN (NN_RECURRENT_CHUNK, self->steps - walked), size = walk->at.n_x;
  gint64 from = self->from_end ? self->steps - walked - n : walked;
  Chunk chunk = { .from = from, .to = from + n, .x = walk->call->x + from * size };
  float *masked = walk->call->scratch + walk->at.chunk_x;

  if (!walk->masks_x)
    return chunk;
  chunk.x_apart = apart (walk, NN_RECURRENT_CHUNK * size);
  for (gint64 i = 0; i < n; i++)
    mask (walk, masked + i * size, chunk.x_apart, chunk.x + i * size, walk->call->cache + walk->at.x_masks, size);
  chunk.x = masked;
  return chunk;
}

/* --- forward ------------------------------------------------------------------------------- */

/* What is multiplied by the rows of weights from `w_row` on: [rows][width], or one such for each gate. */
typedef struct
{
  const float *x; /* (nullable): there is the bias alone */
  gint64       apart, width, rows;
  size_t       w_row;
  const float *bias; /* (nullable) */
} Factor;

/* gates, in the slots from `slot` on, = (add: gates) + bias + the products with the gates `first` … `first` + `n` - 1. */
static void
push (const NnRecurrent *self, const NnCall *call, float *gates, guint slot, const Factor *factor, guint first, guint n,
      gboolean add)
{
  gint64 n_gates = self->cell->gates, row = self->cell->slots * self->full, w_rows = self->inputs + self->units;
  gboolean all = n == self->cell->slots && factor->apart == 0;
  guint each = factor->apart > 0 ? 1 : n;
  NnKTap tap = { 0, factor->w_row };

  for (gint64 block = 0; block < (all ? 1 : self->full / NN_K_PANEL); block++)
    for (guint gate = first; gate < first + n; gate += each)
      {
        gint64 panel = block * n_gates + gate;
        const float *x = factor->x != NULL ? factor->x + gate * factor->apart : gates;

        call->k->gemm (gates + (block * self->cell->slots + slot + gate) * NN_K_PANEL, row, x, factor->width, &tap,
                       factor->x != NULL ? 1 : 0, factor->width, call->params + panel * w_rows * NN_K_PANEL, w_rows,
                       factor->bias != NULL ? factor->bias + panel * NN_K_PANEL : NULL, factor->rows,
                       all ? row : each * NN_K_PANEL, add);
      }
}

void
nn_recurrent_push (const NnRecurrent *self, const NnStep *step, const float *h_in, gint64 h_apart, guint first, guint n,
                   gboolean add)
{
  const float *bias = step->call->params + self->bias_at + self->cell->gates * self->full;
  Factor outputs = {
    h_in, h_apart, self->units, step->call->rows, self->inputs, self->cell->unit_slot > 0 ? bias : NULL,
  };

  if (h_in != NULL || outputs.bias != NULL)
    push (self, step->call, step->gates, self->cell->unit_slot, &outputs, first, n, add);
}

/* The inputs' products of all of the chunk's steps; they do not wait for anything. */
static void
push_inputs (const Walk *walk, const Chunk *chunk, float *gates)
{
  const NnRecurrent *self = walk->self;
  Factor inputs = {
    chunk->x, chunk->x_apart, self->inputs, (chunk->to - chunk->from) * walk->call->rows, 0,
    walk->call->params + self->bias_at,
  };

  push (self, walk->call, gates, 0, &inputs, 0, self->cell->gates, FALSE);
}

static void
look_ahead (const Walk *walk, gint64 t, NnStep *step)
{
  const NnRecurrent *self = walk->self;
  float *scratch = walk->call->scratch, *cache = walk->call->cache;
  gint64 place = place_of (self, t);

  step->h_before = t > 0 ? step->h : NULL;
  step->h_in = step->h_before;
  if (walk->masks_h && t > 0)
    {
      mask (walk, scratch + walk->at.masked_h, step->h_apart, step->h, cache + walk->at.h_masks, walk->at.n_h);
      step->h_in = scratch + walk->at.masked_h;
    }
  step->states_before = t > 0 ? step->states : NULL;
  point_at_kept (walk, walk->keep ? cache + walk->at.kept + place * walk->at.n_kept : scratch + walk->at.step, step);
  if (walk->keep)
    step->h = walk->outputs + place * walk->at.n_h;
  else if (self->sequences)
    step->h = walk->call->y + answer_at (walk, t);
  else
    step->h = scratch + walk->at.last[t % 2];
}

static void
walk_chunk (const Walk *walk, gint64 walked, NnStep *step)
{
  const NnRecurrent *self = walk->self;
  const NnCall *call = walk->call;
  Chunk chunk = cut_chunk (walk, walked);
  float *gates = walk->keep ? call->cache + walk->at.gates + chunk.from * walk->at.n_gates : call->scratch + walk->at.chunk_gates;

  push_inputs (walk, &chunk, gates);
  for (gint64 t = walked; t < walked + chunk.to - chunk.from; t++)
    {
      step->gates = gates + (place_of (self, t) - chunk.from) * walk->at.n_gates;
      look_ahead (walk, t, step);
      self->cell->step (self, step);
      if (walk->keep && self->sequences && !self->in_order)
        memcpy (call->y + answer_at (walk, t), step->h, walk->at.n_h * sizeof (float));
    }
}

void
nn_recurrent_forward (const NnOp   *op,
                      const NnCall *call)
{
  Walk walk = begin (op, call);
  NnStep step = {
    .call = call, .reset = call->scratch + walk.at.reset,
    .row = { call->scratch + walk.at.row[0], call->scratch + walk.at.row[1] },
  };

  if (walk.masks_x || walk.masks_h)
    draw_masks (op, &walk);
  if (walk.masks_h)
    step.h_apart = apart (&walk, walk.at.n_h);
  for (gint64 walked = 0; walked < walk.self->steps; walked += NN_RECURRENT_CHUNK)
    walk_chunk (&walk, walked, &step);
  if (!walk.self->sequences)
    memcpy (call->y, step.h, walk.at.n_h * sizeof (float));
}

/* --- backward ------------------------------------------------------------------------------ */

/* The chunk that ends where `back` steps are walked back, with the outputs that went into it. */
static Chunk
cut_chunk_back (const Walk *walk, gint64 back)
{
  const NnRecurrent *self = walk->self;
  gint64 before = self->from_end ? 1 : -1, size = walk->at.n_h;
  Chunk chunk = cut_chunk (walk, (self->steps - back - 1) / NN_RECURRENT_CHUNK * NN_RECURRENT_CHUNK);
  float *masked = walk->call->scratch + walk->at.chunk_h;

  chunk.first_h = MAX (chunk.from, self->from_end ? 0 : 1);
  chunk.end_h = MIN (chunk.to, self->steps - (self->from_end ? 1 : 0));
  chunk.h_in = walk->outputs + (chunk.from + before) * size;
  if (!walk->masks_h)
    return chunk;
  chunk.h_apart = apart (walk, NN_RECURRENT_CHUNK * size);
  for (gint64 i = chunk.first_h - chunk.from; i < chunk.end_h - chunk.from; i++)
    mask (walk, masked + i * size, chunk.h_apart, chunk.h_in + i * size, walk->call->cache + walk->at.h_masks, size);
  chunk.h_in = masked;
  return chunk;
}

/* to [rows][width] = (add: to) + what the gates `first` … `first` + `n` - 1 of dz's rows give back through transposed weights:
 * whole blocks of units, and then each gate's share of the last one, so that nothing is multiplied that only fills it up. */
static void
pull (const NnRecurrent *self, const NnKernels *k, float *to, gint64 width, const float *dz, guint slot, gint64 rows,
      const float *transposed, guint first, guint n, gboolean add)
{
  gint64 slots = self->cell->slots, w_rows = self->cell->gates * self->full;
  gint64 n_whole = self->units / NN_K_PANEL, rest = self->units % NN_K_PANEL;
  const float *last = dz + (n_whole * slots + slot + first) * NN_K_PANEL;
  gboolean all = n == slots;

  if (n_whole > 0)
    k->gemm (to, width, dz + (slot + first) * NN_K_PANEL, slots * self->full, self->taps, all ? 1 : n_whole,
             (all ? slots * n_whole : n) * NN_K_PANEL, transposed + first * NN_K_PANEL * NN_K_PANEL, w_rows, NULL, rows, width,
             add);
  if (rest > 0)
    k->gemm (to, width, last, slots * self->full, self->gate_taps, n, rest,
             transposed + (n_whole * self->cell->gates + first) * NN_K_PANEL * NN_K_PANEL, w_rows, NULL, rows, width,
             add || n_whole > 0);
}

/* The same, masked as what came in was: [steps] times [rows][width], by masks of [rows][width]. */
static void
pull_masked (const NnRecurrent *self, const NnKernels *k, float *to, gint64 width, const float *dz, guint slot, gint64 steps,
             gint64 rows, const float *transposed, guint first, guint n, gboolean add, const float *masks, float *spare)
{
  gint64 size = rows * width;
  guint each = self->n_masks > 1 ? 1 : n;

  for (guint gate = first; gate < first + n; gate += each)
    {
      gboolean more = add || gate > first;
      float *target = more ? spare : to;

      pull (self, k, target, width, dz, slot, steps * rows, transposed, gate, each, FALSE);
      for (gint64 i = 0; i < steps; i++)
        k->multiply (target + i * size, target + i * size, masks + (self->n_masks > 1 ? gate : 0) * size, size);
      if (more)
        k->add (to, spare, steps * size);
    }
}

void
nn_recurrent_pull (const NnRecurrent *self, const NnStep *step, float *to, guint first, guint n, gboolean add)
{
  const float *transposed = step->call->derived + nn_packed_size (self->cell->gates * self->full, self->inputs);
  guint slot = self->cell->unit_slot;

  if (step->masks == NULL)
    pull (self, step->call->k, to, self->units, step->dz, slot, step->call->rows, transposed, first, n, add);
  else
    pull_masked (self, step->call->k, to, self->units, step->dz, slot, 1, step->call->rows, transposed, first, n, add,
                 step->masks, step->spare);
}

/* Adds up the slopes of the gates `first` … `first` + `n` - 1 of the rows of weights that begin at `grads`. */
static void
add_outer (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 width, const float *dz,
           guint slot, gint64 rows, guint first, guint n)
{
  gint64 panel = (self->inputs + self->units) * NN_K_PANEL, row = self->cell->slots * self->full;
  gboolean all = n == self->cell->slots;

  for (gint64 block = 0; block < (all ? 1 : self->full / NN_K_PANEL); block++)
    k->outer (grads + (block * self->cell->gates + first) * panel, NN_K_PANEL, panel, left, width,
              dz + (block * self->cell->slots + slot + first) * NN_K_PANEL, row, rows, width, all ? row : n * NN_K_PANEL);
}

/* The same by what came in masked for each gate. */
static void
add_outers (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 apart, gint64 width,
            const float *dz, guint slot, gint64 rows, guint n)
{
  if (apart == 0)
    add_outer (self, k, grads, left, width, dz, slot, rows, 0, n);
  else
    for (guint gate = 0; gate < n; gate++)
      add_outer (self, k, grads, left + gate * apart, width, dz, slot, rows, gate, 1);
}

static void
sum_bias (const Walk *walk, const float *dz, gint64 rows, guint slot, float *sums)
{
  gint64 slots = walk->self->cell->slots, gates = walk->self->cell->gates, full = walk->self->full;
  gint64 n_blocks = slots == gates ? 1 : full / NN_K_PANEL;

  for (gint64 block = 0; block < n_blocks; block++)
    walk->call->k->sum_rows (sums + block * gates * NN_K_PANEL, dz + (block * slots + slot) * NN_K_PANEL, slots * full, rows,
                             gates * full / n_blocks);
}

/* Adds up the weights' slopes by the chunk's steps, whose dz are given, and hands the slope by the inputs on. */
static void
finish_chunk (const Walk *walk, const Chunk *chunk)
{
  const NnRecurrent *self = walk->self;
  const NnCall *call = walk->call;
  const float *dz = call->scratch + walk->at.dz;
  guint slot = self->cell->unit_slot, gates = self->cell->gates;
  gint64 steps = chunk->to - chunk->from, rows = steps * call->rows, rows_h = (chunk->end_h - chunk->first_h) * call->rows;
  gint64 skip = chunk->first_h - chunk->from;
  float *by_units = call->grads + self->inputs * NN_K_PANEL;
  const float *dz_h = dz + skip * walk->at.n_gates, *reset = call->scratch + walk->at.chunk_reset;

  add_outers (self, call->k, call->grads, chunk->x, chunk->x_apart, self->inputs, dz, 0, rows, gates);
  if (rows_h > 0)
    {
      add_outers (self, call->k, by_units, chunk->h_in + skip * walk->at.n_h, chunk->h_apart, self->units, dz_h, slot, rows_h,
                  self->reset_after ? gates : gates - 1);
      if (!self->reset_after)
        add_outer (self, call->k, by_units, reset + skip * walk->at.n_h, self->units, dz_h, slot, rows_h, gates - 1, 1);
    }
  if (self->use_bias)
    sum_bias (walk, dz, rows, 0, call->grads + self->bias_at);
  if (self->two_biases)
    sum_bias (walk, dz, rows, slot, call->grads + self->bias_at + gates * self->full);

  if (call->dx == NULL)
    return;
  if (walk->masks_x)
    pull_masked (self, call->k, call->dx + chunk->from * walk->at.n_x, self->inputs, dz, 0, steps, call->rows, call->derived,
                 0, gates, FALSE, call->cache + walk->at.x_masks, call->scratch + walk->at.spare);
  else
    pull (self, call->k, call->dx + chunk->from * walk->at.n_x, self->inputs, dz, 0, rows, call->derived, 0, gates, FALSE);
}

/* Fills in all that belongs to step `t`. */
static void
look_back (const Walk *walk, const Chunk *chunk, gint64 t, NnStep *step)
{
  const NnRecurrent *self = walk->self;
  gint64 place = place_of (self, t), before = self->from_end ? 1 : -1, at = place - chunk->from;
  const float *dy = walk->call->dy;

  point_at_kept (walk, walk->call->cache + walk->at.kept + place * walk->at.n_kept, step);
  step->gates = walk->call->cache + walk->at.gates + place * walk->at.n_gates;
  step->states_before = t > 0 ? step->states + before * walk->at.n_kept : NULL;
  step->h_before = t > 0 ? walk->outputs + (place + before) * walk->at.n_h : NULL;
  step->h_in = t > 0 ? chunk->h_in + at * walk->at.n_h : NULL;
  step->dz = walk->call->scratch + walk->at.dz + at * walk->at.n_gates;
  step->reset = walk->call->scratch + walk->at.chunk_reset + at * walk->at.n_h;
  if (self->sequences)
    step->dy = dy + answer_at (walk, t);
  else
    step->dy = t == self->steps - 1 ? dy : NULL;
}

void
nn_recurrent_backward (const NnOp   *op,
                       const NnCall *call)
{
  Walk walk = begin (op, call);
  const NnRecurrent *self = walk.self;
  NnStep step = {
    .call = call, .carry = call->scratch + walk.at.carry, .dh = call->scratch + walk.at.dh,
    .by_reset = call->scratch + walk.at.by_reset, .spare = call->scratch + walk.at.spare,
    .masks = walk.masks_h ? call->cache + walk.at.h_masks : NULL,
    .row = { call->scratch + walk.at.row[0], call->scratch + walk.at.row[1] },
  };

  memset (step.carry, 0, walk.at.n_states * sizeof (float));
  memset (step.dh, 0, walk.at.n_h * sizeof (float));
  for (gint64 back = 0; back < self->steps;)
    {
      Chunk chunk = cut_chunk_back (&walk, back);

      step.h_apart = chunk.h_apart;
      for (gint64 n = chunk.to - chunk.from; n > 0; n--, back++)
        {
          look_back (&walk, &chunk, self->steps - 1 - back, &step);
          self->cell->step_back (self, &step);
        }
      finish_chunk (&walk, &chunk);
    }
}
