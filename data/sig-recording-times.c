/* sig-recording-times.c: which steps of a recording follow each other in time, and when they were recorded
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-recording-private.h"

SigRecording *
sig_recording_with_page (const SigRecording *self,
                         gint64              page)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (page >= 0, NULL);

  copy = sig_recording_copy_header (self);
  copy->page = page;
  return copy;
}

SigRecording *
sig_recording_with_start (const SigRecording *self,
                          gint64              start_us)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = sig_recording_copy_header (self);
  copy->start_us = start_us;
  return copy;
}

/* Whether they are what sig_recording_with_segments() asks for. */
static gboolean
are_segments (const SigSegment *segments,
              gsize             n_segments,
              gint64            n_steps)
{
  gint64 end = 0;

  for (gsize i = 0; i < n_segments; i++)
    {
      if (segments[i].start < end || segments[i].end <= segments[i].start)
        return FALSE;
      end = segments[i].end;
    }
  return n_segments > 0 && end <= n_steps;
}

SigRecording *
sig_recording_with_segments (const SigRecording *self,
                             const SigSegment   *segments,
                             gsize               n_segments)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL && segments != NULL, NULL);
  g_return_val_if_fail (are_segments (segments, n_segments, self->n_steps), NULL);

  copy = sig_recording_copy_header (self);
  g_free (copy->segments);
  copy->segments = g_memdup2 (segments, n_segments * sizeof (SigSegment));
  copy->n_segments = n_segments;
  return copy;
}

gint64
sig_recording_get_page (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->page;
}

gint64
sig_recording_get_start_us (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, SIG_START_UNKNOWN);
  return self->start_us;
}

const SigSegment *
sig_recording_get_segments (const SigRecording *self,
                            gsize              *n_segments)
{
  g_return_val_if_fail (self != NULL && n_segments != NULL, NULL);

  *n_segments = self->n_segments;
  return self->segments;
}

gsize
sig_recording_find_segment (const SigRecording *self,
                            gint64              step)
{
  gsize low = 0, high = 0;

  g_return_val_if_fail (self != NULL, 0);

  high = self->n_segments;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->segments[middle].end > step)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

gint64
sig_recording_find_break (const SigRecording *self,
                          gint64              step)
{
  gint64 found = 0;
  gsize i = 0;

  g_return_val_if_fail (self != NULL && step >= -1, 0);

  found = self->n_steps;
  i = sig_recording_find_segment (self, step);
  if (i < self->n_segments && self->segments[i].start <= step)
    i++;
  if (i < self->n_segments)
    found = self->segments[i].start;
  if (self->page > 0)
    found = MIN (found, ((step + self->page) / self->page) * self->page);
  return found;
}

gint64
sig_recording_get_longest_run (const SigRecording *self)
{
  gint64 longest = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < self->n_segments; i++)
    longest = MAX (longest, self->segments[i].end - self->segments[i].start);
  return self->page > 0 ? MIN (longest, self->page) : longest;
}
