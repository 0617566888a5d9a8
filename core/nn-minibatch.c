/* nn-minibatch.c: some windows through the network on all threads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-minibatch.h"

#include "nn-layer-args.h"
#include "nn-memory.h"
#include "nn-rng.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#define PIECE 16384 /* weights that one thread takes at a time where they are gone through one by one */

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
  void           (*piece_func) (gpointer data, gint64 from, gint64 n);
  gpointer         piece_data;
};

NnMinibatch *
nn_minibatch_new (const NnPlan *plan, const NnKernels *k, const NnLoss *loss, NnPool *pool, gboolean learning,
                  gint64 most, GError **error)
{
  g_autoptr (NnMinibatch) self = g_new0 (NnMinibatch, 1);

  self->plan = plan;
  self->k = k;
  self->loss = loss;
  self->pool = pool;
  self->learning = learning;
  self->crew = nn_crew_new (plan, k, nn_pool_get_n_threads (pool), learning, error);
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
  g_free (self);
}

/* Windows first .. first + rows - 1 of the mini-batch, of part `part`. */
static gboolean
run_shard (NnMinibatch *self, NnShard *shard, guint part, gint64 first, gint64 rows, GError **error)
{
  NnShardPass pass = { self->backward, self->loss->logits, self->seed, nn_rng_mix (self->step, first) };
  NnTally *tally = &self->tallies[part];
  gint64 windows[NN_SHARD_ROWS];
  const float *y;

  for (gint64 b = 0; b < rows; b++)
    {
      gint64 i = self->windows.first + first + b;

      windows[b] = self->windows.order != NULL ? self->windows.order[i] : i;
    }
  if (!nn_shard_fill (shard, self->windows.source, windows, rows, TRUE, error))
    return FALSE;

  y = nn_shard_forward (shard, self->params, &pass);
  nn_loss_add (self->loss, y, self->backward ? nn_shard_get_slope (shard) : NULL, shard->labels, rows, tally);
  if (!self->backward)
    return TRUE;

  if (isfinite (tally->loss))
    nn_shard_backward (shard, self->params, self->derived, self->slopes + part * self->plan->n_floats, &pass);
  else
    self->bad[part] = nn_shard_find_bad (shard);
  return TRUE;
}

static void
run_part (gpointer user_data, guint part)
{
  NnMinibatch *self = user_data;
  gint64 n_shards = (self->windows.n + NN_SHARD_ROWS - 1) / NN_SHARD_ROWS;
  gint64 from = n_shards * part / self->n_parts, to = n_shards * (part + 1) / self->n_parts;
  NnShard *shard = nn_crew_take (self->crew);
  GError *error = NULL, *none = NULL;

  if (self->backward)
    memset (self->slopes + part * self->plan->n_floats, 0, self->plan->n_floats * sizeof (float));
  for (gint64 i = from; i < to && error == NULL && self->bad[part] == G_MAXINT; i++)
    {
      gint64 first = i * NN_SHARD_ROWS;

      if (run_shard (self, shard, part, first, MIN (self->windows.n - first, NN_SHARD_ROWS), &error))
        continue;
      if (!atomic_compare_exchange_strong (&self->error, &none, error))
        g_error_free (error);
      break;
    }
  nn_crew_give (self->crew, shard);
}

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

  nn_pool_run (self->pool, self->n_parts, run_part, self);

  failed = atomic_load (&self->error);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  for (guint i = 0; i < self->n_parts; i++)
    {
      tally->loss += self->tallies[i].loss;
      tally->n_labelled += self->tallies[i].n_labelled;
      tally->n_right += self->tallies[i].n_right;
    }
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

const float *
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
  gint64 from = (gint64) i * PIECE;

  self->piece_func (self->piece_data, from, MIN (self->plan->n_floats - from, PIECE));
}

void
nn_minibatch_each_piece (NnMinibatch *self, void (*func) (gpointer data, gint64 from, gint64 n), gpointer data)
{
  self->piece_func = func;
  self->piece_data = data;
  nn_pool_run (self->pool, (guint) ((self->plan->n_floats + PIECE - 1) / PIECE), run_piece, self);
}
