/* sig-recording.c: an immutable recording: planar float channels at one rate
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-recording.h"

#include "sig-origin.h"

#include <math.h>
#include <string.h>

/* Where the samples are: in memory (`samples`), or behind `read`. Shared by the copies of a header. */
typedef struct
{
  gatomicrefcount refs;
  float          *samples;
  SigReadFunc     read;
  gpointer        source;
  GDestroyNotify  free_source;
} Store;

struct _SigRecording
{
  gatomicrefcount refs;
  char           *title;
  guint           n_channels;
  gint64          n_steps;
  double          rate_hz;
  gboolean        has_rate;
  gint64          page;
  gint64          start_us;
  SigSegment     *segments;
  gsize           n_segments;
  char          **names;
  char          **units;
  char          **notes;
  Store          *store;
  SigOrigin      *origin; /* (nullable) */
  SigPace        *paces;  /* (nullable): NULL where each channel has a sample for every step */
};

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
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_init (&store->refs);
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

  self->names = g_new0 (char *, n_channels + 1);
  self->units = g_new0 (char *, n_channels + 1);
  for (guint c = 0; c < n_channels; c++)
    {
      const char *unit = units != NULL ? units[c] : NULL;

      self->names[c] = make_name (names != NULL ? names[c] : NULL, c, taken);
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
  Store *store = NULL;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (n_channels >= 1 && n_channels <= SIG_MAX_CHANNELS, NULL);
  g_return_val_if_fail (n_steps >= 0, NULL);
  g_return_val_if_fail (samples != NULL || n_steps == 0, NULL);

  store = g_new0 (Store, 1);
  store->samples = samples;
  return recording_new (title, n_channels, n_steps, rate_hz, names, units, store);
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
  Store *store = NULL;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (n_channels >= 1 && n_channels <= SIG_MAX_CHANNELS, NULL);
  g_return_val_if_fail (n_steps >= 0, NULL);
  g_return_val_if_fail (read != NULL, NULL);

  store = g_new0 (Store, 1);
  store->read = read;
  store->source = source;
  store->free_source = free_source;
  return recording_new (title, n_channels, n_steps, rate_hz, names, units, store);
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

static SigRecording *
copy_header (const SigRecording *self)
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

SigRecording *
sig_recording_with_page (const SigRecording *self,
                         gint64              page)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (page >= 0, NULL);

  copy = copy_header (self);
  copy->page = page;
  return copy;
}

SigRecording *
sig_recording_with_notes (const SigRecording *self,
                          const char *const  *notes)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (notes != NULL, NULL);

  copy = copy_header (self);
  g_strfreev (copy->notes);
  copy->notes = g_strdupv ((char **) notes);
  return copy;
}

SigRecording *
sig_recording_with_start (const SigRecording *self,
                          gint64              start_us)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = copy_header (self);
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

  copy = copy_header (self);
  g_free (copy->segments);
  copy->segments = g_memdup2 (segments, n_segments * sizeof (SigSegment));
  copy->n_segments = n_segments;
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

  copy = copy_header (self);
  g_free (copy->paces);
  copy->paces = g_memdup2 (paces, self->n_channels * sizeof (SigPace));
  return copy;
}

static void
set_origin (SigRecording *self,
            SigOrigin    *origin)
{
  SigOrigin *old = self->origin;

  self->origin = origin != NULL ? sig_origin_ref (origin) : NULL;
  g_clear_pointer (&old, sig_origin_unref);
}

SigRecording *
sig_recording_with_origin (const SigRecording *self,
                           SigOrigin          *origin)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = copy_header (self);
  set_origin (copy, origin);
  return copy;
}

SigOrigin *
sig_recording_get_origin (const SigRecording *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->origin;
}

SigRecording *
sig_recording_with_times_of (const SigRecording *self,
                             const SigRecording *other)
{
  SigRecording *copy = NULL;

  g_return_val_if_fail (self != NULL && other != NULL, NULL);
  g_return_val_if_fail (self->n_steps == other->n_steps, NULL);

  copy = sig_recording_with_notes (self, sig_recording_get_notes (other));
  copy->page = other->page;
  copy->start_us = other->start_us;
  g_free (copy->segments);
  copy->segments = g_memdup2 (other->segments, MAX (other->n_segments, 1) * sizeof (SigSegment));
  copy->n_segments = other->n_segments;
  set_origin (copy, other->origin);
  return copy;
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
