/* sig-set.c: several recordings of the same channels as one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-set-channels.h"

#include <math.h>

#include "sig-error.h"
#include "sig-label-join.h"
#include "sig-origin.h"

/* One recording of the set. */
typedef struct
{
  SigRecording *recording;
  gint64        start; /* its step 0 in the set */
} Part;

/* The source of the joined recording. */
typedef struct
{
  guint          n_parts;
  Part          *parts;
  SigSetChannels channels;
} Set;

/* What is being put together. */
typedef struct
{
  const SigContent *parts;
  guint             n_parts;
  Set              *set;
  GPtrArray        *notes;
} Joining;

/* --- reading ------------------------------------------------------------------------ */

static void
set_free (gpointer data)
{
  Set *self = data;

  for (guint p = 0; p < self->n_parts; p++)
    sig_recording_unref (self->parts[p].recording);
  g_free (self->parts);
  sig_set_channels_clear (&self->channels);
  g_free (self);
}

/* The last part that begins at or before `step`. */
static guint
find_part (const Set *self,
           gint64     step)
{
  guint low = 0, high = self->n_parts;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (self->parts[middle].start <= step)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static gboolean
set_read (gpointer source,
          guint    channel,
          gint64   start,
          gint64   n,
          float   *out,
          GError **error)
{
  const Set *self = source;

  for (guint p = find_part (self, start); n > 0; p++)
    {
      const Part *part = &self->parts[p];
      gint64 first = start - part->start, take = MIN (n, sig_recording_get_n_steps (part->recording) - first);
      gsize place = (gsize) p * self->channels.n_channels + channel;
      float factor = self->channels.factors[place];

      if (!sig_recording_read (part->recording, self->channels.channels[place], first, take, out, error))
        return FALSE;
      for (gint64 t = 0; factor != 1.0f && t < take; t++)
        out[t] *= factor;
      start += take;
      out += take;
      n -= take;
    }
  return TRUE;
}

/* --- parts --------------------------------------------------------------------------- */

static const char *
title_of (const Joining *self,
          guint          p)
{
  return sig_recording_get_title (self->parts[p].recording);
}

static G_GNUC_PRINTF (2, 3) void
add_note (Joining    *self,
          const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

/* The parts one behind the other, with the channels that belong together. */
static gboolean
place_parts (Joining   *self,
             SigSetRule rule,
             GError   **error)
{
  gint64 start = 0;

  self->set = g_new0 (Set, 1);
  if (!sig_set_channels_find (&self->set->channels, self->parts, self->n_parts, rule, self->notes, error))
    return FALSE;
  self->set->n_parts = self->n_parts;
  self->set->parts = g_new0 (Part, self->n_parts);
  for (guint p = 0; p < self->n_parts; p++)
    {
      self->set->parts[p] = (Part) { sig_recording_ref (self->parts[p].recording), start };
      start += sig_recording_get_n_steps (self->parts[p].recording);
    }
  return TRUE;
}

/* --- time ----------------------------------------------------------------------------- */

/* The rate of all parts, 0 where none has one; negative with an error where they disagree. */
static double
find_rate (Joining *self,
           GError **error)
{
  double rate = 0.0;
  guint told = 0, n_silent = 0;

  for (guint p = 0; p < self->n_parts; p++)
    {
      const SigRecording *recording = self->parts[p].recording;
      double found = sig_recording_get_rate_hz (recording);

      if (!sig_recording_has_rate (recording))
        n_silent++;
      else if (rate == 0.0)
        {
          rate = found;
          told = p;
        }
      else if (fabs (found - rate) > 1e-6 * rate)
        {
          g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                       "“%s” has %g Hz, “%s” has %g Hz; recordings of one set need the same rate", title_of (self, told), rate,
                       title_of (self, p), found);
          return -1.0;
        }
    }
  if (rate > 0.0 && n_silent > 0)
    add_note (self, "%u of the recordings do not say their rate: %g Hz was assumed, as of the others.", n_silent, rate);
  return rate;
}

/* "windows of 400 steps", or what is not cut. */
static char *
describe_pages (const Joining *self,
                guint          part)
{
  gint64 page = sig_recording_get_page (self->parts[part].recording);

  return page > 0 ? g_strdup_printf ("windows of %" G_GINT64_FORMAT " steps", page) : g_strdup ("one continuous recording");
}

static gboolean
check_pages (const Joining *self,
             GError       **error)
{
  gint64 page = sig_recording_get_page (self->parts[0].recording);

  for (guint p = 1; p < self->n_parts; p++)
    if (sig_recording_get_page (self->parts[p].recording) != page)
      {
        g_autofree char *first = describe_pages (self, 0), *other = describe_pages (self, p);

        g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                     "“%s” holds %s, “%s” %s; recordings of one set need to be alike in this", title_of (self, 0), first,
                     title_of (self, p), other);
        return FALSE;
      }
  return TRUE;
}

static GArray *
list_segments (const Joining *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (SigSegment));

  for (guint p = 0; p < self->n_parts; p++)
    {
      gsize n;
      const SigSegment *segments = sig_recording_get_segments (self->parts[p].recording, &n);

      for (gsize i = 0; i < n; i++)
        {
          SigSegment moved = { self->set->parts[p].start + segments[i].start, self->set->parts[p].start + segments[i].end };

          g_array_append_val (list, moved);
        }
    }
  return list;
}

/* --- all of it -------------------------------------------------------------------------- */

static char *
make_title (const Joining *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->n_parts == 1)
    return g_strdup (title_of (self, 0));
  g_string_printf (text, "%u recordings: ", self->n_parts);
  for (guint p = 0; p < self->n_parts; p++)
    sig_set_append_name (text, title_of (self, p), p);
  sig_set_append_more (text, self->n_parts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What was noted of a part is kept with its title, once where it was noted of several. */
static void
keep_notes (Joining *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint p = 0; p < self->n_parts; p++)
    for (const char *const *note = sig_recording_get_notes (self->parts[p].recording); *note != NULL; note++)
      {
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, *note));

        g_hash_table_insert (counts, (gpointer) *note, GUINT_TO_POINTER (n + 1));
      }
  for (guint p = 0; p < self->n_parts; p++)
    for (const char *const *note = sig_recording_get_notes (self->parts[p].recording); *note != NULL; note++)
      {
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, *note));

        if (n > 1)
          add_note (self, "%s and %u more: %s", title_of (self, p), n - 1, *note);
        else if (n == 1)
          add_note (self, "%s: %s", title_of (self, p), *note);
        g_hash_table_remove (counts, *note);
      }
}

/* The files of all parts. A file that is there twice is told: what is learnt from one part is then known in the other. */
static SigOrigin *
join_origins (Joining *self)
{
  g_autofree SigOrigin **origins = g_new0 (SigOrigin *, self->n_parts);
  SigOrigin *joined;
  const char *twice;

  for (guint p = 0; p < self->n_parts; p++)
    origins[p] = sig_recording_get_origin (self->parts[p].recording);
  joined = sig_origin_join (origins, self->n_parts);
  twice = joined != NULL ? sig_origin_find_twice (joined) : NULL;
  if (twice != NULL)
    {
      g_autofree char *name = g_filename_display_basename (twice);

      add_note (self, "“%s” is among the recordings twice: a network that has seen one of them knows the other.", name);
    }
  return joined;
}

/* A channel's pace, where it is the same in all parts; else it is told as a plain one, and stays held. */
static SigPace
join_pace (const Joining *self,
           guint          channel)
{
  const SigSetChannels *channels = &self->set->channels;
  SigPace pace = sig_recording_get_pace (self->parts[0].recording, channels->channels[channel]);

  for (guint p = 1; p < self->n_parts; p++)
    {
      SigPace other
          = sig_recording_get_pace (self->parts[p].recording, channels->channels[p * channels->n_channels + channel]);

      if (other.n != pace.n || other.of != pace.of)
        return (SigPace) { 1, 1 };
    }
  return pace;
}

static SigRecording *
join_recordings (Joining *self,
                 double   rate_hz)
{
  const SigRecording *first = self->parts[0].recording;
  const Part *last = &self->set->parts[self->n_parts - 1];
  gint64 n_steps = last->start + sig_recording_get_n_steps (last->recording);
  g_autofree char *title = make_title (self);
  guint n_channels = self->set->channels.n_channels;
  const guint *channels = self->set->channels.channels; /* those of the first part */
  g_autofree const char **names = g_new (const char *, n_channels);
  g_autofree const char **units = g_new (const char *, n_channels);
  g_autofree SigPace *paces = g_new (SigPace, n_channels);
  g_autoptr (GArray) segments = list_segments (self);

  for (guint c = 0; c < n_channels; c++)
    {
      paces[c] = join_pace (self, c);
      names[c] = sig_recording_get_channel_name (first, channels[c]);
      units[c] = sig_recording_get_channel_unit (first, channels[c]);
    }

  g_autoptr (SigRecording) bare
      = sig_recording_new_from_source (title, n_channels, n_steps, rate_hz, names, units, set_read,
                                       g_steal_pointer (&self->set), set_free);
  g_autoptr (SigRecording) paced = sig_recording_with_paces (bare, paces);
  g_autoptr (SigRecording) paged = sig_recording_with_page (paced, sig_recording_get_page (first));
  g_autoptr (SigRecording) timed
      = sig_recording_with_segments (paged, (const SigSegment *) (const void *) segments->data, segments->len);

  g_autoptr (SigOrigin) origin = join_origins (self);
  g_autoptr (SigRecording) placed = sig_recording_with_origin (timed, origin);

  g_ptr_array_add (self->notes, NULL);
  return sig_recording_with_notes (placed, (const char *const *) self->notes->pdata);
}

static gboolean
join (Joining   *self,
      SigSetRule rule,
      SigContent *out,
      GError   **error)
{
  double rate_hz = find_rate (self, error);
  gboolean any_labels = FALSE;

  if (rate_hz < 0.0 || !check_pages (self, error) || !place_parts (self, rule, error))
    return FALSE;
  for (guint p = 0; p < self->n_parts; p++)
    any_labels = any_labels || self->parts[p].labels != NULL;
  if (any_labels)
    {
      out->labels = sig_label_join (self->parts, self->n_parts, self->notes, error);
      if (out->labels == NULL)
        return FALSE;
    }
  keep_notes (self);
  out->recording = join_recordings (self, rate_hz);
  return TRUE;
}

gboolean
sig_set_join (const SigContent *parts,
              guint             n_parts,
              SigSetRule        rule,
              SigContent       *out,
              GError          **error)
{
  Joining self = { .parts = parts, .n_parts = n_parts };
  gboolean ok;

  g_return_val_if_fail (parts != NULL && n_parts >= 1 && out != NULL, FALSE);

  *out = (SigContent) { 0 };
  self.notes = g_ptr_array_new_with_free_func (g_free);
  ok = join (&self, rule, out, error);
  g_clear_pointer (&self.set, set_free);
  g_ptr_array_unref (self.notes);
  return ok;
}
