/* nn-minibatch.c: some windows through the network on all threads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-minibatch.h"

#include "nn-error.h"
#include "nn-layer-args.h"
#include "nn-memory.h"
#include "nn-rng.h"
#include "nn-weight-map.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

struct _NnMinibatch
{
  const NnPlan    *plan;
  const NnKernels *k;
  const NnLoss    *loss;
  NnPool          *pool;
  NnCrew          *crew;
  gboolean         learning;
  float           *slopes;  /* [parts][n_floats] */
  float           *derived;

  /* The job in hand. */
  const float     *params;
  NnWindows        windows;
  gboolean         backward;
  guint64          seed, step;
  guint            n_parts;
  NnTally          tallies[NN_MAX_PARTS];
  int              bad[NN_MAX_PARTS];
  _Atomic (GError *) error; /* the first that happened */
  double          *sums, *back_sums; /* [n_meet] each: of all shards, for ops that look at the whole mini-batch */
  guint            from, to;         /* the ops of the phase in hand */
  void           (*piece_func) (gpointer data, gint64 from, gint64 n);
  gpointer         piece_data;
};

NnMinibatch *
nn_minibatch_new (const NnPlan *plan, const NnKernels *k, const NnLoss *loss, NnPool *pool, gboolean learning,
                  gint64 most, GError **error)
{
  g_autoptr (NnMinibatch) self = g_new0 (NnMinibatch, 1);
  guint n_threads = nn_pool_get_n_threads (pool);

  self->plan = plan;
  self->k = k;
  self->loss = loss;
  self->pool = pool;
  self->learning = learning;
  self->crew = nn_crew_new (plan, k, learning ? nn_plan_count_arenas (plan, most, n_threads) : n_threads, learning,
                            &loss->target, error);
  if (self->crew == NULL)
    return NULL;
  if (!learning)
    return g_steal_pointer (&self);

  self->slopes = nn_floats_try_new (NN_PRODUCT (nn_plan_count_parts (most), plan->n_floats), "the gradients", error);
  if (self->slopes == NULL)
    return NULL;
  self->derived = nn_floats_try_new (plan->n_derived, "the transposed weights", error);
  if (self->derived == NULL)
    return NULL;
  self->sums = g_try_new (double, 2 * plan->n_meet + 1);
  if (self->sums == NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "There is no memory for the sums over a mini-batch.");
      return NULL;
    }
  self->back_sums = self->sums + plan->n_meet;
  return g_steal_pointer (&self);
}

void
nn_minibatch_free (NnMinibatch *self)
{
  if (self == NULL)
    return;

  nn_crew_free (self->crew);
  nn_floats_free (self->slopes);
  nn_floats_free (self->derived);
  g_free (self->sums);
  g_free (self);
}

static gint64
count_shards (const NnMinibatch *self)
{
  return (self->windows.n + NN_SHARD_ROWS - 1) / NN_SHARD_ROWS;
}

static NnShardPass
get_pass (const NnMinibatch *self, gint64 i)
{
  return (NnShardPass) { self->backward, self->loss->bends, self->seed, nn_rng_mix (self->step, i * NN_SHARD_ROWS) };
}

/* Reads the windows of shard `i` of the mini-batch. */
static gboolean
fill_shard (NnMinibatch *self, NnShard *shard, gint64 i, GError **error)
{
  gint64 first = i * NN_SHARD_ROWS, rows = MIN (self->windows.n - first, NN_SHARD_ROWS), windows[NN_SHARD_ROWS];

  for (gint64 b = 0; b < rows; b++)
    {
      gint64 at = self->windows.first + first + b;

      windows[b] = self->windows.order != NULL ? self->windows.order[at] : at;
    }
  return nn_shard_fill (shard, self->windows.source, windows, rows, &self->loss->target, error);
}

/* Adds what the shard's output costs to its part's tally. FALSE where that is not finite. */
static gboolean
score_shard (NnMinibatch *self, NnShard *shard, guint part, const float *y)
{
  NnTally *tally = &self->tallies[part];

  nn_loss_add (self->loss, self->k, y, self->backward ? nn_shard_get_slope (shard) : NULL, &shard->labels, shard->rows, tally);
  if (!self->backward || isfinite (tally->loss))
    return TRUE;
  self->bad[part] = nn_shard_find_bad (shard);
  return FALSE;
}

static void
run_shard (NnMinibatch *self, NnShard *shard, guint part, gint64 i)
{
  NnShardPass pass = get_pass (self, i);

  if (score_shard (self, shard, part, nn_shard_forward (shard, self->params, &pass)) && self->backward)
    nn_shard_backward (shard, self->params, self->derived, self->slopes + part * self->plan->n_floats, &pass);
}

/* Keeps the first error. */
static void
fail (NnMinibatch *self, GError *error)
{
  GError *none = NULL;

  if (!atomic_compare_exchange_strong (&self->error, &none, error))
    g_error_free (error);
}

/* The shards of a part: from `*from` to before `*to`. */
static void
get_shards (const NnMinibatch *self, guint part, gint64 *from, gint64 *to)
{
  *from = count_shards (self) * part / self->n_parts;
  *to = count_shards (self) * (part + 1) / self->n_parts;
}

static void
clear_slopes (NnMinibatch *self, guint part)
{
  memset (self->slopes + part * self->plan->n_floats, 0, self->plan->n_floats * sizeof (float));
}

static void
run_part (gpointer user_data, guint part)
{
  NnMinibatch *self = user_data;
  NnShard *shard = nn_crew_take (self->crew);
  gint64 from, to;

  get_shards (self, part, &from, &to);
  if (self->backward)
    clear_slopes (self, part);
  for (gint64 i = from; i < to && self->bad[part] == G_MAXINT; i++)
    {
      GError *error = NULL;

      if (!fill_shard (self, shard, i, &error))
        {
          fail (self, error);
          break;
        }
      run_shard (self, shard, part, i);
    }
  nn_crew_give (self->crew, shard);
}

/* --- shards that wait for one another ---------------------------------------------------------- */

/* Where ops look at the whole mini-batch, each of its shards has an arena, and all go through the ops in phases that end before
 * such an op. What the shards made for it is added up in their order. */

static const float *
forward_some (NnMinibatch *self, NnShard *shard, gint64 i)
{
  NnShardPass pass = get_pass (self, i);

  return nn_shard_forward_some (shard, self->from, self->to, self->params, &pass);
}

static void
backward_some (NnMinibatch *self, NnShard *shard, guint part, gint64 i, guint from, guint to)
{
  NnShardPass pass = get_pass (self, i);

  nn_shard_backward_some (shard, from, to, self->params, self->derived, self->slopes + part * self->plan->n_floats, &pass);
}

/* Reads the windows, and goes to the first meeting. */
static void
begin_part (gpointer user_data, guint part)
{
  NnMinibatch *self = user_data;
  gint64 from, to;

  get_shards (self, part, &from, &to);
  clear_slopes (self, part);
  for (gint64 i = from; i < to; i++)
    {
      NnShard *shard = nn_crew_get_nth (self->crew, i);
      GError *error = NULL;

      nn_shard_meet (shard, self->sums, self->back_sums, self->windows.n);
      if (!fill_shard (self, shard, i, &error))
        {
          fail (self, error);
          break;
        }
      forward_some (self, shard, i);
    }
}

static void
forward_part (gpointer user_data, guint part)
{
  NnMinibatch *self = user_data;
  gint64 from, to;

  get_shards (self, part, &from, &to);
  for (gint64 i = from; i < to; i++)
    forward_some (self, nn_crew_get_nth (self->crew, i), i);
}

/* From the last meeting to the end, and back there: what a shard leaves on its way is still in the caches when it comes back. */
static void
turn_part (gpointer user_data, guint part)
{
  NnMinibatch *self = user_data;
  gint64 from, to;

  get_shards (self, part, &from, &to);
  for (gint64 i = from; i < to; i++)
    {
      NnShard *shard = nn_crew_get_nth (self->crew, i);

      if (!score_shard (self, shard, part, forward_some (self, shard, i)))
        break;
      backward_some (self, shard, part, i, self->to, self->from + 1);
    }
}

static void
backward_part (gpointer user_data, guint part)
{
  NnMinibatch *self = user_data;
  gint64 from, to;

  get_shards (self, part, &from, &to);
  for (gint64 i = from; i < to; i++)
    backward_some (self, nn_crew_get_nth (self->crew, i), part, i, self->from, self->to);
}

static void
run_phase (NnMinibatch *self, NnPoolFunc func, guint from, guint to)
{
  self->from = from;
  self->to = to;
  nn_pool_run (self->pool, self->n_parts, func, self);
}

/* Adds up what the shards made for op `i`. */
static void
join_sums (NnMinibatch *self, guint i, gboolean back)
{
  const NnOp *op = &self->plan->ops[i];
  double *sums = (back ? self->back_sums : self->sums) + op->meet_at;

  memset (sums, 0, op->n_meet * sizeof *sums);
  for (gint64 s = 0; s < count_shards (self); s++)
    {
      const NnShardMeeting *meeting = &nn_crew_get_nth (self->crew, s)->meeting;
      const double *mine = (back ? meeting->mine_back : meeting->mine) + op->meet_at;

      for (gint64 j = 0; j < op->n_meet; j++)
        sums[j] += mine[j];
    }
}

/* Gives the op of the last meeting. */
static guint
forward_in_phases (NnMinibatch *self)
{
  guint from = 0, to = nn_plan_next_meeting (self->plan, 0);

  run_phase (self, begin_part, 0, to);
  while (to < self->plan->n_ops && atomic_load (&self->error) == NULL)
    {
      join_sums (self, to, FALSE);
      from = to;
      to = nn_plan_next_meeting (self->plan, from + 1);
      if (to < self->plan->n_ops)
        run_phase (self, forward_part, from, to);
    }
  return from;
}

static void
backward_in_phases (NnMinibatch *self, guint last)
{
  guint from, to = last + 1;

  while (to > 0)
    {
      join_sums (self, to - 1, TRUE);
      from = to;
      to = nn_plan_last_meeting (self->plan, from - 1);
      run_phase (self, backward_part, from, to);
    }
}

static void
run_in_phases (NnMinibatch *self)
{
  guint last = forward_in_phases (self);

  if (atomic_load (&self->error) != NULL)
    return;
  run_phase (self, turn_part, last, self->plan->n_ops);
  if (nn_minibatch_get_bad (self) == (int) self->plan->n_ops)
    backward_in_phases (self, last);
}

void
nn_minibatch_settle (NnMinibatch *self, float *params)
{
  for (guint i = 0; i < self->plan->n_ops; i++)
    {
      const NnOp *op = &self->plan->ops[i];

      if (op->n_meet > 0)
        op->ops->settle (op, self->sums + op->meet_at, self->windows.n, params + op->params_at);
    }
}

/* --- the whole ------------------------------------------------------------------------------------ */

static gboolean
run (NnMinibatch *self, const float *params, const NnWindows *windows, NnTally *tally, GError **error)
{
  GError *failed;

  self->params = params;
  self->windows = *windows;
  self->n_parts = nn_plan_count_parts (windows->n);
  atomic_store (&self->error, NULL);
  for (guint i = 0; i < self->n_parts; i++)
    {
      self->tallies[i] = (NnTally) { 0 };
      self->bad[i] = G_MAXINT;
    }

  if (self->backward && self->plan->n_meet > 0)
    run_in_phases (self);
  else
    nn_pool_run (self->pool, self->n_parts, run_part, self);

  failed = atomic_load (&self->error);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  for (guint i = 0; i < self->n_parts; i++)
    nn_tally_join (tally, &self->tallies[i]);
  return TRUE;
}

gboolean
nn_minibatch_score (NnMinibatch *self, const float *params, const NnWindows *windows, NnTally *tally, GError **error)
{
  self->backward = FALSE;
  return run (self, params, windows, tally, error);
}

/* Adds the parts' slopes to those of the first. */
static void
add_parts (gpointer data, gint64 from, gint64 n)
{
  NnMinibatch *self = data;

  for (guint part = 1; part < self->n_parts; part++)
    self->k->add (self->slopes + from, self->slopes + part * self->plan->n_floats + from, n);
}

gboolean
nn_minibatch_learn (NnMinibatch *self, const float *params, const NnWindows *windows, guint64 seed, guint64 step,
                    NnTally *tally, GError **error)
{
  g_assert (self->learning);

  for (guint i = 0; i < self->plan->n_ops; i++)
    {
      const NnOp *op = &self->plan->ops[i];

      if (op->n_derived > 0)
        op->ops->derive (op, params + op->params_at, self->derived + op->derived_at);
    }
  self->backward = TRUE;
  self->seed = seed;
  self->step = step;
  if (!run (self, params, windows, tally, error))
    return FALSE;
  nn_minibatch_each_piece (self, add_parts, self);
  return TRUE;
}

float *
nn_minibatch_get_slopes (NnMinibatch *self)
{
  return self->slopes;
}

int
nn_minibatch_get_bad (NnMinibatch *self)
{
  int bad = G_MAXINT;

  for (guint i = 0; i < self->n_parts; i++)
    bad = MIN (bad, self->bad[i]);
  return MIN (bad, (int) self->plan->n_ops);
}

static void
run_piece (gpointer user_data, guint i)
{
  NnMinibatch *self = user_data;
  gint64 from = (gint64) i * NN_PIECE;

  self->piece_func (self->piece_data, from, MIN (self->plan->n_floats - from, NN_PIECE));
}

void
nn_minibatch_each_piece (NnMinibatch *self, void (*func) (gpointer data, gint64 from, gint64 n), gpointer data)
{
  self->piece_func = func;
  self->piece_data = data;
  nn_pool_run (self->pool, (guint) ((self->plan->n_floats + NN_PIECE - 1) / NN_PIECE), run_piece, self);
}
