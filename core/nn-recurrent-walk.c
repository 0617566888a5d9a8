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

/* Of the at most `most` steps that come after `walked` have been walked, in whichever direction. */
static Chunk
cut_chunk (const Walk *walk, gint64 walked, gint64 most)
{
  const NnRecurrent *self = walk->self;
  gint64 n = MIN (most, self->steps - walked), size = walk->at.n_x;
  gint64 from = self->from_end ? self->steps - walked - n : walked;
  Chunk chunk = { .from = from, .to = from + n, .x = walk->call->x + from * size };
  float *masked = walk->call->scratch + walk->at.chunk_x;

  if (!walk->masks_x)
    return chunk;
  chunk.x_apart = apart (walk, most * size);
  for (gint64 i = 0; i < n; i++)
    mask (walk, masked + i * size, chunk.x_apart, chunk.x + i * size, walk->call->cache + walk->at.x_masks, size);
  chunk.x = masked;
  return chunk;
}

/* --- forward ------------------------------------------------------------------------------- */

/* The inputs' products of all of the chunk's steps; they do not wait for anything. */
static void
push_inputs (const Walk *walk, const Chunk *chunk, float *gates)
{
  const NnRecurrent *self = walk->self;
  NnFactor inputs = {
    chunk->x, chunk->x_apart, self->inputs, (chunk->to - chunk->from) * walk->call->rows, 0,
    walk->call->params + self->bias_at,
  };

  nn_recurrent_push_factor (self, walk->call, gates, 0, &inputs, 0, self->cell->gates, FALSE);
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

/* The chunk's steps, whose inputs' products are in `gates`. */
static void
walk_chunk (const Walk *walk, const Chunk *chunk, gint64 walked, float *gates, NnStep *step)
{
  const NnRecurrent *self = walk->self;
  const NnCall *call = walk->call;

  for (gint64 t = walked; t < walked + chunk->to - chunk->from; t++)
    {
      step->gates = gates + (place_of (self, t) - chunk->from) * walk->at.n_gates;
      look_ahead (walk, t, step);
      self->cell->step (self, step);
      if (walk->keep && self->sequences && !self->in_order)
        memcpy (call->y + answer_at (walk, t), step->h, walk->at.n_h * sizeof (float));
    }
}

static void
walk_all (const Walk *walk, NnStep *step)
{
  for (gint64 walked = 0; walked < walk->self->steps; walked += walk->at.chunk)
    {
      Chunk chunk = cut_chunk (walk, walked, walk->at.chunk);
      float *gates = walk->call->scratch + walk->at.chunk_gates;

      if (walk->keep)
        gates = walk->call->cache + walk->at.gates + chunk.from * walk->at.n_gates;
      push_inputs (walk, &chunk, gates);
      walk_chunk (walk, &chunk, walked, gates, step);
    }
}

/* --- one window, with others that make its inputs' products ----------------------------------- */

typedef struct
{
  const Walk *walk;
  NnStep     *step;
  gint64      piece; /* steps */
} Ahead;

static gboolean
has_help (const Walk *walk)
{
  return !walk->keep && walk->call->rows == 1 && walk->call->pool != NULL && walk->self->steps <= NN_RECURRENT_AHEAD &&
         walk->self->steps >= 2 * walk->at.chunk;
}

static float *
gates_of (const Walk *walk, const Chunk *chunk)
{
  return walk->call->scratch + walk->at.chunk_gates + chunk->from * walk->at.n_gates;
}

static void
make_piece (gpointer user_data, guint i)
{
  const Ahead *self = user_data;
  Chunk chunk = cut_chunk (self->walk, i * self->piece, self->piece);

  push_inputs (self->walk, &chunk, gates_of (self->walk, &chunk));
}

static void
use_piece (gpointer user_data, guint i)
{
  const Ahead *self = user_data;
  gint64 walked = i * self->piece;
  Chunk chunk = cut_chunk (self->walk, walked, self->piece);

  walk_chunk (self->walk, &chunk, walked, gates_of (self->walk, &chunk), self->step);
}

static void
walk_with_help (const Walk *walk, NnStep *step)
{
  gint64 steps = walk->self->steps, piece = MAX (walk->at.chunk / 2, (steps + NN_POOL_AHEAD - 1) / NN_POOL_AHEAD);
  Ahead ahead = { walk, step, piece };

  nn_pool_run_ahead (walk->call->pool, (guint) ((steps + piece - 1) / piece), make_piece, use_piece, &ahead);
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
  if (has_help (&walk))
    walk_with_help (&walk, &step);
  else
    walk_all (&walk, &step);
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
  Chunk chunk = cut_chunk (walk, (self->steps - back - 1) / NN_RECURRENT_CHUNK * NN_RECURRENT_CHUNK, NN_RECURRENT_CHUNK);
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
  const float *dz_h = dz + skip * walk->at.n_gates, *h_in = chunk->h_in + skip * walk->at.n_h;
  const float *reset = call->scratch + walk->at.chunk_reset + skip * walk->at.n_h;

  nn_recurrent_add_outers (self, call->k, call->grads, chunk->x, chunk->x_apart, self->inputs, dz, 0, rows, gates);
  if (rows_h > 0)
    {
      nn_recurrent_add_outers (self, call->k, by_units, h_in, chunk->h_apart, self->units, dz_h, slot, rows_h,
                               self->reset_after ? gates : gates - 1);
      if (!self->reset_after)
        nn_recurrent_add_outer (self, call->k, by_units, reset, self->units, dz_h, slot, rows_h, gates - 1, 1);
    }
  if (self->use_bias)
    nn_recurrent_sum_bias (self, call->k, call->grads + self->bias_at, dz, rows, 0);
  if (self->two_biases)
    nn_recurrent_sum_bias (self, call->k, call->grads + self->bias_at + self->n_bias, dz, rows, slot);

  if (call->dx == NULL)
    return;
  if (walk->masks_x)
    nn_recurrent_pull_masked (self, call->k, call->dx + chunk->from * walk->at.n_x, self->inputs, dz, 0, steps, call->rows,
                              call->derived, 0, gates, FALSE, call->cache + walk->at.x_masks, call->scratch + walk->at.spare);
  else
    nn_recurrent_pull_rows (self, call->k, call->dx + chunk->from * walk->at.n_x, self->inputs, dz, 0, rows, call->derived, 0,
                            gates, FALSE);
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
