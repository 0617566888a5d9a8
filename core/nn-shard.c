/* nn-shard.c: up to NN_SHARD_ROWS windows on their way through the ops, there and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-shard.h"

#include "nn-error.h"
#include "nn-layer-args.h"
#include "nn-memory.h"

#include <stdatomic.h>
#include <string.h>

static gboolean
init_meeting (NnShard *self, GError **error)
{
  gint64 n = self->plan->n_meet;

  self->meeting.mine = g_try_new (double, 2 * n + 1);
  if (self->meeting.mine == NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "There is no memory for the sums over a few windows.");
      nn_shard_clear (self);
      return FALSE;
    }
  self->meeting.mine_back = self->meeting.mine + n;
  return TRUE;
}

static gboolean
init_labels (NnLabels *self, const NnTarget *target, GError **error)
{
  gint64 n = NN_PRODUCT (target->n_labels, NN_SHARD_ROWS);

  if (target->n_values > 0)
    self->values = nn_floats_try_new (NN_PRODUCT (n, target->n_values), "the labels of a few windows", error);
  else
    self->classes = g_try_new (gint32, n);
  if (target->n_values == 0 && self->classes == NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "There is no memory for the labels of a few windows.");
  if (self->values == NULL && self->classes == NULL)
    return FALSE;
  self->weights = nn_floats_try_new (n, "the weights of a few windows' labels", error);
  return self->weights != NULL;
}

gboolean
nn_shard_init (NnShard *self, const NnPlan *plan, const NnKernels *k, gboolean backward, const NnTarget *target,
               GError **error)
{
  const NnArena *arena = backward ? &plan->training : &plan->inference;

  *self = (NnShard) { .plan = plan, .k = k, .backward = backward };
  self->arena = nn_floats_try_new (arena->total, "the network's activations", error);
  if (self->arena == NULL)
    return FALSE;
  self->n_passed = g_new (guint, plan->n_ops);
  if (backward && !init_meeting (self, error))
    return FALSE;
  if (target == NULL || init_labels (&self->labels, target, error))
    return TRUE;
  nn_shard_clear (self);
  return FALSE;
}

void
nn_shard_clear (NnShard *self)
{
  g_clear_pointer (&self->arena, nn_floats_free);
  g_clear_pointer (&self->n_passed, g_free);
  g_clear_pointer (&self->meeting.mine, g_free);
  g_clear_pointer (&self->labels.classes, g_free);
  g_clear_pointer (&self->labels.values, nn_floats_free);
  g_clear_pointer (&self->labels.weights, nn_floats_free);
}

static const NnArena *
get_arena (const NnShard *self)
{
  return self->backward ? &self->plan->training : &self->plan->inference;
}

/* Those of window `i` of the source, which is window `b` of the shard; its classes are read together with its steps. */
static gboolean
fill_labels (NnShard *self, const NnBatchSource *source, gint64 i, gint64 b, const NnTarget *target, GError **error)
{
  gint64 n = target->n_labels;
  float *weights = self->labels.weights + b * n;

  if (target->n_values > 0 &&
      !source->fill_values (source->user_data, i, self->labels.values + b * n * target->n_values, error))
    return FALSE;
  if (source->fill_weights != NULL)
    return source->fill_weights (source->user_data, i, weights, error);
  for (gint64 t = 0; t < n; t++)
    weights[t] = 1.0f;
  return TRUE;
}

gboolean
nn_shard_fill (NnShard *self, const NnBatchSource *source, const gint64 *windows, gint64 rows, const NnTarget *target,
               GError **error)
{
  gint64 n_steps = nn_shape_outer (&self->plan->in), n_channels = nn_shape_size (&self->plan->in) / n_steps;
  float *window = self->arena + get_arena (self)->window;
  float *x = self->arena + get_arena (self)->x;

  self->rows = rows;
  for (gint64 b = 0; b < rows; b++)
    {
      gint32 *classes = target != NULL && target->n_values == 0 ? self->labels.classes + b * target->n_labels : NULL;

      if (!source->fill (source->user_data, windows[b], window, classes, error))
        return FALSE;
      if (target != NULL && !fill_labels (self, source, windows[b], b, target, error))
        return FALSE;
      self->k->copy_rows (x + b * n_channels, rows * n_channels, window, n_channels, n_steps, n_channels);
    }
  return TRUE;
}

static float *
get_output (NnShard *self, int op)
{
  if (op < 0)
    return self->arena + get_arena (self)->x;
  return self->arena + (self->backward ? self->plan->ops[op].training.y : self->plan->ops[op].inference.y);
}

/* What is the same for the op's call forward and backward. */
static NnCall
make_call (NnShard *self, guint i, const float *params, const NnShardPass *pass)
{
  const NnOp *op = &self->plan->ops[i];
  NnCall call = {
    .k = self->k,
    .pool = pass->pool,
    .rows = self->rows,
    .training = pass->training,
    .logits = pass->logits && i + 1 == self->plan->n_ops,
    .seed = pass->seed,
    .index = pass->index,
    .params = params + op->params_at,
    .x = get_output (self, op->inputs[0]),
    .y = get_output (self, i),
    .scratch = self->arena + get_arena (self)->scratch,
    .n_all = self->meeting.n_all,
  };

  for (guint j = 0; j < op->n_inputs; j++)
    call.xs[j] = get_output (self, op->inputs[j]);
  if (self->backward)
    call.cache = self->arena + op->training.cache;
  if (self->backward && op->n_meet > 0)
    {
      call.mine = self->meeting.mine + op->meet_at;
      call.mine_back = self->meeting.mine_back + op->meet_at;
      call.sums = self->meeting.sums + op->meet_at;
      call.back_sums = self->meeting.back_sums + op->meet_at;
    }
  return call;
}

void
nn_shard_meet (NnShard *self, const double *sums, const double *back_sums, gint64 n_all)
{
  self->meeting.sums = sums;
  self->meeting.back_sums = back_sums;
  self->meeting.n_all = n_all;
}

/* The shard is the whole mini-batch. */
static void
meet_alone (NnShard *self)
{
  nn_shard_meet (self, self->meeting.mine, self->meeting.mine_back, self->rows);
}

const float *
nn_shard_forward_some (NnShard *self, guint from, guint to, const float *params, const NnShardPass *pass)
{
  for (guint i = from; i < to; i++)
    {
      NnCall call = make_call (self, i, params, pass);

      self->plan->ops[i].ops->forward (&self->plan->ops[i], &call);
    }
  if (to < self->plan->n_ops && pass->training && self->plan->ops[to].n_meet > 0)
    {
      NnCall call = make_call (self, to, params, pass);

      self->plan->ops[to].ops->meet (&self->plan->ops[to], &call);
    }
  return get_output (self, (int) self->plan->n_ops - 1);
}

const float *
nn_shard_forward (NnShard *self, const float *params, const NnShardPass *pass)
{
  guint from, to = nn_plan_next_meeting (self->plan, 0);
  const float *y;

  meet_alone (self);
  y = nn_shard_forward_some (self, 0, to, params, pass);
  while (to < self->plan->n_ops)
    {
      from = to;
      to = nn_plan_next_meeting (self->plan, from + 1);
      y = nn_shard_forward_some (self, from, to, params, pass);
    }
  return y;
}

/* The slope by an op's output, or by the windows (-1). */
static float *
get_slope (NnShard *self, int op)
{
  return self->arena + (op < 0 ? get_arena (self)->dx : self->plan->ops[op].training.dy);
}

float *
nn_shard_get_slope (NnShard *self)
{
  g_assert (self->backward && self->plan->n_ops > 0);

  return get_slope (self, (int) self->plan->n_ops - 1);
}

static gboolean
wants_slope (const NnShard *self, int op, gboolean all)
{
  return all || (op >= 0 && self->plan->ops[op].learns);
}

/* The op's slope by its input `i`. An output that several ops read gets its slope from the last of them first; those of the
 * others are added, one by one on the way up. */
static void
pass_to_input (NnShard *self, const NnOp *op, NnCall *call, guint i)
{
  int input = op->inputs[i];
  guint n_readers = input < 0 ? self->plan->n_readers : self->plan->ops[input].n_readers;
  guint *n_passed = input < 0 ? &self->n_passed_to_windows : &self->n_passed[input];
  gint64 n = self->rows * nn_shape_size (&op->ins[i]);
  float *slope = get_slope (self, input);
  gboolean first = (*n_passed)++ == 0;

  g_assert (*n_passed <= n_readers);
  call->which = i;
  call->dx = first ? slope : self->arena + get_arena (self)->spare;
  op->ops->backward (op, call);
  if (!first)
    self->k->add (slope, call->dx, n);
}

/* Op `i` tells its inputs and weights their slopes; `all`: even where there are no weights. */
static void
pass_op (NnShard *self, guint i, gboolean all, const float *params, const float *derived, float *grads, const NnShardPass *pass)
{
  const NnOp *op = &self->plan->ops[i];
  NnCall call = make_call (self, i, params, pass);

  if (!wants_slope (self, (int) i, all))
    return;
  call.derived = derived + op->derived_at;
  call.grads = grads + op->params_at;
  call.dy = get_slope (self, (int) i);
  for (guint j = 0; j < op->n_inputs; j++)
    if (wants_slope (self, op->inputs[j], all))
      pass_to_input (self, op, &call, j);
    else if (op->n_params > 0)
      op->ops->backward (op, &call); /* which has dx NULL */
}

static void
meet_back (NnShard *self, guint i, const float *params, const NnShardPass *pass)
{
  const NnOp *op = &self->plan->ops[i];
  NnCall call = make_call (self, i, params, pass);

  call.dy = get_slope (self, (int) i);
  op->ops->meet_back (op, &call);
}

/* From op `from` - 1 up to op `to`, and up to what op `to` - 1 makes for a meeting. */
static void
pass_back (NnShard *self, guint from, guint to, gboolean all, const float *params, const float *derived, float *grads,
           const NnShardPass *pass)
{
  if (from == self->plan->n_ops)
    {
      memset (self->n_passed, 0, self->plan->n_ops * sizeof *self->n_passed);
      self->n_passed_to_windows = 0;
    }
  for (guint i = from; i-- > to;)
    pass_op (self, i, all, params, derived, grads, pass);
  if (to > 0 && pass->training && self->plan->ops[to - 1].n_meet > 0)
    meet_back (self, to - 1, params, pass);
}

void
nn_shard_backward_some (NnShard *self, guint from, guint to, const float *params, const float *derived, float *grads,
                        const NnShardPass *pass)
{
  pass_back (self, from, to, FALSE, params, derived, grads, pass);
}

/* All ops, stopping where one looks at the whole mini-batch, which this shard is. */
static void
pass_all_back (NnShard *self, gboolean all, const float *params, const float *derived, float *grads, const NnShardPass *pass)
{
  guint from, to = nn_plan_last_meeting (self->plan, self->plan->n_ops);

  pass_back (self, self->plan->n_ops, to, all, params, derived, grads, pass);
  while (to > 0)
    {
      from = to;
      to = nn_plan_last_meeting (self->plan, from - 1);
      pass_back (self, from, to, all, params, derived, grads, pass);
    }
}

void
nn_shard_backward (NnShard *self, const float *params, const float *derived, float *grads, const NnShardPass *pass)
{
  pass_all_back (self, FALSE, params, derived, grads, pass);
}

const float *
nn_shard_backward_to_input (NnShard *self, const float *params, const float *derived, float *grads, const NnShardPass *pass)
{
  pass_all_back (self, TRUE, params, derived, grads, pass);
  return get_slope (self, -1);
}

int
nn_shard_find_bad (NnShard *self)
{
  int n_ops = (int) self->plan->n_ops;

  g_assert (self->backward);

  for (int i = -1; i < n_ops; i++)
    {
      const NnShape *shape = i < 0 ? &self->plan->in : &self->plan->ops[i].out;

      if (!self->k->is_finite (get_output (self, i), self->rows * nn_shape_size (shape)))
        return i;
    }
  return n_ops;
}

/* --- one shard a thread ---------------------------------------------------------------- */

struct _NnCrew
{
  guint        n_shards;
  NnShard     *shards;
  atomic_flag *taken;
};

NnCrew *
nn_crew_new (const NnPlan *plan, const NnKernels *k, guint n_threads, gboolean backward, const NnTarget *target,
             GError **error)
{
  g_autoptr (NnCrew) self = g_new0 (NnCrew, 1);

  self->n_shards = n_threads;
  self->shards = g_new0 (NnShard, n_threads);
  self->taken = g_new0 (atomic_flag, n_threads);
  for (guint i = 0; i < n_threads; i++)
    {
      atomic_flag_clear (&self->taken[i]);
      if (!nn_shard_init (&self->shards[i], plan, k, backward, target, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
nn_crew_free (NnCrew *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_shards; i++)
    nn_shard_clear (&self->shards[i]);
  g_free (self->shards);
  g_free (self->taken);
  g_free (self);
}

gboolean
nn_crew_fits (const NnCrew *self, const NnKernels *k, guint n_threads)
{
  return self->n_shards >= n_threads && self->shards[0].k == k;
}

NnShard *
nn_crew_take (NnCrew *self)
{
  for (guint i = 0; i < self->n_shards; i++)
    if (!atomic_flag_test_and_set (&self->taken[i]))
      return &self->shards[i];
  g_assert_not_reached ();
}

NnShard *
nn_crew_get_nth (NnCrew *self, guint i)
{
  return &self->shards[i];
}

void
nn_crew_give (NnCrew *self, NnShard *shard)
{
  atomic_flag_clear (&self->taken[shard - self->shards]);
}
