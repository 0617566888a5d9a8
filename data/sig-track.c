/* sig-track.c: what a network said: a class and its probabilities for every step it was asked about
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-track.h"

#include <math.h>

struct _SigTrack
{
  gatomicrefcount refs;
  gint64          start;
  gint64          n_steps;
  int             n_classes;
  gint16         *classes; /* [n_steps] */
  SigLabels      *labels;  /* the same as runs, on the recording's steps */
  SigPyramid     *pyramid; /* of a recording whose channels are the classes' probabilities */
};

/* The first class of the greatest probability; a step with any NaN was not predicted. The classes lie `stride` numbers apart. */
static gint16
argmax (const float *probabilities,
        gint64       stride,
        int          n_classes)
{
  int best = 0;

  for (int k = 0; k < n_classes; k++)
    {
      if (isnan (probabilities[k * stride]))
        return SIG_UNLABELLED;
      if (probabilities[k * stride] > probabilities[best * stride])
        best = k;
    }
  return (gint16) best;
}

static SigLabels *
find_runs (const SigTrack *self)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  g_autofree const char **names = g_new (const char *, self->n_classes);
  g_autoptr (GStringChunk) chunk = g_string_chunk_new (256);

  for (int k = 0; k < self->n_classes; k++)
    {
      char number[16];

      g_snprintf (number, sizeof number, "%d", k);
      names[k] = g_string_chunk_insert (chunk, number);
    }
  for (gint64 i = 0, end = 0; i < self->n_steps; i = end)
    {
      for (end = i + 1; end < self->n_steps && self->classes[end] == self->classes[i];)
        end++;
      if (self->classes[i] != SIG_UNLABELLED)
        {
          SigSpan span = { self->start + i, self->start + end, self->classes[i] };

          g_array_append_val (spans, span);
        }
    }
  return sig_labels_new (self->start + self->n_steps, (const SigSpan *) (gpointer) spans->data, spans->len, names,
                         self->n_classes);
}

/* One channel a class, so that a curve of millions of steps is drawn as a recording is. Consumes the probabilities. */
static SigPyramid *
build_pyramid (const SigTrack *self,
               float          *probabilities)
{
  g_autoptr (SigRecording) recording
      = sig_recording_new_take_samples ("probabilities", self->n_classes, self->n_steps, 1, NULL, NULL, probabilities);
  SigPyramid *pyramid = sig_pyramid_new (recording);

  /* In memory nothing can fail to be read; without memory for levels the columns come from the samples. */
  sig_pyramid_build (pyramid, NULL, NULL, NULL);
  return pyramid;
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
  self->classes = g_new (gint16, n_steps);
  for (gint64 i = 0; i < n_steps; i++)
    self->classes[i] = argmax (probabilities + i, n_steps, n_classes);
  self->labels = find_runs (self);
  self->pyramid = build_pyramid (self, probabilities);

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
  return sig_recording_peek_channel (sig_pyramid_get_recording (self->pyramid), klass)[step - self->start];
}

const SigLabels *
sig_track_get_labels (const SigTrack *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->labels;
}

void
sig_track_get_columns (const SigTrack *self,
                       int             klass,
                       double          start,
                       double          end,
                       guint           n_columns,
                       SigColumn      *columns)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (klass >= 0 && klass < self->n_classes);

  sig_pyramid_get_columns (self->pyramid, klass, start - self->start, end - self->start, n_columns, columns);
}
