/* sig-missing.c: finds the samples of a recording that are missing or not finite
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-missing.h"

#include <math.h>
#include <string.h>

#include "sig-error.h"
#include "sig-reading.h"

#define N_BLOCK 16384 /* steps looked at at a time */

/* A channel's samples, in memory or read into `scratch`. */
static const float *
read_block (const SigRecording *recording,
            guint               channel,
            gint64              start,
            gint64              n,
            float              *scratch,
            GError            **error)
{
  const float *samples = sig_recording_peek_channel (recording, channel);

  if (samples != NULL)
    return samples + start;
  return sig_recording_read (recording, channel, start, n, scratch, error) ? scratch : NULL;
}

void
sig_missing_add (SigMissing  *self,
                 guint        channel,
                 gint64       start,
                 const float *samples,
                 gint64       n)
{
  gint64 count = 0, first = 0;

  g_return_if_fail (self != NULL && samples != NULL);

  for (gint64 t = 0; t < n; t++)
    count += !isfinite (samples[t]);
  if (count == 0)
    return;

  while (isfinite (samples[first]))
    first++;
  if (self->count == 0 || start + first < self->step || (start + first == self->step && channel < self->channel))
    {
      self->step = start + first;
      self->channel = channel;
    }
  self->count += count;
}

static gboolean
count_in_segment (const SigRecording *recording,
                  const SigSegment   *segment,
                  float              *scratch,
                  SigMissing         *missing,
                  GError            **error)
{
  for (gint64 start = segment->start; start < segment->end; start += N_BLOCK)
    for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
      {
        gint64 n = MIN (N_BLOCK, segment->end - start);
        const float *samples = read_block (recording, c, start, n, scratch, error);

        if (samples == NULL)
          return FALSE;
        sig_missing_add (missing, c, start, samples, n);
      }
  return TRUE;
}

gboolean
sig_missing_count (const SigRecording *recording,
                   SigMissing         *missing,
                   GError            **error)
{
  g_autofree float *scratch = g_new (float, N_BLOCK);
  const SigSegment *segments = NULL;
  gsize n_segments = 0;

  g_return_val_if_fail (recording != NULL && missing != NULL, FALSE);

  *missing = (SigMissing) { 0 };
  segments = sig_recording_get_segments (recording, &n_segments);
  for (gsize i = 0; i < n_segments; i++)
    if (!count_in_segment (recording, &segments[i], scratch, missing, error))
      return FALSE;
  return TRUE;
}

char *
sig_missing_describe (const SigMissing   *missing,
                      const SigRecording *recording)
{
  g_autofree char *counted = NULL;
  g_autofree char *where = NULL;

  g_return_val_if_fail (missing != NULL && recording != NULL, NULL);

  if (missing->count == 0)
    return NULL;
  counted = sig_dup_count (missing->count);
  if (sig_recording_has_rate (recording))
    where = g_strdup_printf ("%.3f s", (double) missing->step / sig_recording_get_rate_hz (recording));
  else
    where = g_strdup_printf ("step %" G_GINT64_FORMAT, missing->step);
  return g_strdup_printf (missing->count == 1 ? "%s sample is missing or not finite, in channel “%s” at %s"
                                              : "%s samples are missing or not finite, the first in channel “%s” at %s",
                          counted, sig_recording_get_channel_name (recording, missing->channel), where);
}

/* Counts the holes of one block: `holes[t]` is the number of channels whose sample is missing at step start + t. */
static gboolean
look_at_block (const SigRecording *recording,
               gint64              start,
               gint64              n,
               float              *scratch,
               guint16            *holes,
               GError            **error)
{
  memset (holes, 0, (gsize) n * sizeof *holes);
  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    {
      const float *samples = read_block (recording, c, start, n, scratch, error);

      if (samples == NULL)
        return FALSE;
      for (gint64 t = 0; t < n; t++)
        holes[t] += !isfinite (samples[t]);
    }
  return TRUE;
}

/* Appends the block's runs of steps without holes. */
static void
append_runs (GArray        *runs,
             gint64         start,
             gint64         n,
             const guint16 *holes)
{
  gboolean goes_on = FALSE;

  for (gint64 t = 0; t < n; t++)
    {
      SigSegment *last = runs->len > 0 ? &g_array_index (runs, SigSegment, runs->len - 1) : NULL;

      if (holes[t] > 0)
        goes_on = FALSE;
      else if (goes_on)
        last->end++;
      else
        {
          g_array_append_val (runs, ((SigSegment) { start + t, start + t + 1 }));
          goes_on = TRUE;
        }
    }
}

static gboolean
gather_runs (const SigRecording *recording,
             GArray             *runs,
             GError            **error)
{
  g_autofree float *scratch = g_new (float, N_BLOCK);
  g_autofree guint16 *holes = g_new (guint16, N_BLOCK);
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);

  for (gsize i = 0; i < n_segments; i++)
    for (gint64 start = segments[i].start; start < segments[i].end; start += N_BLOCK)
      {
        gint64 n = MIN (N_BLOCK, segments[i].end - start);

        if (!look_at_block (recording, start, n, scratch, holes, error))
          return FALSE;
        append_runs (runs, start, n, holes);
      }
  return TRUE;
}

/* Joins runs that only the end of a block parted. */
static void
join_runs (GArray             *runs,
           const SigRecording *recording)
{
  guint n = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      SigSegment run = g_array_index (runs, SigSegment, i);
      SigSegment *last = n > 0 ? &g_array_index (runs, SigSegment, n - 1) : NULL;

      if (last != NULL && last->end == run.start
          && sig_recording_find_segment (recording, last->start) == sig_recording_find_segment (recording, run.start))
        last->end = run.end;
      else
        g_array_index (runs, SigSegment, n++) = run;
    }
  g_array_set_size (runs, n);
}

SigRecording *
sig_missing_cut (const SigRecording *recording,
                 GError            **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (SigSegment));

  g_return_val_if_fail (recording != NULL, NULL);

  if (!gather_runs (recording, runs, error))
    return NULL;
  if (runs->len == 0)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "“%s” has no step at which the samples of all channels are there.",
                   sig_recording_get_title (recording));
      return NULL;
    }
  join_runs (runs, recording);
  return sig_recording_with_segments (recording, (const SigSegment *) runs->data, runs->len);
}
