/* sig-closeup.c: a span of a recording at hand: its samples, or extremes finer than the pyramid's
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-closeup.h"

#include "sig-error.h"
#include "sig-extremes.h"

#define N_BLOCK 16384 /* steps read at a time: a multiple of every size below it */

SigCloseup *
sig_closeup_ref (SigCloseup *self)
{
  atomic_fetch_add_explicit (&self->refs, 1, memory_order_relaxed);
  return self;
}

void
sig_closeup_unref (SigCloseup *self)
{
  if (atomic_fetch_sub_explicit (&self->refs, 1, memory_order_acq_rel) != 1)
    return;

  g_free (self->samples);
  g_free (self->entries);
  g_free (self);
}

static SigCloseup *
closeup_new (const SigRecording *recording,
             gint64              start,
             gint64              end,
             gint64              size,
             GError            **error)
{
  g_autoptr (SigCloseup) self = g_new0 (SigCloseup, 1);
  gint64 n_steps = sig_recording_get_n_steps (recording);
  gsize n_all = 0;

  atomic_init (&self->refs, 1);
  self->size = size;
  self->start = CLAMP (start, 0, n_steps) / size * size;
  self->end = CLAMP (end, self->start, n_steps);
  self->end = MIN (self->end + (size - self->end % size) % size, n_steps);
  self->n = (self->end - self->start + size - 1) / size;
  if (g_size_checked_mul (&n_all, (gsize) MAX (self->n, 1), sig_recording_get_n_channels (recording)))
    {
      if (size == 1)
        self->samples = g_try_new (float, n_all);
      else
        self->entries = g_try_new (SigColumn, n_all);
    }
  if (self->samples != NULL || self->entries != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
               "There is not enough memory to look at %" G_GINT64_FORMAT " steps of %u channels.", end - start,
               sig_recording_get_n_channels (recording));
  return NULL;
}

/* Reads steps [start, start + n) of a channel, or makes them missing; the first failure is told. */
static void
read_samples (const SigRecording *recording,
              guint               channel,
              gint64              start,
              gint64              n,
              float              *out,
              GError            **error)
{
  if (sig_recording_read (recording, channel, start, n, out, error != NULL && *error == NULL ? error : NULL))
    return;
  for (gint64 t = 0; t < n; t++)
    out[t] = NAN;
}

static void
fold (const float *samples,
      gint64       n,
      gint64       size,
      SigColumn   *entries)
{
  for (gint64 i = 0; i * size < n; i++)
    {
      entries[i] = SIG_COLUMN_EMPTY;
      sig_extremes_scan (&entries[i], samples + i * size, MIN (size, n - i * size));
    }
}

SigCloseup *
sig_closeup_read (const SigRecording *recording,
                  gint64              start,
                  gint64              end,
                  gint64              size,
                  gboolean          (*should_stop) (gpointer),
                  gpointer            user_data,
                  GError            **error)
{
  g_autoptr (SigCloseup) self = closeup_new (recording, start, end, size, error);
  guint n_channels = sig_recording_get_n_channels (recording);
  gint64 step = MAX (N_BLOCK, size);
  g_autofree float *scratch = size > 1 ? g_new (float, step) : NULL;

  if (self == NULL)
    return NULL;
  for (gint64 at = self->start; at < self->end; at += step)
    for (guint c = 0; c < n_channels; c++)
      {
        gint64 n = MIN (step, self->end - at), first = (gint64) c * self->n + (at - self->start) / size;

        if (should_stop != NULL && should_stop (user_data))
          return NULL;
        read_samples (recording, c, at, n, size > 1 ? scratch : self->samples + first, error);
        if (size > 1)
          fold (scratch, n, size, self->entries + first);
      }
  return g_steal_pointer (&self);
}
