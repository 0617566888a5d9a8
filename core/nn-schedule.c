/* nn-schedule.c: the learning rate of each step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-schedule.h"

#include <math.h>

#define CYCLE_START 25.0 /* the highest rate over the first one */
#define CYCLE_END   1e4  /* the first rate over the last one */

static gboolean
has_warmup (const NnSettings *settings)
{
  return settings->schedule == NN_SCHEDULE_COSINE && settings->warmup_target > 0.0;
}

void
nn_schedule_init (NnSchedule *self, const NnSettings *settings, gint64 steps_per_epoch)
{
  double warmup = has_warmup (settings) ? (double) settings->warmup_steps : 0.0;

  *self = (NnSchedule) {
    .settings = settings,
    .per_epoch = (double) steps_per_epoch,
    .n_steps = (double) steps_per_epoch * settings->epochs,
    .reduced = settings->learning_rate,
    .best = INFINITY,
  };
  self->decay_steps = settings->decay_steps > 0 ? (double) settings->decay_steps : MAX (self->n_steps - warmup, 1.0);
}

static double
get_exponential (const NnSchedule *self, double step)
{
  double times = step / self->decay_steps;

  return self->settings->learning_rate * pow (self->settings->decay_rate, self->settings->staircase ? floor (times) : times);
}

/* From 1 at the share 0 to 0 at the share 1. */
static double
half_cosine (double share)
{
  return 0.5 * (1.0 + cos (G_PI * share));
}

static double
get_cosine (const NnSchedule *self, double step)
{
  const NnSettings *s = self->settings;
  double from = has_warmup (s) ? s->warmup_target : s->learning_rate;
  double decayed = has_warmup (s) ? step - (double) s->warmup_steps : step;

  if (decayed < 0.0)
    return s->learning_rate + (from - s->learning_rate) * step / (double) s->warmup_steps;
  return from * ((1.0 - s->cosine_alpha) * half_cosine (MIN (decayed / self->decay_steps, 1.0)) + s->cosine_alpha);
}

static double
get_cycle (const NnSchedule *self, double step)
{
  double most = self->settings->learning_rate, first = most / CYCLE_START, last = first / CYCLE_END;
  double turn = self->settings->pct_start * self->n_steps - 1.0;

  if (step <= turn && turn > 0.0)
    return most + (first - most) * half_cosine (step / turn);
  return last + (most - last) * half_cosine (MIN ((step - turn) / (self->n_steps - 1.0 - turn), 1.0));
}

static double
get_stepped (const NnSchedule *self, gint64 step)
{
  const NnSettings *s = self->settings;
  int passed = 0;

  if (s->n_boundaries == 0)
    return s->learning_rate * pow (s->factor, floor (floor ((double) step / self->per_epoch) / s->step_epochs));
  while (passed < s->n_boundaries && step > s->boundaries[passed])
    passed++;
  return s->values[passed];
}

double
nn_schedule_get_rate (const NnSchedule *self, gint64 step)
{
  const NnSettings *s = self->settings;

  switch (s->schedule)
    {
    case NN_SCHEDULE_STEP:
      return get_stepped (self, step);
    case NN_SCHEDULE_EXPONENTIAL:
      return get_exponential (self, (double) step);
    case NN_SCHEDULE_COSINE:
      return get_cosine (self, (double) step);
    case NN_SCHEDULE_PLATEAU:
      return self->reduced;
    case NN_SCHEDULE_ONE_CYCLE:
      return get_cycle (self, (double) step);
    case NN_SCHEDULE_CONSTANT:
    default:
      return s->learning_rate;
    }
}

void
nn_schedule_end_epoch (NnSchedule *self, double loss)
{
  const NnSettings *s = self->settings;

  if (self->cooldown > 0)
    {
      self->cooldown--;
      self->wait = 0;
    }
  if (loss + s->min_delta < self->best)
    {
      self->best = loss;
      self->wait = 0;
    }
  else if (self->cooldown == 0 && ++self->wait >= s->patience && self->reduced > s->min_lr)
    {
      self->reduced = MAX (self->reduced * s->factor, s->min_lr);
      self->cooldown = s->cooldown;
      self->wait = 0;
    }
}
