/* sig-derive.c: a recording that is made of another one's channels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-derive.h"

#include "sig-error.h"

/* Where the samples come from. */
typedef struct
{
  SigRecording *from;
  guint        *channels;
  SigDeriveFunc read;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  sig_recording_unref (self->from);
  g_free (self->channels);
  g_free (self);
}

static gboolean
source_read (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  const Source *self = source;

  return self->read (self->from, self->channels[channel], start, n, out, error);
}

/* The samples of all channels of `lazy`, one behind the other (transfer full). */
static float *
read_all (const SigRecording *lazy,
          GError            **error)
{
  gsize n_steps = (gsize) sig_recording_get_n_steps (lazy);
  guint n_channels = sig_recording_get_n_channels (lazy);
  g_autofree float *samples = g_try_new (float, n_channels * n_steps);

  if (samples == NULL)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "%s: there is not enough memory for a copy of %u channels",
                   sig_recording_get_title (lazy), n_channels);
      return NULL;
    }
  for (guint c = 0; c < n_channels; c++)
    if (!sig_recording_read (lazy, c, 0, (gint64) n_steps, samples + c * n_steps, error))
      return NULL;
  return g_steal_pointer (&samples);
}

SigRecording *
sig_derive_new (const SigRecording *from,
                const guint        *channels,
                guint               n_channels,
                SigDeriveFunc       read,
                GError            **error)
{
  Source *source = g_new0 (Source, 1);

  *source = (Source) { sig_recording_ref (from), g_memdup2 (channels, n_channels * sizeof *channels), read };

  g_autoptr (SigRecording) lazy
      = sig_recording_like_from_source (from, channels, n_channels, source_read, source, source_free);

  if (sig_recording_peek_channel (from, 0) == NULL)
    return g_steal_pointer (&lazy);

  float *samples = read_all (lazy, error);

  return samples != NULL ? sig_recording_like_take_samples (from, channels, n_channels, samples) : NULL;
}

SigRecording *
sig_derive_subset (const SigRecording *from,
                   const guint        *channels,
                   guint               n_channels,
                   GError            **error)
{
  g_autoptr (SigRecording) plain = sig_derive_new (from, channels, n_channels, sig_recording_read, error);
  g_autofree SigPace *paces = g_new (SigPace, n_channels);

  if (plain == NULL)
    return NULL;
  for (guint i = 0; i < n_channels; i++)
    paces[i] = sig_recording_get_pace (from, channels[i]);
  return sig_recording_with_paces (plain, paces);
}
