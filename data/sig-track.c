/* sig-track.c: what a network said: a class and its probabilities for every step it was asked about
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-track-private.h"

#include <math.h>

struct _SigTrack
{
  gatomicrefcount refs;
  gint64          start;
  gint64          n_steps;
  SigLabels      *labels;  /* the classes as runs, on the recording's steps */
  SigPyramid     *pyramid; /* of a recording whose channels are the classes' probabilities */
};

SigTrack *
sig_track_new_parts (gint64      start,
                     gint64      n_steps,
                     SigLabels  *labels,
                     SigPyramid *pyramid)
{
  SigTrack *self = g_new0 (SigTrack, 1);

  g_atomic_ref_count_init (&self->refs);
  self->start = start;
  self->n_steps = n_steps;
  self->labels = labels;
  self->pyramid = pyramid;

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

  sig_labels_unref (self->labels);
  sig_pyramid_unref (self->pyramid);
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
  return sig_labels_get_n_classes (self->labels);
}

int
sig_track_get (const SigTrack *self,
               gint64          step)
{
  g_return_val_if_fail (self != NULL, SIG_UNLABELLED);
  return sig_labels_get (self->labels, step);
}

float
sig_track_get_probability (const SigTrack *self,
                           gint64          step,
                           int             klass)
{
  float probability = NAN;

  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (klass >= 0 && klass < sig_track_get_n_classes (self), NAN);

  if (step < self->start || step - self->start >= self->n_steps
      || !sig_pyramid_get_samples (self->pyramid, (guint) klass, step - self->start, 1, &probability))
    return NAN;
  return probability;
}

gboolean
sig_track_read (const SigTrack *self,
                int             klass,
                gint64          start,
                gint64          n,
                float          *probabilities,
                GError        **error)
{
  g_return_val_if_fail (self != NULL && klass >= 0 && klass < sig_track_get_n_classes (self), FALSE);
  g_return_val_if_fail (start >= self->start && n >= 0 && start - self->start <= self->n_steps - n, FALSE);

  return sig_recording_read (sig_pyramid_get_recording (self->pyramid), (guint) klass, start - self->start, n, probabilities,
                             error);
}

const SigLabels *
sig_track_get_labels (const SigTrack *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->labels;
}

SigPyramid *
sig_track_get_pyramid (const SigTrack *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->pyramid;
}

gboolean
sig_track_get_columns (const SigTrack *self,
                       int             klass,
                       double          start,
                       double          end,
                       guint           n_columns,
                       SigColumn      *columns)
{
  double offset;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (klass >= 0 && klass < sig_track_get_n_classes (self), FALSE);

  offset = (double) self->start;
  return sig_pyramid_get_columns_at_hand (self->pyramid, (guint) klass, start - offset, end - offset, n_columns, columns);
}
