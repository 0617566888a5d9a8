/* sig-rates.c: what becomes of channels that were recorded at a lower rate than the others
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-rates.h"

#include "sig-derive.h"
#include "sig-error.h"
#include "sig-word.h"

#define MAX_NAMED 4

static const char *const rule_names[] = {
  [SIG_RATES_HOLD] = "hold",
  [SIG_RATES_LINEAR] = "linear",
  [SIG_RATES_LEAVE_OUT] = "leave-out",
};

const char *
sig_rates_get_name (SigRatesRule rule)
{
  g_return_val_if_fail (rule < G_N_ELEMENTS (rule_names), NULL);
  return rule_names[rule];
}

gboolean
sig_rates_parse (const char   *name,
                 SigRatesRule *rule)
{
  int i = sig_word_find (rule_names, G_N_ELEMENTS (rule_names), name);

  if (i >= 0)
    *rule = (SigRatesRule) i;
  return i >= 0;
}

static gboolean
is_slow (SigPace pace)
{
  return pace.n < pace.of;
}

gboolean
sig_rates_is_mixed (const SigRecording *recording)
{
  g_return_val_if_fail (recording != NULL, FALSE);

  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    if (is_slow (sig_recording_get_pace (recording, c)))
      return TRUE;
  return FALSE;
}

/* "EMG (1 Hz), Temp (0.5 Hz) and 3 more". */
static char *
dup_names (const SigRecording *recording)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    {
      SigPace pace = sig_recording_get_pace (recording, c);

      if (is_slow (pace) && n++ < MAX_NAMED)
        g_string_append_printf (text, "%s%s (%g Hz)", n > 1 ? ", " : "", sig_recording_get_channel_name (recording, c),
                                sig_recording_get_rate_hz (recording) * (double) pace.n / (double) pace.of);
    }
  if (n > MAX_NAMED)
    g_string_append_printf (text, " and %u more", n - MAX_NAMED);
  return g_string_free (text, FALSE);
}

char *
sig_rates_dup_note (const SigRecording *recording,
                    SigRatesRule        rule)
{
  g_autofree char *names = NULL;
  double rate_hz;

  g_return_val_if_fail (recording != NULL, NULL);

  if (!sig_rates_is_mixed (recording))
    return NULL;
  names = dup_names (recording);
  rate_hz = sig_recording_get_rate_hz (recording);
  switch (rule)
    {
    case SIG_RATES_LINEAR:
      return g_strdup_printf ("The channels have several rates. All are shown at the highest, %g Hz; slower ones follow straight "
                              "lines between their samples: %s.", rate_hz, names);
    case SIG_RATES_LEAVE_OUT:
      return g_strdup_printf ("The channels have several rates. Those slower than %g Hz were left out: %s.", rate_hz, names);
    case SIG_RATES_HOLD:
    default:
      return g_strdup_printf ("The channels have several rates. All are shown at the highest, %g Hz; the samples of slower ones "
                              "are held: %s.", rate_hz, names);
    }
}

/* --- straight lines --------------------------------------------------------------------- */

/* One segment of a channel, as it is held, and the line between two of its samples. */
typedef struct
{
  const SigRecording *held;
  guint               channel;
  SigPace             pace;
  SigSegment          segment;
  gint64              sample;   /* from the start of the segment; -1: none yet */
  float               value, next;
} Line;

/* The sample that is held from that one on; at the end of the segment the last one. */
static gboolean
read_sample (const Line *self,
             gint64      sample,
             float      *value,
             GError    **error)
{
  gint64 first = (sample * self->pace.of + self->pace.n - 1) / self->pace.n;

  return sig_recording_read (self->held, self->channel, MIN (self->segment.start + first, self->segment.end - 1), 1, value,
                             error);
}

/* The value at a step of the segment. Exact at the samples themselves, also beside one that is not finite. */
static gboolean
get_value (Line   *self,
           gint64  step,
           float  *out,
           GError **error)
{
  gint64 place = (step - self->segment.start) * self->pace.n, sample = place / self->pace.of;
  double fraction = (double) (place % self->pace.of) / (double) self->pace.of;

  if (sample != self->sample)
    {
      if (!read_sample (self, sample, &self->value, error) || !read_sample (self, sample + 1, &self->next, error))
        return FALSE;
      self->sample = sample;
    }
  *out = fraction > 0 ? (float) (self->value + ((double) self->next - self->value) * fraction) : self->value;
  return TRUE;
}

static gboolean
read_linear (const SigRecording *held,
             guint               channel,
             gint64              start,
             gint64              n,
             float              *out,
             GError            **error)
{
  SigPace pace = sig_recording_get_pace (held, channel);
  gsize n_segments, s = sig_recording_find_segment (held, start);
  const SigSegment *segments = sig_recording_get_segments (held, &n_segments);

  /* Gaps are read as they are. */
  if (!sig_recording_read (held, channel, start, n, out, error))
    return FALSE;
  for (; is_slow (pace) && s < n_segments && segments[s].start < start + n; s++)
    {
      Line line = { .held = held, .channel = channel, .pace = pace, .segment = segments[s], .sample = -1 };
      gint64 end = MIN (segments[s].end, start + n);

      for (gint64 t = MAX (segments[s].start, start); t < end; t++)
        if (!get_value (&line, t, &out[t - start], error))
          return FALSE;
    }
  return TRUE;
}

/* --- the rule --------------------------------------------------------------------------- */

/* The notes of `made`, of which one said that channels are held. */
static SigRecording *
with_note (const SigRecording *made,
           const SigRecording *held,
           SigRatesRule        rule)
{
  g_autofree char *old = sig_rates_dup_note (held, SIG_RATES_HOLD);
  g_autofree char *new = sig_rates_dup_note (held, rule);
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  for (const char *const *note = sig_recording_get_notes (made); *note != NULL; note++)
    if (!g_str_equal (*note, old))
      g_ptr_array_add (notes, (gpointer) *note);
  g_ptr_array_add (notes, new);
  g_ptr_array_add (notes, NULL);
  return sig_recording_with_notes (made, (const char *const *) notes->pdata);
}

SigRecording *
sig_rates_apply (const SigRecording *recording,
                 SigRatesRule        rule,
                 GError            **error)
{
  g_autofree guint *channels = NULL;
  g_autoptr (SigRecording) made = NULL;
  guint n = 0;

  g_return_val_if_fail (recording != NULL, NULL);

  if (rule == SIG_RATES_HOLD || !sig_rates_is_mixed (recording))
    return sig_recording_ref (recording);
  channels = g_new (guint, sig_recording_get_n_channels (recording));
  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    if (rule == SIG_RATES_LINEAR || !is_slow (sig_recording_get_pace (recording, c)))
      channels[n++] = c;
  if (n == 0)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "All channels of “%s” are slower than %g Hz; none would be left.",
                   sig_recording_get_title (recording), sig_recording_get_rate_hz (recording));
      return NULL;
    }
  made = sig_derive_new (recording, channels, n, rule == SIG_RATES_LINEAR ? read_linear : sig_recording_read, error);
  return made != NULL ? with_note (made, recording, rule) : NULL;
}
