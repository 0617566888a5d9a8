/* sig-edf-plan.c: how a recording and its labels are laid out as EDF+ or BDF+
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-edf-plan.h"

#include <math.h>
#include <string.h>

#include "sig-export-private.h"
#include "sig-tal.h"

#define RECORD_BYTES   61440   /* a record should not be longer, says the standard */
#define LEAST_BYTES    512     /* of samples, or the annotations that each record has are most of the file */
#define MANY_RECORDS   1000000 /* more are not worth it for the sake of the last record */
#define MAX_STEPS      100000  /* in a record */
#define FILL_RANGE     30      /* a record may be so many times shorter or longer than it should, for less to be filled */
#define TIME_DECIMALS  7       /* of annotations: what EDFlib keeps … */
#define MORE_DECIMALS  9       /* … and what is written where that does not tell the step */
#define FAST_HZ        1e6
#define ONSET_BYTES    32      /* of the list that a record begins with, at most */
#define PLAIN_DECIMALS 6       /* of the bounds of a range, at most */
#define FIGURES        6       /* of bounds with a power of ten, at most */
#define MAX_SHOWN      400     /* bytes that hold a number in plain digits */
#define N_BLOCK        16384
#define US_PER_S       1000000

/* --- annotations ---------------------------------------------------------------- */

void
sig_edf_append_onset (GByteArray *bytes,
                      double      onset_s)
{
  sig_tal_append (bytes, onset_s, NAN, TIME_DECIMALS, NULL);
}

static void
append_span (const SigEdfPacker *self,
             gsize               i,
             GByteArray         *bytes)
{
  gsize n_spans = 0;
  const SigSpan *span = sig_labels_get_spans (self->labels, &n_spans) + i;
  g_autofree char *name = sig_export_dup_listed (self->labels, span->klass);

  sig_tal_append (bytes, self->first_s + (double) span->start / self->rate_hz, (double) (span->end - span->start) / self->rate_hz,
                  self->rate_hz < FAST_HZ ? TIME_DECIMALS : MORE_DECIMALS, name);
}

void
sig_edf_packer_append (SigEdfPacker *self,
                       GByteArray   *bytes,
                       gsize         room)
{
  gsize n_spans = 0;
  guint start = bytes->len;

  sig_labels_get_spans (self->labels, &n_spans);
  while (self->next < n_spans)
    {
      guint before = bytes->len;

      append_span (self, self->next, bytes);
      if (bytes->len - start > room)
        {
          g_byte_array_set_size (bytes, before);
          return;
        }
      self->next++;
    }
}

/* Room for annotations in a record. As many lists as find room are put into each: then at least the n-th part of all bytes is,
 * where there is room for that and the longest list. Without samples the number of records is chosen too. */
static void
plan_annotations (SigEdfPlan      *self,
                  const SigLabels *labels,
                  gboolean         has_samples)
{
  SigEdfPacker packer = { labels, self->rate_hz, self->first_s, 0 };
  g_autoptr (GByteArray) list = g_byte_array_new ();
  gsize n_spans = 0, all = 0, longest = 0, room = 0;

  sig_labels_get_spans (labels, &n_spans);
  for (gsize i = 0; i < n_spans; i++)
    {
      g_byte_array_set_size (list, 0);
      append_span (&packer, i, list);
      all += list->len;
      longest = MAX (longest, list->len);
    }
  if (!has_samples)
    self->n_records = 1 + (gint64) (all / RECORD_BYTES);
  room = ONSET_BYTES + longest + (gsize) ((all + (gsize) self->n_records - 1) / (gsize) self->n_records);
  self->annotation_bytes = (room + self->width - 1) / self->width * self->width;
}

/* --- records -------------------------------------------------------------------- */

static gint64
gcd (gint64 a,
     gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* Writes how long `n` steps are in at most eight characters; TRUE when a reader finds the very rate again. */
static gboolean
write_duration (gint64  n,
                double  rate_hz,
                char   *text)
{
  double seconds = (double) n / rate_hz;

  for (int decimals = 0; decimals <= SIG_EDF_FIELD_CHARS - 2; decimals++)
    {
      char format[8], shown[MAX_SHOWN];

      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (shown, sizeof shown, format, seconds);
      if (strlen (shown) > SIG_EDF_FIELD_CHARS)
        return FALSE;
      g_strlcpy (text, shown, SIG_EDF_FIELD_CHARS + 1);
      if ((double) n / g_ascii_strtod (shown, NULL) == rate_hz)
        return TRUE;
    }
  return FALSE;
}

/* Whether it is worth a try: the duration ends after few decimals. */
static gboolean
may_be_exact (gint64 n,
              double rate_hz)
{
  double last = (double) n / rate_hz * 1e6;

  return fabs (last - round (last)) < 1e-3;
}

/* How far `n` is from `target`, as a factor. */
static double
get_distance (gint64 n,
              gint64 target)
{
  return fabs (log ((double) n / (double) target));
}

/* The divisor of `common` nearest to `target`, at most MAX_STEPS, that has a duration which can be written; 0: there is none. */
static gint64
find_even (gint64 common,
           gint64 target,
           double rate_hz)
{
  gint64 best = 0;
  char text[SIG_EDF_FIELD_CHARS + 1];

  for (gint64 n = 1; n <= MIN (common, MAX_STEPS); n++)
    if (common % n == 0 && may_be_exact (n, rate_hz) && (best == 0 || get_distance (n, target) < get_distance (best, target))
        && write_duration (n, rate_hz, text))
      best = n;
  return best;
}

/* The number of steps about `target` that leaves the least of the last record to be filled; 0: none has a duration that can
 * be written. */
static gint64
find_filled (gint64 n_steps,
             gint64 target,
             double rate_hz)
{
  gint64 best = 0, least = G_MAXINT64;
  char text[SIG_EDF_FIELD_CHARS + 1];

  for (gint64 n = MAX (target / FILL_RANGE, 1); n <= MIN (target * FILL_RANGE, MAX_STEPS); n++)
    {
      gint64 fill = (n - n_steps % n) % n;

      if (fill < least && may_be_exact (n, rate_hz) && write_duration (n, rate_hz, text))
        {
          best = n;
          least = fill;
        }
    }
  return best;
}

/* The divisor of `common` nearest to `target`. */
static gint64
find_divisor (gint64 common,
              gint64 target)
{
  gint64 best = 1;

  for (gint64 n = 1; n <= MIN (common, MAX_STEPS); n++)
    if (common % n == 0 && get_distance (n, target) < get_distance (best, target))
      best = n;
  return best;
}

static void
plan_records (SigEdfPlan         *self,
              const SigRecording *recording)
{
  double rate_hz = sig_recording_get_rate_hz (recording);
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);
  gint64 common = 0, n_steps = 0, target = (gint64) CLAMP (round (rate_hz), 1, MAX_STEPS);

  for (gsize i = 0; i < n_segments; i++)
    {
      common = gcd (common, segments[i].end - segments[i].start);
      n_steps += segments[i].end - segments[i].start;
      self->is_discontinuous = self->is_discontinuous || (i > 0 && segments[i].start > segments[i - 1].end);
    }
  if (!self->is_discontinuous)
    common = n_steps;
  target = MAX (target, LEAST_BYTES / (gint64) (self->width * self->n_channels));
  target = MIN (target, MAX (1, RECORD_BYTES / (gint64) (self->width * self->n_channels)));
  target = MIN (target, MAX (common, 1));

  self->record_steps = find_even (MAX (common, 1), target, rate_hz);
  if (!self->is_discontinuous && (self->record_steps == 0 || n_steps / self->record_steps > MANY_RECORDS))
    self->record_steps = find_filled (n_steps, target, rate_hz);
  if (self->record_steps == 0)
    self->record_steps = find_divisor (MAX (common, 1), target);

  self->is_rate_exact = write_duration (self->record_steps, rate_hz, self->record_s);
  self->rate_hz = (double) self->record_steps / g_ascii_strtod (self->record_s, NULL);
  self->n_records = (n_steps + self->record_steps - 1) / self->record_steps;
  self->n_filled = self->n_records * self->record_steps - n_steps;
}

/* --- channels ------------------------------------------------------------------- */

/* ASCII, no longer than `n`. */
static void
write_text (const char *text,
            gsize       n,
            char       *out)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");

  for (char *p = ascii; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      *p = ' ';
  g_strlcpy (out, ascii, n + 1);
  g_strchomp (out);
}

static void
plan_channels (SigEdfPlan         *self,
               const SigRecording *recording)
{
  for (guint c = 0; c < self->n_channels; c++)
    {
      SigEdfPlanChannel *channel = &self->channels[c];

      write_text (sig_recording_get_channel_name (recording, c), SIG_EDF_LABEL_CHARS, channel->label);
      write_text (sig_recording_get_channel_unit (recording, c), SIG_EDF_FIELD_CHARS, channel->unit);

      /* A signal of that name is one of annotations. */
      if (g_str_has_suffix (channel->label, "DF Annotations"))
        g_strlcat (channel->label, ".", sizeof channel->label);
    }
}

void
sig_edf_plan_init (SigEdfPlan         *self,
                   const SigRecording *recording,
                   const SigLabels    *labels,
                   guint               width,
                   gboolean            has_samples)
{
  gint64 start_us = sig_recording_get_start_us (recording);

  *self = (SigEdfPlan) { .width = width, .n_records = 1, .record_s = "0", .is_rate_exact = TRUE,
                         .rate_hz = sig_recording_get_rate_hz (recording) };
  if (start_us != SIG_START_UNKNOWN)
    self->first_s = (double) (((start_us % US_PER_S) + US_PER_S) % US_PER_S) / US_PER_S;
  if (has_samples)
    {
      self->n_channels = sig_recording_get_n_channels (recording);
      self->channels = g_new0 (SigEdfPlanChannel, self->n_channels);
      plan_channels (self, recording);
      plan_records (self, recording);
    }
  plan_annotations (self, labels, has_samples);
}

void
sig_edf_plan_clear (SigEdfPlan *self)
{
  g_clear_pointer (&self->channels, g_free);
}

/* --- ranges --------------------------------------------------------------------- */

/* What has been seen of a channel's finite samples. */
typedef struct
{
  double   min, max;
  gboolean all_whole;
} Range;

static void
widen (Range             *range,
       SigEdfPlanChannel *channel,
       const float       *samples,
       gint64             n)
{
  for (gint64 t = 0; t < n; t++)
    if (isfinite (samples[t]))
      {
        range->min = MIN (range->min, samples[t]);
        range->max = MAX (range->max, samples[t]);
        range->all_whole = range->all_whole && samples[t] == truncf (samples[t]);
      }
    else
      channel->n_missing++;
}

/* The multiple of 10^exponent next to `value`, upwards or downwards; in plain digits, or as a whole number and a power of ten,
 * which spends no character on a point. */
static double
write_multiple (double   value,
                gboolean upwards,
                int      exponent,
                gboolean is_plain,
                char    *shown)
{
  double unit = pow (10, exponent), count = upwards ? ceil (value / unit) : floor (value / unit), got = NAN;

  /* What is next by division may be on the other side as a decimal number. */
  for (int i = 0; i < 2; i++, count += upwards ? 1 : -1)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%df", is_plain ? -exponent : 0);
      g_ascii_formatd (shown, MAX_SHOWN, format, is_plain ? count * unit : count);
      if (!is_plain)
        g_snprintf (shown + strlen (shown), MAX_SHOWN - strlen (shown), "e%d", exponent);
      got = g_ascii_strtod (shown, NULL);
      if (upwards ? got >= value : got <= value)
        break;
    }
  return got;
}

/* The number nearest to `value` that eight characters hold, upwards or downwards. */
static double
write_bound (double   value,
             gboolean upwards,
             char    *out)
{
  int magnitude = value != 0 ? (int) floor (log10 (fabs (value))) : 0;
  double best = NAN;

  for (int i = 0; i < PLAIN_DECIMALS + 1 + FIGURES; i++)
    {
      gboolean is_plain = i <= PLAIN_DECIMALS;
      int exponent = is_plain ? i - PLAIN_DECIMALS : magnitude - (i - PLAIN_DECIMALS - 1);
      char shown[MAX_SHOWN];
      double got = write_multiple (value, upwards, exponent, is_plain, shown);

      if (strlen (shown) <= SIG_EDF_FIELD_CHARS && (isnan (best) || fabs (got - value) < fabs (best - value)))
        {
          best = got;
          g_strlcpy (out, shown, SIG_EDF_FIELD_CHARS + 1);
        }
    }
  return best;
}

/* The bounds of a channel and the line through them. */
static void
settle (const SigEdfPlan  *self,
        const Range       *range,
        SigEdfPlanChannel *channel)
{
  gint32 most = self->width == 3 ? 8388607 : 32767;
  double low = range->min <= range->max ? range->min : 0, high = range->min <= range->max ? range->max : 0;

  channel->digital_min = -most - 1;
  channel->digital_max = most;
  if (range->all_whole && low >= -most - 1 && high <= most)
    {
      low = -most - 1;
      high = most;
    }
  low = write_bound (low, FALSE, channel->physical_min);
  high = write_bound (high, TRUE, channel->physical_max);

  /* A constant that eight characters hold is the lowest number; others lie between two that differ by one in the last figure. */
  if (low == high)
    high = write_bound (high + fabs (high) * 1e-3, TRUE, channel->physical_max);
  channel->scale = (high - low) / ((double) channel->digital_max - channel->digital_min);
  channel->bias = low / channel->scale - channel->digital_min;
}

gboolean
sig_edf_plan_measure (SigEdfPlan         *self,
                      const SigRecording *recording,
                      SigEdfGoOn          go_on,
                      gpointer            user_data,
                      GError            **error)
{
  g_autofree float *samples = g_new (float, N_BLOCK);
  g_autofree Range *ranges = g_new (Range, self->n_channels);
  gint64 n_steps = sig_recording_get_n_steps (recording);
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);

  for (guint c = 0; c < self->n_channels; c++)
    ranges[c] = (Range) { INFINITY, -INFINITY, TRUE };
  for (gsize i = 0; i < n_segments; i++)
    for (gint64 start = segments[i].start; start < segments[i].end; start += N_BLOCK)
      {
        gint64 n = MIN (N_BLOCK, segments[i].end - start);

        if (go_on != NULL && !go_on (user_data, (double) start / (double) n_steps, error))
          return FALSE;
        for (guint c = 0; c < self->n_channels; c++)
          {
            if (!sig_recording_read (recording, c, start, n, samples, error))
              return FALSE;
            widen (&ranges[c], &self->channels[c], samples, n);
          }
      }
  for (guint c = 0; c < self->n_channels; c++)
    settle (self, &ranges[c], &self->channels[c]);
  return TRUE;
}

gint32
sig_edf_plan_encode (const SigEdfPlanChannel *channel,
                     float                    sample)
{
  double stored = round ((isfinite (sample) ? (double) sample : 0) / channel->scale - channel->bias);

  return (gint32) CLAMP (stored, (double) channel->digital_min, (double) channel->digital_max);
}
