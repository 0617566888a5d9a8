/* nn-predict.c: blocking inference on windows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-predict.h"

#include "nn-model-private.h"
#include "nn-pool.h"
#include "nn-shard.h"

#include <stdatomic.h>

/* Windows between two questions whether to stop, for each thread. */
#define SHARDS_PER_TURN 4

typedef struct
{
  const NnModel       *model;
  const NnBatchSource *source;
  NnCrew              *crew;
  gint64               first, n; /* windows of this turn */
  float               *output;   /* of the first of them */
  NnPool              *helpers;  /* (nullable): of a shard that is the only one */
  _Atomic (GError *)   error;    /* the first that happened */
} Turn;

static void
predict_shard (gpointer user_data, guint i)
{
  Turn *turn = user_data;
  const NnShape *out = &turn->model->plan->out;
  gint64 from = (gint64) i * NN_SHARD_ROWS, rows = MIN (turn->n - from, NN_SHARD_ROWS);
  gint64 size = nn_shape_size (out), outer = nn_shape_outer (out), windows[NN_SHARD_ROWS];
  NnShard *shard = nn_crew_take (turn->crew);
  NnShardPass pass = { .pool = turn->helpers };
  GError *error = NULL, *none = NULL;

  for (gint64 b = 0; b < rows; b++)
    windows[b] = turn->first + from + b;
  if (nn_shard_fill (shard, turn->source, windows, rows, NULL, &error))
    {
      const float *y = nn_shard_forward (shard, turn->model->params, &pass);

      turn->model->k->swap (turn->output + from * size, y, outer, rows, size / outer);
    }
  else if (!atomic_compare_exchange_strong (&turn->error, &none, error))
    g_error_free (error);
  nn_crew_give (turn->crew, shard);
}

/* Predictions of single windows would spend a third of their time on memory: one crew is kept from one to the next. */
static NnCrew *
take_crew (const NnModel *model, guint n_threads, GError **error)
{
  NnCrew *crew = atomic_exchange (model->spare, NULL);

  if (crew != NULL && nn_crew_fits (crew, model->k, n_threads))
    return crew;
  nn_crew_free (crew);
  return nn_crew_new (model->plan, model->k, n_threads, FALSE, NULL, error);
}

static void
give_crew (const NnModel *model, NnCrew *crew)
{
  nn_crew_free (atomic_exchange (model->spare, crew));
}

/* Windows `first` … `first` + `n` - 1. */
static gboolean
run_turn (Turn *turn, gint64 first, gint64 n, NnPool *pool, GError **error)
{
  guint n_shards = (guint) ((n + NN_SHARD_ROWS - 1) / NN_SHARD_ROWS);
  GError *failed;

  turn->first = first;
  turn->n = n;
  turn->helpers = n_shards == 1 ? pool : NULL;
  if (turn->helpers != NULL)
    predict_shard (turn, 0);
  else
    nn_pool_run (pool, n_shards, predict_shard, turn);
  turn->output += n * nn_shape_size (&turn->model->plan->out);
  failed = atomic_load (&turn->error);
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}

gboolean
nn_predict (const NnModel *model, const NnBatchSource *source, gint64 first, gint64 n, NnPool *pool,
            gboolean (*should_stop) (gpointer), gpointer user_data, float *output, GError **error)
{
  Turn turn = { .model = model, .source = source, .output = output };
  gboolean went_well = TRUE;
  guint n_threads;
  gint64 stride;

  g_return_val_if_fail (model != NULL && source != NULL && pool != NULL && output != NULL, FALSE);
  g_return_val_if_fail (first >= 0 && n >= 0 && first <= source->n_windows - n, FALSE);

  if (!nn_plan_check_source (model->plan, source, error))
    return FALSE;
  n_threads = nn_pool_get_n_threads (pool);
  turn.crew = take_crew (model, n_threads, error);
  if (turn.crew == NULL)
    return FALSE;

  stride = (gint64) n_threads * SHARDS_PER_TURN * NN_SHARD_ROWS;
  for (gint64 done = 0; done < n && went_well; done += stride)
    went_well = (should_stop == NULL || !should_stop (user_data)) &&
                run_turn (&turn, first + done, MIN (stride, n - done), pool, error);
  give_crew (model, turn.crew);
  return went_well;
}

void
nn_predict_shape (const NnModel *model, gint64 *n_steps, int *n_outputs)
{
  g_return_if_fail (model != NULL && n_steps != NULL && n_outputs != NULL);

  nn_plan_get_labels (model->plan, n_steps, n_outputs);
}
