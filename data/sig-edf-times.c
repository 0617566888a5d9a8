/* sig-edf-times.c: when the records of an EDF or BDF file were made, and what is annotated in them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-edf-times.h"

#include <math.h>
#include <string.h>

#include "sig-gaps.h"
#include "sig-tal.h"

#define RECORDS_A_LOOK 1024    /* between two questions whether to go on */
#define TOLERANCE_S    0.001   /* onsets are texts of few decimals: less than this is no gap */

/* A walk over the records. */
typedef struct
{
  SigEdfTimes  *times;
  const SigEdf *edf;
  GArray       *onsets;       /* of double: of each record of EDF+D */
  guint         n_bad;
  gint64        n_without;    /* records of EDF+D that do not say when they began */
  guint8       *bytes;
} Walk;

static void
add_annotation (gpointer    user_data,
                double      onset_s,
                double      duration_s,
                const char *text)
{
  SigEdfTimes *self = user_data;
  SigEdfAnnotation annotation = { onset_s, duration_s, g_string_chunk_insert_const (self->texts, text) };

  g_array_append_val (self->annotations, annotation);
}

/* One record: its annotations, and when it says that it began (NaN: nothing). */
static gboolean
read_record (Walk          *self,
             const SigFile *file,
             gint64         record,
             double        *onset_s,
             GError       **error)
{
  const SigEdf *edf = self->edf;
  gboolean is_first = TRUE;

  *onset_s = NAN;
  for (guint i = 0; i < edf->n_signals; i++)
    {
      const SigEdfSignal *signal = &edf->signals[i];
      gsize n = (gsize) signal->n_samples * edf->width;
      SigTal tal;

      if (!signal->is_annotations)
        continue;
      if (!sig_file_read (file, edf->header_bytes + record * edf->record_bytes + signal->offset, n, self->bytes, error))
        return FALSE;
      sig_tal_parse (self->bytes, n, &tal, add_annotation, self->times);
      self->n_bad += tal.n_bad;
      if (is_first && tal.has_first)
        *onset_s = tal.first_s;
      is_first = FALSE;
    }
  return TRUE;
}

/* The bytes of the longest annotation signal; 0: there is none. Checked against the file by sig_edf_read(). */
static gsize
get_longest (const SigEdf *edf)
{
  gint64 longest = 0;

  for (guint i = 0; i < edf->n_signals; i++)
    if (edf->signals[i].is_annotations)
      longest = MAX (longest, edf->signals[i].n_samples * edf->width);
  return (gsize) longest;
}

static gboolean
walk (Walk          *self,
      const SigFile *file,
      SigReading    *reading,
      GError       **error)
{
  const SigEdf *edf = self->edf;
  double onset_s = 0, next_s = 0;

  for (gint64 r = 0; r < edf->n_records; r++)
    {
      if (r % RECORDS_A_LOOK == 0 && !sig_reading_advance (reading, file, (double) r / (double) edf->n_records, error))
        return FALSE;
      if (!read_record (self, file, r, &onset_s, error))
        return FALSE;
      if (isnan (onset_s))
        {
          self->n_without++;
          onset_s = next_s;
        }
      next_s = onset_s + edf->record_s;
      if (r == 0 || edf->is_discontinuous)
        g_array_append_val (self->onsets, onset_s);
    }
  return TRUE;
}

static gint64
get_record_steps (const SigEdf *edf)
{
  gint64 most = 0;

  for (guint i = 0; i < edf->n_signals; i++)
    if (!edf->signals[i].is_annotations)
      most = MAX (most, edf->signals[i].n_samples);
  return most;
}

/* Cuts the records into runs; their starts come later. How often a record begins too early. */
static gint64
make_runs (SigEdfTimes  *self,
           const SigEdf *edf,
           const double *onsets)
{
  gint64 n_early = 0;
  SigEdfRun run = { 0, 1, 0, onsets[0] };

  if (!edf->is_discontinuous)
    run.n = edf->n_records;
  for (gint64 r = 1; r < edf->n_records && edf->is_discontinuous; r++)
    {
      double expected_s = run.onset_s + (double) run.n * edf->record_s;

      if (fabs (onsets[r] - expected_s) <= TOLERANCE_S)
        {
          run.n++;
          continue;
        }
      n_early += onsets[r] < expected_s;
      g_array_append_val (self->runs, run);
      run = (SigEdfRun) { r, 1, 0, onsets[r] };
    }
  g_array_append_val (self->runs, run);
  return n_early;
}

/* Steps of the gap before run `i`, 0 where it begins too early; not whole, and perhaps vast. */
static double
get_gap (const SigEdfTimes *self,
         const SigEdf      *edf,
         guint              i)
{
  const SigEdfRun *before = &g_array_index (self->runs, SigEdfRun, i - 1);
  double gap_s = before[1].onset_s - before->onset_s - (double) before->n * edf->record_s;

  return MAX (round (gap_s / edf->record_s * (double) self->record_steps), 0);
}

/* Gives every run its place. TRUE when gaps are kept. */
static gboolean
place_runs (SigEdfTimes  *self,
            const SigEdf *edf)
{
  double n_own = (double) edf->n_records * (double) self->record_steps, n_gaps = 0;
  gboolean keeps = FALSE;
  gint64 at = 0;

  for (guint i = 1; i < self->runs->len; i++)
    n_gaps += get_gap (self, edf, i);
  keeps = sig_gaps_are_kept (n_own, n_gaps, sig_edf_get_n_channels (edf));
  for (guint i = 0; i < self->runs->len; i++)
    {
      SigEdfRun *run = &g_array_index (self->runs, SigEdfRun, i);

      at += i > 0 && keeps ? (gint64) get_gap (self, edf, i) : 0;
      run->start = at;
      at += run->n * self->record_steps;
    }
  self->n_steps = at;
  return keeps;
}

static int
compare_onsets (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const SigEdfTimes *self = user_data;
  double left = g_array_index (self->runs, SigEdfRun, *(const guint *) a).onset_s;
  double right = g_array_index (self->runs, SigEdfRun, *(const guint *) b).onset_s;

  return left < right ? -1 : left > right;
}

static void
note_walk (const Walk *self,
           gint64      n_early,
           gboolean    keeps_gaps,
           SigReading *reading)
{
  const SigEdfTimes *times = self->times;

  if (self->n_bad > 0)
    sig_reading_note (reading, "%u annotations have no readable time or no end; they were left out.", self->n_bad);
  if (self->edf->is_discontinuous && self->n_without > 0)
    sig_reading_note (reading, "%" G_GINT64_FORMAT " data records do not say when they began; they follow the one before.",
                      self->n_without);
  if (times->runs->len > 1 && times->record_steps > 0)
    sig_reading_note (reading, "The recording was interrupted: it is in %u segments.", times->runs->len);
  if (n_early > 0)
    sig_reading_note (reading, "%" G_GINT64_FORMAT " segments begin before the one before has ended; they follow it at once.",
                      n_early);
  if (!keeps_gaps && times->record_steps > 0)
    sig_gaps_note (reading);
}

gboolean
sig_edf_times_read (SigEdfTimes   *self,
                    const SigEdf  *edf,
                    const SigFile *file,
                    SigReading    *reading,
                    GError       **error)
{
  g_autoptr (GArray) onsets = g_array_new (FALSE, TRUE, sizeof (double));
  gsize longest = get_longest (edf);
  g_autofree guint8 *bytes = g_malloc (longest);
  Walk walker = { .times = self, .edf = edf, .onsets = onsets, .bytes = bytes };
  gboolean keeps_gaps = TRUE;
  gint64 n_early = 0;

  self->record_steps = get_record_steps (edf);
  self->runs = g_array_new (FALSE, FALSE, sizeof (SigEdfRun));
  self->annotations = g_array_new (FALSE, FALSE, sizeof (SigEdfAnnotation));
  self->by_onset = g_array_new (FALSE, FALSE, sizeof (guint));
  self->texts = g_string_chunk_new (4096);

  if (longest == 0)
    g_array_append_val (self->runs, ((SigEdfRun) { 0, edf->n_records, 0, 0 }));
  else if (!walk (&walker, file, reading, error))
    return FALSE;
  else
    n_early = make_runs (self, edf, (const double *) onsets->data);

  if (self->record_steps > 0)
    keeps_gaps = place_runs (self, edf);
  for (guint i = 0; i < self->runs->len; i++)
    g_array_append_val (self->by_onset, i);
  g_array_sort_with_data (self->by_onset, compare_onsets, self);
  note_walk (&walker, n_early, keeps_gaps, reading);
  return TRUE;
}

void
sig_edf_times_clear (SigEdfTimes *self)
{
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->annotations, g_array_unref);
  g_clear_pointer (&self->by_onset, g_array_unref);
  g_clear_pointer (&self->texts, g_string_chunk_free);
}

double
sig_edf_times_to_step (const SigEdfTimes *self,
                       const SigEdf      *edf,
                       double             seconds)
{
  guint low = 0, high = self->by_onset->len;
  double step = 0, limit = 0;

  /* The last run that has begun by then; before the first one, the first. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2, run = g_array_index (self->by_onset, guint, middle);

      if (g_array_index (self->runs, SigEdfRun, run).onset_s <= seconds + TOLERANCE_S)
        low = middle;
      else
        high = middle;
    }

  guint i = g_array_index (self->by_onset, guint, low);
  const SigEdfRun *run = &g_array_index (self->runs, SigEdfRun, i);

  step = (double) run->start + (seconds - run->onset_s) / edf->record_s * (double) self->record_steps;
  limit = i + 1 < self->runs->len ? (double) run[1].start : G_MAXDOUBLE;
  return MIN (step, limit);
}
