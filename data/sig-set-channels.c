/* sig-set-channels.c: which channels of several recordings belong together
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-set-channels.h"

#include "sig-error.h"

#define MAX_NAMED 4 /* in a title or a note */

/* What is being matched; borrowed. */
typedef struct
{
  const SigContent *parts;
  guint             n_parts;
  GPtrArray        *notes;
} Matching;

static const char *
title_of (const Matching *self,
          guint           p)
{
  return sig_recording_get_title (self->parts[p].recording);
}

static G_GNUC_PRINTF (2, 3) void
add_note (const Matching *self,
          const char     *format,
          ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

static char *
fold (const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  return g_utf8_casefold (stripped, -1);
}

/* TRUE when the file gave no names: all are those that we make. */
static gboolean
is_nameless (const SigRecording *recording)
{
  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    {
      g_autofree char *made = g_strdup_printf ("Ch %u", c + 1);

      if (!g_str_equal (made, sig_recording_get_channel_name (recording, c)))
        return FALSE;
    }
  return TRUE;
}

/* The channel of that name; -1: there is none. `guess`: where it is when the order is the same. */
static int
find_channel (const SigRecording *recording,
              const char         *name,
              guint               guess)
{
  g_autofree char *wanted = NULL;

  if (guess < sig_recording_get_n_channels (recording) && g_str_equal (sig_recording_get_channel_name (recording, guess), name))
    return (int) guess;
  wanted = fold (name);

  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    {
      g_autofree char *found = fold (sig_recording_get_channel_name (recording, c));

      if (g_str_equal (found, wanted))
        return (int) c;
    }
  return -1;
}

/* The channel of part `p` that belongs to channel `c` of the first one; -1: it has none. */
static int
match_channel (const Matching *self,
               guint           p,
               guint           c)
{
  const SigRecording *first = self->parts[0].recording, *other = self->parts[p].recording;

  if (p == 0)
    return (int) c;
  if (is_nameless (first) || is_nameless (other))
    return c < sig_recording_get_n_channels (other) ? (int) c : -1;
  return find_channel (other, sig_recording_get_channel_name (first, c), c);
}

void
sig_set_append_name (GString    *text,
                     const char *name,
                     guint       n_before)
{
  if (n_before < MAX_NAMED)
    g_string_append_printf (text, "%s%s", n_before > 0 ? ", " : "", name);
}

void
sig_set_append_more (GString *text,
                     guint    n)
{
  if (n > MAX_NAMED)
    g_string_append_printf (text, " and %u more", n - MAX_NAMED);
}

/* Channels that not all parts have. */
typedef struct
{
  GString *names;
  guint    n;
  guint    culprit; /* the first part that differs */
} Missing;

static void
add_missing (Missing    *self,
             const char *name,
             guint       part)
{
  sig_set_append_name (self->names, name, self->n++);
  self->culprit = self->culprit == 0 ? part : self->culprit;
}

/* Lists the channels of the first part that all others have in `wanted`, and the rest as missing; how many those are. */
static guint
list_common (const Matching *self,
             guint          *wanted,
             Missing        *missing)
{
  const SigRecording *first = self->parts[0].recording;
  guint n = 0;

  for (guint c = 0; c < sig_recording_get_n_channels (first); c++)
    {
      guint lacking = 0;

      for (guint p = 1; p < self->n_parts && lacking == 0; p++)
        if (match_channel (self, p, c) < 0)
          lacking = p;
      if (lacking == 0)
        wanted[n++] = c;
      else
        add_missing (missing, sig_recording_get_channel_name (first, c), lacking);
    }
  return n;
}

/* The others may have channels that the first one lacks. */
static void
list_others (const Matching *self,
             Missing        *missing)
{
  const SigRecording *first = self->parts[0].recording;

  for (guint p = 1; p < self->n_parts; p++)
    {
      const SigRecording *other = self->parts[p].recording;
      gboolean by_place = is_nameless (first) || is_nameless (other);

      for (guint c = 0; c < sig_recording_get_n_channels (other); c++)
        {
          const char *name = sig_recording_get_channel_name (other, c);

          if (by_place ? c >= sig_recording_get_n_channels (first) : find_channel (first, name, c) < 0)
            add_missing (missing, name, p);
        }
    }
}

/* Whether the set can do with n channels, while others are missing somewhere. */
static gboolean
check_common (const Matching *self,
              guint           n,
              const Missing  *missing,
              SigSetRule      rule,
              GError        **error)
{
  if (n == 0)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "“%s” and “%s” have no channel in common", title_of (self, 0),
                   title_of (self, missing->culprit));
      return FALSE;
    }
  if (missing->n == 0)
    return TRUE;
  if (rule == SIG_SET_ASK)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_UNDECIDED,
                   "“%s” and “%s” do not have the same channels: %s %s not in %s. %u channel%s.", title_of (self, 0),
                   title_of (self, missing->culprit), missing->names->str, missing->n == 1 ? "is" : "are",
                   self->n_parts > 2 ? "all recordings" : "both", n, n == 1 ? " is in all" : "s are in all");
      return FALSE;
    }
  add_note (self, "Left out, since not all recordings have them: %s.", missing->names->str);
  return TRUE;
}

/* Volts in one of a unit; 0 for what is no voltage. */
static double
volts (const char *unit)
{
  static const struct
  {
    const char *unit;
    double      volts;
  } units[] = { { "V", 1.0 }, { "mV", 1e-3 }, { "uV", 1e-6 }, { "µV", 1e-6 }, { "μV", 1e-6 }, { "nV", 1e-9 } };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit, units[i].unit))
      return units[i].volts;
  return 0.0;
}

/* What the samples of a channel are multiplied with to be in the unit of the first part. */
static float
find_factor (const Matching *self,
             guint           p,
             guint           wanted,
             guint           channel)
{
  const SigRecording *first = self->parts[0].recording, *other = self->parts[p].recording;
  const char *to = sig_recording_get_channel_unit (first, wanted), *from = sig_recording_get_channel_unit (other, channel);

  if (g_str_equal (to, from) || *to == '\0' || *from == '\0')
    return 1.0f;
  if (volts (to) > 0.0 && volts (from) > 0.0)
    return (float) (volts (from) / volts (to));
  add_note (self, "%s is in %s in “%s” and in %s in “%s”.", sig_recording_get_channel_name (first, wanted), to,
            title_of (self, 0), from, title_of (self, p));
  return 1.0f;
}

/* Where the wanted channels of the first part are in part `p`. */
static void
place (const Matching *self,
       guint           p,
       const guint    *wanted,
       SigSetChannels *out)
{
  guint *channels = out->channels + p * out->n_channels;
  float *factors = out->factors + p * out->n_channels;
  gboolean reordered = FALSE, converted = FALSE;

  for (guint c = 0; c < out->n_channels; c++)
    {
      channels[c] = (guint) match_channel (self, p, wanted[c]);
      factors[c] = find_factor (self, p, wanted[c], channels[c]);
      reordered = reordered || (c > 0 && channels[c] < channels[c - 1]);
      converted = converted || factors[c] != 1.0f;
    }
  if (reordered)
    add_note (self, "The channels of “%s” were put in order by their names.", title_of (self, p));
  if (converted)
    add_note (self, "Voltages of “%s” were brought to the unit of “%s”.", title_of (self, p), title_of (self, 0));
}

gboolean
sig_set_channels_find (SigSetChannels   *self,
                       const SigContent *parts,
                       guint             n_parts,
                       SigSetRule        rule,
                       GPtrArray        *notes,
                       GError          **error)
{
  const Matching matching = { parts, n_parts, notes };
  g_autofree guint *wanted = g_new (guint, sig_recording_get_n_channels (parts[0].recording));
  g_autoptr (GString) names = g_string_new (NULL);
  Missing missing = { .names = names };

  *self = (SigSetChannels) { 0 };
  self->n_channels = list_common (&matching, wanted, &missing);
  list_others (&matching, &missing);
  sig_set_append_more (names, missing.n);
  if (!check_common (&matching, self->n_channels, &missing, rule, error))
    return FALSE;
  self->channels = g_new (guint, (gsize) n_parts * self->n_channels);
  self->factors = g_new (float, (gsize) n_parts * self->n_channels);
  for (guint p = 0; p < n_parts; p++)
    place (&matching, p, wanted, self);
  return TRUE;
}

void
sig_set_channels_clear (SigSetChannels *self)
{
  g_clear_pointer (&self->channels, g_free);
  g_clear_pointer (&self->factors, g_free);
}
