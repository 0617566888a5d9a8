/* sig-track.c: what a network said: a class and its probabilities for every step it was asked about
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-track.h"

#include "sig-labels.h"

#include <math.h>

struct _SigTrack
{
  gatomicrefcount refs;
  gint64          start;
  gint64          n_steps;
  int             n_classes;
  float          *probabilities; /* [n_steps][n_classes] */
  gint16         *classes;       /* [n_steps] */
};

/* The first class of the greatest probability; a step with any NaN was not predicted. */
static gint16
argmax (const float *probabilities,
        int          n_classes)
{
  int best = 0;

  for (int k = 0; k < n_classes; k++)
    {
      if (isnan (probabilities[k]))
        return SIG_UNLABELLED;
      if (probabilities[k] > probabilities[best])
        best = k;
    }
  return (gint16) best;
}

SigTrack *
sig_track_new_take (gint64 start,
                    gint64 n_steps,
                    int    n_classes,
                    float *probabilities)
{
  SigTrack *self = NULL;

  g_return_val_if_fail (start >= 0 && n_steps >= 0, NULL);
  g_return_val_if_fail (n_classes >= 2 && n_classes <= SIG_MAX_CLASSES, NULL);
  g_return_val_if_fail (probabilities != NULL || n_steps == 0, NULL);

  self = g_new0 (SigTrack, 1);
  g_atomic_ref_count_init (&self->refs);
  self->start = start;
  self->n_steps = n_steps;
  self->n_classes = n_classes;
  self->probabilities = probabilities;
  self->classes = g_new (gint16, n_steps);
  for (gint64 i = 0; i < n_steps; i++)
    self->classes[i] = argmax (probabilities + i * n_classes, n_classes);

  return self;
}

SigTrack *
sig_track_ref (const SigTrack *self)
{
  SigTrack *mutable_self = (SigTrack *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_track_unref (SigTrack *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->classes);
  g_free (self->probabilities);
  g_free (self);
}

gint64
sig_track_get_start (const SigTrack *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->start;
}

gint64
sig_track_get_n_steps (const SigTrack *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_steps;
}

int
sig_track_get_n_classes (const SigTrack *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_classes;
}

int
sig_track_get (const SigTrack *self,
               gint64          step)
{
  g_return_val_if_fail (self != NULL, SIG_UNLABELLED);

  if (step < self->start || step - self->start >= self->n_steps)
    return SIG_UNLABELLED;
  return self->classes[step - self->start];
}

float
sig_track_get_probability (const SigTrack *self,
                           gint64          step,
                           int             klass)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (klass >= 0 && klass < self->n_classes, NAN);

  if (step < self->start || step - self->start >= self->n_steps)
    return NAN;
  return self->probabilities[(step - self->start) * self->n_classes + klass];
}
