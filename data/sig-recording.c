/* sig-recording.c: an immutable recording: planar float channels at one rate
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-recording-private.h"

#include "sig-origin.h"

#include <math.h>
#include <string.h>

static Store *
store_new (float         *samples,
           SigReadFunc    read,
           gpointer       source,
           GDestroyNotify free_source)
{
  Store *self = g_new0 (Store, 1);

  g_atomic_ref_count_init (&self->refs);
  self->samples = samples;
  self->read = read;
  self->source = source;
  self->free_source = free_source;
  self->grain = 1;
  return self;
}

static Store *
store_ref (Store *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
store_unref (Store *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  if (self->free_source != NULL)
    self->free_source (self->source);
  g_free (self->samples);
  g_free (self);
}

/* The channel's name as given, made valid UTF-8 and unlike every name in `taken`. */
static char *
make_name (const char *name, guint channel, GHashTable *taken)
{
  g_autofree char *base = NULL;
  g_autofree char *unique = NULL;

  if (name != NULL)
    base = g_strstrip (g_utf8_make_valid (name, -1));
  if (base == NULL || *base == '\0')
    {
      g_free (base);
      base = g_strdup_printf ("Ch %u", channel + 1);
    }

  unique = g_strdup (base);
  for (guint k = 2; g_hash_table_contains (taken, unique); k++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s (%u)", base, k);
    }

  g_hash_table_add (taken, unique);
  return g_steal_pointer (&unique);
}

/* `given` (nullable). */
static char **
make_names (const char *const *given, guint n_channels)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  char **names = g_new0 (char *, n_channels + 1);

  for (guint c = 0; c < n_channels; c++)
    names[c] = make_name (given != NULL ? given[c] : NULL, c, taken);
  return names;
}

static SigRecording *
recording_new (const char        *title,
               guint              n_channels,
               gint64             n_steps,
               double             rate_hz,
               const char *const *names,
               const char *const *units,
               Store             *store)
{
  SigRecording *self = g_new0 (SigRecording, 1);

  g_atomic_ref_count_init (&self->refs);
  self->title = g_utf8_make_valid (title, -1);
  self->n_channels = n_channels;
  self->n_steps = n_steps;
  self->has_rate = isfinite (rate_hz) && rate_hz > 0;
  self->rate_hz = self->has_rate ? rate_hz : 1.0;
  self->start_us = SIG_START_UNKNOWN;
  self->n_segments = n_steps > 0 ? 1 : 0;
  self->segments = g_memdup2 (&(SigSegment) { 0, n_steps }, sizeof (SigSegment));
  self->notes = g_new0 (char *, 1);
  self->store = store;

  self->names = make_names (names, n_channels);
  self->units = g_new0 (char *, n_channels + 1);
  for (guint c = 0; c < n_channels; c++)
    {
      const char *unit = units != NULL ? units[c] : NULL;

      self->units[c] = unit != NULL ? g_utf8_make_valid (unit, -1) : g_strdup ("");
    }

  return self;
}

SigRecording *
sig_recording_new_take_samples (const char        *title,
                                guint              n_channels,
                                gint64             n_steps,
                                double             rate_hz,
                                const char *const *names,
                                const char *const *units,
                                float             *samples)
{
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (n_channels >= 1 && n_channels <= SIG_MAX_CHANNELS, NULL);
  g_return_val_if_fail (n_steps >= 0, NULL);
  g_return_val_if_fail (samples != NULL || n_steps == 0, NULL);

  return recording_new (title, n_channels, n_steps, rate_hz, names, units, store_new (samples, NULL, NULL, NULL));
}

SigRecording *
sig_recording_new_from_source (const char        *title,
                               guint              n_channels,
                               gint64             n_steps,
                               double             rate_hz,
                               const char *const *names,
                               const char *const *units,
                               SigReadFunc        read,
                               gpointer           source,
                               GDestroyNotify     free_source)
{
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (n_channels >= 1 && n_channels <= SIG_MAX_CHANNELS, NULL);
  g_return_val_if_fail (n_steps >= 0, NULL);
  g_return_val_if_fail (read != NULL, NULL);

  return recording_new (title, n_channels, n_steps, rate_hz, names, units, store_new (NULL, read, source, free_source));
}

SigRecording *
sig_recording_ref (const SigRecording *self)
{
  SigRecording *mutable_self = (SigRecording *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_recording_unref (SigRecording *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  store_unref (self->store);
  g_clear_pointer (&self->origin, sig_origin_unref);
  g_free (self->paces);
  g_strfreev (self->notes);
  g_strfreev (self->units);
  g_strfreev (self->names);
  g_free (self->segments);
  g_free (self->title);
  g_free (self);
}

SigRecording *
sig_recording_copy_header (const SigRecording *self)
{
  SigRecording *copy = g_new0 (SigRecording, 1);

  *copy = *self;
  g_atomic_ref_count_init (&copy->refs);
  copy->title = g_strdup (self->title);
  copy->names = g_strdupv (self->names);
  copy->units = g_strdupv (self->units);
  copy->notes = g_strdupv (self->notes);
  copy->segments = g_memdup2 (self->segments, MAX (self->n_segments, 1) * sizeof (SigSegment));
  copy->paces = g_memdup2 (self->paces, self->n_channels * sizeof (SigPace));
  store_ref (copy->store);
  if (copy->origin != NULL)
    sig_origin_ref (copy->origin);
  return copy;
}

/* Consumes `store`. */
static SigRecording *
new_like (const SigRecording *other,
          const guint        *channels,
          guint               n_channels,
          Store              *store)
{
  SigRecording *self = sig_recording_copy_header (other);

  g_strfreev (self->names);
  g_strfreev (self->units);
  g_clear_pointer (&self->paces, g_free);
  store_unref (self->store);
  self->store = store;
  self->n_channels = n_channels;
  self->names = g_new0 (char *, n_channels + 1);
  self->units = g_new0 (char *, n_channels + 1);
  for (guint i = 0; i < n_channels; i++)
    {
      guint c = channels != NULL ? channels[i] : i;

      self->names[i] = g_strdup (other->names[c]);
      self->units[i] = g_strdup (other->units[c]);
    }
  return self;
}

SigRecording *
sig_recording_like_take_samples (const SigRecording *other,
                                 const guint        *channels,
                                 guint               n_channels,
                                 float              *samples)
{
  g_return_val_if_fail (other != NULL && n_channels >= 1 && n_channels <= other->n_channels, NULL);
  g_return_val_if_fail (samples != NULL || other->n_steps == 0, NULL);

  return new_like (other, channels, n_channels, store_new (samples, NULL, NULL, NULL));
}

SigRecording *
sig_recording_like_from_source (const SigRecording *other,
                                const guint        *channels,
                                guint               n_channels,
                                SigReadFunc         read,
                                gpointer            source,
                                GDestroyNotify      free_source)
{
  g_return_val_if_fail (other != NULL && n_channels >= 1 && n_channels <= other->n_channels, NULL);
  g_return_val_if_fail (read != NULL, NULL);

  return new_like (other, channels, n_channels, store_new (NULL, read, source, free_source));
}

void
sig_recording_set_grain (SigRecording *self,
                         gint64        n_steps)
{
  g_return_if_fail (self != NULL && n_steps >= 1);
  self->store->grain = n_steps;
}

gint64
sig_recording_get_grain (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, 1);
  return self->store->grain;
}

SigRecording *
sig_recording_with_notes (const SigRecording *self,
                          const char *const  *notes)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (notes != NULL, NULL);

  copy = sig_recording_copy_header (self);
  g_strfreev (copy->notes);
  copy->notes = g_strdupv ((char **) notes);
  return copy;
}

SigRecording *
sig_recording_with_names (const SigRecording *self,
                          const char *const  *names)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL && names != NULL, NULL);

  copy = sig_recording_copy_header (self);
  g_strfreev (copy->names);
  copy->names = make_names (names, self->n_channels);
  return copy;
}

SigRecording *
sig_recording_with_paces (const SigRecording *self,
                          const SigPace      *paces)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL && paces != NULL, NULL);
  for (guint c = 0; c < self->n_channels; c++)
    g_return_val_if_fail (paces[c].n >= 1 && paces[c].n <= paces[c].of, NULL);

  copy = sig_recording_copy_header (self);
  g_free (copy->paces);
  copy->paces = g_memdup2 (paces, self->n_channels * sizeof (SigPace));
  return copy;
}

SigRecording *
sig_recording_with_origin (const SigRecording *self,
                           SigOrigin          *origin)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = sig_recording_copy_header (self);
  g_clear_pointer (&copy->origin, sig_origin_unref);
  copy->origin = origin != NULL ? sig_origin_ref (origin) : NULL;
  return copy;
}

SigOrigin *
sig_recording_get_origin (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->origin;
}

const char *
sig_recording_get_title (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->title;
}

guint
sig_recording_get_n_channels (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_channels;
}

gint64
sig_recording_get_n_steps (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_steps;
}

double
sig_recording_get_rate_hz (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, 1);
  return self->rate_hz;
}

gboolean
sig_recording_has_rate (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->has_rate;
}

const char *
sig_recording_get_channel_name (const SigRecording *self,
                                guint               channel)
{
  g_return_val_if_fail (self != NULL && channel < self->n_channels, NULL);
  return self->names[channel];
}

const char *
sig_recording_get_channel_unit (const SigRecording *self,
                                guint               channel)
{
  g_return_val_if_fail (self != NULL && channel < self->n_channels, NULL);
  return self->units[channel];
}

SigPace
sig_recording_get_pace (const SigRecording *self,
                        guint               channel)
{
  const SigPace every_step = { 1, 1 };

  g_return_val_if_fail (self != NULL && channel < self->n_channels, every_step);
  return self->paces != NULL ? self->paces[channel] : every_step;
}

const char *const *
sig_recording_get_notes (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *) self->notes;
}

gboolean
sig_recording_read (const SigRecording *self,
                    guint               channel,
                    gint64              start,
                    gint64              n,
                    float              *out,
                    GError            **error)
{
  const Store *store = NULL;

  g_return_val_if_fail (self != NULL && channel < self->n_channels, FALSE);
  g_return_val_if_fail (start >= 0 && n >= 0 && n <= self->n_steps && start <= self->n_steps - n, FALSE);
  g_return_val_if_fail (out != NULL || n == 0, FALSE);

  store = self->store;
  if (n == 0)
    return TRUE;
  if (store->samples == NULL)
    return store->read (store->source, channel, start, n, out, error);

  memcpy (out, store->samples + (gsize) channel * (gsize) self->n_steps + start, (gsize) n * sizeof (float));
  return TRUE;
}

const float *
sig_recording_peek_channel (const SigRecording *self,
                            guint               channel)
{
  g_return_val_if_fail (self != NULL && channel < self->n_channels, NULL);

  if (self->store->samples == NULL)
    return NULL;
  return self->store->samples + (gsize) channel * (gsize) self->n_steps;
}
