/* sig-reader-edf.c: opens EDF, EDF+, BDF and BDF+ files: their samples, and their annotations as labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-blocks.h"
#include "sig-edf-times.h"
#include "sig-events.h"
#include "sig-rates.h"
#include "sig-scalar.h"

#define CHUNK_BYTES (512 * 1024) /* read at once */
#define US_PER_S    1e6

/* --- samples -------------------------------------------------------------------- */

/* Where the samples come from. Immutable once it is made. */
typedef struct
{
  SigFile   *file;
  gint64     header_bytes, record_bytes, record_steps;
  guint      width;
  guint      n_channels;
  SigScalar *scalars;   /* of each channel */
  gint64    *n_samples; /* of each channel in a record */
  gint64    *offsets;   /* of each channel's samples in a record */
  guint      n_runs;
  SigEdfRun *runs;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  sig_file_unref (self->file);
  g_free (self->scalars);
  g_free (self->n_samples);
  g_free (self->offsets);
  g_free (self->runs);
  g_free (self);
}

static Source *
source_new (SigFile           *file,
            const SigEdf      *edf,
            const SigEdfTimes *times)
{
  Source *self = g_new0 (Source, 1);
  guint n = sig_edf_get_n_channels (edf);

  self->file = sig_file_ref (file);
  self->header_bytes = edf->header_bytes;
  self->record_bytes = edf->record_bytes;
  self->record_steps = times->record_steps;
  self->width = edf->width;
  self->scalars = g_new0 (SigScalar, n);
  self->n_samples = g_new0 (gint64, n);
  self->offsets = g_new0 (gint64, n);
  self->n_runs = times->runs->len;
  self->runs = g_memdup2 (times->runs->data, times->runs->len * sizeof (SigEdfRun));
  for (guint i = 0; i < edf->n_signals; i++)
    {
      const SigEdfSignal *signal = &edf->signals[i];

      if (signal->is_annotations)
        continue;
      self->scalars[self->n_channels] = (SigScalar) { edf->width == 3 ? SIG_SCALAR_I24 : SIG_SCALAR_I16, FALSE, signal->scale,
                                                      signal->bias };
      self->n_samples[self->n_channels] = signal->n_samples;
      self->offsets[self->n_channels] = signal->offset;
      self->n_channels++;
    }
  return self;
}

/* The sample of a channel that is held at a step of the record. */
static gint64
get_sample (const Source *self,
            guint         channel,
            gint64        step)
{
  return step * self->n_samples[channel] / self->record_steps;
}

/* Decodes steps [from, to) of a record: `bytes` begin with the sample that is held at the first of them. */
static void
decode (const Source *self,
        guint         channel,
        const guint8 *bytes,
        gint64        from,
        gint64        to,
        float        *out)
{
  const SigScalar *scalar = &self->scalars[channel];
  gint64 first = get_sample (self, channel, from);

  if (self->n_samples[channel] == self->record_steps)
    {
      sig_scalar_decode (scalar, bytes, self->width, (gsize) (to - from), out);
      return;
    }
  for (gint64 step = from, last = -1; step < to; step++, out++)
    {
      gint64 sample = get_sample (self, channel, step);

      if (sample == last)
        *out = out[-1];
      else
        sig_scalar_decode (scalar, bytes + (sample - first) * self->width, self->width, 1, out);
      last = sample;
    }
}

/* Steps [from, to) of one long record, channel by channel. */
static gboolean
read_slices (const Source *self,
             gint64        record,
             gint64        from,
             gint64        to,
             float        *out,
             gsize         stride,
             GError      **error)
{
  g_autofree guint8 *bytes = g_malloc ((gsize) (to - from) * self->width);

  for (guint c = 0; c < self->n_channels; c++)
    {
      gint64 first = get_sample (self, c, from), n = get_sample (self, c, to - 1) - first + 1;
      gint64 offset = self->header_bytes + record * self->record_bytes + self->offsets[c] + first * self->width;

      if (!sig_file_read (self->file, offset, (gsize) n * self->width, bytes, error))
        return FALSE;
      decode (self, c, bytes, from, to, out + c * stride);
    }
  return TRUE;
}

/* `n` steps from step `from` of the first of some short records, which are read whole and at once. */
static gboolean
read_records (const Source *self,
              gint64        record,
              gint64        from,
              gint64        n,
              float        *out,
              gsize         stride,
              GError      **error)
{
  gint64 n_records = (from + n - 1) / self->record_steps + 1;
  g_autofree guint8 *bytes = g_malloc ((gsize) (n_records * self->record_bytes));

  if (!sig_file_read (self->file, self->header_bytes + record * self->record_bytes, (gsize) (n_records * self->record_bytes),
                      bytes, error))
    return FALSE;
  for (gint64 r = 0, done = 0; r < n_records; r++)
    {
      gint64 first = r == 0 ? from : 0, last = MIN (self->record_steps, first + n - done);

      for (guint c = 0; c < self->n_channels; c++)
        decode (self, c, bytes + r * self->record_bytes + self->offsets[c] + get_sample (self, c, first) * self->width, first,
                last, out + c * stride + done);
      done += last - first;
    }
  return TRUE;
}

/* Some of `n` steps from step `at` of a run, counted from the file's first record; how many, or 0 with an error. */
static gint64
read_some (const Source *self,
           gint64        at,
           gint64        n,
           float        *out,
           gsize         stride,
           GError      **error)
{
  gint64 record = at / self->record_steps, from = at % self->record_steps;

  if (self->record_bytes > CHUNK_BYTES)
    {
      n = MIN (n, self->record_steps - from);
      n = MIN (n, CHUNK_BYTES / self->width);
      return read_slices (self, record, from, from + n, out, stride, error) ? n : 0;
    }
  n = MIN (n, CHUNK_BYTES / self->record_bytes * self->record_steps - from);
  return read_records (self, record, from, n, out, stride, error) ? n : 0;
}

static void
fill_gap (const Source *self,
          gint64        n,
          float        *out,
          gsize         stride)
{
  for (guint c = 0; c < self->n_channels; c++)
    for (gint64 t = 0; t < n; t++)
      out[c * stride + t] = NAN;
}

/* The last run that starts at or before a step. */
static const SigEdfRun *
find_run (const Source *self,
          gint64        step)
{
  guint low = 0, high = self->n_runs;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->runs[middle].start <= step)
        low = middle;
      else
        high = middle;
    }
  return &self->runs[low];
}

static gboolean
source_fill (gpointer source,
             gint64   start,
             gint64   n,
             float   *out,
             gsize    stride,
             GError **error)
{
  const Source *self = source;

  for (gint64 took = 0; n > 0; start += took, out += took, n -= took)
    {
      const SigEdfRun *run = find_run (self, start);
      gint64 end = run->start + run->n * self->record_steps;

      if (start >= end)
        {
          took = run + 1 < self->runs + self->n_runs ? MIN (n, run[1].start - start) : n;
          fill_gap (self, took, out, stride);
          continue;
        }
      took = read_some (self, run->first * self->record_steps + start - run->start, MIN (n, end - start), out, stride, error);
      if (took == 0)
        return FALSE;
    }
  return TRUE;
}

/* --- the recording -------------------------------------------------------------- */

/* Tells how many samples of its own each channel has, and notes those that are slower than the fastest. */
static SigRecording *
with_paces (const SigRecording *recording,
            const SigEdf       *edf,
            const SigEdfTimes  *times,
            SigReading         *reading)
{
  g_autofree SigPace *paces = g_new (SigPace, edf->n_signals);
  SigRecording *paced = NULL;
  guint n = 0;

  for (guint i = 0; i < edf->n_signals; i++)
    if (!edf->signals[i].is_annotations)
      paces[n++] = (SigPace) { edf->signals[i].n_samples, times->record_steps };
  paced = sig_recording_with_paces (recording, paces);

  g_autofree char *note = sig_rates_dup_note (paced, SIG_RATES_HOLD);

  if (note != NULL)
    sig_reading_note (reading, "%s", note);
  return paced;
}

static SigRecording *
open_samples (SigFile           *file,
              const SigEdf      *edf,
              const SigEdfTimes *times,
              SigReading        *reading,
              GError           **error)
{
  guint n = 0;
  g_autofree const char **names = g_new0 (const char *, edf->n_signals);
  g_autofree const char **units = g_new0 (const char *, edf->n_signals);
  g_autofree SigSegment *segments = g_new (SigSegment, times->runs->len);
  g_autoptr (SigRecording) plain = NULL;
  g_autoptr (SigRecording) paced = NULL;

  for (guint i = 0; i < edf->n_signals; i++)
    if (!edf->signals[i].is_annotations)
      {
        names[n] = edf->signals[i].name;
        units[n++] = edf->signals[i].unit;
      }
  for (guint i = 0; i < times->runs->len; i++)
    {
      const SigEdfRun *run = &g_array_index (times->runs, SigEdfRun, i);

      segments[i] = (SigSegment) { run->start, run->start + run->n * times->record_steps };
    }
  plain = sig_blocks_open (&(SigBlocksSpec) { .n_channels = n, .n_steps = times->n_steps,
                                              .rate_hz = (double) times->record_steps / edf->record_s, .names = names,
                                              .units = units, .segments = segments, .n_segments = times->runs->len,
                                              .fill = source_fill, .source = source_new (file, edf, times),
                                              .free_source = source_free },
                           file, reading, error);
  if (plain == NULL)
    return NULL;
  paced = with_paces (plain, edf, times, reading);
  if (edf->start_us == SIG_START_UNKNOWN)
    return g_steal_pointer (&paced);

  double first_s = g_array_index (times->runs, SigEdfRun, 0).onset_s;

  return sig_recording_with_start (paced, edf->start_us + (fabs (first_s) < 1e9 ? llround (first_s * US_PER_S) : 0));
}

/* --- annotations ---------------------------------------------------------------- */

/* How many annotations are of one channel, or brought one class too many. */
typedef struct
{
  gint64 n_of_channel, n_left;
  char  *channel; /* the first one named */
} Told;

/* The text without the channel that may follow it: "spike@@Fp1". */
static char *
dup_class (const char *text,
           Told       *told)
{
  const char *at = strstr (text, "@@");

  if (at == NULL || at == text)
    return g_strdup (text);
  if (told->n_of_channel++ == 0)
    told->channel = g_strdup (at + 2);
  return g_strstrip (g_strndup (text, (gsize) (at - text)));
}

/* Where a time of the file is in the recording, in steps; `shift_s` is added where the file is another one. */
typedef struct
{
  const SigEdf      *edf;
  const SigEdfTimes *times;
  gboolean           is_own;
  double             rate_hz, shift_s;
} Clock;

static double
to_step (const Clock *self,
         double       seconds)
{
  return self->is_own ? sig_edf_times_to_step (self->times, self->edf, seconds) : (seconds + self->shift_s) * self->rate_hz;
}

/* Labels of `recording`. What cannot be placed is told in notes; NULL with an error when nothing can. */
static SigLabels *
place_annotations (const SigFile      *file,
                   const Clock        *clock,
                   const SigRecording *recording,
                   SigReading         *reading,
                   GError            **error)
{
  g_autoptr (SigEvents) events = sig_events_new (file, recording, reading, "annotation");
  const GArray *annotations = clock->times->annotations;
  Told told = { 0 };
  g_autofree char *channel = NULL;

  for (guint i = 0; i < annotations->len; i++)
    {
      const SigEdfAnnotation *annotation = &g_array_index (annotations, SigEdfAnnotation, i);
      g_autofree char *name = dup_class (annotation->text, &told);
      double duration_s = isnan (annotation->duration_s) ? 0 : annotation->duration_s;
      double start = to_step (clock, annotation->onset_s);
      double end = duration_s > 0 ? to_step (clock, annotation->onset_s + duration_s) : start;

      told.n_left += !sig_events_add (events, (gint64) i + 1, start, MAX (start, end), name, NULL);
    }
  channel = told.channel;
  if (told.n_of_channel > 0)
    sig_reading_note (reading, "%" G_GINT64_FORMAT " annotations are of one channel only (the first: %s); they were read as "
                      "labels of all.", told.n_of_channel, channel);
  if (told.n_left > 0)
    sig_reading_note (reading, "%" G_GINT64_FORMAT " annotations would have made more than %d classes and were left out.",
                      told.n_left, SIG_MAX_CLASSES);
  return sig_events_finish (events, error);
}

/* The labels that a recording brings itself. They never keep it from being read. */
static SigLabels *
open_own_labels (const SigFile      *file,
                 const SigEdf       *edf,
                 const SigEdfTimes  *times,
                 const SigRecording *recording,
                 SigReading         *reading)
{
  const Clock clock = { edf, times, TRUE, 0, 0 };
  g_autoptr (GError) local = NULL;
  SigLabels *labels = NULL;

  if (times->annotations->len == 0)
    return NULL;
  labels = place_annotations (file, &clock, recording, reading, &local);
  if (labels == NULL)
    sig_reading_note (reading, "Its annotations were not read: %s.", local->message);
  return labels;
}

/* Seconds from the start of the recording to that of the labels, by the clocks of both; 0 where one is not known, or where
 * the labels would then lie outside. */
static double
get_shift (const SigEdf       *edf,
           const SigEdfTimes  *times,
           const SigRecording *recording,
           SigReading         *reading)
{
  gint64 start_us = sig_recording_get_start_us (recording);
  double length_s = (double) sig_recording_get_n_steps (recording) / sig_recording_get_rate_hz (recording), shift_s = 0;

  if (start_us == SIG_START_UNKNOWN || edf->start_us == SIG_START_UNKNOWN)
    return 0;
  shift_s = (double) (edf->start_us - start_us) / US_PER_S;
  if (shift_s == 0)
    return 0;
  for (guint i = 0; i < times->annotations->len; i++)
    {
      double onset_s = g_array_index (times->annotations, SigEdfAnnotation, i).onset_s + shift_s;

      if (onset_s >= 0 && onset_s < length_s)
        {
          sig_reading_note (reading, "By their clocks the labels' file begins %g s %s the recording; the labels were moved by "
                            "that.", fabs (shift_s), shift_s < 0 ? "before" : "after");
          return shift_s;
        }
    }
  sig_reading_note (reading, "By the clocks the labels are of another time than the recording; they were placed by the seconds "
                    "from its start.");
  return 0;
}

gboolean
sig_reader_edf_is_labels (SigFile *file)
{
  g_auto (SigEdf) edf = { 0 };
  g_auto (SigReading) reading = { 0 };

  sig_reading_init (&reading, NULL);
  return sig_edf_is_edf (file) && sig_edf_read (&edf, file, &reading, NULL) && sig_edf_get_n_channels (&edf) == 0;
}

SigLabels *
sig_reader_edf_open_labels (SigFile            *file,
                            const SigRecording *recording,
                            SigReading         *reading,
                            GError            **error)
{
  g_auto (SigEdf) edf = { 0 };
  g_auto (SigEdfTimes) times = { 0 };
  Clock clock = { &edf, &times, FALSE, sig_recording_get_rate_hz (recording), 0 };

  if (!sig_edf_read (&edf, file, reading, error) || !sig_edf_times_read (&times, &edf, file, reading, error))
    return NULL;
  if (times.annotations->len == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no annotations");
      return NULL;
    }
  clock.shift_s = get_shift (&edf, &times, recording, reading);
  return place_annotations (file, &clock, recording, reading, error);
}

gboolean
sig_reader_edf_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  g_auto (SigEdf) edf = { 0 };
  g_auto (SigEdfTimes) times = { 0 };

  if (!sig_edf_read (&edf, file, reading, error))
    return FALSE;
  if (sig_edf_get_n_channels (&edf) == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_LABELS,
                     "holds annotations only; open its recording first, then import the labels");
      return FALSE;
    }
  if (!sig_edf_times_read (&times, &edf, file, reading, error))
    return FALSE;
  content->recording = open_samples (file, &edf, &times, reading, error);
  if (content->recording == NULL)
    return FALSE;
  content->labels = open_own_labels (file, &edf, &times, content->recording, reading);
  return TRUE;
}
