/* sig-run.c: the samples of one channel side by side, wherever the recording keeps them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-run.h"

void
sig_run_init (SigRun             *self,
              const SigRecording *recording,
              guint               channel)
{
  self->recording = recording;
  self->channel = channel;
  self->closed = FALSE;
  self->start = 0;
  self->samples = sig_recording_peek_channel (recording, channel);
  self->end = self->samples != NULL ? sig_recording_get_n_steps (recording) : 0;
}

void
sig_run_init_at_hand (SigRun             *self,
                      const SigRecording *recording,
                      guint               channel,
                      const float        *samples,
                      gint64              start,
                      gint64              end)
{
  self->recording = recording;
  self->channel = channel;
  self->closed = TRUE;
  self->samples = samples;
  self->start = start;
  self->end = end;
}

/* Copies aligned runs, so that a step that cannot be read hides the same neighbours in every view. */
static void
copy_around (SigRun *self,
             gint64  step)
{
  self->start = step - step % SIG_RUN_STEPS;
  self->end = MIN (self->start + SIG_RUN_STEPS, sig_recording_get_n_steps (self->recording));
  self->samples = self->copy;
  if (!sig_recording_read (self->recording, self->channel, self->start, self->end - self->start, self->copy, NULL))
    self->samples = NULL;
}

const float *
sig_run_get (SigRun *self,
             gint64  step,
             gint64 *n)
{
  if (self->closed && (step < self->start || step >= self->end))
    {
      *n = (step < self->start ? self->start : sig_recording_get_n_steps (self->recording)) - step;
      return NULL;
    }
  if (step < self->start || step >= self->end)
    copy_around (self, step);
  *n = self->end - step;
  return self->samples != NULL ? self->samples + (step - self->start) : NULL;
}
