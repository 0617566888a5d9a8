/* nn-train.c: the blocking epoch loop
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-train.h"

#include "nn-error.h"
#include "nn-memory.h"
#include "nn-minibatch.h"
#include "nn-model-private.h"
#include "nn-rng.h"
#include "nn-update.h"

#include <math.h>
#include <string.h>

/* Everything of one training; nothing is allocated once it runs. */
typedef struct
{
  NnModel             *model;
  const NnPlan        *plan;
  const NnBatchSource *source, *validation;
  const NnSettings    *settings;
  const NnTrainHooks  *hooks;
  NnTrainResult       *result;

  NnLoss               loss;
  NnUpdate             update;
  NnMinibatch         *minibatch;
  float               *best;  /* the best epoch's weights */
  float               *good;  /* the latest weights with a finite loss and gradient */
  gint64              *order;

  gint64               started, paused; /* µs */
  guint64              step;            /* mini-batches, over all epochs */
  int                  epoch;
  gint64               n_batches, batch; /* batch: from 1 */
} Training;

/* --- hooks -------------------------------------------------------------------------- */

static double
get_elapsed (const Training *self)
{
  return (double) (g_get_monotonic_time () - self->started - self->paused) / G_USEC_PER_SEC;
}

/* The hook may wait: that is a pause, and its time is left out. */
static gboolean
should_stop (Training *self)
{
  gint64 asked = g_get_monotonic_time ();
  gboolean stop;

  if (self->hooks == NULL || self->hooks->should_stop == NULL)
    return FALSE;
  stop = self->hooks->should_stop (self->hooks->user_data);
  self->paused += g_get_monotonic_time () - asked;
  if (!stop)
    return FALSE;

  self->result->end = NN_TRAIN_STOPPED;
  self->result->reason = g_strdup_printf ("Training was stopped in epoch %d, after mini-batch %" G_GINT64_FORMAT
                                          " of %" G_GINT64_FORMAT ".", self->epoch, self->batch, self->n_batches);
  return TRUE;
}

static void
tell_step (Training *self, const NnTally *tally)
{
  NnTrainStep step = {
    self->epoch, self->settings->epochs, self->batch, self->n_batches, nn_tally_score (tally), get_elapsed (self),
  };

  if (self->hooks != NULL && self->hooks->on_step != NULL)
    self->hooks->on_step (self->hooks->user_data, &step);
}

static void
tell_epoch (Training *self, const NnEpoch *epoch)
{
  if (self->hooks != NULL && self->hooks->on_epoch != NULL)
    self->hooks->on_epoch (self->hooks->user_data, epoch, self->model);
}

/* --- what can go wrong --------------------------------------------------------------- */

/* `where`: the index of an op, or -1 for the windows. */
static char *
name_place (const Training *self, int where)
{
  if (where < 0)
    return g_strdup ("the windows that came in");
  return g_strdup_printf ("block %d (%s)", where + 1, nn_block_get_kind (self->plan->ops[where].block)->name);
}

static gboolean
diverge (Training *self, const char *what, int where)
{
  g_autofree char *place = where < (int) self->plan->n_ops ? name_place (self, where) : g_strdup ("the loss itself");

  self->result->end = NN_TRAIN_DIVERGED;
  self->result->bad_place = MIN (where, (int) self->plan->n_ops - 1);
  self->result->early = self->step <= 1;
  self->result->reason
    = g_strdup_printf ("In epoch %d, mini-batch %" G_GINT64_FORMAT ", %s was not a finite number; it was first seen in %s. "
                       "The last good weights are kept%s.", self->epoch, self->batch, what, place,
                       where < 0 ? "; look for what is missing in the data" : "");
  return FALSE;
}

/* The op nearest to the loss whose gradient is not finite; n_ops where all are. */
static int
find_bad_gradient (const Training *self, const float *slopes)
{
  for (int i = (int) self->plan->n_ops - 1; i >= 0; i--)
    {
      const NnOp *op = &self->plan->ops[i];

      if (op->n_params > 0 && !self->model->k->is_finite (slopes + op->params_at, op->n_params))
        return i;
    }
  return (int) self->plan->n_ops;
}

/* --- one mini-batch ------------------------------------------------------------------- */

/* As Keras, the regularisers' share is added to each mini-batch's mean. */
static void
add_penalty (const Training *self, NnTally *tally)
{
  tally->loss += nn_weight_map_get_penalty (&self->update.map, self->model->k, self->model->params) * (double) tally->n_labelled;
}

/* FALSE where training must end: the result, or the error, says why. */
static gboolean
learn (Training *self, NnTally *epoch, GError **error)
{
  gint64 first = (self->batch - 1) * self->settings->batch_size;
  NnWindows windows = { self->source, self->order, first, MIN (self->settings->batch_size, self->source->n_windows - first) };
  NnTally tally = { 0 };
  int bad;

  if (!nn_minibatch_learn (self->minibatch, self->model->params, &windows, self->settings->seed, self->step, &tally, error))
    return FALSE;
  self->step++;
  if (!isfinite (tally.loss))
    return diverge (self, "the loss", nn_minibatch_get_bad (self->minibatch));
  bad = find_bad_gradient (self, nn_minibatch_get_slopes (self->minibatch));
  if (bad < (int) self->plan->n_ops)
    return diverge (self, "the gradient", bad);

  add_penalty (self, &tally);
  if (tally.n_labelled > 0)
    nn_update_step (&self->update, self->minibatch, self->model->params, self->good, tally.n_labelled);
  nn_minibatch_settle (self->minibatch, self->model->params);
  nn_tally_join (epoch, &tally);
  return TRUE;
}

/* --- one epoch ----------------------------------------------------------------------- */

static void
set_order (Training *self)
{
  NnRng rng;

  for (gint64 i = 0; i < self->source->n_windows; i++)
    self->order[i] = i;
  if (!self->settings->shuffle)
    return;
  nn_rng_init (&rng, self->settings->seed, NN_RNG_SHUFFLE, self->epoch);
  nn_rng_shuffle (&rng, self->order, self->source->n_windows);
}

static gboolean
validate (Training *self, NnScore *score, GError **error)
{
  NnTally tally = { 0 };

  for (gint64 first = 0; self->validation != NULL && first < self->validation->n_windows; first += self->settings->batch_size)
    {
      NnWindows windows = { self->validation, NULL, first,
                            MIN (self->settings->batch_size, self->validation->n_windows - first) };

      if (should_stop (self))
        return FALSE;
      if (!nn_minibatch_score (self->minibatch, self->model->params, &windows, &tally, error))
        return FALSE;
    }
  add_penalty (self, &tally);
  if (tally.n_labelled > 0 && !isfinite (tally.loss))
    return diverge (self, "the validation loss", self->plan->n_ops);
  *score = nn_tally_score (&tally);
  return TRUE;
}

/* Takes note of a finished epoch. */
static void
finish_epoch (Training *self, NnScore train, NnScore validation)
{
  NnScore score = isnan (validation.loss) ? train : validation;
  NnEpoch epoch = { self->epoch, train, validation, get_elapsed (self), FALSE, nn_update_get_rate (&self->update) };
  NnTrainResult *result = self->result;

  nn_schedule_end_epoch (&self->update.schedule, score.loss);
  result->n_epochs = self->epoch;
  if (result->best_epoch == 0 || score.loss < result->best.loss)
    {
      epoch.best = TRUE;
      result->best_epoch = self->epoch;
      result->best = score;
      memcpy (self->best, self->model->params, self->plan->n_floats * sizeof (float));
    }
  tell_epoch (self, &epoch);
}

static gboolean
run_epoch (Training *self, GError **error)
{
  NnScore validation = { NAN, NAN };
  NnTally tally = { 0 };

  set_order (self);
  for (self->batch = 0; self->batch < self->n_batches;)
    {
      if (should_stop (self))
        return FALSE;
      self->batch++;
      if (!learn (self, &tally, error))
        return FALSE;
      tell_step (self, &tally);
    }
  if (tally.n_labelled == 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_DATA,
                           "None of the steps in the training part has a label: there is nothing to learn from.");
      return FALSE;
    }
  if (!validate (self, &validation, error))
    return FALSE;
  finish_epoch (self, nn_tally_score (&tally), validation);
  return TRUE;
}

/* --- the whole ------------------------------------------------------------------------ */

/* Its labels must be read as those of the training part. */
static gboolean
check_validation (const Training *self, GError **error)
{
  const NnTarget *wanted = &self->loss.target;
  NnTarget found;

  if (self->validation == NULL || self->validation->n_windows <= 0)
    return TRUE;
  if (!nn_target_init (&found, self->plan, self->validation, error))
    {
      g_prefix_error (error, "Validation part: ");
      return FALSE;
    }
  if (found.n_labels == wanted->n_labels && found.n_values == wanted->n_values)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_DATA,
                       "Validation part: its labels are of another kind than those of the training part.");
  return FALSE;
}

static gboolean
check_all (Training *self, GError **error)
{
  if (!nn_settings_check (self->settings, error) ||
      !nn_loss_init (&self->loss, self->plan, self->source, self->settings, error) || !check_validation (self, error))
    return FALSE;
  if (self->source->n_windows <= 0)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_DATA,
                         "The training part has no whole window: make windows shorter or the part longer.");
  else
    return TRUE;
  return FALSE;
}

static NnMoments *
get_moments (const Training *self)
{
  return self->hooks != NULL ? self->hooks->moments : NULL;
}

/* Goes on from the moments that were given, and has room for those at the end. */
static gboolean
take_moments (Training *self, GError **error)
{
  NnMoments *moments = get_moments (self);

  if (moments == NULL)
    return TRUE;
  if (moments->n_steps > 0)
    {
      g_return_val_if_fail (moments->n_arrays == nn_moments_count (self->settings), FALSE);
      g_return_val_if_fail (moments->n_params == self->plan->n_params, FALSE);
      nn_optim_start (&self->update.optim, self->plan, moments);
      self->update.step = moments->n_steps;
      return TRUE;
    }
  nn_moments_clear (moments);
  *moments = (NnMoments) { 0, nn_moments_count (self->settings), self->plan->n_params };
  moments->arrays = g_try_new0 (float, moments->n_arrays * moments->n_params + 1);
  if (moments->arrays == NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "There is no memory for the optimizer's moments.");
  return moments->arrays != NULL;
}

static void
leave_moments (Training *self)
{
  NnMoments *moments = get_moments (self);

  if (moments == NULL)
    return;
  moments->n_steps = self->update.step;
  nn_optim_save (&self->update.optim, self->plan, moments);
}

static gboolean
set_up (Training *self, NnPool *pool, GError **error)
{
  if (!check_all (self, error))
    return FALSE;
  if (self->settings->balance_classes && !nn_loss_balance (&self->loss, self->source, error))
    return FALSE;

  self->n_batches = (self->source->n_windows + self->settings->batch_size - 1) / self->settings->batch_size;
  self->order = g_try_new (gint64, self->source->n_windows);
  if (self->order == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   "There is no memory for the order of %" G_GINT64_FORMAT " windows.", self->source->n_windows);
      return FALSE;
    }
  self->best = nn_floats_try_new (self->plan->n_floats, "the best weights", error);
  if (self->best == NULL)
    return FALSE;
  self->good = nn_floats_try_new (self->plan->n_floats, "the last good weights", error);
  if (self->good == NULL)
    return FALSE;
  memcpy (self->good, self->model->params, self->plan->n_floats * sizeof (float));
  if (!nn_update_init (&self->update, self->plan, self->model->k, self->settings, self->n_batches, error)
      || !take_moments (self, error))
    return FALSE;
  self->minibatch = nn_minibatch_new (self->plan, self->model->k, &self->loss, pool, TRUE,
                                      MIN (self->settings->batch_size, self->source->n_windows), error);
  return self->minibatch != NULL;
}

static void
tear_down (Training *self)
{
  nn_minibatch_free (self->minibatch);
  nn_update_clear (&self->update);
  nn_floats_free (self->best);
  nn_floats_free (self->good);
  g_free (self->order);
}

/* The best epoch's weights, or where none was finished the latest that are good. */
static void
settle_weights (Training *self)
{
  const float *weights = self->result->best_epoch > 0 ? self->best : self->result->end == NN_TRAIN_DIVERGED ? self->good : NULL;

  if (weights != NULL)
    memcpy (self->model->params, weights, self->plan->n_floats * sizeof (float));
}

gboolean
nn_train (NnModel *model, const NnBatchSource *train, const NnBatchSource *validation, const NnSettings *settings,
          NnPool *pool, const NnTrainHooks *hooks, NnTrainResult *result, GError **error)
{
  GError *failed = NULL;
  Training self = {
    .model = model, .source = train, .validation = validation, .settings = settings, .hooks = hooks, .result = result,
    .started = g_get_monotonic_time (),
  };

  g_return_val_if_fail (model != NULL && train != NULL && settings != NULL && pool != NULL && result != NULL, FALSE);

  self.plan = model->plan;
  *result = (NnTrainResult) { .end = NN_TRAIN_FINISHED, .best = { NAN, NAN } };

  if (set_up (&self, pool, &failed))
    {
      for (self.epoch = 1; self.epoch <= settings->epochs && run_epoch (&self, &failed); self.epoch++)
        ;
      settle_weights (&self);
      leave_moments (&self);
    }
  result->elapsed_s = get_elapsed (&self);
  tear_down (&self);

  if (failed == NULL)
    return TRUE;
  result->end = NN_TRAIN_FAILED;
  result->reason = g_strdup (failed->message);
  g_propagate_error (error, failed);
  return FALSE;
}

void
nn_train_result_clear (NnTrainResult *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->reason, g_free);
}

gboolean
nn_evaluate (const NnModel *model, const NnBatchSource *source, const NnSettings *settings, NnPool *pool,
             NnScore *score, GError **error)
{
  g_autoptr (NnMinibatch) minibatch = NULL;
  NnTally tally = { 0 };
  NnWeightMap map;
  NnLoss loss;

  g_return_val_if_fail (model != NULL && source != NULL && settings != NULL && pool != NULL && score != NULL, FALSE);

  if (!nn_settings_check (settings, error) || !nn_loss_init (&loss, model->plan, source, settings, error))
    return FALSE;
  minibatch = nn_minibatch_new (model->plan, model->k, &loss, pool, FALSE, settings->batch_size, error);
  if (minibatch == NULL)
    return FALSE;
  for (gint64 first = 0; first < source->n_windows; first += settings->batch_size)
    {
      NnWindows windows = { source, NULL, first, MIN (settings->batch_size, source->n_windows - first) };

      if (!nn_minibatch_score (minibatch, model->params, &windows, &tally, error))
        return FALSE;
    }
  if (!nn_weight_map_init (&map, model->plan, error))
    return FALSE;
  *score = nn_tally_score (&tally);
  score->loss += nn_weight_map_get_penalty (&map, model->k, model->params);
  nn_weight_map_clear (&map);
  return TRUE;
}
