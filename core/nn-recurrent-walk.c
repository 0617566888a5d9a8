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
    .rows = step->call->rows, .inputs = self->inputs, .units = self->units,
    .activation = self->activation, .recurrent = self->recurrent,
    .x_apart = step->x_apart, .h_apart = step->h_apart,
  };
}

/* Where all that is kept of a step begins. */
static void
point_at_kept (const Walk *walk, float *kept, NnStep *step)
{
  step->gates = kept;
  step->states = kept + walk->at.n_gates;
  step->slopes = walk->self->keeps_slopes ? step->states + walk->self->cell->n_states * walk->at.n_states : NULL;
}

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

/* --- forward ------------------------------------------------------------------------------- */

static void
look_ahead (const Walk *walk, gint64 t, NnStep *step)
{
  const NnRecurrent *self = walk->self;
  float *scratch = walk->call->scratch, *cache = walk->call->cache;
  gint64 place = place_of (self, t);
  const float *x = walk->call->x + place * walk->at.n_x;

  step->x = x;
  if (walk->masks_x)
    {
      mask (walk, scratch + walk->at.masked_x, walk->at.n_x, x, cache + walk->at.x_masks, walk->at.n_x);
      step->x = scratch + walk->at.masked_x;
    }
  step->h_before = t > 0 ? step->h : NULL;
  step->h_in = step->h_before;
  if (walk->masks_h && t > 0)
    {
      mask (walk, scratch + walk->at.masked_h, walk->at.n_h, step->h, cache + walk->at.h_masks, walk->at.n_h);
      step->h_in = scratch + walk->at.masked_h;
    }
  step->states_before = t > 0 ? step->states : NULL;
  point_at_kept (walk, walk->keep ? cache + walk->at.steps + place * walk->at.n_step : scratch + walk->at.step, step);
  if (walk->keep)
    step->h = walk->outputs + place * walk->at.n_h;
  else if (self->sequences)
    step->h = walk->call->y + answer_at (walk, t);
  else
    step->h = scratch + walk->at.last[t % 2];
}

void
nn_recurrent_forward (const NnOp   *op,
                      const NnCall *call)
{
  Walk walk = begin (op, call);
  const NnRecurrent *self = walk.self;
  gsize bytes = walk.at.n_h * sizeof (float);
  NnStep step = {
    .call = call, .reset = call->scratch + walk.at.reset,
    .x_apart = walk.masks_x && self->n_masks > 1 ? walk.at.n_x : 0,
    .h_apart = walk.masks_h && self->n_masks > 1 ? walk.at.n_h : 0,
  };

  if (walk.masks_x || walk.masks_h)
    draw_masks (op, &walk);
  for (gint64 t = 0; t < self->steps; t++)
    {
      look_ahead (&walk, t, &step);
      self->cell->step (self, &step);
      if (walk.keep && self->sequences && !self->in_order)
        memcpy (call->y + answer_at (&walk, t), step.h, bytes);
    }
  if (!self->sequences)
    memcpy (call->y, step.h, bytes);
}

/* --- backward ------------------------------------------------------------------------------ */

/* Some steps in a row: places `from` .. `to` - 1. */
typedef struct
{
  gint64       from, to;
  const float *x;       /* masked where that is asked for, `x_apart` floats a mask, as h_in */
  gint64       x_apart, h_apart;
  const float *h_in;    /* the outputs before; that of place `from` first, if it has any */
  gint64       first_h; /* places that have an output before: `first_h` .. `end_h` - 1 */
  gint64       end_h;
} Chunk;

static Chunk
cut_chunk (const Walk *walk, gint64 done)
{
  const NnRecurrent *self = walk->self;
  gint64 n = MIN (NN_RECURRENT_CHUNK, self->steps - done), before = self->from_end ? 1 : -1;
  float *scratch = walk->call->scratch;
  const float *cache = walk->call->cache;
  Chunk chunk = { .from = self->from_end ? done : self->steps - done - n };

  chunk.to = chunk.from + n;
  chunk.first_h = MAX (chunk.from, self->from_end ? 0 : 1);
  chunk.end_h = MIN (chunk.to, self->steps - (self->from_end ? 1 : 0));
  chunk.x = walk->call->x + chunk.from * walk->at.n_x;
  if (walk->masks_x)
    {
      chunk.x_apart = NN_RECURRENT_CHUNK * walk->at.n_x;
      for (gint64 i = 0; i < n; i++)
        mask (walk, scratch + walk->at.chunk_x + i * walk->at.n_x, chunk.x_apart, chunk.x + i * walk->at.n_x,
              cache + walk->at.x_masks, walk->at.n_x);
      chunk.x = scratch + walk->at.chunk_x;
    }
  chunk.h_in = walk->outputs + (chunk.from + before) * walk->at.n_h;
  if (walk->masks_h)
    {
      chunk.h_apart = NN_RECURRENT_CHUNK * walk->at.n_h;
      for (gint64 i = chunk.first_h - chunk.from; i < chunk.end_h - chunk.from; i++)
        mask (walk, scratch + walk->at.chunk_h + i * walk->at.n_h, chunk.h_apart, chunk.h_in + i * walk->at.n_h,
              cache + walk->at.h_masks, walk->at.n_h);
      chunk.h_in = scratch + walk->at.chunk_h;
    }
  return chunk;
}

/* to [rows][width] = (add: to) + what the gates `first` … `first` + `n` - 1 of dz's rows give back through transposed weights. */
static void
pull (const NnRecurrent *self, const NnKernels *k, float *to, gint64 width, const float *dz, guint slot, gint64 rows,
      const float *transposed, guint first, guint n, gboolean add)
{
  gint64 slots = self->cell->slots, gates = self->cell->gates;
  gboolean all = n == slots;

  k->gemm (to, width, dz + (slot + first) * NN_K_PANEL, slots * self->full, self->taps, all ? 1 : self->full / NN_K_PANEL,
           all ? slots * self->full : n * NN_K_PANEL, transposed + first * NN_K_PANEL * NN_K_PANEL, gates * self->full, NULL,
           rows, width, add);
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

/* Adds up the slopes of the gates `first` … `first` + `n` - 1 of the weights that begin at `grads`. */
static void
add_outer (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 width, const float *dz,
           guint slot, gint64 rows, guint first, guint n)
{
  gint64 slots = self->cell->slots, gates = self->cell->gates;

  for (gint64 block = 0; block < self->full / NN_K_PANEL; block++)
    k->outer (grads + (block * (self->inputs + self->units) * gates + first) * NN_K_PANEL, gates * NN_K_PANEL, NN_K_PANEL,
              left, width, dz + (block * slots + slot + first) * NN_K_PANEL, slots * self->full, rows, width, n * NN_K_PANEL);
}

/* The same by what came in masked for each gate. */
static void
add_outers (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 apart, gint64 width,
            const float *dz, guint slot, gint64 rows, guint n)
{
  if (apart == 0 || self->n_masks == 1)
    add_outer (self, k, grads, left, width, dz, slot, rows, 0, n);
  else
    for (guint gate = 0; gate < n; gate++)
      add_outer (self, k, grads, left + gate * apart, width, dz, slot, rows, gate, 1);
}

static void
sum_bias (const Walk *walk, const float *dz, gint64 rows, guint slot, float *sums)
{
  gint64 slots = walk->self->cell->slots, gates = walk->self->cell->gates;

  for (gint64 block = 0; block < walk->self->full / NN_K_PANEL; block++)
    walk->call->k->sum_rows (sums + block * gates * NN_K_PANEL, dz + (block * slots + slot) * NN_K_PANEL,
                             slots * walk->self->full, rows, gates * NN_K_PANEL);
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
  float *by_units = call->grads + self->inputs * gates * NN_K_PANEL;
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

  point_at_kept (walk, walk->call->cache + walk->at.steps + place * walk->at.n_step, step);
  step->states_before = t > 0 ? step->states + before * walk->at.n_step : NULL;
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
  };

  memset (step.carry, 0, walk.at.n_states * sizeof (float));
  memset (step.dh, 0, walk.at.n_h * sizeof (float));
  for (gint64 done = 0; done < self->steps; done += NN_RECURRENT_CHUNK)
    {
      Chunk chunk = cut_chunk (&walk, done);
      gint64 last = self->steps - 1 - done;

      step.h_apart = self->n_masks > 1 ? chunk.h_apart : 0;
      for (gint64 t = last; t > last - (chunk.to - chunk.from); t--)
        {
          look_back (&walk, &chunk, t, &step);
          self->cell->step_back (self, &step);
        }
      finish_chunk (&walk, &chunk);
    }
}
