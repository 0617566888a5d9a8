/* nn-update.c: from the slopes of a mini-batch to new weights: regularisers, clipping, schedule, optimizer
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-update.h"

#include <math.h>
#include <string.h>

gboolean
nn_update_init (NnUpdate *self, const NnPlan *plan, const NnKernels *k, const NnSettings *settings, gint64 steps_per_epoch,
                GError **error)
{
  *self = (NnUpdate) { .plan = plan, .k = k, .settings = settings };
  nn_schedule_init (&self->schedule, settings, steps_per_epoch);
  if (!nn_weight_map_init (&self->map, plan, error))
    return FALSE;
  self->sums = g_new0 (double, self->map.n_chunks);
  self->squares = g_new0 (double, plan->n_tensors);
  self->factors = g_new0 (float, plan->n_tensors);
  return nn_optim_init (&self->optim, settings, plan->n_floats, error);
}

void
nn_update_clear (NnUpdate *self)
{
  nn_optim_clear (&self->optim);
  nn_weight_map_clear (&self->map);
  g_clear_pointer (&self->sums, g_free);
  g_clear_pointer (&self->squares, g_free);
  g_clear_pointer (&self->factors, g_free);
}

double
nn_update_get_rate (const NnUpdate *self)
{
  return nn_schedule_get_rate (&self->schedule, self->step);
}

static const NnTensor *
get_tensor (const NnUpdate *self, guint chunk)
{
  return &self->plan->tensors[self->map.chunks[chunk].tensor].tensor;
}

static gboolean
clips_norms (const NnUpdate *self)
{
  return self->settings->clipnorm > 0.0 || self->settings->global_clipnorm > 0.0;
}

/* --- the gradient ----------------------------------------------------------------------- */

/* Adds the regularisers' slopes and measures what comes of it. */
static void
prepare_piece (gpointer data, gint64 from, gint64 n)
{
  NnUpdate *self = data;

  for (guint i = nn_weight_map_find (&self->map, from); i < self->map.n_chunks && self->map.chunks[i].from < from + n; i++)
    {
      const NnChunk *chunk = &self->map.chunks[i];
      const NnTensor *tensor = get_tensor (self, i);
      float *slopes = self->slopes + chunk->from;

      if (tensor->frozen)
        continue;
      if (nn_tensor_is_penal (tensor))
        self->k->regularise (slopes, self->params + chunk->from, self->factors[chunk->tensor], (float) tensor->l1,
                             (float) tensor->l2, chunk->n);
      if (clips_norms (self))
        self->sums[i] = self->k->sum_squares (slopes, chunk->n);
    }
}

/* The squares of the tensors' norms: chunks of several tensors may take turns. */
static void
add_chunks (NnUpdate *self)
{
  for (guint i = 0; i < self->plan->n_tensors; i++)
    self->squares[i] = 0.0;
  for (guint i = 0; i < self->map.n_chunks; i++)
    self->squares[self->map.chunks[i].tensor] += self->sums[i];
  for (guint i = 0; i < self->plan->n_tensors; i++)
    self->squares[i] *= (double) self->factors[i] * (double) self->factors[i];
}

static void
clip_norms (NnUpdate *self)
{
  double most = self->settings->clipnorm > 0.0 ? self->settings->clipnorm : self->settings->global_clipnorm, all = 0.0;

  add_chunks (self);
  for (guint i = 0; i < self->plan->n_tensors; i++)
    all += self->squares[i];
  for (guint i = 0; i < self->plan->n_tensors; i++)
    {
      double norm = sqrt (self->settings->clipnorm > 0.0 ? self->squares[i] : all);

      self->factors[i] *= (float) (most / MAX (norm, most));
    }
}

/* Leaves in `factors` what the slopes have yet to be multiplied by. */
static void
prepare (NnUpdate *self, NnMinibatch *minibatch, float scale)
{
  for (guint i = 0; i < self->plan->n_tensors; i++)
    self->factors[i] = scale;
  if (self->map.penal || clips_norms (self))
    nn_minibatch_each_piece (minibatch, prepare_piece, self);
  for (guint i = 0; i < self->plan->n_tensors; i++)
    if (nn_tensor_is_penal (&self->plan->tensors[i].tensor))
      self->factors[i] = 1.0f;
  if (clips_norms (self))
    clip_norms (self);
}

/* --- the step --------------------------------------------------------------------------- */

static void
apply_piece (gpointer data, gint64 from, gint64 n)
{
  NnUpdate *self = data;

  memcpy (self->good + from, self->params + from, n * sizeof (float));
  for (guint i = nn_weight_map_find (&self->map, from); i < self->map.n_chunks && self->map.chunks[i].from < from + n; i++)
    {
      const NnChunk *chunk = &self->map.chunks[i];
      float factor = self->factors[chunk->tensor];

      if (get_tensor (self, i)->frozen)
        continue;
      if (self->settings->clipvalue > 0.0)
        self->k->clip (self->slopes + chunk->from, factor, (float) self->settings->clipvalue, chunk->n);
      nn_optim_apply (&self->optim, self->k, self->params, self->slopes, self->settings->clipvalue > 0.0 ? 1.0f : factor,
                      chunk->from, chunk->n);
    }
}

void
nn_update_step (NnUpdate *self, NnMinibatch *minibatch, float *params, float *good, gint64 n_labelled)
{
  self->params = params;
  self->good = good;
  self->slopes = nn_minibatch_get_slopes (minibatch);
  prepare (self, minibatch, 1.0f / (float) n_labelled);
  nn_optim_begin (&self->optim, nn_update_get_rate (self));
  self->step++;
  nn_minibatch_each_piece (minibatch, apply_piece, self);
}
